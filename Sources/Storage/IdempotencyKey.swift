public import Registry

/// What makes a repeated request recognisable: the caller's key, and a fingerprint of what it asked for.
public struct IdempotencyKey: Hashable, Sendable {
    /// The API key the request came under; two callers may use the same word.
    public let apiKey: Identifier<APIKey>
    /// The caller's word, 1 … 255 printable ASCII characters.
    public let key: String
    /// SHA-256 of method, path and body, 32 bytes.
    public let fingerprint: [UInt8]

    /// Why a key cannot be used.
    public enum Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// Empty, longer than 255 characters, or with characters that are not printable ASCII.
        case key
        /// Not 32 bytes.
        case fingerprint

        /// What to send instead.
        public var description: String {
            switch self {
            case .key: "An idempotency key is 1 to 255 printable ASCII characters."
            case .fingerprint: "A fingerprint is a SHA-256 of 32 bytes."
            }
        }
    }

    /// Checks a key.
    ///
    /// - Throws: ``Rejection``.
    public init(apiKey: Identifier<APIKey>, key: String, fingerprint: [UInt8]) throws(Rejection) {
        let characters = key.utf8
        guard (1...255).contains(characters.count), characters.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .key
        }
        guard fingerprint.count == 32 else { throw .fingerprint }
        self.apiKey = apiKey
        self.key = key
        self.fingerprint = fingerprint
    }
}
