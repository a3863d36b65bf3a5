import Foundation
import Hybrids
import Registry

/// A line of a table of photographs with landmarks, by column.
struct LandmarkLine: Sendable {
    /// The line's number in the file.
    let number: Int
    /// Its cells; empty ones are left out.
    let cells: [String: String]

    /// The columns of the landmarks, two for each.
    static let columns = HeadLandmark.allCases.flatMap { ["\($0.rawValue)_x", "\($0.rawValue)_y"] }

    /// The text of a column that has to be there.
    ///
    /// - Throws: `CommandError` that names line and column.
    func text(_ column: String) throws -> String {
        guard let text = cells[column] else {
            throw CommandError("Line \(number): the column “\(column)” needs a value.")
        }
        return text
    }

    /// The number of a column; `nil` where it has none.
    ///
    /// - Throws: `CommandError` that names line and column.
    func number(_ column: String) throws -> Double? {
        guard let text = cells[column] else { return nil }
        guard let number = Double(text), number.isFinite else {
            throw CommandError("Line \(self.number): “\(text)” in the column “\(column)” is no number.")
        }
        return number
    }

    /// Where each `HeadLandmark` lies, in fractions of the photograph; `nil` for one that is not given.
    ///
    /// - Throws: `CommandError` that names line and column.
    func landmarks() throws -> [PhotoPoint?] {
        try HeadLandmark.allCases.map { landmark in
            guard let x = try number("\(landmark.rawValue)_x"), let y = try number("\(landmark.rawValue)_y") else {
                return nil
            }
            return PhotoPoint(x: x, y: y)
        }
    }

    /// The same where all have to be given.
    ///
    /// - Throws: `CommandError` that names line and column.
    func allLandmarks() throws -> [PhotoPoint] {
        for column in Self.columns { _ = try text(column) }
        return try landmarks().compactMap(\.self)
    }

    /// The photograph's bytes.
    ///
    /// - Throws: `CommandError` where the column `file` is empty, or the folder does not have it.
    func photograph(in folder: URL) throws -> [UInt8] {
        let file = try text("file")
        guard let bytes = FileManager.default.contents(atPath: folder.appending(path: file).path) else {
            throw CommandError("Line \(number): \(file) is not in \(folder.path). Check --photos.")
        }
        return [UInt8](bytes)
    }
}

extension [LandmarkLine] {
    /// Reads a table.
    ///
    /// - Throws: `CommandError` where a column is missing.
    init(reading table: URL, columns: [String]) throws {
        self = try readTable(table, columns: columns).enumerated().map { LandmarkLine(number: $0 + 2, cells: $1) }
    }

    /// Whether the animals are drawn and not real, as the column `drawn` says.
    ///
    /// - Throws: `CommandError` where some are and some are not.
    func areDrawn(in table: URL) throws -> Bool {
        let drawn = Set(map { $0.cells["drawn"]?.lowercased() == "yes" })
        guard drawn.count < 2 else {
            throw CommandError(
                "\(table.lastPathComponent) mixes drawn and real animals (column “drawn”). Keep them in tables of their "
                    + "own: nothing is learned from both.")
        }
        return drawn.contains(true)
    }
}
