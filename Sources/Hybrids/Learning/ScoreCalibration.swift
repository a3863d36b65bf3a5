import Foundation

/// From a score to a log likelihood ratio, with its error: Platt's line (2000) over a floor.
///
/// `ratio = floor + (1 − floor) · e^(intercept + slope · score)`. The floor is the part of the animals that are not native
/// which look like natives whatever is measured, such as the descendants of many backcrosses: however native an animal
/// looks, it may be one of them. A line without a floor would go on promising. Both classes weigh alike, so that the odds
/// of the sample are not in it. Platt's targets, drawn in from 0 and 1 by the number of animals, keep classes that do not
/// overlap finite.
///
/// Isotonic regression with the same targets was measured beside it on drawn animals, by folds within folds of animals.
/// Its logarithmic loss, each class weighing alike, was larger at 120 animals (0.431 against 0.425 nats), at 300 (0.415
/// against 0.403) and at 1,000 (0.391 against 0.382; the true ratio 0.376). Their calibration errors lay as close as chance
/// (0.096 against 0.108 at 120, 0.033 against 0.030 at 1,000; the true ratio 0.084 and 0.031). Its steps promise what a
/// handful of animals showed, and have no standard error.
public struct ScoreCalibration: Hashable, Sendable, Codable {
    /// The line's logarithm at a score of 0.
    public let intercept: Double
    /// Its rise with the score, 0 or more.
    public let slope: Double
    /// The least ratio, 0 … 0.5.
    public let floor: Double
    /// Covariance of intercept and slope: two variances, the covariance between.
    public let covariance: [Double]
    /// Variance of the floor, were it known which animals make it up.
    public let floorVariance: Double

    /// The floors tried; the likeliest is taken.
    private static let floors = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5]

    /// Fits line and floor by maximum likelihood.
    ///
    /// - Parameter scores: Scores of animals that had no part in learning the rule, with 1 for not native.
    init?(_ scores: [(score: Double, truth: Double)]) {
        let others = scores.reduce(0) { $0 + $1.truth }
        let natives = Double(scores.count) - others
        guard natives > 0, others > 0 else { return nil }
        let targets = [1 / (natives + 2), (others + 1) / (others + 2)]
        let weights = [Double(scores.count) / 2 / natives, Double(scores.count) / 2 / others]
        let points = scores.map {
            Point(score: $0.score, target: targets[Int($0.truth)], weight: weights[Int($0.truth)])
        }
        var start = (0.0, 1.0)
        let fits = Self.floors.compactMap { floor -> Fit? in
            guard let fit = Fit(points, floor: floor, start: start) else { return nil }
            start = (fit.intercept, fit.slope)
            return fit
        }
        guard let best = fits.min(by: { $0.loss < $1.loss }), best.slope.isFinite, best.intercept.isFinite else {
            return nil
        }
        intercept = best.intercept
        // A score that falls with the class says nothing of it.
        slope = max(0, best.slope)
        floor = best.floor
        covariance = best.covariance
        floorVariance = best.floor * (1 - best.floor) / others
    }

    /// The natural logarithm of the likelihood ratio.
    public func logRatio(_ score: Double) -> Double { Self.bent(intercept + slope * score, floor).logRatio }

    /// How much ``logRatio(_:)`` rises with the score there.
    public func rise(_ score: Double) -> Double { slope * Self.bent(intercept + slope * score, floor).rise }

    /// Variance of ``logRatio(_:)`` by the errors of line and floor.
    public func variance(_ score: Double) -> Double {
        let line = intercept + slope * score
        let rise = Self.bent(line, floor).rise
        let own = covariance[0] + 2 * score * covariance[1] + score * score * covariance[2]
        let byFloor = (exp(-min(line, 700)) - 1) / (floor * exp(-min(line, 700)) + 1 - floor)
        return rise * rise * own + byFloor * byFloor * floorVariance
    }

    /// The ratio's logarithm over a floor, and its rise with the line.
    private static func bent(_ line: Double, _ floor: Double) -> (logRatio: Double, rise: Double) {
        guard floor > 0 else { return (line, 1) }
        // Written about the larger of both terms, so that neither end overflows.
        let share = 1 / (1 + floor / (1 - floor) * exp(-max(-700, min(700, line))))
        return (line > 0 ? line + log(1 - floor) - log(share) : log(floor) - log(1 - share), share)
    }

    private struct Point {
        let score: Double
        let target: Double
        let weight: Double
    }

    /// A line for one floor, by Fisher's scoring.
    private struct Fit {
        let floor: Double
        var intercept: Double
        var slope: Double
        var loss: Double
        var covariance: [Double] = []

        init?(_ points: [Point], floor: Double, start: (Double, Double)) {
            self.floor = floor
            (intercept, slope) = start
            loss = Self.loss(points, floor, intercept, slope)
            for _ in 0..<100 {
                var gradient = (0.0, 0.0)
                var information = (1e-9, 0.0, 1e-9)
                for point in points {
                    let (logRatio, rise) = ScoreCalibration.bent(intercept + slope * point.score, floor)
                    let chance = 1 / (1 + exp(-logRatio))
                    let residual = point.weight * (chance - point.target) * rise
                    let weight = point.weight * chance * (1 - chance) * rise * rise
                    gradient = (gradient.0 + residual, gradient.1 + residual * point.score)
                    information.0 += weight
                    information.1 += weight * point.score
                    information.2 += weight * point.score * point.score
                }
                let determinant = information.0 * information.2 - information.1 * information.1
                guard determinant > 0 else { return nil }
                covariance = [
                    information.2 / determinant, -information.1 / determinant, information.0 / determinant,
                ]
                var step = (
                    covariance[0] * gradient.0 + covariance[1] * gradient.1,
                    covariance[1] * gradient.0 + covariance[2] * gradient.1
                )
                var next = Self.loss(points, floor, intercept - step.0, slope - step.1)
                for _ in 0..<40 where !(next <= loss) {
                    step = (step.0 / 2, step.1 / 2)
                    next = Self.loss(points, floor, intercept - step.0, slope - step.1)
                }
                guard next <= loss else { break }
                let gained = loss - next
                (intercept, slope, loss) = (intercept - step.0, slope - step.1, next)
                if gained < 1e-9 * (1 + loss) { break }
            }
        }

        private static func loss(_ points: [Point], _ floor: Double, _ intercept: Double, _ slope: Double) -> Double {
            var sum = 0.0
            for point in points {
                let logit = ScoreCalibration.bent(intercept + slope * point.score, floor).logRatio
                sum += point.weight * (max(logit, 0) + log1p(exp(-abs(logit))) - point.target * logit)
            }
            return sum
        }
    }
}
