/// The body of an answer as text that can be kept: valid UTF-8 without zero bytes, at most ``limit`` bytes.
enum ResponseText {
    /// 20 kB, as Standard Webhooks advises.
    static let limit = 20_480

    static func text(of bytes: [UInt8]) -> String {
        let repaired = String(decoding: bytes.lazy.prefix(limit).filter { $0 != 0 }, as: UTF8.self)
        guard repaired.utf8.count > limit else { return repaired }
        // A repaired byte takes three, so that it may have grown.
        var end = repaired.utf8.index(repaired.startIndex, offsetBy: limit)
        while end.samePosition(in: repaired.unicodeScalars) == nil { end = repaired.utf8.index(before: end) }
        return String(repaired[..<end])
    }
}
