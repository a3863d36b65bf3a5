import HTTPTypes
import Hummingbird
import Registry
import Storage

/// `/v1/duplicates`: animals that may have been entered twice, and what people say of them.
struct DuplicateRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("duplicates", use: list)
        group.get("duplicates/:id", use: show)
        group.get("duplicates/:id/reviews", use: reviews)
        group.post("duplicates/:id/reviews", use: review)
    }

    private struct Submitted: Decodable, Sendable {
        let verdict: String
        let note: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case verdict, note }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            verdict = try container.decode(String.self, forKey: .verdict)
            note = try container.decodeUnlessAbsent(String.self, forKey: .note)
        }
    }

    @Sendable private func review(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let proposal: Identifier<DuplicateProposal> = try scope.id()
        let added = try await bodies.withDocument(of: request, by: caller, needing: .decide) {
            (submitted: Submitted, key) in
            guard let verdict = DuplicateReview.Verdict(rawValue: submitted.verdict) else {
                let accepted = DuplicateReview.Verdict.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("/verdict", .notOneOf, ["accepted": accepted])
            }
            let note = try CheckedSubmission.text(submitted.note, "/note", 1...2000)
            return try await store.review(
                proposal, verdict, note: note, by: Reviewer(caller.key, of: caller.agency), idempotency: key)
        }
        return try .json(
            DuplicateReviewDocument(added.record, exact: true), status: .created,
            headers: [.location: "/v1/duplicates/\(proposal)/reviews"])
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().require(.readRegistry)
        let paging = try Paging<DuplicateProposal>(request)
        let state = try request.uri.queryParameters["state"].map { text throws(Problem) in
            guard let state = DuplicateProposal.State(rawValue: String(text)) else {
                let accepted = DuplicateProposal.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw .parameter("state", .notOneOf, ["accepted": accepted])
            }
            return state
        }
        let page = try await store.duplicateProposals(after: paging.after, limit: paging.limit, state: state)
        return try paging.response(page, of: request, DuplicateDocument.init)
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try .json(DuplicateDocument(try await proposal(scope)))
    }

    @Sendable private func reviews(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let reviews = try await store.reviews(of: proposal(scope).id)
        let exact = try scope.caller().key.role.allows(.exactPositions)
        return try .json(
            PageDocument(items: reviews.map { DuplicateReviewDocument($0, exact: exact) }, next: nil))
    }

    private func proposal(_ scope: RequestScope) async throws -> DuplicateProposal {
        try scope.caller().require(.readRegistry)
        guard let proposal = try await store.duplicateProposal(scope.id()) else { throw Problem(.notFound) }
        return proposal
    }
}
