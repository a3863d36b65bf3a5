import Explanation
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Storage

/// `/v1/hybrid-characters` and what is seen and concluded of screenings.
struct HybridRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("hybrid-characters", use: characters)
        group.get("hybrid-characters/:code/drawing", use: drawing)
        group.get("screenings/:id/characters", use: scores)
        group.post("screenings/:id/characters", use: score)
        group.get("screenings/:id/hybrid-assessment", use: assessment)
    }

    private struct Submitted: Decodable, Sendable {
        let scores: [Score]

        struct Score: Decodable, Sendable {
            let character: String
            let sight: String
            let photoId: String?

            enum CodingKeys: String, CodingKey, CaseIterable { case character, sight, photoId }

            init(from decoder: any Decoder) throws {
                try decoder.refuseUnknownFields(CodingKeys.self)
                let container = try decoder.container(keyedBy: CodingKeys.self)
                character = try container.decode(String.self, forKey: .character)
                sight = try container.decode(String.self, forKey: .sight)
                photoId = try container.decodeUnlessAbsent(String.self, forKey: .photoId)
            }
        }

        enum CodingKeys: String, CodingKey, CaseIterable { case scores }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            scores = try decoder.container(keyedBy: CodingKeys.self).decode([Score].self, forKey: .scores)
        }

        /// - Throws: `Problem` for more scores than there may be characters, a sight that is none, or no identifier.
        func checked() throws(Problem) -> [SubmittedScore] {
            guard scores.count <= 100 else { throw .invalid("/scores", .listLength, ["longest": "100"]) }
            var checked: [SubmittedScore] = []
            for (index, score) in scores.enumerated() {
                let field = "/scores/\(index)"
                guard let sight = DiagnosticCharacter.Sight(rawValue: score.sight) else {
                    let accepted = DiagnosticCharacter.Sight.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .invalid("\(field)/sight", .notOneOf, ["accepted": accepted])
                }
                var photo: Identifier<Photo>?
                if let text = score.photoId {
                    guard let id = Identifier<Photo>(text) else {
                        throw .invalid("\(field)/photoId", .notAnIdentifier)
                    }
                    photo = id
                }
                checked.append(SubmittedScore(code: score.character, sight: sight, photo: photo))
            }
            return checked
        }
    }

    @Sendable private func score(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let made = try await bodies.withDocument(of: request, by: caller, needing: .submit) {
            (submitted: Submitted, key) in
            try await store.assessHybrid(
                visible(scope).id, scores: submitted.checked(), by: Reviewer(caller.key, of: caller.agency),
                idempotency: key)
        }.record
        return try .json(
            HybridAssessmentDocument(made, try await store.sight(of: caller), in: scope.language), status: .created,
            headers: [.location: "/v1/screenings/\(made.screening)/hybrid-assessment"])
    }

    @Sendable private func scores(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let scores = try await store.scores(of: visible(scope).id)
        return try .json(PageDocument(items: scores.map(CharacterScoreDocument.init), next: nil))
    }

    @Sendable private func assessment(_ request: Request, _ scope: RequestScope) async throws -> Response {
        guard let found = try await store.hybridAssessment(of: visible(scope).id) else { throw Problem(.notFound) }
        let sight = try await store.sight(of: scope.caller())
        return try .json(HybridAssessmentDocument(found, sight, in: scope.language))
    }

    @Sendable private func characters(_ request: Request, _ scope: RequestScope) async throws -> Response {
        _ = try scope.caller()
        let items = try await store.characters().map { character in
            let isDrawn = CharacterDrawing.codes.contains(character.code)
            return CharacterDocument(
                character, drawing: isDrawn ? "/v1/hybrid-characters/\(character.code)/drawing" : nil,
                in: scope.language)
        }
        return try .json(PageDocument(items: items, next: nil))
    }

    @Sendable private func drawing(_ request: Request, _ scope: RequestScope) async throws -> Response {
        _ = try scope.caller()
        guard let drawing = scope.parameters.get("code").flatMap(CharacterDrawing.init) else {
            throw Problem(.notFound)
        }
        return drawing.response(in: scope.language, caching: "private, max-age=86400")
    }

    private func visible(_ scope: RequestScope) async throws -> Screening {
        guard let found = try await store.screening(scope.id()), try scope.caller().maySee(found.agency) else {
            throw Problem(.notFound)
        }
        return found
    }
}
