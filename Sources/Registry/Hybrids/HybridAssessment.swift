public import Foundation

/// What photographs of a screening say of being native.
public enum HybridOutcome: String, CaseIterable, Codable, Sendable {
    /// Probably native; never confirmed, for only DNA can.
    case likelyNative = "likely_native"
    /// Probably not purely native: hold it and test its DNA.
    case suspectNonNative = "suspect_non_native"
    /// Neither can be said.
    case insufficientEvidence = "insufficient_evidence"
}

/// What photographs, water and DNA say of being native; appended, the latest of a screening counts.
public struct HybridAssessment: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<HybridAssessment>
    /// The screening.
    public let screening: Identifier<Screening>
    /// What led to it.
    public let occasion: Occasion
    /// Everything it says.
    public let content: Content
    /// Who had it made.
    public let assessedBy: Reviewer
    /// When.
    public let assessedAt: Date

    /// What leads to an assessment.
    public enum Occasion: String, CaseIterable, Codable, Sendable {
        /// Somebody scored characters or asked.
        case scored
        /// What is known of its animal's DNA changed: a result came, or people settled which animal it is.
        case dna
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<HybridAssessment>, screening: Identifier<Screening>, occasion: Occasion, content: Content,
        assessedBy: Reviewer, assessedAt: Date
    ) {
        self.id = id
        self.screening = screening
        self.occasion = occasion
        self.content = content
        self.assessedBy = assessedBy
        self.assessedAt = assessedAt
    }

    /// What an assessment says.
    public struct Content: Hashable, Sendable, Codable {
        /// What photograph and water come to, DNA left aside.
        public let photoOutcome: HybridOutcome
        /// What the animal's DNA is known to say.
        public var dna: DNAStanding
        /// Odds of the water.
        public let prior: Prior
        /// What weighs, piece by piece, and what is only recorded.
        public let evidence: [Evidence]
        /// All of the evidence together.
        public let combined: Ratio
        /// Probability of not being purely native, by water and photograph.
        public let posterior: Interval
        /// What the agency's mistakes cost, which set the thresholds.
        public let policy: HybridPolicy
        /// What to look at or photograph next, what tells most first.
        public let next: [Next]
        /// Why, in sentences; DNA comes first.
        public var reasons: [Finding]
        /// Why a person looks before anybody is told.
        public var review: Review?
        /// Who decides on animals of the water; `nil` where nobody is configured.
        public let responsible: Responsible?

        /// Everything an assessment says.
        public init(
            photoOutcome: HybridOutcome, dna: DNAStanding, prior: Prior, evidence: [Evidence], combined: Ratio,
            posterior: Interval, policy: HybridPolicy, next: [Next], reasons: [Finding], review: Review?,
            responsible: Responsible? = nil
        ) {
            self.photoOutcome = photoOutcome
            self.dna = dna
            self.prior = prior
            self.evidence = evidence
            self.combined = combined
            self.posterior = posterior
            self.policy = policy
            self.next = next
            self.reasons = reasons
            self.review = review
            self.responsible = responsible
        }

        /// Reasons in two parts: what DNA answers, and what water and photograph say by themselves; without an answer by
        /// DNA the first is empty.
        public var answer: (byDNA: [Finding], byPhotograph: [Finding]) {
            guard let border = reasons.firstIndex(where: { $0.code == .hybridPhotographAlone }) else {
                return ([], reasons)
            }
            return (Array(reasons[..<border]), Array(reasons[(border + 1)...]))
        }

        /// What is still worth a look: nothing where DNA has answered.
        public var worthALook: [Next] { dna.kind == .native || dna.kind == .notNative ? [] : next }

        /// What it comes to: DNA outranks photograph and water.
        public var outcome: HybridOutcome {
            switch dna.kind {
            case .native: .likelyNative
            case .notNative: .suspectNonNative
            case .untested, .maternalLine, .undetermined, .disputed: photoOutcome
            }
        }
    }

    /// Who decides on animals of a water.
    public struct Responsible: Hashable, Sendable, Codable {
        /// Name of the agency.
        public let agency: String
        /// How it is reached.
        public let contact: String

        /// Who decides.
        public init(agency: String, contact: String) {
            self.agency = agency
            self.contact = contact
        }
    }

    /// Why a suspicion is a case for people and no alert.
    public enum Review: String, CaseIterable, Codable, Sendable {
        /// DNA found the animal native.
        case knownNative = "known_native"
        /// Of the animal's water no tested animal is recorded.
        case noRecordOfWater = "no_record_of_water"
    }

    /// A probability with the interval that holds it with 95 %.
    public struct Interval: Hashable, Sendable, Codable {
        /// Expected value, 0 … 1.
        public let mean: Double
        /// Lower end.
        public let low: Double
        /// Upper end.
        public let high: Double

        /// A probability with its interval.
        public init(mean: Double, low: Double, high: Double) {
            self.mean = mean
            self.low = low
            self.high = high
        }
    }

    /// A likelihood ratio on its logarithmic scale: not native to native.
    public struct Ratio: Hashable, Sendable, Codable {
        /// Natural logarithm; 0 says nothing.
        public let logRatio: Double
        /// Its standard error.
        public let standardError: Double

        /// A ratio.
        public init(logRatio: Double, standardError: Double) {
            self.logRatio = logRatio
            self.standardError = standardError
        }

        /// The ratio itself.
        public var ratio: Double { exp(logRatio) }
    }

    /// Odds of a water as a Beta distribution over the share that is not native.
    public struct Prior: Hashable, Sendable, Codable {
        /// Weight, in animals, of not being native.
        public let notNative: Double
        /// Weight, in animals, of being native.
        public let native: Double
        /// The share with its interval.
        public let share: Interval
        /// What it rests on.
        public let basis: Basis
        /// The counts behind it, the weightiest first.
        public let counts: [Counted]

        /// What a prior rests on.
        public enum Basis: String, CaseIterable, Codable, Sendable {
            /// DNA-tested animals of this water.
            case counted
            /// An assumption: no tested animal of this water is recorded.
            case noCounts = "no_counts"
            /// An assumption: no river network is loaded, so that counts cannot be found.
            case noNetwork = "no_network"
            /// An assumption: where the animal was is not known, or lies on no water.
            case noPlace = "no_place"
        }

        /// One count as far as it weighs.
        public struct Counted: Hashable, Sendable, Codable {
            /// The reach in words; it names where animals live.
            public let label: String
            /// Years of sampling in words.
            public let years: String
            /// Animals tested of either kind.
            public let tested: Int
            /// Of them, not native.
            public let notNative: Int
            /// How much of one animal each weighs, 0 … 1.
            public let weight: Double
            /// Who counted.
            public let source: String

            /// A count as far as it weighs.
            public init(label: String, years: String, tested: Int, notNative: Int, weight: Double, source: String) {
                self.label = label
                self.years = years
                self.tested = tested
                self.notNative = notNative
                self.weight = weight
                self.source = source
            }
        }

        /// Odds of a water.
        public init(notNative: Double, native: Double, share: Interval, basis: Basis, counts: [Counted]) {
            self.notNative = notNative
            self.native = native
            self.share = share
            self.basis = basis
            self.counts = counts
        }
    }

    /// One piece of evidence.
    public struct Evidence: Hashable, Sendable, Codable {
        /// What it is.
        public let kind: Kind
        /// How much it weighs on its own; `nil` where it is only recorded.
        public let ratio: Ratio?
        /// Who saw or measured it.
        public let by: String

        /// The kinds of evidence.
        public enum Kind: Hashable, Sendable, Codable {
            /// A character that somebody scored.
            case character(code: String, name: BilingualText, sight: DiagnosticCharacter.Sight)
            /// What a model learned of measures on the photograph.
            case learned(model: String)
        }

        /// A piece of evidence.
        public init(kind: Kind, ratio: Ratio?, by: String) {
            self.kind = kind
            self.ratio = ratio
            self.by = by
        }
    }

    /// A character that is worth a look.
    public struct Next: Hashable, Sendable, Codable {
        /// The character.
        public let code: String
        /// Its name.
        public let name: BilingualText
        /// How to see it.
        public let howToSee: BilingualText
        /// Expected information in bits; `nil` where nobody counted the character, so that it would weigh nothing.
        public let bits: Double?

        /// A character that is worth a look.
        public init(code: String, name: BilingualText, howToSee: BilingualText, bits: Double?) {
            self.code = code
            self.name = name
            self.howToSee = howToSee
            self.bits = bits
        }
    }
}
