import Foundation
import Registry

/// A change of identity on the wire.
struct IdentityChangeDocument: Encodable {
    let id: Identifier<IdentityChange>
    let kind: String
    let from: IndividualReference
    let into: IndividualReference
    let encounterIds: [Identifier<Encounter>]
    let reason: String?
    let decidedBy: String
    let proposalId: Identifier<DuplicateProposal>?
    let undoes: Identifier<IdentityChange>?
    let undoneBy: Identifier<IdentityChange>?
    let decidedAt: Date
    let links: LinksDocument

    /// - Parameters:
    ///   - change: The change.
    ///   - exact: Whether the reader sees where animals live, which a reason may name.
    init(_ change: IdentityChange, exact: Bool) {
        id = change.id
        kind = change.kind.rawValue
        from = IndividualReference(id: change.from, name: change.fromName)
        into = IndividualReference(id: change.into, name: change.intoName)
        encounterIds = change.encounters
        reason = exact ? change.reason : nil
        decidedBy = change.decidedBy.name
        proposalId = change.proposal
        undoes = change.undoes
        undoneBy = change.undoneBy
        decidedAt = change.decidedAt
        links = LinksDocument(self: Self.path(of: change))
    }

    static func path(of change: IdentityChange) -> String { "/v1/identity-changes/\(change.id)" }
}

/// A proposed duplicate on the wire.
struct DuplicateDocument: Encodable {
    let id: Identifier<DuplicateProposal>
    let first: Side
    let second: Side
    let bodyRegion: String
    let score: Double
    let probability: Double
    let scorer: String
    let state: String
    let proposedAt: Date
    let links: LinksDocument

    /// One photograph of the pair with the animal it belongs to by now.
    struct Side: Encodable {
        let individual: IndividualReference?
        let annotationId: Identifier<Annotation>
        let photoId: Identifier<Photo>

        init(_ side: DuplicateProposal.Side) {
            individual = side.individual.flatMap { id in side.name.map { IndividualReference(id: id, name: $0) } }
            annotationId = side.annotation
            photoId = side.photo
        }
    }

    init(_ proposal: DuplicateProposal) {
        id = proposal.id
        first = Side(proposal.first)
        second = Side(proposal.second)
        bodyRegion = proposal.region.rawValue
        score = proposal.score
        probability = proposal.probability
        scorer = proposal.scorer
        state = proposal.state.rawValue
        proposedAt = proposal.proposedAt
        links = LinksDocument(self: "/v1/duplicates/\(proposal.id)")
    }
}

/// A review of a proposed duplicate on the wire.
struct DuplicateReviewDocument: Encodable {
    let id: Identifier<DuplicateReview>
    let proposalId: Identifier<DuplicateProposal>
    let verdict: String
    let decidedBy: String
    let note: String?
    let decidedAt: Date

    /// - Parameters:
    ///   - review: The review.
    ///   - exact: Whether the reader sees where animals live, which a note may name.
    init(_ review: DuplicateReview, exact: Bool) {
        id = review.id
        proposalId = review.proposal
        verdict = review.verdict.rawValue
        decidedBy = review.decidedBy.name
        note = exact ? review.note : nil
        decidedAt = review.decidedAt
    }
}

/// A calibration on the wire.
struct CalibrationDocument: Encodable {
    let id: Identifier<LearnedCalibration>
    let population: String?
    let bodyRegion: String
    let scorer: String
    let intercept: Double
    let slope: Double
    let lookAlikeRate: Double
    let genuinePairs: Int
    let impostorPairs: Int
    let animals: Int
    let tail: ImpostorTail?
    let figures: LearnedCalibration.Figures
    let madeBy: String
    let madeAt: Date
    let activeSince: Date?

    init(_ calibration: LearnedCalibration) {
        let content = calibration.content
        id = calibration.id
        population = content.population
        bodyRegion = content.region.rawValue
        scorer = content.scorer
        intercept = content.intercept
        slope = content.slope
        lookAlikeRate = content.lookAlikeRate
        genuinePairs = content.genuinePairs
        impostorPairs = content.impostorPairs
        animals = content.animals
        tail = content.tail
        figures = content.figures
        madeBy = calibration.madeBy
        madeAt = calibration.madeAt
        activeSince = calibration.activeSince
    }
}

/// How sure an agency wants an answer to be, on the wire.
struct PolicyDocument: Encodable {
    let falsePositiveIdentificationRate: Double
    let costWrongName: Double
    let costMissedAnimal: Double
    let costReview: Double
    let namingThreshold: Double
    let unknownThreshold: Double

    init(_ policy: DecisionPolicy) {
        falsePositiveIdentificationRate = policy.falsePositiveIdentificationRate
        costWrongName = policy.costWrongName
        costMissedAnimal = policy.costMissedAnimal
        costReview = policy.costReview
        namingThreshold = policy.namingThreshold
        unknownThreshold = policy.unknownThreshold
    }
}
