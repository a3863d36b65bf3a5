import Crypto
import Foundation

/// A secret that signs with HMAC-SHA256 (`v1` of Standard Webhooks 1.0.0): 24 … 64 bytes.
///
/// Descriptions never show it; ``text`` does.
public struct WebhookSecret: Hashable, Sendable {
    /// The secret itself.
    public let bytes: [UInt8]

    private static let prefix = "whsec_"
    private static let lengths = 24...64

    /// Why a text or bytes are no secret.
    public enum Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// Longer than any secret.
        case tooLong
        /// It does not begin with `whsec_`.
        case prefix
        /// What follows the prefix is not base64.
        case encoding
        /// It holds fewer than 24 or more than 64 bytes.
        case length(Int)

        /// What happened and what to give instead.
        public var description: String {
            let form = "give “whsec_” and 24 to 64 bytes in base64."
            return switch self {
            case .tooLong: "The secret is too long: \(form)"
            case .prefix: "The secret does not begin with “whsec_”: \(form)"
            case .encoding: "The secret is not base64: \(form)"
            case .length(let count): "The secret holds \(count) bytes: \(form)"
            }
        }
    }

    /// Takes the bytes of a secret.
    ///
    /// - Throws: ``Rejection/length(_:)``.
    public init(bytes: [UInt8]) throws(Rejection) {
        guard Self.lengths.contains(bytes.count) else { throw .length(bytes.count) }
        self.bytes = bytes
    }

    /// Reads `whsec_` and base64; a text that is too long is refused before anything is made of it.
    ///
    /// - Throws: ``Rejection``.
    public init(_ text: String) throws(Rejection) {
        guard text.utf8.count <= Self.prefix.utf8.count + (Self.lengths.upperBound + 2) / 3 * 4 else { throw .tooLong }
        guard text.hasPrefix(Self.prefix) else { throw .prefix }
        guard let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))) else { throw .encoding }
        try self.init(bytes: [UInt8](data))
    }

    private init(random count: Int) {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// A new random secret of 32 bytes.
    public static func generate() -> WebhookSecret { WebhookSecret(random: 32) }

    /// `whsec_` and base64: what its owner is shown once.
    public var text: String { Self.prefix + Data(bytes).base64EncodedString() }

    func signature(of signed: [UInt8]) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: bytes)))
    }

    /// Compares in constant time.
    func isSignature(_ signature: Data, of signed: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: SymmetricKey(data: bytes))
    }
}

extension WebhookSecret: CustomStringConvertible, CustomReflectable {
    /// The prefix alone.
    public var description: String { Self.prefix + "…" }
    /// Nothing of the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
