import Foundation

/// The score of one pair whose truth is known: a photograph searched for, and a known animal.
public struct LabelledScore: Hashable, Sendable {
    /// The best score of the photograph against the animal's photographs, 0 or more.
    public let score: Double
    /// Whether the photograph shows that animal.
    public let isSame: Bool
    /// The animal that the photograph shows.
    public let animal: String

    /// A pair of known truth.
    public init(score: Double, isSame: Bool, animal: String) {
        self.score = score
        self.isSame = isSame
        self.animal = animal
    }
}

/// Why no calibration could be learned.
public enum CalibrationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Fewer pairs than ``CalibrationSample/minimum``.
    case tooFewPairs(CalibrationSample)
    /// Pairs of the same animal do not score higher than pairs of different animals.
    case noSeparation
    /// A score below 0 or not a number.
    case impossibleScore(String)

    /// What happened and what to do.
    public var description: String {
        let needed = CalibrationSample.minimum
        return switch self {
        case .tooFewPairs(let found):
            "\(found.genuinePairs) pairs of the same animal (\(found.genuineAnimals) animals) and "
                + "\(found.impostorPairs) of different animals are too few to learn a calibration: "
                + "\(needed.genuinePairs) from \(needed.genuineAnimals) animals and \(needed.impostorPairs) are "
                + "needed. Review more pairs, or borrow the calibration of another population."
        case .noSeparation:
            "Pairs of the same animal do not score higher than pairs of different animals. Check the names of the "
                + "animals and that the photographs show the same body region."
        case .impossibleScore(let score):
            "\(score) is not a pair score. Compare the photographs again."
        }
    }
}

/// How many pairs a calibration is learned from.
public struct CalibrationSample: Hashable, Sendable {
    /// Pairs of the same animal.
    public let genuinePairs: Int
    /// Animals that those pairs show.
    public let genuineAnimals: Int
    /// Pairs of different animals.
    public let impostorPairs: Int

    /// The smallest sample that is learned from.
    ///
    /// With 30 pairs the standard error of a rate of one half is 0.09; ten animals keep one animal's look from standing
    /// for all; 300 impostors show what one search in 300 meets.
    public static let minimum = CalibrationSample(genuinePairs: 30, genuineAnimals: 10, impostorPairs: 300)

    /// Counts.
    public init(genuinePairs: Int, genuineAnimals: Int, impostorPairs: Int) {
        self.genuinePairs = genuinePairs
        self.genuineAnimals = genuineAnimals
        self.impostorPairs = impostorPairs
    }

    /// Counts the pairs of a sample.
    public init(of pairs: [LabelledScore]) {
        let genuine = pairs.filter(\.isSame)
        self.init(
            genuinePairs: genuine.count, genuineAnimals: Set(genuine.map(\.animal)).count,
            impostorPairs: pairs.count - genuine.count)
    }

    /// Whether every count reaches another sample's.
    public func reaches(_ smallest: CalibrationSample) -> Bool {
        genuinePairs >= smallest.genuinePairs && genuineAnimals >= smallest.genuineAnimals
            && impostorPairs >= smallest.impostorPairs
    }
}

extension Calibration {
    /// Learns what a score is worth from pairs of known truth.
    ///
    /// Logistic regression on the score by Newton's method (iteratively reweighted least squares). Within each
    /// class every animal weighs the same, however often it was photographed. The odds of the classes are subtracted
    /// from the intercept, so that what remains is a log likelihood ratio. A ridge of 0.1 on the slope in standard
    /// deviations keeps classes that do not overlap finite and moves others by less than their standard error.
    ///
    /// - Parameters:
    ///   - pairs: Pairs scored exactly as they will be when it is used; equal lists give equal calibrations.
    ///   - population: The name of the pairs.
    ///   - smallest: The sample below which it refuses; less than the minimum only for folds of a larger sample.
    /// - Returns: A calibration with its sample sizes and the look-alike rate of ``newts``.
    /// - Throws: ``CalibrationError``.
    public static func learned(
        from pairs: [LabelledScore], population: String, smallest: CalibrationSample = .minimum
    ) throws(CalibrationError) -> Calibration {
        if let bad = pairs.first(where: { !($0.score >= 0 && $0.score.isFinite) }) {
            throw .impossibleScore("\(bad.score)")
        }
        let sample = CalibrationSample(of: pairs)
        guard sample.reaches(smallest) else { throw .tooFewPairs(sample) }
        let line = try LogisticLine(fitting: pairs)
        let odds = log(Double(sample.genuinePairs) / Double(sample.impostorPairs))
        return Calibration(
            population: population, intercept: line.intercept - odds, slope: line.slope,
            lookAlikeRate: Calibration.newts.lookAlikeRate, genuinePairs: sample.genuinePairs,
            impostorPairs: sample.impostorPairs, animals: Set(pairs.map(\.animal)).count)
    }
}

/// `ln(P / (1 − P)) = intercept + slope · score`.
private struct LogisticLine {
    let intercept: Double
    let slope: Double

    private struct Point {
        let place: Double
        let truth: Double
        let weight: Double
    }

    private static let ridge = 0.1

    init(fitting pairs: [LabelledScore]) throws(CalibrationError) {
        let weights = Self.weights(pairs)
        let places = pairs.map { $0.score }
        let total = weights.reduce(0, +)
        let mean = zip(places, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        let variance = zip(places, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / total
        guard variance > 0 else { throw .noSeparation }
        let deviation = variance.squareRoot()
        let points = zip(pairs, zip(places, weights)).map { pair, measured in
            Point(place: (measured.0 - mean) / deviation, truth: pair.isSame ? 1 : 0, weight: measured.1)
        }
        let (constant, rise) = Self.newton(points)
        guard rise > 0 else { throw .noSeparation }
        slope = rise / deviation
        intercept = constant - slope * mean
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

    /// Newton steps, halved until the penalised loss falls.
    private static func newton(_ points: [Point]) -> (constant: Double, rise: Double) {
        var constant = 0.0
        var rise = 0.0
        var current = loss(points, constant, rise)
        for _ in 0..<100 {
            var (slope0, slope1) = (0.0, ridge * rise)
            var (curve00, curve01, curve11) = (1e-12, 0.0, ridge)
            for point in points {
                let probability = 1 / (1 + exp(-constant - rise * point.place))
                let residual = point.weight * (probability - point.truth)
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
            var next = loss(points, constant - step0, rise - step1)
            for _ in 0..<40 where !(next <= current) {
                step0 /= 2
                step1 /= 2
                next = loss(points, constant - step0, rise - step1)
            }
            guard next <= current else { break }
            constant -= step0
            rise -= step1
            current = next
            if abs(step0) + abs(step1) < 1e-10 { break }
        }
        return (constant, rise)
    }

    private static func loss(_ points: [Point], _ constant: Double, _ rise: Double) -> Double {
        points.reduce(ridge / 2 * rise * rise) { sum, point in
            let logit = constant + rise * point.place
            // ln(1 + e^logit) without overflow.
            let softplus = max(logit, 0) + log1p(exp(-abs(logit)))
            return sum + point.weight * (softplus - point.truth * logit)
        }
    }
}
