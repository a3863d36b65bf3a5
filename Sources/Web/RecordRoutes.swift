import Hummingbird
import Registry
import Storage

/// `/v1/individuals`.
struct IndividualRoutes {
    let store: RegistryStore

    func add(to group: RouterGroup<RequestScope>) {
        group.get("individuals", use: list)
        group.get("individuals/:id", use: show)
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        try caller.require(.readRegistry)
        let paging = try Paging<Individual>(request)
        let page = try await store.individuals(after: paging.after, limit: paging.limit)
        return try paging.response(page, of: request) {
            IndividualDocument($0, exact: caller.key.role.allows(.exactPositions))
        }
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        try caller.require(.readRegistry)
        guard let individual = try await store.individual(scope.id()) else { throw Problem(.notFound) }
        return try .json(IndividualDocument(individual, exact: caller.key.role.allows(.exactPositions)))
    }
}

/// `/v1/encounters`.
struct EncounterRoutes {
    let store: RegistryStore

    func add(to group: RouterGroup<RequestScope>) {
        group.get("encounters", use: list)
        group.get("encounters/:id", use: show)
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        try caller.require(.readRegistry)
        let paging = try Paging<Encounter>(request)
        let page = try await store.encounters(
            after: paging.after, limit: paging.limit, individual: request.identifier("individual"))
        let sight = try await store.sight(of: caller)
        return try paging.response(page, of: request) { EncounterDocument($0, sight($0.agency)) }
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        guard let encounter = try await store.encounter(scope.id()), caller.maySee(encounter.agency) else {
            throw Problem(.notFound)
        }
        return try .json(EncounterDocument(encounter, try await store.sight(of: caller)(encounter.agency)))
    }
}
