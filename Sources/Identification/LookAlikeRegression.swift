import Foundation

/// `ln(P(score | same) / P(score | different)) = intercept + slope · score`, where a part of the pairs called different
/// looks the same.
///
/// Expectation maximisation: how likely each pair of different animals is a look-alike under the line, then the line
/// with those pairs counted as the same to that part.
struct LookAlikeRegression {
    let intercept: Double
    let slope: Double
    let lookAlikeRate: Double

    private struct Point {
        let place: Double
        let isSame: Bool
        let weight: Double
    }

    private struct Line {
        var constant = 0.0
        var rise = 0.0

        func logit(_ place: Double) -> Double { constant + rise * place }
    }

    private static let ridge = 0.1

    init(fitting pairs: [LabelledScore]) throws(CalibrationError) {
        let weights = Self.weights(pairs)
        let total = weights.reduce(0, +)
        let mean = zip(pairs, weights).reduce(0) { $0 + $1.0.score * $1.1 } / total
        let variance = zip(pairs, weights).reduce(0) { $0 + ($1.0.score - mean) * ($1.0.score - mean) * $1.1 } / total
        guard variance > 0 else { throw .noSeparation }
        let deviation = variance.squareRoot()
        let points = zip(pairs, weights).map { pair, weight in
            Point(place: (pair.score - mean) / deviation, isSame: pair.isSame, weight: weight)
        }
        let genuine = Double(pairs.count(where: \.isSame))
        let impostors = Double(pairs.count) - genuine
        var parts = points.map { $0.isSame ? 1.0 : 0 }
        var line = Line()
        var (odds, rate) = (0.0, 0.0)
        for _ in 0..<200 {
            line = Self.fitted(points, parts, from: line)
            guard line.rise > 0 else { throw .noSeparation }
            let lookAlikes = zip(points, parts).reduce(0) { $1.0.isSame ? $0 : $0 + $1.0.weight * $1.1 }
            rate = (lookAlikes + 0.5) / (impostors + 1)
            odds = log((genuine + lookAlikes) / (impostors - lookAlikes))
            let next = points.map { point in
                point.isSame ? 1 : 1 / (1 + (1 - rate) / rate * exp(odds - line.logit(point.place)))
            }
            let change = zip(parts, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
            parts = next
            if change < 1e-6 { break }
        }
        slope = line.rise / deviation
        intercept = line.constant - odds - slope * mean
        lookAlikeRate = rate
    }

    /// Every animal alike within a class, each class keeping its number of pairs.
    private static func weights(_ pairs: [LabelledScore]) -> [Double] {
        var counts: [Bool: [String: Int]] = [:]
        for pair in pairs { counts[pair.isSame, default: [:]][pair.animal, default: 0] += 1 }
        let totals = counts.mapValues { $0.values.reduce(0, +) }
        return pairs.map { pair in
            let animals = counts[pair.isSame] ?? [:]
            return Double(totals[pair.isSame] ?? 0) / Double(animals.count * (animals[pair.animal] ?? 1))
        }
    }

    /// The line of a logistic regression on the parts, by Newton steps that are halved until the penalised loss falls.
    private static func fitted(_ points: [Point], _ parts: [Double], from start: Line) -> Line {
        var line = start
        var current = loss(points, parts, line)
        for _ in 0..<100 {
            var (slope0, slope1) = (0.0, ridge * line.rise)
            var (curve00, curve01, curve11) = (1e-12, 0.0, ridge)
            for (point, part) in zip(points, parts) {
                let probability = 1 / (1 + exp(-line.logit(point.place)))
                let residual = point.weight * (probability - part)
                let curvature = point.weight * probability * (1 - probability)
                slope0 += residual
                slope1 += residual * point.place
                curve00 += curvature
                curve01 += curvature * point.place
                curve11 += curvature * point.place * point.place
            }
            let determinant = curve00 * curve11 - curve01 * curve01
            guard determinant > 0 else { break }
            var step0 = (curve11 * slope0 - curve01 * slope1) / determinant
            var step1 = (curve00 * slope1 - curve01 * slope0) / determinant
            var next = Line(constant: line.constant - step0, rise: line.rise - step1)
            var reached = loss(points, parts, next)
            for _ in 0..<40 where !(reached <= current) {
                step0 /= 2
                step1 /= 2
                next = Line(constant: line.constant - step0, rise: line.rise - step1)
                reached = loss(points, parts, next)
            }
            guard reached <= current else { break }
            line = next
            current = reached
            if abs(step0) + abs(step1) < 1e-10 { break }
        }
        return line
    }

    private static func loss(_ points: [Point], _ parts: [Double], _ line: Line) -> Double {
        zip(points, parts).reduce(ridge / 2 * line.rise * line.rise) { sum, one in
            let logit = line.logit(one.0.place)
            // ln(1 + e^logit) without overflow.
            let softplus = max(logit, 0) + log1p(exp(-abs(logit)))
            return sum + one.0.weight * (softplus - one.1 * logit)
        }
    }
}
