import HTTPTypes
import Hummingbird
import Registry
import Storage

/// `/v1/merges`, `/v1/splits` and `/v1/identity-changes`: who is who, appended and undone, never changed.
struct IdentityRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("identity-changes", use: list)
        group.get("identity-changes/:id", use: show)
        group.post("identity-changes/:id/undo", use: undo)
        group.post("merges", use: merge)
        group.post("splits", use: split)
    }

    private struct SubmittedMerge: Decodable, Sendable {
        let from: String
        let into: String
        let reason: String

        enum CodingKeys: String, CodingKey, CaseIterable {
            case from = "fromIndividualId"
            case into = "intoIndividualId"
            case reason
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            from = try container.decode(String.self, forKey: .from)
            into = try container.decode(String.self, forKey: .into)
            reason = try container.decode(String.self, forKey: .reason)
        }
    }

    private struct SubmittedSplit: Decodable, Sendable {
        let individual: String
        let encounters: [String]
        let name: String?
        let reason: String

        enum CodingKeys: String, CodingKey, CaseIterable {
            case individual = "individualId"
            case encounters = "encounterIds"
            case name = "intoName"
            case reason
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            individual = try container.decode(String.self, forKey: .individual)
            encounters = try container.decode([String].self, forKey: .encounters)
            name = try container.decodeUnlessAbsent(String.self, forKey: .name)
            reason = try container.decode(String.self, forKey: .reason)
        }
    }

    private struct SubmittedUndo: Decodable, Sendable {
        let reason: String

        enum CodingKeys: String, CodingKey, CaseIterable { case reason }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            reason = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .reason)
        }
    }

    @Sendable private func merge(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await decide(request, scope, SubmittedMerge.self) { submitted, reviewer, key in
            let from: Identifier<Individual> = try Self.id(submitted.from, "/fromIndividualId")
            let into: Identifier<Individual> = try Self.id(submitted.into, "/intoIndividualId")
            return try await store.merge(
                from, into: into, reason: Self.reason(submitted.reason), by: reviewer, idempotency: key)
        }
    }

    @Sendable private func split(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await decide(request, scope, SubmittedSplit.self) { submitted, reviewer, key in
            let individual: Identifier<Individual> = try Self.id(submitted.individual, "/individualId")
            let encounters: [Identifier<Encounter>] = try submitted.encounters.enumerated().map { index, text in
                try Self.id(text, "/encounterIds/\(index)")
            }
            let name = try CheckedSubmission.text(submitted.name, "/intoName", 1...200)
            return try await store.split(
                individual, encounters: encounters, into: name, reason: Self.reason(submitted.reason), by: reviewer,
                idempotency: key)
        }
    }

    @Sendable private func undo(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await decide(request, scope, SubmittedUndo.self) { submitted, reviewer, key in
            try await store.undo(scope.id(), reason: Self.reason(submitted.reason), by: reviewer, idempotency: key)
        }
    }

    /// Reads a decision's document, carries it out and answers with the change.
    private func decide<Submitted: Decodable & Sendable>(
        _ request: Request, _ scope: RequestScope, _ type: Submitted.Type,
        _ carryOut: @Sendable (Submitted, Reviewer, IdempotencyKey?) async throws -> Added<IdentityChange>
    ) async throws -> Response {
        let caller = try scope.caller()
        let change = try await bodies.withDocument(of: request, by: caller, needing: .decide) {
            (submitted: Submitted, key) in
            try await carryOut(submitted, Reviewer(caller.key, of: caller.agency), key)
        }.record
        return try .json(
            IdentityChangeDocument(change, exact: true), status: .created,
            headers: [.location: IdentityChangeDocument.path(of: change)])
    }

    private static func id<Subject>(_ text: String, _ field: String) throws(Problem) -> Identifier<Subject> {
        guard let id = Identifier<Subject>(text) else { throw .invalid(field, .notAnIdentifier) }
        return id
    }

    private static func reason(_ text: String) throws(Problem) -> String {
        try CheckedSubmission.text(text, "/reason", 1...2000) ?? text
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        try caller.require(.readRegistry)
        let paging = try Paging<IdentityChange>(request)
        let page = try await store.identityChanges(
            after: paging.after, limit: paging.limit, individual: request.identifier("individual"))
        return try paging.response(page, of: request) {
            IdentityChangeDocument($0, exact: caller.key.role.allows(.exactPositions))
        }
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        try caller.require(.readRegistry)
        guard let change = try await store.identityChange(scope.id()) else { throw Problem(.notFound) }
        return try .json(IdentityChangeDocument(change, exact: caller.key.role.allows(.exactPositions)))
    }
}
