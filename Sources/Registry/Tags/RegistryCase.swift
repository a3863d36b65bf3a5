public import Foundation

/// A contradiction that people settle; nothing is merged or moved by itself.
public struct RegistryCase: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<RegistryCase>
    /// The agency whose screening or sample it was.
    public let agency: Identifier<Agency>
    /// The screening; `nil` of what concerns an animal.
    public let screening: Identifier<Screening>?
    /// The animal of a disagreement of laboratories; `nil` of what concerns a screening.
    public let individual: Identifier<Individual>?
    /// What contradicts what, as it stood when the case was opened.
    public let evidence: Evidence
    /// Whether somebody found out what it was.
    public let state: State
    /// The latest finding.
    public let finding: Resolution.Finding?
    /// When it was opened.
    public let openedAt: Date

    /// The kinds of contradictions.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// Tag and photograph, or two tags, contradict each other.
        case tagConflict = "tag_conflict"
        /// A photograph is suspect where DNA found the animal native, or of whose water nobody was tested.
        case hybridReview = "hybrid_review"
        /// Results of one animal contradict each other.
        case dnaDisagreement = "dna_disagreement"
    }

    /// Both sides of a contradiction.
    public enum Evidence: Hashable, Sendable {
        /// Tag and photograph, side by side.
        case tagConflict(TagConflict)
        /// A suspicion that somebody has to look at first.
        case hybridReview(HybridReview)
        /// Results side by side.
        case dnaDisagreement(DNADisagreement)

        /// The kind of contradiction.
        public var kind: Kind {
            switch self {
            case .tagConflict: .tagConflict
            case .hybridReview: .hybridReview
            case .dnaDisagreement: .dnaDisagreement
            }
        }
    }

    /// What the photograph says beside what the tags say.
    public struct TagConflict: Hashable, Sendable, Codable {
        /// What contradicts what.
        public let conflict: TagVerdict.Conflict
        /// The photograph's side.
        public let photo: TagVerdict.PhotoJudgement
        /// The photographs submitted.
        public let photos: [Identifier<Photo>]
        /// The reference photograph of the animal that the photograph names.
        public let reference: Identifier<Photo>?
        /// The tags' side.
        public let readings: [TagVerdict.Reading]
        /// Probabilities by the photograph and by both.
        public let posterior: [TagVerdict.Posterior]

        /// The evidence of a screening whose verdict is a conflict; `nil` for any other.
        public init?(_ screening: Screening, _ verdict: Verdict) {
            guard let tags = verdict.tags, let conflict = tags.conflict else { return nil }
            self.conflict = conflict
            photo = tags.photo
            photos = screening.submission.photos
            reference = verdict.candidates.first { $0.individual == tags.photo.individual }?.reference
            readings = tags.readings
            posterior = tags.posterior
        }
    }

    /// How far a case is.
    public enum State: String, CaseIterable, Codable, Sendable {
        /// Nobody has found out.
        case open
        /// Somebody has.
        case resolved
    }

    /// What a person found out; appended, the latest counts.
    public struct Resolution: Hashable, Sendable {
        /// Identifier.
        public let id: Identifier<Resolution>
        /// The case.
        public let `case`: Identifier<RegistryCase>
        /// What it was.
        public let finding: Finding
        /// Which animal it was.
        public let individual: Identifier<Individual>?
        /// Why.
        public let note: String?
        /// Who says so.
        public let decidedBy: Reviewer
        /// When.
        public let decidedAt: Date

        /// The possible findings.
        public enum Finding: String, CaseIterable, Codable, Sendable {
            /// Another code was read than the tag bears.
            case tagMisread = "tag_misread"
            /// The tag is recorded for the wrong animal.
            case recordWrong = "record_wrong"
            /// The photograph was wrong.
            case photoWrong = "photo_wrong"
            /// The tag went into another animal.
            case tagReused = "tag_reused"
            /// The suspect animal is not purely native.
            case suspicionRight = "suspicion_right"
            /// The suspect animal is native.
            case suspicionWrong = "suspicion_wrong"
            /// A laboratory's result was wrong.
            case laboratoryWrong = "laboratory_wrong"
            /// A sample is of another animal.
            case sampleMixedUp = "sample_mixed_up"
            /// It stays open.
            case undecided
        }

        /// A record as storage keeps it.
        public init(
            id: Identifier<Resolution>, case: Identifier<RegistryCase>, finding: Finding,
            individual: Identifier<Individual>?, note: String?, decidedBy: Reviewer, decidedAt: Date
        ) {
            self.id = id
            self.case = `case`
            self.finding = finding
            self.individual = individual
            self.note = note
            self.decidedBy = decidedBy
            self.decidedAt = decidedAt
        }
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<RegistryCase>, agency: Identifier<Agency>, screening: Identifier<Screening>?,
        individual: Identifier<Individual>? = nil, evidence: Evidence, state: State, finding: Resolution.Finding?,
        openedAt: Date
    ) {
        self.id = id
        self.agency = agency
        self.screening = screening
        self.individual = individual
        self.evidence = evidence
        self.state = state
        self.finding = finding
        self.openedAt = openedAt
    }
}
