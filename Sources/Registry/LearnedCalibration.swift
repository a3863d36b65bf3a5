public import Foundation

/// What a pair score is worth, learned from reviewed pairs of one population and body region.
public struct LearnedCalibration: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<LearnedCalibration>
    /// What was learned.
    public let content: Content
    /// When.
    public let madeAt: Date
    /// Who had it learned.
    public let madeBy: String
    /// Since when it counts for its population, region and scorer; `nil` where another one does, or none.
    public let activeSince: Date?

    /// What was learned, and from how much.
    public struct Content: Hashable, Sendable, Codable {
        /// The population; `nil` for the whole registry.
        public let population: String?
        /// The part of the animal.
        public let region: BodyRegion
        /// Versions of extractor and matcher, a space between; scores of no other are weighed by it.
        public let scorer: String
        /// Natural logarithm of the likelihood ratio at a score of 0 of one comparison.
        public let intercept: Double
        /// Its rise with the score, more than 0.
        public let slope: Double
        /// How often a different animal is taken to score as high as any, 0 … 1 exclusive.
        public let lookAlikeRate: Double
        /// Pairs of one animal.
        public let genuinePairs: Int
        /// Pairs of different animals.
        public let impostorPairs: Int
        /// Animals with a pair of their own.
        public let animals: Int
        /// How high the scores of different animals reach; `nil` where it was learned without, and then it weighs no
        /// screening.
        public let tail: ImpostorTail?
        /// How well it fits pairs it was not fitted to.
        public let figures: Figures

        /// A complete content.
        public init(
            population: String?, region: BodyRegion, scorer: String, intercept: Double, slope: Double,
            lookAlikeRate: Double, genuinePairs: Int, impostorPairs: Int, animals: Int, tail: ImpostorTail?,
            figures: Figures
        ) {
            self.population = population
            self.region = region
            self.scorer = scorer
            self.intercept = intercept
            self.slope = slope
            self.lookAlikeRate = lookAlikeRate
            self.genuinePairs = genuinePairs
            self.impostorPairs = impostorPairs
            self.animals = animals
            self.tail = tail
            self.figures = figures
        }
    }

    /// Quality before and after, on the pairs it was learned from.
    public struct Figures: Hashable, Sendable, Codable {
        /// Of what counted when it was learned.
        public let before: Fit
        /// Of the new one, cross-validated by animal.
        public let after: Fit
        /// Rates of false names wanted and obtained, cross-validated by animal; `nil` where no tail was learned.
        public let falsePositives: [RateCheck]?

        /// All of them.
        public init(before: Fit, after: Fit, falsePositives: [RateCheck]?) {
            self.before = before
            self.after = after
            self.falsePositives = falsePositives
        }
    }

    /// A wanted rate of false names, and what the thresholds for it gave on searches they were not learned from.
    public struct RateCheck: Hashable, Sendable, Codable {
        /// The rate wanted, 0 … 1.
        public let wanted: Double
        /// The part of searches that reached their threshold, 0 … 1.
        public let obtained: Double

        /// A check.
        public init(wanted: Double, obtained: Double) {
            self.wanted = wanted
            self.obtained = obtained
        }
    }

    /// How well probabilities agree with what turned out; less is better.
    public struct Fit: Hashable, Sendable, Codable {
        /// Expected calibration error, 0 … 1.
        public let ece: Double
        /// Brier score, 0 … 1.
        public let brier: Double
        /// Mean logarithmic loss in nats.
        public let logLoss: Double

        /// A fit.
        public init(ece: Double, brier: Double, logLoss: Double) {
            self.ece = ece
            self.brier = brier
            self.logLoss = logLoss
        }
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<LearnedCalibration>, content: Content, madeAt: Date, madeBy: String, activeSince: Date?
    ) {
        self.id = id
        self.content = content
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.activeSince = activeSince
    }
}
