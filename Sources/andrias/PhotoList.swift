import Foundation
import Registry
import SwiftCSV

/// One line of a list of photographs.
///
/// Columns: `file` (relative to the list), and as far as present `individual`, `species`, `population`, `region`,
/// `box_x`, `box_y`, `box_width`, `box_height` or `outline` (`x y;x y;x y`), a head's landmarks `snout_x`, `snout_y`,
/// `neck_x`, `neck_y` (all in fractions of the upright photograph), `eventDate` (a day, or a moment after ISO 8601),
/// `decimalLatitude`, `decimalLongitude`, `coordinateUncertaintyInMeters`, `locality`, `recordedBy`, `tagCodes`
/// (separated by spaces), `tagReader`, `tagFrequencies` (kHz, separated by spaces), `noTagFound` (yes), `occasion`, `role`,
/// `new_animal`, `expected_outcome`, `expected_individual`, `expected_movement`, `expected_tags`.
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
            rows = try CSV<Named>(string: tableText(of: list), loadColumns: false).rows
        } catch let error as CommandError {
            throw error
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

    /// On which occasion the animal was photographed.
    func occasion() throws -> Occasion? {
        guard let name = self["occasion"] else { return nil }
        guard let occasion = Occasion(rawValue: name) else {
            let known = Occasion.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError("\(line > 0 ? "Line \(line): " : "")“\(name)” is not an occasion. Known ones: \(known).")
        }
        return occasion
    }

    func region() throws -> BodyRegion? {
        guard let name = self["region"] else { return nil }
        return try parseRegion(name)
    }

    func observedAt() throws -> Date? {
        guard let text = self["eventDate"] else { return nil }
        do {
            return try parseDay(text)
        } catch {
            throw CommandError("Line \(line): \(error)")
        }
    }

    func position() throws -> Position? {
        let (latitude, longitude) = (self["decimalLatitude"], self["decimalLongitude"])
        if latitude == nil, longitude == nil { return nil }
        guard let latitude, let longitude else {
            throw CommandError("Line \(line): half a place. Give both coordinates, or leave both blank if unknown.")
        }
        let uncertainty = self["coordinateUncertaintyInMeters"]
        guard let degreesNorth = Double(latitude), let degreesEast = Double(longitude),
            uncertainty.map({ Double($0) != nil }) ?? true,
            let position = try? Position(
                latitude: degreesNorth, longitude: degreesEast, uncertaintyMeters: uncertainty.flatMap(Double.init))
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
