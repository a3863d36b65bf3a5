import Foundation
import Identification
import Registry

/// Learns what a score is worth, and measures how well that fits.
struct CalibrationLearning {
    private let scores: [LabelledScore]
    private let sample: CalibrationSample

    /// Takes scores to learn from.
    ///
    /// - Throws: `CalibrationError` with the counts where they are too few.
    init(_ scores: [LabelledScore]) throws(CalibrationError) {
        self.scores = scores
        sample = CalibrationSample(of: scores)
        guard sample.reaches(.minimum) else { throw .tooFewPairs(sample) }
    }

    /// The calibration from all scores, with figures cross-validated by animal and set beside those of what counted
    /// before.
    func learn(
        population: String?, region: BodyRegion, scorer: String, before: Calibration
    ) throws -> LearnedCalibration.Content {
        let learned = try Calibration.learned(from: scores, population: population ?? "")
        return LearnedCalibration.Content(
            population: population, region: region, scorer: scorer, intercept: learned.intercept,
            slope: learned.slope, lookAlikeRate: learned.lookAlikeRate, genuinePairs: learned.genuinePairs,
            impostorPairs: learned.impostorPairs, animals: sample.genuineAnimals,
            figures: LearnedCalibration.Figures(before: figures(of: before), after: try crossValidated()))
    }

    /// How well a calibration fits the scores as they are.
    func figures(of calibration: Calibration) -> LearnedCalibration.Fit {
        LearnedCalibration.Fit(of: scores.map { (probability($0.score, by: calibration), $0.isSame) })
    }

    /// Each fifth of the animals is weighed by what was learned from the others.
    private func crossValidated() throws -> LearnedCalibration.Fit {
        let names = Set(scores.map(\.animal)).sorted()
        let folds = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 % 5) })
        var answers: [(probability: Double, isSame: Bool)] = []
        for fold in 0..<5 {
            let calibration = try Calibration.learned(
                from: scores.filter { folds[$0.animal] != fold }, population: "", smallest: Self.smallestFold)
            answers += scores.filter { folds[$0.animal] == fold }.map {
                (probability($0.score, by: calibration), $0.isSame)
            }
        }
        return LearnedCalibration.Fit(of: answers)
    }

    /// The posterior with the odds that the scores themselves have.
    private func probability(_ score: Double, by calibration: Calibration) -> Double {
        let prior = log(Double(sample.genuinePairs) / Double(sample.impostorPairs))
        return 1 / (1 + exp(-calibration.logLikelihoodRatio(score) - prior))
    }

    /// Four fifths of the smallest sample, and less where animals differ in their number of photographs.
    private static let smallestFold = CalibrationSample(genuinePairs: 10, genuineAnimals: 5, impostorPairs: 50)
}
