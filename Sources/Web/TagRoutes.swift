import Foundation
import HTTPTypes
import Hummingbird
import Registry
import Storage

/// `/v1/tags` and `/v1/tag-assignments`: whose tags are; for those who may see exact places, as codes lead to them.
struct TagRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("tags", use: list)
        group.get("tags/:code", use: show)
        group.get("tags/:code/assignments", use: assignments)
        group.post("tags/:code/assignments", use: assign)
        group.get("tags/:code/reads", use: reads)
        group.post("tag-assignments/:id/end", use: end)
        group.get("individuals/:id/tags", use: ofIndividual)
    }

    private struct SubmittedAssignment: Decodable, Sendable {
        let individual: String
        let validFrom: String?
        let encounter: String?
        let evidence: String

        enum CodingKeys: String, CodingKey, CaseIterable {
            case individual = "individualId"
            case validFrom
            case encounter = "encounterId"
            case evidence
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            individual = try container.decode(String.self, forKey: .individual)
            validFrom = try container.decodeUnlessAbsent(String.self, forKey: .validFrom)
            encounter = try container.decodeUnlessAbsent(String.self, forKey: .encounter)
            evidence = try container.decode(String.self, forKey: .evidence)
        }
    }

    private struct SubmittedEnd: Decodable, Sendable {
        let reason: String
        let validTo: String?
        let note: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case reason, validTo, note }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            reason = try container.decode(String.self, forKey: .reason)
            validTo = try container.decodeUnlessAbsent(String.self, forKey: .validTo)
            note = try container.decodeUnlessAbsent(String.self, forKey: .note)
        }
    }

    @Sendable private func assign(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let code: TagCode
        do {
            try caller.require(.decide)
            try request.requireJSON()
            code = try Self.code(scope, orThrow: { .unreadableTag($0, "code") })
        } catch let problem as Problem {
            throw problem.leavingBody(of: request)
        }
        let assignment = try await bodies.withBody(of: request) { bytes in
            let key = try request.idempotencyKey(of: caller.key.id, body: bytes)
            let submitted = try JSONDecoding.document(SubmittedAssignment.self, from: bytes)
            guard let individual = Identifier<Individual>(submitted.individual) else {
                throw Problem.invalid("/individualId", .notAnIdentifier)
            }
            let encounter: Identifier<Encounter>? = try submitted.encounter.map { text throws(Problem) in
                guard let id = Identifier<Encounter>(text) else { throw .invalid("/encounterId", .notAnIdentifier) }
                return id
            }
            let from = try CheckedSubmission.moment(submitted.validFrom, "/validFrom")
            let evidence = try CheckedSubmission.text(submitted.evidence, "/evidence", 1...2000)
            return try await store.assignTag(
                code, to: individual, from: from, encounter: encounter, evidence: evidence ?? submitted.evidence,
                by: Reviewer(caller.key, of: caller.agency), idempotency: key)
        }.record
        return try .json(
            TagAssignmentDocument(assignment), status: .created,
            headers: [.location: "/v1/tags/\(assignment.code.canonical)/assignments"])
    }

    @Sendable private func end(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let id: Identifier<TagAssignment> = try scope.id()
        let ended = try await bodies.withDocument(of: request, by: caller, needing: .decide) {
            (submitted: SubmittedEnd, key) in
            guard let reason = TagAssignment.Reason(rawValue: submitted.reason) else {
                let accepted = TagAssignment.Reason.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("/reason", .notOneOf, ["accepted": accepted])
            }
            let moment = try CheckedSubmission.moment(submitted.validTo, "/validTo")
            let note = try CheckedSubmission.text(submitted.note, "/note", 1...2000)
            return try await store.endTagAssignment(
                id, reason, at: moment, note: note, by: Reviewer(caller.key, of: caller.agency), idempotency: key)
        }.record
        return try .json(
            TagAssignmentDocument(ended), status: .created,
            headers: [.location: "/v1/tags/\(ended.code.canonical)/assignments"])
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().requireCodes()
        let paging = try Paging<Tag>(request)
        let page = try await store.tags(after: paging.after, limit: paging.limit)
        return try paging.response(page, of: request, TagDocument.init)
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try .json(TagDocument(try await tag(scope)))
    }

    @Sendable private func assignments(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let assignments = try await store.tagAssignments(of: tag(scope).code)
        return try .json(PageDocument(items: assignments.map(TagAssignmentDocument.init), next: nil))
    }

    @Sendable private func reads(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let tag = try await tag(scope)
        let paging = try Paging<TagRead>(request)
        let page = try await store.tagReads(of: tag.code, after: paging.after, limit: paging.limit)
        return try paging.response(page, of: request, TagReadDocument.init)
    }

    @Sendable private func ofIndividual(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().requireCodes()
        guard let individual = try await store.individual(scope.id()) else { throw Problem(.notFound) }
        let assignments = try await store.tagAssignments(of: individual.id)
        return try .json(PageDocument(items: assignments.map(TagAssignmentDocument.init), next: nil))
    }

    /// The tag in the path, in any form that readers print; a text that is no code names no record.
    private func tag(_ scope: RequestScope) async throws -> Tag {
        try scope.caller().requireCodes()
        guard let tag = try await store.tag(Self.code(scope, orThrow: { _ in Problem(.notFound) })) else {
            throw Problem(.notFound)
        }
        return tag
    }

    private static func code(_ scope: RequestScope, orThrow problem: (TagRefusal) -> Problem) throws(Problem) -> TagCode
    {
        let text = scope.parameters.get("code") ?? ""
        do { return try TagReading(text.removingPercentEncoding ?? text).code } catch { throw problem(error) }
    }
}

extension Authenticated {
    /// - Throws: `Problem` where the role may not see tag codes, which lead to where an animal lives.
    func requireCodes() throws(Problem) {
        try require(.readRegistry)
        try require(.exactPositions)
    }
}
