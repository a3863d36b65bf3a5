import Foundation
import SampleAnimals

/// What a drawn photograph must come to.
struct Expectation {
    let outcome: String
    var individual: String?
    var movement: String?
    var tags: String?
}

/// A place on the invented rivers.
struct SamplePlace {
    let latitude: Double
    let longitude: Double

    /// On the lower Utsuro River.
    static let home = SamplePlace(latitude: 31.03, longitude: 138.003)
    /// At the head of the Maboroshi River, some 18 km and two weirs up from there.
    static let farUpstream = SamplePlace(latitude: 31.18, longitude: 138.08)
}

/// A line of a list of drawn photographs.
struct Line {
    static let header =
        "file,individual,species,region,box_x,box_y,box_width,box_height,snout_x,snout_y,neck_x,neck_y,"
        + "decimalLatitude,decimalLongitude,coordinateUncertaintyInMeters,tagCodes,expected_outcome,"
        + "expected_individual,expected_movement,expected_tags"

    let file: String
    var individual: String?
    var box: [Double]?
    var landmarks: [Double]?
    var place: SamplePlace?
    var tagCode: String?
    var expectation: Expectation?

    init(file: String, expectation: Expectation) {
        self.file = file
        self.expectation = expectation
    }

    /// Writes the photograph and notes where the head is, if it shows one.
    init(
        file: String, individual: String? = nil, photo: SamplePhoto, seed: UInt64, folder: URL,
        place: SamplePlace? = nil, tagCode: String? = nil, expectation: Expectation? = nil
    ) throws {
        try Data(photo.jpeg).write(to: folder.appending(path: file))
        self.file = file
        self.individual = individual
        box = photo.headBox.map { [$0.x, $0.y, $0.width, $0.height] }
        landmarks = photo.placedLandmarks(seed: seed)
        self.place = place
        self.tagCode = tagCode
        self.expectation = expectation
    }

    var text: String {
        let known = [file, individual ?? "", "Andrias japonicus (invented)", "head"]
        let position = place.map { ["\($0.latitude)", "\($0.longitude)", "20"] } ?? ["", "", ""]
        let expected = [
            expectation?.outcome, expectation?.individual, expectation?.movement, expectation?.tags,
        ].map { $0 ?? "" }
        return (known + fractions(box) + fractions(landmarks) + position + [tagCode ?? ""] + expected)
            .joined(separator: ",")
    }
}

/// Four fractions as columns; empty ones where there are none.
func fractions(_ numbers: [Double]?) -> [String] {
    numbers?.map { String(($0 * 10_000).rounded() / 10_000) } ?? ["", "", "", ""]
}

extension SamplePhoto {
    /// Snout and neck as a person would place them, off by a standard deviation of 0.03 of the head's length; `nil` where
    /// one lies beside the photograph.
    func placedLandmarks(seed: UInt64) -> [Double]? {
        guard let placed = headLandmarks?.misplaced(by: 0.03, seed: seed) else { return nil }
        let numbers = [placed.snout.x, placed.snout.y, placed.neck.x, placed.neck.y]
        return numbers.allSatisfy((0...1).contains) ? numbers : nil
    }
}
