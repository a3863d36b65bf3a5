import Foundation
public import Hybrids
import Postgres
import Provenance
public import Registry

/// What somebody saw of a character, before the registry keeps it.
public struct SubmittedScore: Hashable, Sendable {
    /// The character.
    public let code: String
    /// What was seen.
    public let sight: DiagnosticCharacter.Sight
    /// The photograph it was seen on.
    public let photo: Identifier<Photo>?

    /// A score.
    public init(code: String, sight: DiagnosticCharacter.Sight, photo: Identifier<Photo>? = nil) {
        self.code = code
        self.sight = sight
        self.photo = photo
    }
}

extension RegistryStore {
    /// Keeps what somebody saw, and appends an assessment of everything that is known of the screening's animal.
    ///
    /// In one transaction: the scores, the assessment, and the event of a suspicion, or the case where a person has to
    /// look first. A suspicion that the assessment before it held already is told once.
    ///
    /// - Parameters:
    ///   - screening: The screening, answered or not.
    ///   - scores: What somebody saw; none assesses what is known already.
    ///   - learned: What a model says; `nil` asks the model in force about the photographs that have landmarks.
    ///   - reviewer: Who scored.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The assessment: new, or the one that the same request led to before.
    /// - Throws: ``HybridError``; ``StorageError/notFound(_:_:)`` for an unknown screening.
    @discardableResult
    public func assessHybrid(
        _ screening: Identifier<Screening>, scores: [SubmittedScore] = [], learned: LearnedEvidence? = nil,
        by reviewer: Reviewer, idempotency: IdempotencyKey? = nil
    ) async throws -> Added<HybridAssessment> {
        guard let assessed = try await self.screening(screening) else {
            throw StorageError.notFound(.screening, screening.description)
        }
        let characters = try await characters()
        try Self.check(scores, of: assessed, among: characters)
        let (parameters, policy) = try await (hybridParameters(), hybridPolicy(of: assessed.agency))
        let animal = try await animal(of: screening)
        // What the submitter left out, the camera may have written.
        let photo: Photo? = if let first = assessed.submission.photos.first { try await self.photo(first) } else { nil }
        let reach = try await reach(
            at: assessed.submission.position ?? photo?.position,
            on: assessed.submission.observedAt ?? photo?.capturedAt ?? assessed.createdAt, without: animal)
        let responsible: Agency? =
            if let system = reach.system { try await self.responsible(forSystem: system) } else { nil }
        let heard: LearnedEvidence? =
            if let learned { learned } else { try await learnedEvidence(of: screening, river: reach.system) }
        return try await once(idempotency, .hybridAssessment, id: \.id) { session, id in
            // Results and changes of identity wait, so that none is missed that comes meanwhile.
            try await session.lock([screening])
            let subject = try await session.subject(of: screening)
            try await session.lock([subject])
            for score in scores {
                _ = try await session.rows(
                    .hybridScoreInsert,
                    [
                        .id(Identifier<CharacterScore>()), .id(screening), .id(score.photo), .text(score.code),
                        .text(score.sight.rawValue), .text(reviewer.name), .id(reviewer.key),
                    ])
            }
            let earlier = try await session.latestAssessment(of: screening)
            let question = HybridQuestion(
                prior: reach.prior, characters: characters, scores: try await session.scores(of: screening),
                learned: heard, dna: DNAStanding(try await session.results(of: subject)), policy: policy,
                parameters: parameters,
                responsible: responsible.map { ($0.name, $0.contact ?? "–") })
            let assessment = try await session.append(
                HybridJudge().assessment(of: question), id: id, of: screening, .scored, by: reviewer)
            try await session.tell(assessment, after: earlier, of: assessed, individual: animal)
            return Added(assessment, .created)
        } find: { session, id in
            try await session.rows(.hybridAssessmentByID, [.id(id)]).first.map(HybridAssessment.init)
        }
    }

