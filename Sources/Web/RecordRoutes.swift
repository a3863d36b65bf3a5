import Hummingbird
import Registry
import Storage

/// `/v1/individuals`.
struct IndividualRoutes {
    let store: RegistryStore

    func add(to group: RouterGroup<RequestScope>) {
        group.get("individuals", use: list)
        group.get("individuals/:id", use: show)
        group.get("individuals/:id/origin", use: origin)
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

    /// Where an animal belongs; a screening named in the address says where it was found.
    @Sendable private func origin(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        try caller.require(.readRegistry)
        guard let individual = try await store.individual(scope.id()) else { throw Problem(.notFound) }
        var found: Position?
        if let id: Identifier<Screening> = try request.identifier("screening") {
            guard let screening = try await store.screening(id), caller.maySee(screening.agency) else {
                throw Problem(.notFound)
            }
            found = screening.submission.position
        }
        let origin = try await store.origin(of: individual.id, found: found, asked: caller.agency.id)
        return try .json(
            OriginDocument(origin, of: individual.id, try await store.sight(of: caller), in: scope.language))
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
