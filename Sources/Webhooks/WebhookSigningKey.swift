import Crypto
import Foundation

/// A private key that signs with ed25519 (`v1a` of Standard Webhooks 1.0.0).
///
/// Descriptions never show it.
public struct WebhookSigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// The bytes are no key.
    public struct Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// What a key is.
        public var description: String { "A private key of ed25519 has 32 bytes." }
    }

    /// Takes the 32 bytes of a private key.
    ///
    /// - Throws: ``Rejection``.
    public init(bytes: [UInt8]) throws(Rejection) {
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        } catch {
            throw Rejection()
        }
    }

    private init() { key = Curve25519.Signing.PrivateKey() }

    /// A new random key.
    public static func generate() -> WebhookSigningKey { WebhookSigningKey() }

    /// The private key, 32 bytes.
    public var bytes: [UInt8] { [UInt8](key.rawRepresentation) }

    /// The key that verifies what this one signs.
    public var publicKey: WebhookPublicKey { WebhookPublicKey(key.publicKey) }

    func signature(of signed: [UInt8]) throws -> Data { try key.signature(for: signed) }
}

extension WebhookSigningKey: CustomStringConvertible, CustomReflectable {
    /// The prefix alone.
    public var description: String { "whsk_…" }
    /// Nothing of the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The key that verifies `v1a` signatures.
public struct WebhookPublicKey: Sendable, Hashable, CustomStringConvertible {
    /// The key, 32 bytes.
    public let bytes: [UInt8]

    private static let prefix = "whpk_"

    /// Why a text or bytes are no public key.
    public enum Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// Not `whpk_` and base64.
        case text
        /// Not 32 bytes.
        case length(Int)

        /// What to give instead.
        public var description: String {
            switch self {
            case .text: "A public key is “whpk_” and 32 bytes in base64."
            case .length(let count): "A public key of ed25519 has 32 bytes, not \(count)."
            }
        }
    }

    /// Takes the bytes of a key.
    ///
    /// - Throws: ``Rejection/length(_:)``.
    public init(bytes: [UInt8]) throws(Rejection) {
        guard bytes.count == 32 else { throw .length(bytes.count) }
        self.bytes = bytes
    }

    /// Reads `whpk_` and base64.
    ///
    /// - Throws: ``Rejection``.
    public init(_ text: String) throws(Rejection) {
        guard text.utf8.count <= 100, text.hasPrefix(Self.prefix),
            let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count)))
        else { throw .text }
        try self.init(bytes: [UInt8](data))
    }

    fileprivate init(_ key: Curve25519.Signing.PublicKey) { bytes = [UInt8](key.rawRepresentation) }

    /// `whpk_` and base64.
    public var description: String { Self.prefix + Data(bytes).base64EncodedString() }

    func isSignature(_ signature: Data, of signed: [UInt8]) -> Bool {
        (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes))?.isValidSignature(signature, for: signed) ?? false
    }
}
