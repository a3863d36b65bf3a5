import Foundation
import Hybrids
import Registry
import Storage

/// Landmarks as they come, in pixels of the upright photograph.
struct HeadLandmarksRequest: Decodable {
    let scheme: String
    let suggestedBy: String?
    let landmarks: [Landmark]

    enum CodingKeys: String, CodingKey, CaseIterable { case scheme, suggestedBy, landmarks }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        scheme = try container.decode(String.self, forKey: .scheme)
        suggestedBy = try container.decodeUnlessAbsent(String.self, forKey: .suggestedBy)
        landmarks = try container.decode([Landmark].self, forKey: .landmarks)
    }

    struct Landmark: Decodable {
        let name: String
        let x, y: Double

        enum CodingKeys: String, CodingKey, CaseIterable { case name, x, y }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            x = try container.decode(Double.self, forKey: .x)
            y = try container.decode(Double.self, forKey: .y)
        }
    }

    /// - Throws: `Problem` for more landmarks than twice the scheme's, or a name of what suggested them that is none.
    func head() throws(Problem) -> SubmittedHead {
        guard landmarks.count <= 2 * HeadLandmark.allCases.count else {
            throw .invalid("/landmarks", .listLength, ["longest": "\(HeadLandmark.allCases.count)"])
        }
        if let suggestedBy {
            let text = suggestedBy.trimmingCharacters(in: .whitespacesAndNewlines)
            guard text.unicodeScalars.count > 0, suggestedBy.unicodeScalars.count <= 200 else {
                throw .invalid("/suggestedBy", .textLength, ["shortest": "1", "longest": "200"])
            }
        }
        return SubmittedHead(
            scheme: scheme, landmarks: landmarks.map { .init(name: $0.name, point: SIMD2($0.x, $0.y)) },
            source: suggestedBy.map { .suggested(by: $0) } ?? .person)
    }
}

/// Landmarks of a head on the wire.
struct PlacedHeadDocument: Encodable {
    let id: Identifier<PlacedHead>
    let photoId: Identifier<Photo>
    let scheme: String
    let source: String
    let suggestedBy: String?
    let landmarks: [Landmark]
    let placedBy: String
    let placedAt: Date
    let measures: HeadMeasuresDocument?
    let notMeasured: FindingDocument?

    struct Landmark: Encodable {
        let name: String
        let x, y: Double
    }

    /// What landmarks lead to.
    enum Measured {
        case measured(HeadMeasuresDocument)
        case unmeasured(FindingDocument)
    }

    init(_ head: PlacedHead, measured: Measured? = nil) {
        id = head.id
        photoId = head.photo
        scheme = head.scheme
        source = head.source.name
        suggestedBy = head.source.model
        landmarks = zip(HeadLandmark.allCases, head.points).map { Landmark(name: $0.rawValue, x: $1.x, y: $1.y) }
        placedBy = head.placedBy.name
        placedAt = head.placedAt
        switch measured {
        case .measured(let document): (measures, notMeasured) = (document, nil)
        case .unmeasured(let finding): (measures, notMeasured) = (nil, finding)
        case nil: (measures, notMeasured) = (nil, nil)
        }
    }
}

/// Landmarks that nobody has placed yet, on the wire.
struct HeadSuggestionDocument: Encodable {
    let photoId: Identifier<Photo>
    let scheme: String
    let suggestedBy: String
    let notice: String?
    let advice: String
    let sureness: Double
    let spread: Double
    let landmarks: [PlacedHeadDocument.Landmark]

    init(_ suggested: HeadSuggestion, on photo: Photo, in language: Language) {
        photoId = photo.id
        scheme = suggested.head.scheme
        suggestedBy = suggested.model.label
        notice = suggested.model.record.isDrawn ? HybridModelText.drawnNotReal.text(in: language) : nil
        advice = HeadText.suggested.text(in: language)
        sureness = suggested.sureness
        spread = suggested.spread
        landmarks = suggested.head.landmarks.map { .init(name: $0.name, x: $0.point.x, y: $0.point.y) }
    }
}

/// What was measured of a head, on the wire.
struct HeadMeasuresDocument: Encodable {
    let landmarksId: Identifier<PlacedHead>
    let version: String
    let headPixels: Double
    let sharpness: Double
    let items: [Measure]

    struct Measure: Encodable {
        let measure: HeadMeasure
        let name: String
        let value: Double
        let unit: String
        let definition: String
    }

    init(_ measured: MeasuredHead, of head: PlacedHead, in language: Language) {
        landmarksId = head.id
        version = HeadMeasurement.scheme
        headPixels = measured.headPixels
        sharpness = measured.sharpness
        items = HeadMeasure.allCases.compactMap { measure in
            measured.measurement.values[measure].map {
                Measure(
                    measure: measure, name: measure.name(in: language), value: $0, unit: measure.unit,
                    definition: measure.definition)
            }
        }
    }
}
