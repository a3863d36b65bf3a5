import Hummingbird
import Registry
import Storage

/// `/v1/screenings/{id}/decisions`: appended, never changed.
struct DecisionRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("screenings/:id/decisions", use: list)
        group.post("screenings/:id/decisions", use: decide)
    }

    /// The document of a decision, as it comes.
    private struct Submitted: Decodable, Sendable {
        let kind: String
        let individualId: String?
        let note: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case kind, individualId, note }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            kind = try container.decode(String.self, forKey: .kind)
            individualId = try container.decodeUnlessAbsent(String.self, forKey: .individualId)
            note = try container.decodeUnlessAbsent(String.self, forKey: .note)
        }
    }

    @Sendable private func decide(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let screening: Identifier<Screening> = try scope.id()
        let added = try await bodies.withDocument(of: request, by: caller, needing: .decide) {
            (submitted: Submitted, key) in
            let (kind, individual) = try Self.check(submitted)
            let note = try CheckedSubmission.text(submitted.note, "/note", 1...2000)
            guard let decided = try await store.screening(screening), caller.maySee(decided.agency) else {
                throw Problem(.notFound)
            }
            return try await store.decide(
                on: screening, kind, individual: individual, by: caller.key.id, note: note, idempotency: key)
        }
        return try .json(
            DecisionDocument(added.record, exact: true), status: .created,
            headers: [.location: "/v1/screenings/\(screening)/decisions"])
    }

    private static func check(_ submitted: Submitted) throws(Problem) -> (Decision.Kind, Identifier<Individual>?) {
        guard let kind = Decision.Kind(rawValue: submitted.kind) else {
            let accepted = Decision.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid("/kind", .notOneOf, ["accepted": accepted])
        }
        guard (kind == .confirmed) == (submitted.individualId != nil) else {
            throw .invalid("/individualId", .individualOfConfirmation)
        }
        guard let text = submitted.individualId else { return (kind, nil) }
        guard let individual = Identifier<Individual>(text) else { throw .invalid("/individualId", .notAnIdentifier) }
        return (kind, individual)
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let id: Identifier<Screening> = try scope.id()
        let caller = try scope.caller()
        guard let screening = try await store.screening(id), caller.maySee(screening.agency) else {
            throw Problem(.notFound)
        }
        let exact = caller.maySeePositions(screening.agency)
        let decisions = try await store.decisions(of: id)
        return try .json(PageDocument(items: decisions.map { DecisionDocument($0, exact: exact) }, next: nil))
    }
}
