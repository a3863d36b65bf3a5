import Foundation
import Identification
import Registry

/// Learns what a score is worth, and measures how well that fits.
struct CalibrationLearning {
    /// Fits the scores; throws where they are too few.
    typealias Fit = ([LabelledScore]) throws -> (intercept: Double, slope: Double, lookAlikeRate: Double)

    /// The fewest pairs from which a calibration is learned.
    static let fewest = (genuine: 30, animals: 10, impostors: 300)

    private let scores: [LabelledScore]
    private let genuine: Int
    private let impostors: Int
    private let animals: Int
    private let fit: Fit

    /// Takes scores to learn from.
    ///
    /// - Throws: `CommandError` with the counts where they are too few.
    init(_ scores: [LabelledScore], fit: @escaping Fit = logisticFit) throws {
        self.scores = scores
        self.fit = fit
        genuine = scores.count { $0.isSame }
        impostors = scores.count - genuine
        animals = Set(scores.filter(\.isSame).map(\.animal)).count
        let fewest = Self.fewest
        guard genuine >= fewest.genuine, animals >= fewest.animals, impostors >= fewest.impostors else {
            throw CommandError(
                "There are \(genuine) pairs of one animal, of \(animals) animals, and \(impostors) pairs of "
                    + "different ones; at least \(fewest.genuine) of \(fewest.animals) animals and \(fewest.impostors) "
                    + "are needed. Enrol further encounters, or learn from more animals.")
        }
    }

    /// The calibration from all scores, with figures cross-validated by animal and set beside those of what counted
    /// before.
    func learn(
        population: String?, region: BodyRegion, scorer: String, before: Calibration
    ) throws -> LearnedCalibration.Content {
        let (intercept, slope, lookAlikeRate) = try fit(scores)
        return LearnedCalibration.Content(
            population: population, region: region, scorer: scorer, intercept: intercept, slope: slope,
            lookAlikeRate: lookAlikeRate, genuinePairs: genuine, impostorPairs: impostors,
            animals: animals,
            figures: LearnedCalibration.Figures(before: figures(of: before), after: try crossValidated()))
    }

    /// How well a calibration fits the scores as they are.
    func figures(of calibration: Calibration) -> LearnedCalibration.Fit {
        Self.measure(scores.map { (probability($0.score, by: calibration), $0.isSame) })
    }

    /// Each fifth of the animals is weighed by what was learned from the others.
    private func crossValidated() throws -> LearnedCalibration.Fit {
        let names = Set(scores.map(\.animal)).sorted()
        let folds = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 % 5) })
        var answers: [(probability: Double, isSame: Bool)] = []
        for fold in 0..<5 {
            let learned = try fit(scores.filter { folds[$0.animal] != fold })
            let calibration = Calibration(
                population: "", intercept: learned.intercept, slope: learned.slope,
                lookAlikeRate: learned.lookAlikeRate)
            answers += scores.filter { folds[$0.animal] == fold }.map {
                (probability($0.score, by: calibration), $0.isSame)
            }
        }
        return Self.measure(answers)
    }

    /// The posterior with the odds that the scores themselves have.
    private func probability(_ score: Double, by calibration: Calibration) -> Double {
        let prior = log(Double(genuine) / Double(impostors))
        return 1 / (1 + exp(-calibration.logLikelihoodRatio(score) - prior))
    }

    private static func measure(_ answers: [(probability: Double, isSame: Bool)]) -> LearnedCalibration.Fit {
        let count = Double(answers.count)
        var bins = [(sum: Double, same: Double)](repeating: (0, 0), count: 10)
        var brier = 0.0
        var loss = 0.0
        for (probability, isSame) in answers {
            let truth = isSame ? 1.0 : 0.0
            let bin = min(9, Int(probability * 10))
            bins[bin].sum += probability
            bins[bin].same += truth
            brier += (probability - truth) * (probability - truth)
            loss -= log(max(1e-12, isSame ? probability : 1 - probability))
        }
        return LearnedCalibration.Fit(
            ece: bins.reduce(0) { $0 + abs($1.sum - $1.same) } / count, brier: brier / count, logLoss: loss / count)
    }

    /// Logistic regression on `ln(1 + score)` by Newton's method, the classes' odds taken out.
    ///
    /// A weak penalty on the slope keeps scores that separate perfectly from an endless one. The look-alike rate is an
    /// assumption: reviewed pairs are too few to show it.
    static func logisticFit(_ scores: [LabelledScore]) -> (intercept: Double, slope: Double, lookAlikeRate: Double) {
        let penalty = 0.01
        var (intercept, slope) = (0.0, 0.0)
        for _ in 0..<50 {
            var gradient = (0.0, -penalty * slope)
            var hessian = (1e-9, 0.0, penalty)
            for (score, isSame, _) in scores {
                let x = log1p(score)
                let probability = 1 / (1 + exp(-intercept - slope * x))
                let error = (isSame ? 1 : 0) - probability
                let weight = probability * (1 - probability)
                gradient = (gradient.0 + error, gradient.1 + error * x)
                hessian = (hessian.0 + weight, hessian.1 + weight * x, hessian.2 + weight * x * x)
            }
            let determinant = hessian.0 * hessian.2 - hessian.1 * hessian.1
            // A step beyond 2 overshoots where probabilities saturate.
            let limit = { (step: Double) in max(-2, min(2, step)) }
            let steps = (
                limit((hessian.2 * gradient.0 - hessian.1 * gradient.1) / determinant),
                limit((hessian.0 * gradient.1 - hessian.1 * gradient.0) / determinant)
            )
            intercept += steps.0
            slope += steps.1
            if abs(steps.0) + abs(steps.1) < 1e-9 { break }
        }
        let genuine = Double(scores.count { $0.isSame })
        return (intercept - log(genuine / (Double(scores.count) - genuine)), slope, Calibration.newts.lookAlikeRate)
    }
}
