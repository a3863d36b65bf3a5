/// What tag and photograph say of each other in one screening.
public struct TagVerdict: Hashable, Sendable, Codable {
    /// What they say.
    public let agreement: Agreement
    /// What contradicts what, in a conflict.
    public let conflict: Conflict?
    /// The texts that readers gave, and whose tags they name.
    public let readings: [Reading]
    /// How the animal was scanned, where somebody said.
    public let scan: TagScan?
    /// What the photograph says alone.
    public let photo: PhotoJudgement
    /// Animals that either names, the most probable by both together first.
    public let posterior: [Posterior]
    /// How often tags mislead, as it was weighed.
    public let rates: TagRates

    /// The possible relations.
    public enum Agreement: String, CaseIterable, Codable, Sendable {
        /// Both name one animal.
        case agree
        /// The tag names an animal, the photograph none.
        case tagAlone = "tag_alone"
        /// The photograph names an animal, no tag was read.
        case photoAlone = "photo_alone"
        /// The photograph names an animal, and a tag was read that nobody had recorded.
        case newTag = "new_tag"
        /// The photograph names an animal that bears a tag, a fitting reader was used, and none was found.
        case tagLost = "tag_lost"
        /// They contradict each other, or tags do.
        case conflict
        /// Neither names an animal.
        case neither
    }

    /// The possible contradictions.
    public enum Conflict: String, CaseIterable, Codable, Sendable {
        /// The tag names one animal, the spots another, or none that is known although it was compared.
        case tagAndPhoto = "tag_and_photo"
        /// Two tags name two animals.
        case twoAnimals = "two_animals"
        /// The tag is one of an animal recorded as dead.
        case deadAnimal = "dead_animal"
    }

    /// One text of a reader.
    public struct Reading: Hashable, Sendable, Codable {
        /// The text as it came.
        public let text: String
        /// The canonical code in it; `nil` where there is none.
        public let code: String?
        /// Its family.
        public let kind: TagCode.Kind?
        /// What is remarkable about it.
        public let flags: [TagFlag]
        /// Why it is no code.
        public let refusal: String?
        /// Animals that bear or bore it.
        public let holders: [Holder]
        /// Animals whose tag differs by one slip of the hand; looked for where nobody bears the code.
        public let similar: [Holder]

        /// A reading.
        public init(
            text: String, code: String? = nil, kind: TagCode.Kind? = nil, flags: [TagFlag] = [], refusal: String? = nil,
            holders: [Holder] = [], similar: [Holder] = []
        ) {
            self.text = text
            self.code = code
            self.kind = kind
            self.flags = flags
            self.refusal = refusal
            self.holders = holders
            self.similar = similar
        }
    }

    /// An animal with the code of a reading.
    public struct Holder: Hashable, Sendable, Codable {
        /// The animal.
        public let individual: Identifier<Individual>
        /// Its catalogue name.
        public let name: String
        /// Whether it bears the tag at the time of the screening.
        public let state: State

        /// The possible states.
        public enum State: String, Codable, Sendable {
            /// It bears it.
            case bears
            /// It was given it only later than the screening says the animal was met.
            case later
            /// It bore it until the tag was lost, removed, moved, or the record called an error.
            case ended
            /// It bore it until it died.
            case died
        }

        /// A holder.
        public init(individual: Identifier<Individual>, name: String, state: State) {
            self.individual = individual
            self.name = name
            self.state = state
        }
    }

    /// What the photograph says without the tag.
    public struct PhotoJudgement: Hashable, Sendable, Codable {
        /// The outcome.
        public let outcome: Outcome.Name
        /// The animal of a match.
        public let individual: Identifier<Individual>?
        /// Its catalogue name.
        public let name: String?
        /// Probability of what the outcome states.
        public let probability: Double?

        /// The judgement of a verdict.
        public init(_ verdict: Verdict) {
            outcome = verdict.outcome.name
            individual = verdict.outcome.individual
            name = verdict.candidates.first { $0.individual == verdict.outcome.individual }?.name
            probability = verdict.probability
        }
    }

    /// The probability of one animal by the photograph and by both.
    public struct Posterior: Hashable, Sendable, Codable {
        /// The animal.
        public let individual: Identifier<Individual>
        /// Its catalogue name.
        public let name: String
        /// By the photograph alone, 0 … 1.
        public let photo: Double
        /// By photograph and tag together, 0 … 1.
        public let combined: Double

        /// Both probabilities.
        public init(individual: Identifier<Individual>, name: String, photo: Double, combined: Double) {
            self.individual = individual
            self.name = name
            self.photo = photo
            self.combined = combined
        }
    }

    /// A complete answer.
    public init(
        agreement: Agreement, conflict: Conflict?, readings: [Reading], scan: TagScan?, photo: PhotoJudgement,
        posterior: [Posterior], rates: TagRates
    ) {
        self.agreement = agreement
        self.conflict = conflict
        self.readings = readings
        self.scan = scan
        self.photo = photo
        self.posterior = posterior
        self.rates = rates
    }
}
