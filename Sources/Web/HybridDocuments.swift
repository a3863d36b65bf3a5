import Foundation
import Registry

/// An assessment on the wire; it never names a hybrid's kind but in a DNA record.
struct HybridAssessmentDocument: Encodable {
    let id: Identifier<HybridAssessment>
    let screeningId: Identifier<Screening>
    let occasion: HybridAssessment.Occasion
    let outcome: HybridOutcome
    let photoOutcome: HybridOutcome
    let review: HybridAssessment.Review?
    let dna: DNADocument
    let prior: PriorDocument
    let likelihoodRatio: RatioDocument
    let probability: HybridAssessment.Interval
    let evidence: [EvidenceDocument]
    let suspectedFrom: Double
    let likelyNativeBelow: Double
    let reasons: [FindingDocument]
    let next: [NextDocument]
    let informationWithheld: String?
    let assessedBy: String
    let assessedAt: Date
    let links: LinksDocument

    /// Odds of the water.
    struct PriorDocument: Encodable {
        let basis: HybridAssessment.Prior.Basis
        let share: HybridAssessment.Interval
        let notNativeWeight: Double?
        let nativeWeight: Double?
        let counts: [HybridAssessment.Prior.Counted]?

        /// - Parameters:
        ///   - prior: Odds of a water.
        ///   - exact: Whether the reader sees where animals live, which counts tell.
        init(_ prior: HybridAssessment.Prior, exact: Bool) {
            basis = prior.basis
            share = prior.share
            notNativeWeight = exact ? prior.notNative : nil
            nativeWeight = exact ? prior.native : nil
            counts = exact ? prior.counts : nil
        }
    }

    /// A likelihood ratio with its 95 % interval.
    struct RatioDocument: Encodable {
        let ratio: Double
        let low: Double
        let high: Double

        init(_ ratio: HybridAssessment.Ratio) {
            self.ratio = ratio.ratio
            (low, high) = ratio.interval
        }
    }

    /// A piece of evidence.
    struct EvidenceDocument: Encodable {
        let character: String?
        let name: String
        let sight: DiagnosticCharacter.Sight?
        let model: String?
        let ratio: RatioDocument?
        let by: String

        init(_ evidence: HybridAssessment.Evidence, in language: Language) {
            switch evidence.kind {
            case .character(let code, let name, let sight):
                (character, self.name, self.sight, model) = (code, name.text(in: language), sight, nil)
            case .learned(let model): (character, name, sight, self.model) = (nil, model, nil, model)
            }
            ratio = evidence.ratio.map(RatioDocument.init)
            by = evidence.by
        }
    }

    /// A character that is worth a look.
    struct NextDocument: Encodable {
        let character: String
        let name: String
        let howToSee: String
        let expectedBits: Double?
    }

    /// - Parameters:
    ///   - assessment: The assessment.
    ///   - sight: How exactly the reader sees places.
    ///   - language: The language of its words.
    init(_ assessment: HybridAssessment, _ sight: PositionSight, in language: Language) {
        let content = assessment.content
        id = assessment.id
        screeningId = assessment.screening
        occasion = assessment.occasion
        outcome = content.outcome
        photoOutcome = content.photoOutcome
        review = content.review
        dna = DNADocument(content.dna)
        prior = PriorDocument(content.prior, exact: sight.seesHomes)
        likelihoodRatio = RatioDocument(content.combined)
        probability = content.posterior
        evidence = content.evidence.map { EvidenceDocument($0, in: language) }
        suspectedFrom = content.policy.suspicionThreshold
        likelyNativeBelow = content.policy.nativeThreshold
        reasons = sight.shown(content.reasons).map { FindingDocument($0, in: language) }
        next = content.worthALook.map {
            NextDocument(
                character: $0.code, name: $0.name.text(in: language), howToSee: $0.howToSee.text(in: language),
                expectedBits: $0.bits)
        }
        informationWithheld = sight.seesHomes ? nil : "Withheld: counts of the water, reasons that name a place."
        assessedBy = assessment.assessedBy.name
        assessedAt = assessment.assessedAt
        links = LinksDocument(self: "/v1/screenings/\(assessment.screening)/hybrid-assessment")
    }
}

/// What an animal's DNA is known to say, on the wire.
struct DNADocument: Encodable {
    let standing: DNAStanding.Kind
    let records: [RecordDocument]

    /// One result in short.
    struct RecordDocument: Encodable {
        let resultId: Identifier<DNAResult>
        let markers: DNAResult.Markers
        let `class`: DNAResult.Class
        let laboratory: String
        let reportedOn: String

        init(_ record: DNAStanding.Record) {
            resultId = record.result
            markers = record.markers
            self.class = record.dnaClass
            laboratory = record.laboratory
            reportedOn = record.day
        }
    }

    init(_ standing: DNAStanding) {
        self.standing = standing.kind
        records = standing.records.map(RecordDocument.init)
    }
}

/// A character on the wire.
struct CharacterDocument: Encodable {
    let code: String
    let name: String
    let howToSee: String
    let source: String
    let rates: DiagnosticCharacter.Rates?
    let setBy: String
    let validSince: Date
    let drawing: String?

    init(_ character: DiagnosticCharacter, drawing: String?, in language: Language) {
        code = character.code
        name = character.name.text(in: language)
        howToSee = character.howToSee.text(in: language)
        source = character.source
        rates = character.rates
        setBy = character.setBy
        validSince = character.validSince
        self.drawing = drawing
    }
}

/// What somebody saw of a character, on the wire.
struct CharacterScoreDocument: Encodable {
    let id: Identifier<CharacterScore>
    let character: String
    let sight: DiagnosticCharacter.Sight
    let photoId: Identifier<Photo>?
    let scoredBy: String
    let scoredAt: Date

    init(_ score: CharacterScore) {
        id = score.id
        character = score.code
        sight = score.sight
        photoId = score.photo
        scoredBy = score.scoredBy.name
        scoredAt = score.scoredAt
    }
}

/// A suspicion that somebody looks at first, on the wire.
struct HybridReviewDocument: Encodable {
    let assessmentId: Identifier<HybridAssessment>
    let reason: HybridAssessment.Review
    let probability: HybridAssessment.Interval
    let dna: DNADocument

    init(_ review: RegistryCase.HybridReview) {
        assessmentId = review.assessment
        reason = review.reason
        probability = review.posterior
        dna = DNADocument(review.dna)
    }
}

/// Results that contradict each other, on the wire.
struct DNADisagreementDocument: Encodable {
    let name: String
    let results: [DNADocument.RecordDocument]

    init(_ disagreement: RegistryCase.DNADisagreement) {
        name = disagreement.name
        results = disagreement.results.map(DNADocument.RecordDocument.init)
    }
}
