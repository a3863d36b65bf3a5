import Foundation
public import Identification
public import Registry
import Statistics

/// Learns a calibration from what people have settled, and measures how well it fits.
public struct CalibrationTraining: Sendable {
    private let evidence: CalibrationEvidence
    private let sample: CalibrationSample

    /// Takes the evidence to learn from.
    ///
    /// - Throws: `CalibrationError` with the counts where there is too little.
    public init(_ evidence: CalibrationEvidence) throws(CalibrationError) {
        self.evidence = evidence
        sample = CalibrationSample(of: evidence.pairs)
        guard sample.reaches(.minimum) else { throw .tooFewPairs(sample) }
    }

    /// The calibration from all of it, with figures cross-validated by animal and set beside those of what counted
    /// before.
    ///
    /// - Parameters:
    ///   - population: The population; `nil` for a whole registry.
    ///   - region: The part of the animal.
    ///   - scorer: Versions of extractor and matcher, a space between.
    ///   - before: What counted before.
    /// - Returns: What is to be kept.
    /// - Throws: `CalibrationError`.
    public func learn(
        population: String?, region: BodyRegion, scorer: String, before: Calibration
    ) throws(CalibrationError) -> LearnedCalibration.Content {
        let learned = try Calibration.learned(from: evidence, population: population)
        let folds = AnimalFolds(evidence.pairs.map(\.animal) + evidence.searches.map(\.animal))
        var byFold: [Calibration] = []
        for fold in 0..<folds.count {
            byFold.append(
                try Calibration.learned(
                    from: evidence.of { folds[$0] != fold }, population: population, smallest: Self.smallestFold))
        }
        return LearnedCalibration.Content(
            population: population, region: region, scorer: scorer, intercept: learned.intercept,
            slope: learned.slope, lookAlikeRate: learned.lookAlikeRate, genuinePairs: learned.genuinePairs,
            impostorPairs: learned.impostorPairs, animals: sample.genuineAnimals, tail: learned.tail,
            figures: LearnedCalibration.Figures(
                before: fit(of: before), after: fit { byFold[folds[$0.animal]] },
                falsePositives: falsePositives { byFold[folds[$0.animal]].tail }))
    }

    /// How well a calibration fits the pairs as they are, at the odds that they themselves have.
    public func fit(of calibration: Calibration) -> LearnedCalibration.Fit {
        fit { _ in calibration }
    }

    private func fit(_ calibration: (LabelledScore) -> Calibration) -> LearnedCalibration.Fit {
        let odds = log(Double(sample.genuinePairs) / Double(sample.impostorPairs))
        let reliability = Reliability(
            evidence.pairs.map { pair in
                let ratio = calibration(pair).logLikelihoodRatio(pair.score, comparisons: pair.comparisons)
                return Statement(animal: 0, confidence: 1 / (1 + exp(-ratio - odds)), truth: pair.isSame ? 1 : 0)
            })
        return LearnedCalibration.Fit(
            ece: reliability.expectedError() ?? 0, brier: reliability.brier() ?? 0,
            logLoss: reliability.logarithmicLoss ?? 0)
    }

    private func falsePositives(_ tail: (NonMatedSearch) -> ImpostorTail) -> [LearnedCalibration.RateCheck] {
        EvaluationReport.rates.map { _, rate in
            let reached = evidence.searches.count { search in
                search.best >= tail(search).score(atRate: rate, comparisons: search.comparisons)
            }
            return LearnedCalibration.RateCheck(
                wanted: rate, obtained: Double(reached) / Double(evidence.searches.count))
        }
    }

    /// Nine tenths of the smallest sample, and less where animals differ in their number of photographs.
    private static let smallestFold = CalibrationSample(genuinePairs: 10, genuineAnimals: 5, impostorPairs: 50)
}
