public import Registry
public import Storage

/// Why an endpoint cannot be as somebody asks.
public enum EndpointRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The URL is not one that requests go to.
    case url(AddressRefusal)
    /// The address is not one that letters go to.
    case mailAddress
    /// The secret is none.
    case secret(WebhookSecret.Rejection)
    /// No certificates in PEM, or too many of them; of the authorities, or the client's.
    case certificate(isAuthority: Bool)
    /// No private key in PEM.
    case privateKey
    /// Certificate and key come together.
    case certificateWithoutKey

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .url(let refusal): refusal.description
        case .mailAddress: MailAddress.Rejection().description
        case .secret(let rejection): rejection.description
        case .certificate(isAuthority: true):
            "The certificates of authorities are not PEM (-----BEGIN CERTIFICATE-----), or larger than 64 KiB."
        case .certificate(isAuthority: false):
            "The client certificate is not PEM (-----BEGIN CERTIFICATE-----), or larger than 64 KiB."
        case .privateKey: "The client key is not PEM (-----BEGIN … PRIVATE KEY-----), or larger than 64 KiB."
        case .certificateWithoutKey: "A client certificate and its key come together: give both."
        }
    }
}

/// Enters endpoints with their secrets, and changes them: what the API and the command line have in common.
public struct EndpointRegistrar: Sendable {
    private let store: RegistryStore
    private let seal: SecretSeal

    /// How long the secret before signs beside a new one, unless somebody says otherwise.
    public static let usualOverlap = Duration.seconds(86_400)
    /// The longest overlap.
    public static let longestOverlap = Duration.seconds(7 * 86_400)

    /// A registrar.
    ///
    /// - Parameters:
    ///   - store: The registry.
    ///   - seal: What secrets are kept encrypted with.
    public init(store: RegistryStore, seal: SecretSeal) {
        self.store = store
        self.seal = seal
    }

    /// Enters an endpoint.
    ///
    /// - Parameters:
    ///   - draft: What is asked for; its address is kept as requests will use it, so that one cannot be entered twice in
    ///     two spellings.
    ///   - secret: The secret of `v1` signatures; a new random one where it is `nil`.
    ///   - clientKey: The key of the client certificate in PEM.
    ///   - person: Who enters it.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The endpoint, and what signs for it: to be shown once; `nil` where the same request came before.
    /// - Throws: ``EndpointRefusal``, `EndpointError`, `StorageError`, `PostgresError`.
    public func enter(
        _ draft: EndpointDraft, secret: WebhookSecret? = nil, clientKey: String? = nil, by person: String,
        idempotency: IdempotencyKey? = nil
    ) async throws -> (endpoint: Endpoint, keys: SigningKeys?) {
        let draft = try checked(draft)
        guard (draft.delivery.clientCertificate == nil) == (clientKey == nil) else {
            throw EndpointRefusal.certificateWithoutKey
        }
        try clientKey.map(check(key:))
        let keys = SigningKeys(secret: secret ?? .generate(), key: .generate())
        let added = try await store.createEndpoint(draft, by: person, idempotency: idempotency) { [seal] id in
            SealedEndpointKeys(
                secret: try keys.sealed(for: id, with: seal),
                clientKey: try clientKey.map { try seal.seal(Array($0.utf8), of: id) })
        }
        return (added.record, added.change == .created ? keys : nil)
    }

    /// Changes an endpoint.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - draft: How it shall be, whole.
    ///   - clientKey: The key of a new client certificate; `nil` keeps the one there is.
    /// - Returns: The endpoint as it is.
    /// - Throws: ``EndpointRefusal``, `EndpointError`, `StorageError`, `PostgresError`.
    public func change(
        _ id: Identifier<Endpoint>, to draft: EndpointDraft, clientKey: String? = nil
    ) async throws -> Endpoint {
        try clientKey.map(check(key:))
        return try await store.updateEndpoint(
            id, try checked(draft), clientKey: try clientKey.map { try seal.seal(Array($0.utf8), of: id) })
    }

    /// Gives an endpoint a new secret and key; the ones before sign beside them for a while.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - secret: The secret of `v1` signatures; a new random one where it is `nil`.
    ///   - overlap: How long the ones before sign too, 0 … ``longestOverlap``.
    /// - Returns: What signs from now on, to be shown once.
    /// - Throws: `StorageError`, `PostgresError`, ``SecretSeal/Failure``.
    public func rotate(
        _ id: Identifier<Endpoint>, to secret: WebhookSecret? = nil, overlap: Duration = usualOverlap
    ) async throws -> SigningKeys {
        let keys = SigningKeys(secret: secret ?? .generate(), key: .generate())
        try await store.replaceSecret(
            of: id, with: try keys.sealed(for: id, with: seal),
            overlap: min(max(overlap, .zero), Self.longestOverlap))
        return keys
    }

    /// What signs for an endpoint at this moment, the newest first.
    public func signingKeys(of id: Identifier<Endpoint>) async throws -> [SigningKeys] {
        try await store.secrets(of: id).map {
            try SigningKeys(opening: $0, of: id, with: seal)
        }
    }

    private func checked(_ draft: EndpointDraft) throws(EndpointRefusal) -> EndpointDraft {
        var draft = draft
        switch draft.channel {
        case .webhook(let url):
            do {
                let url = try WebhookURL(url, allowsPrivateAddresses: draft.delivery.allowsPrivateAddresses)
                draft.channel = .webhook(url: url.description)
            } catch {
                throw .url(error)
            }
        case .email(let address):
            guard (try? MailAddress(address)) != nil else { throw .mailAddress }
        case .feed: break
        }
        if let authorities = draft.delivery.certificateAuthorities {
            guard Self.isPEM(authorities, "CERTIFICATE") else { throw .certificate(isAuthority: true) }
        }
        if let certificate = draft.delivery.clientCertificate {
            guard Self.isPEM(certificate, "CERTIFICATE") else { throw .certificate(isAuthority: false) }
        }
        return draft
    }

    private func check(key: String) throws(EndpointRefusal) {
        guard Self.isPEM(key, "PRIVATE KEY") else { throw .privateKey }
    }

    private static func isPEM(_ text: String, _ kind: String) -> Bool {
        text.utf8.count <= 65_536 && text.contains("-----BEGIN ") && text.contains("\(kind)-----")
            && text.contains("-----END ")
    }
}
