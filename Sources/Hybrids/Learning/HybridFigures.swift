import Foundation
import Registry
public import Statistics

/// How well a model tells animals apart that it did not learn from, counted over animals and never over photographs.
public struct HybridFigures: Hashable, Sendable, Codable {
    /// That the animals are drawn and not real, in Japanese and English; `nil` where they are real.
    public let notice: String?
    /// What the model was learned from.
    public let data: HybridModel.Source
    /// How it was learned.
    public let method: LinearMethod
    /// The error rate that conformal prediction was asked for.
    public let errorRate: Double
    /// What was said of the natives and of the others.
    public let confusion: [Confusion]
    /// How many of the others are found where so many natives are wrongly flagged.
    public let sensitivity: [Sensitivity]
    /// Animals of which nothing was said.
    public let abstentions: Rate
    /// Probabilities of not being native, at the odds of these animals, against what the laboratory found.
    public let calibration: Calibration
    /// The same where every river is judged by the others alone; `nil` where no river could be.
    public let otherRivers: Calibration?
    /// Parts of the animals.
    public let strata: [Stratum]

    /// The rates of natives wrongly flagged at which sensitivity is stated.
    public static let flaggedRates = [0.01, 0.05, 0.1]

    /// A count with exact 95 % bounds (Clopper and Pearson 1934).
    public struct Rate: Hashable, Sendable, Codable {
        /// How many.
        public let count: Int
        /// Of how many.
        public let of: Int
        /// The lower bound of the rate.
        public let low: Double
        /// The upper bound of the rate.
        public let high: Double

        init(_ count: Int, of total: Int) {
            let bounds = ExactBinomial(count: count, trials: total).bounds
            self.count = count
            of = total
            (low, high) = bounds
        }

        /// The rate itself; `nil` without animals.
        public var value: Double? { of > 0 ? Double(count) / Double(of) : nil }
    }

    /// What was said of the animals of a class.
    public struct Confusion: Hashable, Sendable, Codable {
        /// What the laboratory found.
        public let dna: DNAClass
        /// What conformal prediction left possible.
        public let answer: ConformalAnswer
        /// How many of them.
        public let rate: Rate
    }

    /// How many of the others are found at a rate of natives wrongly flagged.
    public struct Sensitivity: Hashable, Sendable, Codable {
        /// The rate wanted.
        public let wanted: Double
        /// Whether there are natives enough to show the rate: at least one may be flagged.
        public let isShown: Bool
        /// The log likelihood ratio above which an animal is flagged.
        public let threshold: Double
        /// Natives flagged.
        public let flagged: Rate
        /// Others found.
        public let found: Rate
    }

    /// Stated probabilities against the truth.
    public struct Calibration: Hashable, Sendable, Codable {
        /// Animals.
        public let animals: Int
        /// Expected calibration error, bins of equal width.
        public let ece: Double
        /// Brier score.
        public let brier: Double
        /// Mean logarithmic loss in nats.
        public let logLoss: Double
        /// Animals on the wrong side of even odds.
        public let wrong: Rate
        /// The bins.
        public let bins: [ReliabilityBin]
    }

    /// A part of the animals.
    public struct Stratum: Hashable, Sendable, Codable {
        /// What they are divided by: `river`, `size`, `camera` or `quality`.
        public let by: String
        /// Which part.
        public let name: String
        /// Natives flagged where 5 % of all natives are.
        public let flagged: Rate
        /// Others found at the same threshold.
        public let found: Rate
        /// Animals of which nothing was said.
        public let abstentions: Rate
    }
}

extension HybridFigures {
    /// The figures of a model.
    public init(of model: HybridModel) {
        let animals = model.predictions
        notice =
            model.data.isDrawn
            ? Language.allCases.map { HybridModelText.drawnNotReal.text(in: $0) }.joined(separator: " / ") : nil
        data = model.data
        method = model.method
        errorRate = model.ranks.errorRate
        confusion = DNAClass.allCases.flatMap { dna in
            let own = animals.filter { $0.dna == dna }
            return ConformalAnswer.allCases.map { answer in
                Confusion(dna: dna, answer: answer, rate: Rate(own.count { $0.answer == answer }, of: own.count))
            }
        }
        sensitivity = Self.flaggedRates.map { Sensitivity(wanted: $0, animals) }
        abstentions = Rate(animals.count { $0.answer.abstains }, of: animals.count)
        calibration = Calibration(animals.map { ($0, $0.logRatio) }) ?? .none
        otherRivers = Calibration(animals.compactMap { one in one.otherRiversLogRatio.map { (one, $0) } })
        strata = Self.strata(animals, threshold: Sensitivity(wanted: 0.05, animals).threshold)
    }

