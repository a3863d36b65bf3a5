public import Foundation

/// A character that tells natives from other *Andrias* and hybrids, as it counts at the moment.
public struct DiagnosticCharacter: Hashable, Sendable, Codable {
    /// Stable name: lower-case letters, digits and `_`, 2 … 41 of them, a letter first.
    public let code: String
    /// Name.
    public let name: BilingualText
    /// How to see it.
    public let howToSee: BilingualText
    /// Who described it, and where the numbers come from if there are any.
    public let source: String
    /// How often it occurs; `nil` where nobody counted: then it is recorded and weighs nothing.
    public let rates: Rates?
    /// Who set it, by name.
    public let setBy: String
    /// Since when it counts.
    public let validSince: Date

    /// How often a character was present among DNA-tested animals of either kind.
    public struct Rates: Hashable, Sendable, Codable {
        /// Among natives.
        public let native: Count
        /// Among animals that are not native.
        public let notNative: Count

        /// Rates.
        public init(native: Count, notNative: Count) {
            self.native = native
            self.notNative = notNative
        }
    }

    /// Animals with and without a character: the counts of a Beta distribution.
    public struct Count: Hashable, Sendable, Codable {
        /// With it, at least 0.
        public let present: Double
        /// Without it, at least 0.
        public let absent: Double

        /// Counts.
        public init(present: Double, absent: Double) {
            self.present = present
            self.absent = absent
        }

        /// Whether they can be counts of a Beta distribution: not negative, finite, and more than none.
        public var isValid: Bool {
            present >= 0 && absent >= 0 && present + absent > 0 && (present + absent).isFinite
        }
    }

    /// A character as storage keeps it.
    public init(
        code: String, name: BilingualText, howToSee: BilingualText, source: String, rates: Rates?, setBy: String,
        validSince: Date
    ) {
        self.code = code
        self.name = name
        self.howToSee = howToSee
        self.source = source
        self.rates = rates
        self.setBy = setBy
        self.validSince = validSince
    }

    /// What somebody saw of a character.
    public enum Sight: String, CaseIterable, Codable, Sendable {
        /// It is there.
        case present
        /// It is not there, though its place is seen.
        case absent
        /// The photographs do not show its place.
        case notVisible = "not_visible"
    }
}

/// What somebody saw of one character on a screening's photographs; appended, the latest of a character counts.
public struct CharacterScore: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<CharacterScore>
    /// The screening.
    public let screening: Identifier<Screening>
    /// The photograph it was seen on, where somebody said.
    public let photo: Identifier<Photo>?
    /// The character.
    public let code: String
    /// What was seen.
    public let sight: DiagnosticCharacter.Sight
    /// Who saw it.
    public let scoredBy: Reviewer
    /// When.
    public let scoredAt: Date

    /// A record as storage keeps it.
    public init(
        id: Identifier<CharacterScore>, screening: Identifier<Screening>, photo: Identifier<Photo>?, code: String,
        sight: DiagnosticCharacter.Sight, scoredBy: Reviewer, scoredAt: Date
    ) {
        self.id = id
        self.screening = screening
        self.photo = photo
        self.code = code
        self.sight = sight
        self.scoredBy = scoredBy
        self.scoredAt = scoredAt
    }
}

/// Words of a record in both languages.
public struct BilingualText: Hashable, Sendable, Codable {
    /// In Japanese.
    public let ja: String
    /// In English.
    public let en: String

    /// Words in both languages.
    public init(ja: String, en: String) {
        self.ja = ja
        self.en = en
    }

    /// The words in a language.
    public func text(in language: Language) -> String { language == .ja ? ja : en }

    /// Both in one value of a ``Finding``, which is worded only where it is read.
    public var findingValue: String { "\(ja)|\(en)" }

    /// Reads ``findingValue``; `nil` where a value holds one language alone.
    init?(findingValue: String) {
        let parts = findingValue.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(ja: String(parts[0]), en: String(parts[1]))
    }
}
