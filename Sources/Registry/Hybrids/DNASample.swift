public import Foundation

/// Tissue of an animal for laboratories.
public struct DNASample: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<DNASample>
    /// Who took it.
    public let agency: Identifier<Agency>
    /// What is written on the tube, unique in the registry.
    public let label: String
    /// The animal, or that of its screening where it names none; `nil` while nobody knows which.
    public let individual: Identifier<Individual>?
    /// The animal's catalogue name.
    public let individualName: String?
    /// The screening of the animal it is of.
    public let screening: Identifier<Screening>?
    /// What was taken, in words.
    public let tissue: String?
    /// Where the animal was.
    public let position: Position?
    /// Where, in words.
    public let locality: String?
    /// Who took it.
    public let takenBy: String
    /// When it was taken.
    public let takenAt: Date
    /// When it was entered.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(
        id: Identifier<DNASample>, agency: Identifier<Agency>, label: String, individual: Identifier<Individual>?,
        individualName: String?, screening: Identifier<Screening>?, tissue: String?, position: Position?,
        locality: String?, takenBy: String, takenAt: Date, createdAt: Date
    ) {
        self.id = id
        self.agency = agency
        self.label = label
        self.individual = individual
        self.individualName = individualName
        self.screening = screening
        self.tissue = tissue
        self.position = position
        self.locality = locality
        self.takenBy = takenBy
        self.takenAt = takenAt
        self.createdAt = createdAt
    }

    /// One step of a sample's way from the animal to the laboratory.
    public struct CustodyStep: Hashable, Sendable, Codable {
        /// Identifier.
        public let id: Identifier<CustodyStep>
        /// The sample.
        public let sample: Identifier<DNASample>
        /// What happened.
        public let kind: Kind
        /// Who took it, gave it away, or received it.
        public let person: String
        /// To whom it was given, or from whom it came; `nil` of what was taken.
        public let counterpart: String?
        /// How it was sealed, or in which state its seal came.
        public let seal: String?
        /// What else is to be known.
        public let note: String?
        /// When.
        public let happenedAt: Date
        /// Who recorded it.
        public let recordedBy: Reviewer

        /// The kinds of steps.
        public enum Kind: String, CaseIterable, Codable, Sendable {
            /// Taken from the animal; the first step, once.
            case taken
            /// Given to somebody.
            case handedOver = "handed_over"
            /// Received from somebody.
            case received
        }

        /// A record as storage keeps it.
        public init(
            id: Identifier<CustodyStep>, sample: Identifier<DNASample>, kind: Kind, person: String,
            counterpart: String?, seal: String?, note: String?, happenedAt: Date, recordedBy: Reviewer
        ) {
            self.id = id
            self.sample = sample
            self.kind = kind
            self.person = person
            self.counterpart = counterpart
            self.seal = seal
            self.note = note
            self.happenedAt = happenedAt
            self.recordedBy = recordedBy
        }
    }
}
