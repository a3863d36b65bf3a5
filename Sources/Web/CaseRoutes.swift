import HTTPTypes
import Hummingbird
import Registry
import Storage

/// `/v1/cases`: contradictions that people settle.
struct CaseRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("cases", use: list)
        group.get("cases/:id", use: show)
        group.get("cases/:id/resolutions", use: resolutions)
        group.post("cases/:id/resolutions", use: resolve)
    }

    private struct Submitted: Decodable, Sendable {
        let finding: String
        let individualId: String?
        let note: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case finding, individualId, note }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            finding = try container.decode(String.self, forKey: .finding)
            individualId = try container.decodeUnlessAbsent(String.self, forKey: .individualId)
            note = try container.decodeUnlessAbsent(String.self, forKey: .note)
        }
    }

    @Sendable private func resolve(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let id: Identifier<RegistryCase> = try scope.id()
        let resolution = try await bodies.withDocument(of: request, by: caller, needing: .decide) {
            (submitted: Submitted, key) in
            guard let finding = RegistryCase.Resolution.Finding(rawValue: submitted.finding) else {
                let accepted = RegistryCase.Resolution.Finding.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("/finding", .notOneOf, ["accepted": accepted])
            }
            let individual: Identifier<Individual>? = try submitted.individualId.map { text throws(Problem) in
                guard let id = Identifier<Individual>(text) else { throw .invalid("/individualId", .notAnIdentifier) }
                return id
            }
            let note = try CheckedSubmission.text(submitted.note, "/note", 1...2000)
            return try await store.resolveCase(
                id, finding, individual: individual, note: note, by: Reviewer(caller.key, of: caller.agency),
                idempotency: key)
        }.record
        return try .json(
            CaseResolutionDocument(resolution, exact: true), status: .created,
            headers: [.location: "/v1/cases/\(id)/resolutions"])
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let paging = try Paging<RegistryCase>(request)
        let state = try request.uri.queryParameters["state"].map { text throws(Problem) in
            guard let state = RegistryCase.State(rawValue: String(text)) else {
                let accepted = RegistryCase.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw .parameter("state", .notOneOf, ["accepted": accepted])
            }
            return state
        }
        let page = try await store.cases(
            after: paging.after, limit: paging.limit, agency: caller.onlyAgency, state: state)
        return try paging.response(page, of: request) {
            CaseDocument($0, exact: caller.maySeePositions($0.agency))
        }
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let shown = try await visible(scope)
        return try .json(CaseDocument(shown, exact: try scope.caller().maySeePositions(shown.agency)))
    }

    @Sendable private func resolutions(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let resolutions = try await store.resolutions(of: visible(scope).id)
        let exact = try scope.caller().key.role.allows(.exactPositions)
        return try .json(
            PageDocument(items: resolutions.map { CaseResolutionDocument($0, exact: exact) }, next: nil))
    }

    private func visible(_ scope: RequestScope) async throws -> RegistryCase {
        guard let found = try await store.registryCase(scope.id()), try scope.caller().maySee(found.agency) else {
            throw Problem(.notFound)
        }
        return found
    }
}
