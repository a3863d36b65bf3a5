import Foundation
import Storage

/// A laboratory's sheet of results.
struct DNAList {
    /// The lines that can be read.
    let lines: [DNAListLine]
    /// The lines that cannot, and why.
    let refused: [DNAListOutcome]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: The sheet.
    ///   - laboratory: Who found it, where a line does not say.
    /// - Throws: `CommandError` where it is no such sheet.
    init(_ file: URL, laboratory: String?) throws {
        let needed = ["sample", "markers", "class", "reported"] + (laboratory == nil ? ["laboratory"] : [])
        let table = try NamedColumns(
            tableText(of: file), name: file.lastPathComponent, needed: needed, column: Self.column)
        var lines: [DNAListLine] = []
        var refused: [DNAListOutcome] = []
        var earlier: [[String]: Int] = [:]
        for (number, cells) in table.lines {
            do {
                let key = ["sample", "markers", "laboratory"].map { cells[$0] ?? "" }
                if let first = earlier.updateValue(number, forKey: key) {
                    throw CommandError("It stands in line \(first) already: keep one of the two.")
                }
                lines.append(try Self.line(number, cells, laboratory))
            } catch let error as CommandError {
                refused.append(
                    DNAListOutcome(number: number, sample: cells["sample"] ?? "–", result: .refused(error.description)))
            }
        }
        self.lines = lines
        self.refused = refused
    }

    private static func line(_ number: Int, _ cells: [String: String], _ laboratory: String?) throws -> DNAListLine {
        let cell = { (column: String) throws -> String in
            guard let cell = cells[column] else { throw CommandError("The \(column) is missing.") }
            return cell
        }
        return DNAListLine(
            number: number, sample: try cell("sample"), markers: try cell("markers"), dnaClass: try cell("class"),
            laboratory: try cells["laboratory"] ?? laboratory ?? cell("laboratory"),
            reportedAt: try parseDay(try cell("reported").precomposedStringWithCompatibilityMapping),
            documentSHA256: cells["sha256"], note: cells["note"])
    }

    private static func column(_ header: String) -> String? {
        let plain = header.precomposedStringWithCompatibilityMapping.lowercased().filter {
            $0.isLetter || $0.isNumber
        }
        return switch plain {
        case "sample", "sampleid", "label", "tube", "試料", "試料番号", "サンプル", "サンプル番号", "検体", "検体番号": "sample"
        case "markers", "marker", "method", "マーカー", "方法": "markers"
        case "class", "result", "判定", "結果": "class"
        case "laboratory", "lab", "検査機関", "機関": "laboratory"
        case "reported", "reportedat", "date", "報告日", "日付", "判定日": "reported"
        case "sha256", "document", "documentsha256": "sha256"
        case "note", "remark", "remarks", "備考": "note"
        default: nil
        }
    }
}
