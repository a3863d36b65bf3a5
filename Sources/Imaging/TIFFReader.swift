/// Entries of a TIFF block, read without trusting any offset or count in it.
struct TIFFReader {
    /// One entry of a directory: its type and where its values lie.
    struct Entry {
        let type: Int
        let values: Range<Int>
    }

    private let bytes: ArraySlice<UInt8>
    private let isLittleEndian: Bool
    let firstDirectory: Int
    /// Set once an entry was passed over because it cannot be.
    private(set) var isMalformed = false

    /// More entries than any camera writes into a directory.
    private static let mostEntries = 512
    /// Bytes of one value by TIFF type, 1 … 12.
    private static let sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

    /// - Returns: `nil` where the block is no TIFF.
    init?(_ block: ArraySlice<UInt8>) {
        bytes = block
        isLittleEndian = block.first == 0x49
        let mark: [UInt8] = isLittleEndian ? [0x49, 0x49, 0x2A, 0x00] : [0x4D, 0x4D, 0x00, 0x2A]
        guard block.count >= 8, block.starts(with: mark) else { return nil }
        let offset = block[block.startIndex + 4..<block.startIndex + 8]
        firstDirectory = Self.unsigned(offset, isLittleEndian: isLittleEndian)
    }

    private static func unsigned(_ part: ArraySlice<UInt8>, isLittleEndian: Bool) -> Int {
        isLittleEndian ? part.reversed().reduce(0) { $0 << 8 | Int($1) } : part.reduce(0) { $0 << 8 | Int($1) }
    }

    private func unsigned(at offset: Int, count: Int) -> Int? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        let start = bytes.startIndex + offset
        return Self.unsigned(bytes[start..<start + count], isLittleEndian: isLittleEndian)
    }

    /// The entries of a directory by tag; the first of a tag counts.
    mutating func directory(at offset: Int) -> [Int: Entry] {
        guard let count = unsigned(at: offset, count: 2), count <= Self.mostEntries else {
            isMalformed = true
            return [:]
        }
        var entries: [Int: Entry] = [:]
        for index in 0..<count {
            let position = offset + 2 + 12 * index
            guard let tag = unsigned(at: position, count: 2), let type = unsigned(at: position + 2, count: 2),
                let valueCount = unsigned(at: position + 4, count: 4),
                let pointer = unsigned(at: position + 8, count: 4)
            else {
                isMalformed = true
                return entries
            }
            guard (1..<Self.sizes.count).contains(type) else {
                isMalformed = true
                continue
            }
            let size = Self.sizes[type] * valueCount
            let start = size <= 4 ? position + 8 : pointer
            guard start + size <= bytes.count else {
                isMalformed = true
                continue
            }
            if entries[tag] == nil { entries[tag] = Entry(type: type, values: start..<start + size) }
        }
        return entries
    }

    /// The first value of an entry of whole numbers.
    func integer(_ entry: Entry?) -> Int? {
        guard let entry, [1, 3, 4].contains(entry.type), !entry.values.isEmpty else { return nil }
        return unsigned(at: entry.values.lowerBound, count: Self.sizes[entry.type])
    }

    /// At most `limit` fractions of an entry; `nil` in place of one over zero.
    func rationals(_ entry: Entry?, limit: Int) -> [Double?] {
        guard let entry, entry.type == 5 || entry.type == 10 else { return [] }
        return stride(from: entry.values.lowerBound, to: entry.values.upperBound, by: 8).prefix(limit).map { offset in
            guard let numerator = unsigned(at: offset, count: 4), let denominator = unsigned(at: offset + 4, count: 4),
                denominator != 0
            else { return nil }
            guard entry.type == 10 else { return Double(numerator) / Double(denominator) }
            return Double(Int32(truncatingIfNeeded: numerator)) / Double(Int32(truncatingIfNeeded: denominator))
        }
    }

    /// Text up to its first zero, without control characters and outer spaces, at most 64 characters.
    func text(_ entry: Entry?) -> String? {
        guard let entry, entry.type == 2 || entry.type == 7 else { return nil }
        let start = bytes.startIndex + entry.values.lowerBound
        let raw = bytes[start..<bytes.startIndex + entry.values.upperBound].prefix(256).prefix { $0 != 0 }
        let characters = String(decoding: raw, as: UTF8.self).unicodeScalars.filter {
            $0.properties.generalCategory != .control && $0 != "\u{FFFD}"
        }
        let trimmed = String(String.UnicodeScalarView(characters)).split(separator: " ").joined(separator: " ")
        return trimmed.isEmpty ? nil : String(trimmed.prefix(64))
    }

    /// The single byte of a reference such as `N` or of an altitude's sign.
    func byte(_ entry: Entry?) -> UInt8? {
        guard let entry, !entry.values.isEmpty else { return nil }
        return bytes[bytes.startIndex + entry.values.lowerBound]
    }
}
