import Foundation
import Postgres
import Provenance
public import Registry

/// What is kept encrypted of a new endpoint.
public struct SealedEndpointKeys: Sendable {
    /// What signs for it.
    public let secret: SealedEndpointSecret
    /// The key of the certificate that the registry shows it, encrypted; `nil` where it shows none.
    public let clientKey: [UInt8]?

    /// Encrypted keys.
    public init(secret: SealedEndpointSecret, clientKey: [UInt8]? = nil) {
        self.secret = secret
        self.clientKey = clientKey
    }
}

extension RegistryStore {
    /// Enters an endpoint; it hears of events from this moment on.
    ///
    /// - Parameters:
    ///   - draft: What is asked for; its address is the caller's to check.
    ///   - person: Who enters it.
    ///   - idempotency: What makes a repeated request recognisable.
    ///   - sealing: Makes and encrypts the keys of the endpoint with an identifier.
    /// - Returns: The endpoint: new, or the one that the same request led to before.
    /// - Throws: ``EndpointError``; ``StorageError/notFound(_:_:)`` for an unknown agency;
    ///   ``StorageError/ruleBroken(rule:)``; what `sealing` throws.
    public func createEndpoint(
        _ draft: EndpointDraft, by person: String, idempotency: IdempotencyKey? = nil,
        sealing: @Sendable @escaping (Identifier<Endpoint>) throws -> SealedEndpointKeys
    ) async throws -> Added<Endpoint> {
        do {
            return try await once(idempotency, .endpoint, id: \.id) { session, id in
                let area = try await session.checked(draft.subscription.area)
                let keys = try sealing(id)
                _ = try await session.rows(
                    .endpointInsert,
                    [.id(id), .id(draft.agency)] + draft.columns(area: area)
                        + [.sealed(keys.clientKey), .text(person)])
                _ = try await session.rows(.endpointHealthInsert, [.id(id)])
                try await session.insert(keys.secret, of: id, overlap: .zero)
                guard let endpoint = try await session.endpoint(id) else {
                    throw StorageError.notFound(.endpoint, id.description)
                }
                return Added(endpoint, .created)
            } find: { session, id in
                try await session.endpoint(id)
            }
        } catch let error as PostgresError where error.constraint == "endpoints_address_key" {
            throw EndpointError.addressTaken(draft.channel.address ?? "feed")
        }
    }

    /// Changes what an endpoint hears of and how it is spoken to; its agency stays.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - draft: How it shall be, whole.
    ///   - clientKey: The encrypted key of a new client certificate; `nil` keeps the one there is.
    /// - Returns: The endpoint as it is.
    /// - Throws: As ``createEndpoint(_:by:idempotency:sealing:)``; ``StorageError/notFound(_:_:)``.
    public func updateEndpoint(
        _ id: Identifier<Endpoint>, _ draft: EndpointDraft, clientKey: [UInt8]? = nil
    ) async throws -> Endpoint {
        do {
            return try await transaction { session in
                let area = try await session.checked(draft.subscription.area)
                let parameters =
                    [.id(id), .id(draft.agency)] + draft.columns(area: area) + [PostgresValue.sealed(clientKey)]
                guard try await !session.rows(.endpointUpdate, parameters).isEmpty,
                    let endpoint = try await session.endpoint(id)
                else { throw StorageError.notFound(.endpoint, id.description) }
                // What waited for quiet to end is due.
                _ = try await session.rows(.announceDeliveries)
                return endpoint
            }
        } catch let error as PostgresError where error.constraint == "endpoints_address_key" {
            throw EndpointError.addressTaken(draft.channel.address ?? "feed")
        }
    }

    /// The endpoint with an identifier; `nil` for one that was removed.
    public func endpoint(_ id: Identifier<Endpoint>) async throws -> Endpoint? {
        try await rows(.endpointByID, [.id(id)]).first.map(Endpoint.init)
    }

    /// The endpoints of one agency, or of all, oldest first.
    public func endpoints(of agency: Identifier<Agency>? = nil) async throws -> [Endpoint] {
        try await rows(.endpoints, [.id(agency)]).map(Endpoint.init)
    }

    /// Sends nothing to an endpoint any more and tells its agency; one disabled before stays as it is.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)``.
    public func disableEndpoint(
        _ id: Identifier<Endpoint>, _ reason: Endpoint.Disabled.Reason
    ) async throws -> Endpoint {
        try await transaction { session in
            try await session.disable(id, reason)
            guard let endpoint = try await session.endpoint(id) else {
                throw StorageError.notFound(.endpoint, id.description)
            }
            return endpoint
        }
    }

