public import Registry

/// What signs for an endpoint at one time: a secret for `v1` and a key for `v1a`.
public struct SigningKeys: Sendable {
    /// Signs with HMAC-SHA256; its owner knows it.
    public let secret: WebhookSecret
    /// Signs with ed25519; its owner knows the public key.
    public let key: WebhookSigningKey

    /// A pair.
    public init(secret: WebhookSecret, key: WebhookSigningKey) {
        self.secret = secret
        self.key = key
    }

    /// A new random pair.
    public static func generate() -> SigningKeys {
        SigningKeys(secret: .generate(), key: .generate())
    }
}

extension SigningKeys {
    /// Opens what storage keeps.
    ///
    /// - Parameters:
    ///   - sealed: The encrypted pair.
    ///   - endpoint: Whose it is.
    ///   - seal: What it was sealed with.
    /// - Throws: ``SecretSeal/Failure/unopenable(_:)``.
    public init(
        opening sealed: SealedEndpointSecret, of endpoint: Identifier<Endpoint>, with seal: SecretSeal
    ) throws(SecretSeal.Failure) {
        let secret = try seal.open(sealed.hmac, of: endpoint)
        let key = try seal.open(sealed.ed25519, of: endpoint)
        do {
            self.init(secret: try WebhookSecret(bytes: secret), key: try WebhookSigningKey(bytes: key))
        } catch {
            throw .unopenable(endpoint)
        }
    }

    /// Encrypts the pair for storage.
    ///
    /// - Throws: ``SecretSeal/Failure/unsealable(_:)``.
    public func sealed(
        for endpoint: Identifier<Endpoint>, with seal: SecretSeal
    ) throws(SecretSeal.Failure) -> SealedEndpointSecret {
        SealedEndpointSecret(
            hmac: try seal.seal(secret.bytes, of: endpoint), ed25519: try seal.seal(key.bytes, of: endpoint),
            publicKey: key.publicKey.bytes)
    }
}
