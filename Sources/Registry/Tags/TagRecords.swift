public import Foundation

/// A PIT tag as the registry knows it: its code, whoever bears it.
public struct Tag: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<Tag>
    /// The code.
    public let code: TagCode
    /// Whether several tags are known to bear this code.
    public let isDuplicated: Bool
    /// When the code was first entered.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(id: Identifier<Tag>, code: TagCode, isDuplicated: Bool, createdAt: Date) {
        self.id = id
        self.code = code
        self.isDuplicated = isDuplicated
        self.createdAt = createdAt
    }
}

/// Which animal bore which tag from when to when.
public struct TagAssignment: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<TagAssignment>
    /// The tag's code.
    public let code: TagCode
    /// The animal, merges and splits considered.
    public let individual: Identifier<Individual>
    /// Its catalogue name.
    public let individualName: String
    /// The meeting at which it was put in or first read.
    public let encounter: Identifier<Encounter>?
    /// Since when; `nil` where nobody knows.
    public let validFrom: Date?
    /// What it rests on.
    public let evidence: String
    /// Who says so.
    public let decidedBy: Reviewer
    /// When it was entered.
    public let createdAt: Date
    /// How it ended; `nil` while it holds.
    public let end: End?

    /// The end of an assignment.
    public struct End: Hashable, Sendable {
        /// Until when the animal bore the tag.
        public let at: Date
        /// Why it ended.
        public let reason: Reason
        /// What that rests on.
        public let note: String?
        /// Who says so.
        public let recordedBy: Reviewer

        /// An end as storage keeps it.
        public init(at: Date, reason: Reason, note: String?, recordedBy: Reviewer) {
            self.at = at
            self.reason = reason
            self.note = note
            self.recordedBy = recordedBy
        }
    }

    /// Why an animal bears a tag no more.
    public enum Reason: String, CaseIterable, Codable, Sendable {
        /// The tag is out of the animal, nobody knows where.
        case lost
        /// It was taken out.
        case removed
        /// The animal died.
        case death
        /// The record was wrong; the animal never bore it.
        case error
        /// It was put into another animal.
        case moved
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<TagAssignment>, code: TagCode, individual: Identifier<Individual>, individualName: String,
        encounter: Identifier<Encounter>?, validFrom: Date?, evidence: String, decidedBy: Reviewer, createdAt: Date,
        end: End?
    ) {
        self.id = id
        self.code = code
        self.individual = individual
        self.individualName = individualName
        self.encounter = encounter
        self.validFrom = validFrom
        self.evidence = evidence
        self.decidedBy = decidedBy
        self.createdAt = createdAt
        self.end = end
    }
}

/// What a reader read on one occasion, or that it found nothing.
public struct TagRead: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<TagRead>
    /// Whose reader.
    public let agency: Identifier<Agency>
    /// The text as it came; `nil` where no tag was found.
    public let text: String?
    /// The code in it; `nil` where it holds none.
    public let code: TagCode?
    /// Why the text is no code.
    public let refusal: String?
    /// Type of the reader in words.
    public let reader: String?
    /// Frequencies it reads at.
    public let frequencies: [ReaderFrequency]
    /// When.
    public let observedAt: Date?
    /// Where, as coordinates.
    public let position: Position?
    /// Where, in words.
    public let locality: String?
    /// Who read it.
    public let observer: String?
    /// The meeting with the animal.
    public let encounter: Identifier<Encounter>?
    /// The screening it was submitted with.
    public let screening: Identifier<Screening>?
    /// When it was entered.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(
        id: Identifier<TagRead>, agency: Identifier<Agency>, text: String?, code: TagCode?, refusal: String?,
        reader: String?, frequencies: [ReaderFrequency], observedAt: Date?, position: Position?, locality: String?,
        observer: String?, encounter: Identifier<Encounter>?, screening: Identifier<Screening>?, createdAt: Date
    ) {
        self.id = id
        self.agency = agency
        self.text = text
        self.code = code
        self.refusal = refusal
        self.reader = reader
        self.frequencies = frequencies
        self.observedAt = observedAt
        self.position = position
        self.locality = locality
        self.observer = observer
        self.encounter = encounter
        self.screening = screening
        self.createdAt = createdAt
    }
}

/// How an animal was scanned for tags.
public struct TagScan: Hashable, Sendable, Codable {
    /// Type of the reader in words.
    public let reader: String?
    /// Frequencies it reads at; what it cannot read, it does not miss.
    public let frequencies: [ReaderFrequency]
    /// Whether no tag was found.
    public let noneFound: Bool

    /// A statement.
    public init(reader: String? = nil, frequencies: [ReaderFrequency] = [], noneFound: Bool = false) {
        self.reader = reader
        self.frequencies = frequencies
        self.noneFound = noneFound
    }

    /// Whether such a tag would have been found, were it there.
    public func reads(_ kind: TagCode.Kind) -> Bool { kind.frequencies.isSubset(of: frequencies) }
}
