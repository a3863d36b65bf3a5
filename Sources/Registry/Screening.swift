public import Foundation

/// One request to tell which animal photographs show, and what became of it.
public struct Screening: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<Screening>
    /// Who asks.
    public let agency: Identifier<Agency>
    /// What was submitted.
    public let submission: Submission
    /// How far it has come.
    public let state: State
    /// The answer; present exactly when ``state`` is `done` or `failed`.
    public let verdict: Verdict?
    /// When it was received.
    public let createdAt: Date
    /// When it ended.
    public let finishedAt: Date?

    /// A record as storage keeps it.
    public init(
        id: Identifier<Screening>, agency: Identifier<Agency>, submission: Submission, state: State,
        verdict: Verdict?, createdAt: Date, finishedAt: Date?
    ) {
        self.id = id
        self.agency = agency
        self.submission = submission
        self.state = state
        self.verdict = verdict
        self.createdAt = createdAt
        self.finishedAt = finishedAt
    }

    /// The persisted state machine `received → processing → done | failed`; a lost lease returns it to `received`.
    public enum State: String, CaseIterable, Codable, Sendable {
        /// Stored, waiting for a worker.
        case received
        /// Leased by a worker.
        case processing
        /// Answered.
        case done
        /// Given up; the verdict says why.
        case failed
    }

    /// Which queue it waits in, so that bulk work never holds up a person.
    public enum Lane: String, CaseIterable, Codable, Sendable {
        /// Somebody waits for the answer.
        case interactive
        /// Bulk work.
        case batch
    }

    /// What an observer sends along with the photographs.
    public struct Submission: Hashable, Sendable {
        /// Photographs of one animal, 1 … 20.
        public let photos: [Identifier<Photo>]
        /// The part they show.
        public let region: BodyRegion
        /// Where it is on each photograph, by photograph, where somebody drew it.
        public let marks: [Identifier<Photo>: RegionMark]
        /// The queue.
        public let lane: Lane
        /// When the animal was met.
        public let observedAt: Date?
        /// Where, as coordinates.
        public let position: Position?
        /// Where, in words.
        public let locality: String?
        /// Who met it.
        public let observer: String?
        /// Tag codes as the reader printed them.
        public let tagCodes: [String]
        /// How the animal was scanned for tags, where somebody said.
        public let tagScan: TagScan?
        /// On which occasion the animal was photographed, where somebody said.
        public let occasion: Occasion?

        /// A complete submission.
        public init(
            photos: [Identifier<Photo>], region: BodyRegion, marks: [Identifier<Photo>: RegionMark] = [:],
            lane: Lane = .interactive, observedAt: Date? = nil, position: Position? = nil, locality: String? = nil,
            observer: String? = nil, tagCodes: [String] = [], tagScan: TagScan? = nil, occasion: Occasion? = nil
        ) {
            self.photos = photos
            self.region = region
            self.marks = marks
            self.lane = lane
            self.observedAt = observedAt
            self.position = position
            self.locality = locality
            self.observer = observer
            self.tagCodes = tagCodes
            self.tagScan = tagScan
            self.occasion = occasion
        }
    }
}

/// What a person decided on a screening; appended, never changed.
public struct Decision: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<Decision>
    /// What was decided on.
    public let screening: Identifier<Screening>
    /// What was decided.
    public let kind: Kind
    /// The animal of a confirmation.
    public let individual: Identifier<Individual>?
    /// The key under which it was decided.
    public let decidedBy: Identifier<APIKey>
    /// Why, in the reviewer's words.
    public let note: String?
    /// When.
    public let createdAt: Date

    /// The possible decisions.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// It is this animal.
        case confirmed
        /// It is not the animal proposed.
        case rejected
        /// It is none of the known animals.
        case unknown
        /// The photographs do not allow a decision.
        case undecidable
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<Decision>, screening: Identifier<Screening>, kind: Kind, individual: Identifier<Individual>?,
        decidedBy: Identifier<APIKey>, note: String?, createdAt: Date
    ) {
        self.id = id
        self.screening = screening
        self.kind = kind
        self.individual = individual
        self.decidedBy = decidedBy
        self.note = note
        self.createdAt = createdAt
    }
}
