import Crypto
import Foundation
public import Registry

/// Encrypts the secrets of endpoints for storage: AES-256-GCM under the registry's master key, bound to the endpoint.
public struct SecretSeal: Sendable {
    private let masterKey: SymmetricKey

    /// Why something cannot be sealed or opened.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// A master key has 32 bytes.
        case masterKey(count: Int)
        /// It was sealed under another master key, for another endpoint, or was changed.
        case unopenable(Identifier<Endpoint>)
        /// Encrypting failed.
        case unsealable(Identifier<Endpoint>)

        /// What happened, to what, and what to do.
        public var description: String {
            switch self {
            case .masterKey(let count):
                "The master key of secrets has \(count) bytes instead of 32: restore the file it is kept in."
            case .unopenable(let endpoint):
                "A secret of endpoint \(endpoint) cannot be decrypted: it was encrypted under another master key. Restore "
                    + "that key, or rotate the endpoint's secret."
            case .unsealable(let endpoint): "A secret of endpoint \(endpoint) could not be encrypted."
            }
        }
    }

    /// Takes a master key of 32 bytes.
    ///
    /// - Throws: ``Failure/masterKey(count:)``.
    public init(masterKey: [UInt8]) throws(Failure) {
        guard masterKey.count == 32 else { throw .masterKey(count: masterKey.count) }
        self.masterKey = SymmetricKey(data: masterKey)
    }

    /// Encrypts bytes of an endpoint.
    ///
    /// - Returns: Nonce (12 bytes), the encrypted bytes, tag (16 bytes).
    /// - Throws: ``Failure/unsealable(_:)``.
    public func seal(_ bytes: [UInt8], of endpoint: Identifier<Endpoint>) throws(Failure) -> [UInt8] {
        guard
            let sealed = try? AES.GCM.seal(bytes, using: masterKey, authenticating: Self.name(of: endpoint)).combined
        else { throw .unsealable(endpoint) }
        return [UInt8](sealed)
    }

    /// Decrypts bytes of an endpoint.
    ///
    /// - Throws: ``Failure/unopenable(_:)``.
    public func open(_ sealed: [UInt8], of endpoint: Identifier<Endpoint>) throws(Failure) -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let bytes = try? AES.GCM.open(box, using: masterKey, authenticating: Self.name(of: endpoint))
        else { throw .unopenable(endpoint) }
        return [UInt8](bytes)
    }

    private static func name(of endpoint: Identifier<Endpoint>) -> [UInt8] {
        withUnsafeBytes(of: endpoint.uuid.uuid, Array.init)
    }
}
