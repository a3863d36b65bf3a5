import HTTPTypes
import Hummingbird
import Registry
import Storage
import Webhooks

/// `/v1/endpoints`: where an agency hears of events; each agency sees and manages its own alone.
struct EndpointRoutes {
    let store: RegistryStore
    let registrar: EndpointRegistrar
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("endpoints", use: list)
        group.post("endpoints", use: enter)
        group.get("endpoints/:id", use: show)
        group.patch("endpoints/:id", use: change)
        group.delete("endpoints/:id", use: remove)
        group.post("endpoints/:id/secret", use: rotate)
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        try caller.require(.manageEndpoints)
        let endpoints = try await store.endpoints(of: caller.agency.id)
        let statuses = try await store.endpointStatuses(of: endpoints.map(\.id))
        return try .json(PageDocument(items: endpoints.map { EndpointDocument($0, statuses[$0.id]) }, next: nil))
    }

    @Sendable private func enter(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let (endpoint, keys) = try await bodies.withDocument(
            of: request, by: caller, needing: .manageEndpoints, atMost: EndpointRequest.byteLimit
        ) { (document: EndpointRequest, key) in
            try await registrar.enter(
                document.draft(of: caller.agency.id), secret: document.secret, clientKey: document.clientKey,
                by: Reviewer(caller.key, of: caller.agency).name, idempotency: key)
        }
        return try .json(
            EndpointDocument(endpoint, nil, publicKeys: keys.map { [$0.key.publicKey] }, secret: keys?.secret),
            status: .created, headers: [.location: "/v1/endpoints/\(endpoint.id)", .cacheControl: "no-store"])
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await document(of: try await store.managed(by: scope))
    }

    @Sendable private func change(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let endpoint = try await store.managed(by: scope, leaving: request)
        let changed = try await bodies.withDocument(
            of: request, by: scope.caller(), needing: .manageEndpoints, atMost: EndpointRequest.byteLimit
        ) { (document: EndpointChange, _) in
            var changed = try await registrar.change(
                endpoint.id, to: document.draft(from: endpoint), clientKey: document.clientKey)
            switch document.isEnabled {
            case true?: changed = try await store.enableEndpoint(endpoint.id)
            case false?: changed = try await store.disableEndpoint(endpoint.id, .byPerson)
            case nil: break
            }
            return changed
        }
        return try await document(of: changed)
    }

    @Sendable private func remove(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let endpoint = try await store.managed(by: scope, leaving: request)
        try await store.removeEndpoint(endpoint.id)
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }

    @Sendable private func rotate(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let endpoint = try await store.managed(by: scope, leaving: request)
        let document = try await bodies.withDocument(
            of: request, by: scope.caller(), needing: .manageEndpoints, atMost: EndpointRequest.byteLimit
        ) { (submitted: SecretRequest, _) in
            SecretDocument(
                try await registrar.rotate(endpoint.id, to: submitted.secret, overlap: submitted.overlap),
                overlap: submitted.overlap)
        }
        return try .json(document, headers: [.cacheControl: "no-store"])
    }

    private func document(of endpoint: Endpoint) async throws -> Response {
        let status = try await store.endpointStatuses(of: [endpoint.id])[endpoint.id]
        let keys = try await store.secrets(of: endpoint.id).map { try WebhookPublicKey(bytes: $0.publicKey) }
        return try .json(EndpointDocument(endpoint, status, publicKeys: keys))
    }
}

extension RegistryStore {
    /// The endpoint in the path, where it is the caller's to manage.
    ///
    /// - Parameters:
    ///   - scope: The request's scope.
    ///   - request: The request, where a refusal leaves its body unread.
    /// - Returns: The endpoint.
    /// - Throws: `Problem`, what storage throws.
    func managed(by scope: RequestScope, leaving request: Request? = nil) async throws -> Endpoint {
        do {
            let caller = try scope.caller()
            try caller.require(.manageEndpoints)
            guard let endpoint = try await endpoint(scope.id()), endpoint.agency == caller.agency.id else {
                throw Problem(.notFound)
            }
            return endpoint
        } catch let problem as Problem {
            throw request.map(problem.leavingBody(of:)) ?? problem
        }
    }
}
