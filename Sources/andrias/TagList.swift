import Foundation
import Registry
import Storage
import SwiftCSV

/// A list of tags as reader software and people write it.
///
/// Commas, semicolons or tabs. The header names the columns, in English or Japanese, half-width kana included: the code,
/// and as far as present the animal, since when, and what it rests on. A list without header has one code a line.
struct TagList {
    /// The lines that say something.
    let lines: [TagListLine]
    /// Lines that cannot be understood as far as to be entered, by their number, and why.
    let refused: [(line: TagListLine, reason: String)]

    /// Reads a file.
    ///
    /// - Throws: `CommandError` where it is no such list.
    init(_ file: URL) throws {
        try self.init(tableText(of: file), name: file.lastPathComponent)
    }

    private init(_ text: String, name: String) throws {
        let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        guard let first = text.split(separator: "\n").first else { throw CommandError("\(name) is empty.") }
        let delimiter = [",", ";", "\t"].max { a, b in
            first.count { String($0) == a } < first.count { String($0) == b }
        }
        let isBare = (try? TagReading(String(first))) != nil
        let rows: [[String]]
        do {
            // A header of its own lets a list of bare codes be read as any other.
            rows = try CSV<Enumerated>(
                string: isBare ? "code\n" + text : text, delimiter: .character(Character(delimiter ?? ",")),
                loadColumns: false
            ).enumeratedRows(isBare: isBare)
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError("\(name) could not be read as a CSV list: \(error). Check the quotes.")
        }
        guard let header = rows.first.map({ $0.map(Self.column) }), let code = header.firstIndex(of: .code) else {
            throw CommandError(
                "\(name) has no column of codes: name one “code”, “tag” or “タグ番号”. "
                    + "Others may be “individual”, “from” and “evidence”.")
        }
        var lines: [TagListLine] = []
        var refused: [(TagListLine, String)] = []
        for (index, cells) in rows.enumerated().dropFirst() where cells.contains(where: { !$0.isEmpty }) {
            let cell = { (column: Column) -> String? in
                guard let place = header.firstIndex(of: column), place < cells.count else { return nil }
                let text = cells[place].trimmingCharacters(in: .whitespacesAndNewlines)
                return text.isEmpty || text == "NA" ? nil : text
            }
            let number = index + (isBare ? 0 : 1)
            let text = code < cells.count ? cells[code] : ""
            do {
                let from = try cell(.from).map { try parseDay($0.precomposedStringWithCompatibilityMapping) }
                lines.append(
                    TagListLine(
                        number: number, text: text, individual: cell(.individual), validFrom: from,
                        evidence: cell(.evidence)))
            } catch let error as CommandError {
                refused.append((TagListLine(number: number, text: text, individual: nil), error.description))
            }
        }
        self.lines = lines
        self.refused = refused
    }

    private enum Column { case code, individual, from, evidence }

    private static func column(_ header: String) -> Column? {
        let plain = header.precomposedStringWithCompatibilityMapping.lowercased().filter { $0.isLetter }
        return switch plain {
        case "code", "tag", "tagcode", "tagid", "pittag", "pit", "pitcode", "chip", "microchip", "タグ", "タグ番号", "タグid",
            "マイクロチップ", "マイクロチップ番号", "チップ番号", "ピットタグ":
            .code
        case "individual", "animal", "name", "個体", "個体名", "個体番号", "個体id": .individual
        case "from", "validfrom", "date", "taggingdate", "日付", "装着日", "挿入日", "開始日": .from
        case "evidence", "remark", "remarks", "note", "根拠", "備考": .evidence
        default: nil
        }
    }
}

extension CSV where DataView == Enumerated {
    /// All lines, the header first.
    fileprivate func enumeratedRows(isBare: Bool) -> [[String]] { [header] + rows }
}
