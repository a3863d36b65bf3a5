import Foundation
import SwiftCSV

/// The lines of a table whose header names its columns.
struct NamedColumns {
    /// The lines by column, each with its number in the file; empty cells are left out.
    let lines: [(number: Int, cells: [String: String])]

    /// Reads a table; commas, semicolons or tabs.
    ///
    /// - Parameters:
    ///   - text: The table.
    ///   - name: What it is called in messages.
    ///   - needed: Columns that have to be there.
    ///   - column: The column that a header names, letters and case as they stand; `nil` for one that is not used.
    /// - Throws: `CommandError` where it is no table, or lacks a column.
    init(_ text: String, name: String, needed: [String], column: (String) -> String?) throws {
        let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        guard let first = text.split(separator: "\n").first else { throw CommandError("\(name) is empty.") }
        let delimiter = [",", ";", "\t"].max { a, b in
            first.count { String($0) == a } < first.count { String($0) == b }
        }
        let table: CSV<Enumerated>
        do {
            table = try CSV<Enumerated>(
                string: text, delimiter: .character(Character(delimiter ?? ",")), loadColumns: false)
        } catch {
            throw CommandError("\(name) could not be read as CSV: \(error). Check the quotes.")
        }
        let header = table.header.map(column)
        for each in needed where !header.contains(each) {
            throw CommandError("\(name) has no column “\(each)”. Needed: \(needed.joined(separator: ", ")).")
        }
        lines = table.rows.enumerated().compactMap { index, row in
            let cells = zip(header, row).compactMap { column, cell -> (String, String)? in
                let cell = cell.trimmingCharacters(in: .whitespacesAndNewlines)
                return column.flatMap { cell.isEmpty || cell == "NA" ? nil : ($0, cell) }
            }
            return cells.isEmpty ? nil : (index + 2, Dictionary(cells) { first, _ in first })
        }
    }
}
