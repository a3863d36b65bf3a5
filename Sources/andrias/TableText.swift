import Foundation

/// The text of a table that a spreadsheet or reader software saved: UTF-8 with or without a byte order mark, else
/// Shift_JIS as Windows writes it.
///
/// - Throws: `CommandError` where the file cannot be read, or is neither.
func tableText(of file: URL) throws -> String {
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
        throw CommandError("\(file.path) cannot be read. Check the path.")
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if let text = String(data: bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes, encoding: .utf8) { return text }
    guard let text = String(data: bytes, encoding: .shiftJIS) else {
        throw CommandError(
            "\(file.lastPathComponent) is neither UTF-8 nor Shift_JIS. Save it as CSV in UTF-8.")
    }
    return text
}
