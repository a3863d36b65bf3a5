import Foundation
import Registry

/// A table of counts of DNA-tested animals.
struct TestedCountList {
    let counts: [TestedCount]

    /// Reads a file.
    ///
    /// - Throws: `CommandError` with the lines that are wrong.
    init(_ file: URL) throws {
        try self.init(tableText(of: file), name: file.lastPathComponent)
    }

    /// Reads a table.
    init(_ text: String, name: String) throws {
        let columns = [
            "reach", "system", "latitude", "longitude", "uncertainty_m", "first_year", "last_year", "native", "hybrid",
            "exotic", "undetermined", "source",
        ]
        let table = try NamedColumns(text, name: name, needed: ["reach", "native", "hybrid", "source"]) { header in
            let plain = header.trimmingCharacters(in: .whitespaces).lowercased()
            return columns.contains(plain) ? plain : nil
        }
        var refused: [String] = []
        var counts: [TestedCount] = []
        for line in table.lines {
            do { counts.append(try TestedCount(line.cells)) } catch let error as CommandError {
                refused.append("line \(line.number): \(error.description)")
            }
        }
        guard refused.isEmpty else {
            throw CommandError("\(name): nothing was entered.\n" + refused.joined(separator: "\n"))
        }
        self.counts = counts
    }
}

extension TestedCount {
    fileprivate init(_ cells: [String: String]) throws {
        let number = { (column: String) throws -> Int? in
            guard let text = cells[column] else { return nil }
            guard let number = Int(text), number >= 0 else {
                throw CommandError("“\(text)” in column \(column) is no whole number from 0 on.")
            }
            return number
        }
        let degrees = { (column: String) throws -> Double? in
            guard let text = cells[column] else { return nil }
            guard let number = Double(text) else { throw CommandError("“\(text)” in column \(column) is no number.") }
            return number
        }
        guard let label = cells["reach"] else { throw CommandError("The reach is missing.") }
        guard let source = cells["source"] else { throw CommandError("The source is missing.") }
        let position = try parsePlaceInJapan(
            degrees("latitude"), degrees("longitude"), uncertainty: degrees("uncertainty_m"))
        guard position != nil || cells["system"] != nil else {
            throw CommandError("“\(label)” needs a position or a water system.")
        }
        let years: ClosedRange<Int>? =
            switch (try number("first_year"), try number("last_year")) {
            case (nil, nil): nil
            case (let first?, let last?) where first <= last && (1900...2200).contains(first) && last <= 2200:
                first...last
            default: throw CommandError("The years are two, the first not after the last, or both empty.")
            }
        let animals = Animals(
            native: try number("native") ?? 0, hybrid: try number("hybrid") ?? 0, exotic: try number("exotic") ?? 0,
            undetermined: try number("undetermined") ?? 0)
        guard animals.native + animals.notNative + animals.undetermined > 0 else {
            throw CommandError("“\(label)” counts no animal.")
        }
        self.init(
            label: label, system: cells["system"], position: position, years: years, animals: animals, source: source)
    }
}