    /// The assessment that counts for a screening; `nil` where nobody asked.
    public func hybridAssessment(of screening: Identifier<Screening>) async throws -> HybridAssessment? {
        try await rows(.hybridAssessmentOfScreening, [.id(screening)]).first.map(HybridAssessment.init)
    }

    /// All assessments of a screening, oldest first.
    public func hybridAssessments(of screening: Identifier<Screening>) async throws -> [HybridAssessment] {
        try await rows(.hybridAssessmentsOfScreening, [.id(screening)]).map(HybridAssessment.init)
    }

    /// Which of some screenings have an assessment.
    public func assessed(among screenings: [Identifier<Screening>]) async throws -> Set<Identifier<Screening>> {
        Set(try await rows(.hybridAssessedScreenings, [.ids(screenings)]).map { try $0.identifier("screening_id") })
    }

    /// The animal of a screening: as people decided last, else as the answer names it.
    public func animal(of screening: Identifier<Screening>) async throws -> Identifier<Individual>? {
        try await rows(.animalOfScreening, [.id(screening)]).first?.optionalIdentifier("individual_id")
    }

    private static func check(
        _ scores: [SubmittedScore], of screening: Screening, among characters: [DiagnosticCharacter]
    ) throws(HybridError) {
        let known = characters.map(\.code)
        var codes: Set<String> = []
        for score in scores {
            guard known.contains(score.code) else { throw .unknownCharacter(score.code, known: known) }
            guard codes.insert(score.code).inserted else { throw .scoredTwice(score.code) }
            if let photo = score.photo, !screening.submission.photos.contains(photo) { throw .photoElsewhere(photo) }
        }
    }
}

extension Session {
    fileprivate func latestAssessment(of screening: Identifier<Screening>) async throws -> HybridAssessment? {
        try await rows(.hybridAssessmentOfScreening, [.id(screening)]).first.map(HybridAssessment.init)
    }

    func append(
        _ content: HybridAssessment.Content, id: Identifier<HybridAssessment> = Identifier(),
        of screening: Identifier<Screening>, _ occasion: HybridAssessment.Occasion, by reviewer: Reviewer
    ) async throws -> HybridAssessment {
        let rows = try await rows(
            .hybridAssessmentInsert,
            [
                .id(id), .id(screening), .text(occasion.rawValue), .text(content.photoOutcome.rawValue),
                .text(content.dna.kind.rawValue), .double(content.posterior.mean), try .json(encoding: content),
                .text(reviewer.name), .id(reviewer.key),
            ])
        guard let row = rows.first else { throw StorageError.notFound(.screening, screening.description) }
        return try HybridAssessment(row: row)
    }

    /// Opens a case where a person has to look first, or else tells of a new suspicion.
    fileprivate func tell(
        _ assessment: HybridAssessment, after earlier: HybridAssessment?, of screening: Screening,
        individual: Identifier<Individual>?
    ) async throws {
        let content = assessment.content
        if let review = RegistryCase.HybridReview(assessment.id, content), earlier?.content.review == nil {
            let isOpened = try await !rows(
                .caseOfScreening, [.id(screening.id), .text(RegistryCase.Kind.hybridReview.rawValue)]
            ).isEmpty
            guard !isOpened else { return }
            let opened = try await openCase(
                .hybridReview, agency: screening.agency, screening: screening.id, evidence: .json(encoding: review))
            try await append(
                .caseOpened, screening: screening, individual: individual,
                ["case": opened.description, "kind": RegistryCase.Kind.hybridReview.rawValue])
        } else if content.isAlert, earlier?.content.isAlert != true {
            try await append(
                .hybridSuspected, screening: screening, individual: individual,
                ["assessment": assessment.id.description])
        }
    }
}

extension HybridAssessment {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), screening: try row.identifier("screening_id"),
            occasion: try row.named("occasion"), content: try row.json("content"),
            assessedBy: Reviewer(name: try row.get("assessed_by"), key: try row.optionalIdentifier("api_key_id")),
            assessedAt: try row.get("assessed_at"))
    }
}
