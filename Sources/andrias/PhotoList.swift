import Foundation
import Registry
import SwiftCSV

/// One line of a list of photographs.
///
/// Columns: `file` (relative to the list), and as far as present `individual`, `species`, `population`, `region`,
/// `box_x`, `box_y`, `box_width`, `box_height` or `outline` (`x y;x y;x y`), a head's landmarks `snout_x`, `snout_y`,
/// `neck_x`, `neck_y` (all in fractions of the upright photograph), `eventDate` (ISO 8601),
/// `decimalLatitude`, `decimalLongitude`, `locality`, `recordedBy`, `tagCodes` (separated by spaces), `tagReader`,
/// `tagFrequencies` (kHz, separated by spaces), `noTagFound` (yes), `role`, `new_animal`, `expected_outcome`,
/// `expected_individual`.
struct PhotoListEntry: Sendable {
    let file: URL
    let line: Int
    let columns: [String: String]

    init(file: URL, line: Int = 0, columns: [String: String] = [:]) {
        self.file = file
        self.line = line
        self.columns = columns
    }

    subscript(column: String) -> String? {
        columns[column].flatMap { $0.isEmpty || $0 == "NA" ? nil : $0 }
    }

    /// Reads a list; every line must name a file.
    static func read(_ list: URL) throws -> [PhotoListEntry] {
        let rows: [[String: String]]
        do {
            rows = try CSV<Named>(url: list, loadColumns: false).rows
        } catch {
            throw CommandError("\(list.path) could not be read as a CSV list: \(error). Check the path and the quotes.")
        }
        return try rows.enumerated().map { index, columns in
            guard let file = columns["file"], !file.isEmpty else {
                throw CommandError(
                    "\(list.lastPathComponent), line \(index + 2): the column “file” is missing or empty.")
            }
            return PhotoListEntry(
                file: list.deletingLastPathComponent().appending(path: file), line: index + 2, columns: columns)
        }
    }

    /// Tag codes as the reader printed them.
    var tagCodes: [String] { (self["tagCodes"] ?? "").split(separator: " ").map(String.init) }

    /// How the animal was scanned for tags.
    func tagScan() throws -> TagScan? {
        let noneFound = self["noTagFound"] == "yes"
        let frequencies = try (self["tagFrequencies"] ?? "").split(separator: " ").map {
            try parseFrequency(String($0))
        }
        guard noneFound || !frequencies.isEmpty || self["tagReader"] != nil else { return nil }
        if noneFound, frequencies.isEmpty || !tagCodes.isEmpty {
            throw CommandError(
                "Line \(line): noTagFound needs tagFrequencies, for a reader finds only what it reads, and no tagCodes."
            )
        }
        return TagScan(reader: self["tagReader"], frequencies: frequencies, noneFound: noneFound)
    }

    func region() throws -> BodyRegion? {
        guard let name = self["region"] else { return nil }
        return try parseRegion(name)
    }

    /// What was drawn on the photograph.
    ///
    /// - Parameter region: The part it shows; landmarks are for heads alone.
    /// - Returns: `nil` where nothing was drawn.
    /// - Throws: `CommandError` that names the line.
    func mark(of region: BodyRegion) throws -> RegionMark? {
        let axis = try axis()
        guard axis == nil || region == .head else {
            throw CommandError("Line \(line): landmarks are for heads alone, not for a \(region.rawValue).")
        }
        if let outline = try outline() { return RegionMark(.outline(outline), axis: axis) }
        if let box = try box() { return RegionMark(.box(box), axis: axis) }
        guard axis == nil else {
            throw CommandError("Line \(line): landmarks need a box or an outline beside them.")
        }
        return nil
    }

    private func outline() throws -> RegionOutline? {
        guard let text = self["outline"] else { return nil }
        let points = text.split(separator: ";").map { pair in
            pair.split(separator: " ").compactMap { Double($0) }
        }
        guard points.allSatisfy({ $0.count == 2 }) else {
            throw CommandError("Line \(line): an outline reads x y;x y;x y, in fractions of the photograph.")
        }
        do {
            return try RegionOutline(points.map { PhotoPoint(x: $0[0], y: $0[1]) })
        } catch {
            let reason =
                switch error {
                case .pointCount(let count): "it has \(count) points, and needs 3 to 500"
                case .outsidePhoto(let index): "point \(index + 1) lies beside the photograph"
                case .flat: "its points enclose nothing"
                }
            throw CommandError("Line \(line): the outline cannot be used: \(reason). Draw it again, or leave it blank.")
        }
    }

    private func axis() throws -> HeadAxis? {
        let texts = ["snout_x", "snout_y", "neck_x", "neck_y"].map { self[$0] }
        guard texts.contains(where: { $0 != nil }) else { return nil }
        let numbers = texts.compactMap { $0.flatMap(Double.init) }
        guard numbers.count == 4 else { throw CommandError("Line \(line): the landmarks need four numbers.") }
        do {
            return try HeadAxis(
                snout: PhotoPoint(x: numbers[0], y: numbers[1]), neck: PhotoPoint(x: numbers[2], y: numbers[3]))
        } catch {
            let reason =
                switch error {
                case .outsidePhoto: "one lies beside the photograph"
                case .tooShort: "they lie less than 0.02 of the photograph apart"
                }
            throw CommandError(
                "Line \(line): the landmarks cannot be used: \(reason). Place them again, or leave them out.")
        }
    }

    private func box() throws -> RegionBox? {
        let edges = ["box_x", "box_y", "box_width", "box_height"].map { self[$0] }
        guard edges.contains(where: { $0 != nil }) else { return nil }
        let numbers = edges.compactMap { $0.flatMap(Double.init) }
        guard numbers.count == 4 else { throw CommandError("Line \(line): the box needs four numbers.") }
        return try makeBox(numbers)
    }

    func observedAt() throws -> Date? {
        guard let text = self["eventDate"] else { return nil }
        if let date = try? Date(text, strategy: .iso8601) { return date }
        if let day = try? Date(text + "T12:00:00+09:00", strategy: .iso8601) { return day }
        throw CommandError("Line \(line): “\(text)” is not an ISO 8601 date, for instance 2026-05-01T09:30:00+09:00.")
    }

    func position() throws -> Position? {
        let (latitude, longitude) = (self["decimalLatitude"], self["decimalLongitude"])
        if latitude == nil, longitude == nil { return nil }
        guard let latitude, let longitude else {
            throw CommandError("Line \(line): half a place. Give both coordinates, or leave both blank if unknown.")
        }
        guard let degreesNorth = Double(latitude), let degreesEast = Double(longitude),
            let position = try? Position(latitude: degreesNorth, longitude: degreesEast)
        else {
            throw CommandError("Line \(line): “\(latitude), \(longitude)” is not a place. Leave both blank if unknown.")
        }
        return position
    }
}

/// Reads a body region's name.
func parseRegion(_ name: String) throws -> BodyRegion {
    guard let region = BodyRegion(rawValue: name) else {
        let known = BodyRegion.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandError("“\(name)” is not a body region. Known regions: \(known).")
    }
    return region
}

/// Makes a box of four numbers: left, top, width, height.
func makeBox(_ numbers: [Double]) throws -> RegionBox {
    guard numbers.count == 4 else { throw CommandError("A box needs four numbers: left,top,width,height.") }
    do {
        return try RegionBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    } catch {
        throw CommandError("The box \(numbers) is empty or leaves the photograph. Give fractions from 0 to 1.")
    }
}
