public import Foundation

/// A typed identifier: a version 7 UUID (RFC 9562), so that identifiers sort by the moment they were made.
///
/// Paging over any table is therefore keyset paging over its primary key.
public struct Identifier<Subject>: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The identifier as a plain UUID.
    public let uuid: UUID

    /// Wraps an identifier read from storage or from a request.
    public init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Reads the canonical hyphenated form, or returns `nil`.
    public init?(_ text: some StringProtocol) {
        guard let uuid = UUID(uuidString: String(text)) else { return nil }
        self.uuid = uuid
    }

    /// Makes a new identifier from a moment, to a quarter of a microsecond, and 62 random bits.
    ///
    /// Those of one machine sort in the order in which they were made (RFC 9562, section 6.2, method 3): lists are read in
    /// that order, and of what is entered again the latest counts.
    public init(at moment: Date = Date()) {
        let time = max(0, moment.timeIntervalSince1970) * 1000
        let milliseconds = UInt64(time)
        let part = UInt64((time - Double(milliseconds)) * 4096)
        var random = SystemRandomNumberGenerator()
        var bytes = withUnsafeBytes(of: (milliseconds << 16 | part).bigEndian, Array.init)
        bytes += withUnsafeBytes(of: random.next(), Array.init)
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        uuid = UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }

    /// Lower-case, hyphenated.
    public var description: String { uuid.uuidString.lowercased() }

    /// Reads a JSON string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let identifier = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not a UUID.")
        }
        self = identifier
    }

    /// Writes a JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