    /// Sends to a disabled endpoint again, what waited first; what happened in the meantime it hears by a replay.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)``.
    public func enableEndpoint(_ id: Identifier<Endpoint>) async throws -> Endpoint {
        try await transaction { session in
            guard try await !session.rows(.endpointEnable, [.id(id)]).isEmpty,
                let endpoint = try await session.endpoint(id)
            else { throw StorageError.notFound(.endpoint, id.description) }
            _ = try await session.rows(.announceDeliveries)
            return endpoint
        }
    }

    /// Removes an endpoint and forgets its keys; what was delivered stays on record, what waits becomes dead.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)``.
    public func removeEndpoint(_ id: Identifier<Endpoint>) async throws {
        guard try await !rows(.endpointRemove, [.id(id)]).isEmpty else {
            throw StorageError.notFound(.endpoint, id.description)
        }
    }

    /// Gives an endpoint a new secret; the ones before sign beside it for a while.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)``.
    public func replaceSecret(
        of id: Identifier<Endpoint>, with secret: SealedEndpointSecret, overlap: Duration
    ) async throws {
        try await transaction { session in
            guard try await session.endpoint(id) != nil else { throw StorageError.notFound(.endpoint, id.description) }
            try await session.insert(secret, of: id, overlap: overlap)
        }
    }

    /// What signs for an endpoint at this moment, the newest first.
    public func secrets(of id: Identifier<Endpoint>) async throws -> [SealedEndpointSecret] {
        try await rows(.endpointSecrets, [.ids([id])]).map(SealedEndpointSecret.init)
    }

    /// How endpoints are doing.
    public func endpointStatuses(
        of ids: some Sequence<Identifier<Endpoint>>
    ) async throws -> [Identifier<Endpoint>: EndpointStatus] {
        let rows = try await rows(.endpointStatuses, [.ids(ids)])
        return Dictionary(try rows.map { (try $0.identifier("id"), try EndpointStatus(row: $0)) }) { first, _ in first }
    }
}

extension Session {
    func endpoint(_ id: Identifier<Endpoint>) async throws -> Endpoint? {
        try await rows(.endpointByID, [.id(id)]).first.map(Endpoint.init)
    }

    /// Disables an endpoint and tells its agency; nothing where it is disabled already.
    func disable(_ id: Identifier<Endpoint>, _ reason: Endpoint.Disabled.Reason) async throws {
        guard let row = try await rows(.endpointDisable, [.id(id), .text(reason.rawValue)]).first else { return }
        try await append(.endpointDisabled, endpoint: try Endpoint(row: row), ["reason": reason.rawValue])
    }

    fileprivate func insert(
        _ secret: SealedEndpointSecret, of id: Identifier<Endpoint>, overlap: Duration
    ) async throws {
        _ = try await rows(
            .endpointSecretInsert,
            [
                .id(Identifier<SealedEndpointSecret>()), .id(id), .bytes(secret.hmac), .bytes(secret.ed25519),
                .bytes(secret.publicKey), .double(overlap.seconds),
            ])
    }

    /// An area that is one, its polygon in the form in which it is kept.
    fileprivate func checked(_ area: Subscription.Area?) async throws -> Subscription.Area? {
        switch area {
        case nil:
            return nil
        case .polygon(let geoJSON):
            let polygon: String
            do {
                polygon = try AreaReading.area(Data(geoJSON.utf8))
            } catch {
                throw EndpointError.areaUnreadable(error.detail)
            }
            if let fault = try await rows(.areaFault, [.text(polygon)]).first {
                throw EndpointError.areaInvalid(
                    reason: try fault.get("reason"), longitude: try fault.optional("longitude"),
                    latitude: try fault.optional("latitude"))
            }
            return .polygon(geoJSON: polygon)
        case .waterSystem(let code):
            guard try await rows(.areaCodesKnown, [.text(code), .null]).first?.get("is_system_known") == true else {
                throw EndpointError.waterSystemUnknown(code)
            }
            return area
        case .municipality(let code):
            guard try await rows(.areaCodesKnown, [.null, .text(code)]).first?.get("is_municipality_known") == true
            else { throw EndpointError.municipalityUnknown(code) }
            return area
        }
    }
}
