public import Foundation

/// Two known animals that may be one animal entered twice, for people to review.
public struct DuplicateProposal: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<DuplicateProposal>
    /// One side of the best pair of photographs; of the animal that was entered first.
    public let first: Side
    /// The other side.
    public let second: Side
    /// The part of the animal on both photographs.
    public let region: BodyRegion
    /// The matcher's score of the pair.
    public let score: Double
    /// Probability that the one photograph shows the other's animal, 0 … 1.
    public let probability: Double
    /// Versions of extractor and matcher, a space between.
    public let scorer: String
    /// How far the review is.
    public let state: State
    /// When it was proposed.
    public let proposedAt: Date

    /// One photograph of the pair.
    public struct Side: Hashable, Sendable, Codable {
        /// The animal when it was proposed.
        public let proposed: Identifier<Individual>
        /// The animal to which the photograph belongs by now; `nil` where nobody knows any more.
        public let individual: Identifier<Individual>?
        /// Its catalogue name.
        public let name: String?
        /// What the photograph was said to show.
        public let annotation: Identifier<Annotation>
        /// The photograph.
        public let photo: Identifier<Photo>

        /// A side as storage keeps it.
        public init(
            proposed: Identifier<Individual>, individual: Identifier<Individual>?, name: String?,
            annotation: Identifier<Annotation>, photo: Identifier<Photo>
        ) {
            self.proposed = proposed
            self.individual = individual
            self.name = name
            self.annotation = annotation
            self.photo = photo
        }
    }

    /// How far the review of a proposal is.
    public enum State: String, CaseIterable, Codable, Sendable {
        /// Nobody has looked, or the merge was undone.
        case open
        /// Both photographs belong to one animal.
        case same
        /// They show different animals.
        case different
        /// Somebody looked and could not tell.
        case undecided
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<DuplicateProposal>, first: Side, second: Side, region: BodyRegion, score: Double,
        probability: Double, scorer: String, state: State, proposedAt: Date
    ) {
        self.id = id
        self.first = first
        self.second = second
        self.region = region
        self.score = score
        self.probability = probability
        self.scorer = scorer
        self.state = state
        self.proposedAt = proposedAt
    }
}

/// What a person said of a proposal; appended, the latest counts.
public struct DuplicateReview: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<DuplicateReview>
    /// What was reviewed.
    public let proposal: Identifier<DuplicateProposal>
    /// What was said.
    public let verdict: Verdict
    /// Who said it.
    public let decidedBy: Reviewer
    /// Why.
    public let note: String?
    /// When.
    public let decidedAt: Date

    /// The possible verdicts.
    public enum Verdict: String, CaseIterable, Codable, Sendable {
        /// They are one animal; the animal entered later is merged into the other.
        case same
        /// They are two.
        case different
        /// The photographs do not tell.
        case undecided
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<DuplicateReview>, proposal: Identifier<DuplicateProposal>, verdict: Verdict,
        decidedBy: Reviewer, note: String?, decidedAt: Date
    ) {
        self.id = id
        self.proposal = proposal
        self.verdict = verdict
        self.decidedBy = decidedBy
        self.note = note
        self.decidedAt = decidedAt
    }
}