    /// The same without what is told river by river, for readers who may not know where animals live.
    public var withoutRivers: HybridFigures {
        HybridFigures(
            notice: notice, data: data, method: method, errorRate: errorRate, confusion: confusion,
            sensitivity: sensitivity, abstentions: abstentions, calibration: calibration, otherRivers: otherRivers,
            strata: strata.filter { $0.by != "river" })
    }

    private static func strata(_ animals: [AnimalPrediction], threshold: Double) -> [Stratum] {
        func part(_ by: String, _ name: String, _ own: [AnimalPrediction]) -> Stratum {
            let natives = own.filter { $0.dna == .native }
            let others = own.filter { $0.dna == .notNative }
            return Stratum(
                by: by, name: name, flagged: Rate(natives.count { $0.logRatio > threshold }, of: natives.count),
                found: Rate(others.count { $0.logRatio > threshold }, of: others.count),
                abstentions: Rate(own.count { $0.answer.abstains }, of: own.count))
        }
        func named(_ by: String, _ name: (AnimalPrediction) -> String?) -> [Stratum] {
            Dictionary(grouping: animals) { name($0) ?? "–" }.sorted { $0.key < $1.key }.map {
                part(by, $0.key, $0.value)
            }
        }
        func thirds(_ by: String, _ value: (AnimalPrediction) -> Double) -> [Stratum] {
            let sorted = animals.map(value).sorted()
            guard sorted.count >= 3, sorted.first != sorted.last else { return [] }
            let (low, high) = (sorted[sorted.count / 3], sorted[sorted.count * 2 / 3])
            return [
                part(by, "lowest third", animals.filter { value($0) < low }),
                part(by, "middle third", animals.filter { value($0) >= low && value($0) < high }),
                part(by, "highest third", animals.filter { value($0) >= high }),
            ].filter { $0.abstentions.of > 0 }
        }
        return named("river", \.river) + named("camera", \.camera) + thirds("size", \.headPixels)
            + thirds("quality", \.sharpness)
    }
}

extension HybridFigures.Sensitivity {
    init(wanted: Double, _ animals: [AnimalPrediction]) {
        let natives = animals.filter { $0.dna == .native }.map(\.logRatio).sorted(by: >)
        let others = animals.filter { $0.dna == .notNative }.map(\.logRatio)
        let allowed = Int((wanted * Double(natives.count)).rounded(.down))
        // The highest native that may not be flagged.
        let limit = natives.indices.contains(allowed) ? natives[allowed] : -.infinity
        self.init(
            wanted: wanted, isShown: allowed >= 1, threshold: max(limit, -1e3),
            flagged: HybridFigures.Rate(natives.count { $0 > limit }, of: natives.count),
            found: HybridFigures.Rate(others.count { $0 > limit }, of: others.count))
    }
}

extension HybridFigures.Calibration {
    fileprivate static let none = HybridFigures.Calibration(
        animals: 0, ece: 0, brier: 0, logLoss: 0, wrong: HybridFigures.Rate(0, of: 0), bins: [])

    /// At the odds of the animals; `nil` where a class is missing.
    fileprivate init?(_ judged: [(animal: AnimalPrediction, logRatio: Double)]) {
        let others = judged.count { $0.animal.dna == .notNative }
        guard others > 0, others < judged.count else { return nil }
        let odds = log(Double(others) / Double(judged.count - others))
        let statements = judged.enumerated().map { place, one in
            Statement(
                animal: place, confidence: 1 / (1 + exp(-one.logRatio - odds)),
                truth: one.animal.dna == .notNative ? 1 : 0)
        }
        let reliability = Reliability(statements)
        guard let ece = reliability.expectedError(), let brier = reliability.brier(),
            let loss = reliability.logarithmicLoss
        else { return nil }
        self.init(
            animals: judged.count, ece: ece, brier: brier, logLoss: loss,
            wrong: HybridFigures.Rate(
                statements.count { ($0.confidence > 0.5) != ($0.truth > 0.5) }, of: statements.count),
            bins: reliability.bins)
    }
}
