import Foundation
import Registry
import SwiftCSV

/// Which probes are searched among which photographs, and who is on them.
struct EvaluationProtocol: Sendable {
    struct Probe: Sendable {
        let file: String
        let individual: String
        /// What the protocol says of it: the animal is missing from the gallery by design.
        let saysNew: Bool
        let months: Double?
        let gallery: [String]
    }

    let probes: [Probe]
    /// Who is on a gallery photograph.
    let individuals: [String: String]
    /// Where the photographs are.
    let files: [String: URL]
    /// Where the body region is on a photograph, as far as somebody drew it.
    let marks: [String: RegionMark]

    /// Reads a protocol with its metadata and finds its photographs.
    ///
    /// Where the protocol names no galleries and the metadata has `session`, a probe is searched among the metadata's
    /// photographs of earlier sessions: of all of them (rolling) or of the first (single).
    ///
    /// - Parameters:
    ///   - list: The protocol.
    ///   - gallery: Which galleries are searched.
    ///   - folder: The folder of the photographs; names may keep or lack their own folders.
    ///   - metadata: Who is on a photograph, and as far as present its `session` and box (`box_x`, `box_y`, `box_width`,
    ///     `box_height`); by default `metadata.csv` beside the protocol or with the photographs.
    /// - Throws: `CommandError` that names every unknown file.
    init(list: URL, gallery: Evaluate.GalleryKind, folder: URL, metadata: URL?) throws {
        let people = try readTable(
            try metadata ?? Self.metadataFile(list: list, folder: folder), columns: ["file", "individual"])
        let sessions = Dictionary(
            people.compactMap { row in row["file"].flatMap { file in row["session"].map { (file, $0) } } },
            uniquingKeysWith: { $1 })
        probes = try Self.probes(list, gallery: gallery, sessions: sessions)
        var searched: Set<String> = []
        for probe in probes { searched.formUnion(probe.gallery) }
        files = try Self.locate(searched.union(probes.map(\.file)).sorted(), in: folder)
        let names = try Self.names(people)
        let unnamed = searched.filter { names[$0] == nil }.sorted()
        guard unnamed.isEmpty else {
            throw CommandError(
                "Nobody says who is on \(unnamed.count) gallery photographs: \(listing(unnamed)). Add them to the "
                    + "metadata (columns file and individual), or name another file with --metadata.")
        }
        individuals = names
        marks = try Self.marks(people)
    }

    private static func probes(
        _ list: URL, gallery: Evaluate.GalleryKind, sessions: [String: String]
    ) throws -> [Probe] {
        let column = "gallery_\(gallery.rawValue)"
        let columns = ["probe", "individual", "new_animal", "months"]
        let table = try readTable(list, columns: sessions.isEmpty ? columns + [column] : columns)
        guard !table.isEmpty else {
            throw CommandError("\(list.lastPathComponent) holds no probe. Give one line a probe.")
        }
        // One line with a gallery of its own says that the protocol names them; then none may lack it.
        let bySession = table.contains { $0[column] != nil } ? nil : EvaluationSessions(sessions, gallery: gallery)
        var seen: Set<String> = []
        return try table.enumerated().map { index, row in
            let place = "\(list.lastPathComponent), line \(index + 2)"
            guard let file = row["probe"], let individual = row["individual"] else {
                throw CommandError("\(place): the columns “probe” and “individual” need a value.")
            }
            guard seen.insert(file).inserted else {
                throw CommandError("\(place): \(file) is a probe already. Keep one line for each probe.")
            }
            let gallery =
                bySession?.gallery(of: file) ?? (row[column] ?? "").split(separator: " ").map(String.init)
            guard !gallery.isEmpty else {
                throw CommandError(
                    bySession == nil
                        ? "\(place): the column “\(column)” names no photograph to search."
                        : "\(place): no photograph is of an earlier session than \(file). Give the metadata’s column "
                            + "“session”, or the protocol a column “\(column)”.")
            }
            let months = try row["months"].map { text in
                guard let months = Double(text), months.isFinite, months >= 0 else {
                    throw CommandError("\(place): “\(text)” is not a number of months. Leave it blank if unknown.")
                }
                return months
            }
            return Probe(
                file: file, individual: individual, saysNew: row["new_animal"]?.lowercased() == "yes", months: months,
                gallery: gallery)
        }
    }

    private static func locate(_ photos: [String], in folder: URL) throws -> [String: URL] {
        var found: [String: URL] = [:]
        var missing: [String] = []
        for photo in photos {
            let places = [
                folder.appending(path: photo),
                folder.appending(path: URL(fileURLWithPath: photo).lastPathComponent),
            ]
            if let place = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) {
                found[photo] = place
            } else {
                missing.append(photo)
            }
        }
        guard missing.isEmpty else {
            throw CommandError(
                "\(missing.count) of \(photos.count) photographs of the protocol are not in \(folder.path): "
                    + "\(listing(missing)). Check --photos: names are relative to it.")
        }
        return found
    }

    private static func metadataFile(list: URL, folder: URL) throws -> URL {
        let places = [list.deletingLastPathComponent(), folder, folder.deletingLastPathComponent()]
            .map { $0.appending(path: "metadata.csv") }
        guard let file = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw CommandError(
                "There is no metadata.csv beside the protocol or with the photographs. Name the list of who is on "
                    + "which photograph (columns file and individual) with --metadata.")
        }
        return file
    }

    private static func names(_ people: [[String: String]]) throws -> [String: String] {
        var names: [String: String] = [:]
        for row in people {
            guard let photo = row["file"], let individual = row["individual"] else { continue }
            if let other = names[photo], other != individual {
                throw CommandError(
                    "The metadata says that \(photo) shows \(other) and \(individual). Keep the right one.")
            }
            names[photo] = individual
        }
        return names
    }

    private static func marks(_ people: [[String: String]]) throws -> [String: RegionMark] {
        var marks: [String: RegionMark] = [:]
        for (index, row) in people.enumerated() {
            guard let photo = row["file"] else { continue }
            marks[photo] = try PhotoListEntry(file: URL(fileURLWithPath: photo), line: index + 2, columns: row)
                .mark(of: .head)
        }
        return marks
    }
}

/// Reads a CSV table that must have the given columns; empty cells are left out.
func readTable(_ file: URL, columns: [String]) throws -> [[String: String]] {
    let table: CSV<Named>
    do {
        table = try CSV<Named>(string: tableText(of: file), loadColumns: false)
    } catch let error as CommandError {
        throw error
    } catch {
        throw CommandError("\(file.path) could not be read as a CSV table: \(error). Check the path and the quotes.")
    }
    let missing = columns.filter { !table.header.contains($0) }
    guard missing.isEmpty else {
        throw CommandError(
            "\(file.lastPathComponent) lacks the columns \(listing(missing)); it has \(listing(table.header)).")
    }
    return table.rows.map { row in
        row.mapValues { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.value.isEmpty }
    }
}

/// Up to ten names, then how many more.
func listing(_ names: [String]) -> String {
    let shown = names.prefix(10).joined(separator: ", ")
    return names.count > 10 ? "\(shown) and \(names.count - 10) more" : shown
}
