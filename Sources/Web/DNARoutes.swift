import HTTPTypes
import Hummingbird
import Registry
import Storage

/// `/v1/dna-samples` and `/v1/dna-results`: samples with their custody, and what laboratories found.
struct DNARoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("dna-samples", use: samples)
        group.get("dna-samples/:id", use: sample)
        group.post("dna-samples", use: addSample)
        group.get("dna-samples/:id/custody", use: custody)
        group.post("dna-samples/:id/custody", use: addCustody)
        group.get("dna-results", use: results)
        group.get("dna-results/:id", use: result)
        group.post("dna-results", use: addResult)
        group.post("dna-results/:id/correction", use: correct)
    }

    @Sendable private func addSample(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let added = try await bodies.withDocument(of: request, by: caller, needing: .submit) {
            (document: DNASampleRequest, key) in
            if let id = document.sample.screening {
                guard let screening = try await store.screening(id), caller.maySee(screening.agency) else {
                    throw Problem.invalid("/screeningId", .noSuchScreening)
                }
            }
            return try await store.addSample(
                document.sample, agency: caller.agency.id, by: Reviewer(caller.key, of: caller.agency),
                idempotency: key)
        }.record
        return try .json(
            DNASampleDocument(added, .exact), status: .created,
            headers: [.location: DNASampleDocument.path(of: added.id)])
    }

    @Sendable private func addCustody(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        // Who takes samples hands them over, and laboratories receive them.
        let needed: Role.Permission = caller.key.role.allows(.submit) ? .submit : .enterResults
        let step = try await bodies.withDocument(of: request, by: caller, needing: needed) {
            (document: CustodyRequest, key) in
            try await store.addCustody(
                document.kind, of: visible(scope).id, person: document.person, counterpart: document.counterpart,
                seal: document.seal, note: document.note, at: document.happenedAt,
                by: Reviewer(caller.key, of: caller.agency), idempotency: key)
        }.record
        return try .json(
            CustodyDocument(step, exact: true), status: .created,
            headers: [.location: DNASampleDocument.path(of: step.sample) + "/custody"])
    }

    @Sendable private func addResult(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let added = try await bodies.withDocument(of: request, by: caller, needing: .enterResults) {
            (document: DNAResultRequest, key) in
            guard let id = document.sample else { throw Problem.invalid("/sampleId", .missing) }
            guard let sample = try await store.sample(id), caller.maySee(sample.agency) else {
                throw Problem.invalid("/sampleId", .noSuchSample)
            }
            return try await store.addResult(
                document.result, of: id, by: Reviewer(caller.key, of: caller.agency), idempotency: key)
        }.record
        return try .json(
            DNAResultDocument(added, exact: true), status: .created,
            headers: [.location: DNAResultDocument.path(of: added.id)])
    }

    @Sendable private func correct(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let added = try await bodies.withDocument(of: request, by: caller, needing: .enterResults) {
            (document: DNAResultRequest, key) in
            let corrected = try await visibleResult(scope)
            guard document.sample == nil || document.sample == corrected.sample else {
                throw Problem.invalid("/sampleId", .noSuchSample)
            }
            guard document.result.note != nil else { throw Problem.invalid("/note", .missing) }
            return try await store.correctResult(
                corrected.id, to: document.result, by: Reviewer(caller.key, of: caller.agency), idempotency: key)
        }.record
        return try .json(
            DNAResultDocument(added, exact: true), status: .created,
            headers: [.location: DNAResultDocument.path(of: added.id)])
    }

    @Sendable private func samples(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let paging = try Paging<DNASample>(request)
        let page = try await store.samples(
            after: paging.after, limit: paging.limit, agency: caller.onlyAgency,
            individual: request.identifier("individual"))
        let sight = try await store.sight(of: caller)
        return try paging.response(page, of: request) { DNASampleDocument($0, sight($0.agency)) }
    }

    @Sendable private func sample(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let sample = try await visible(scope)
        return try .json(DNASampleDocument(sample, try await store.sight(of: scope.caller())(sample.agency)))
    }

    @Sendable private func custody(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let sample = try await visible(scope)
        let exact = try scope.caller().maySeePositions(sample.agency)
        let steps = try await store.custody(of: sample.id)
        return try .json(PageDocument(items: steps.map { CustodyDocument($0, exact: exact) }, next: nil))
    }

    @Sendable private func results(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let paging = try Paging<DNAResult>(request)
        let page = try await store.results(
            after: paging.after, limit: paging.limit, agency: caller.onlyAgency,
            individual: request.identifier("individual"), sample: request.identifier("sample"))
        return try paging.response(page, of: request) {
            DNAResultDocument($0, exact: caller.maySeePositions($0.agency))
        }
    }

    @Sendable private func result(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let found = try await visibleResult(scope)
        return try .json(DNAResultDocument(found, exact: try scope.caller().maySeePositions(found.agency)))
    }

    private func visible(_ scope: RequestScope) async throws -> DNASample {
        guard let found = try await store.sample(scope.id()), try scope.caller().maySee(found.agency) else {
            throw Problem(.notFound)
        }
        return found
    }

    private func visibleResult(_ scope: RequestScope) async throws -> DNAResult {
        guard let found = try await store.result(scope.id()), try scope.caller().maySee(found.agency) else {
            throw Problem(.notFound)
        }
        return found
    }
}
