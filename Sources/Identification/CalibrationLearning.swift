import Foundation
import Registry

/// The score of one pair whose truth is known: a photograph searched for, and a known animal.
public struct LabelledScore: Hashable, Sendable {
    /// The best score of the photograph against the animal's photographs, 0 or more.
    public let score: Double
    /// How many photographs of the animal it is the best of, 1 or more.
    public let comparisons: Int
    /// Whether the photograph shows that animal.
    public let isSame: Bool
    /// The animal that the photograph shows.
    public let animal: String

    /// A pair of known truth.
    public init(score: Double, comparisons: Int = 1, isSame: Bool, animal: String) {
        self.score = score
        self.comparisons = comparisons
        self.isSame = isSame
        self.animal = animal
    }
}

/// A photograph searched for among all animals but its own.
public struct NonMatedSearch: Hashable, Sendable {
    /// The best score of any animal, 0 or more.
    public let best: Double
    /// Photographs it was compared with, 1 or more.
    public let comparisons: Int
    /// The animal that the photograph shows.
    public let animal: String

    /// A search.
    public init(best: Double, comparisons: Int, animal: String) {
        self.best = best
        self.comparisons = comparisons
        self.animal = animal
    }
}

/// What a calibration is learned from.
public struct CalibrationEvidence: Hashable, Sendable {
    /// Pairs of photograph and animal.
    public private(set) var pairs: [LabelledScore]
    /// Searches among other animals.
    public private(set) var searches: [NonMatedSearch]

    /// Evidence; empty by default.
    public init(pairs: [LabelledScore] = [], searches: [NonMatedSearch] = []) {
        self.pairs = pairs
        self.searches = searches
    }

    /// Adds a search of a photograph: its pairs, and the search without its own animal.
    ///
    /// - Parameters:
    ///   - scores: Every animal searched, one that was not worth a full comparison with a score of 0.
    ///   - animal: The animal that the photograph shows.
    public mutating func add(_ scores: [LabelledScore], of animal: String) {
        pairs += scores
        let others = scores.filter { !$0.isSame }
        guard let best = others.map(\.score).max() else { return }
        searches.append(
            NonMatedSearch(best: best, comparisons: others.reduce(0) { $0 + $1.comparisons }, animal: animal))
    }

    /// Adds a pair that is no part of a whole search.
    public mutating func add(_ pair: LabelledScore) { pairs.append(pair) }

    /// What photographs of some animals gave.
    public func of(_ isWanted: (_ animal: String) -> Bool) -> CalibrationEvidence {
        CalibrationEvidence(
            pairs: pairs.filter { isWanted($0.animal) }, searches: searches.filter { isWanted($0.animal) })
    }
}

/// Why no calibration could be learned.
public enum CalibrationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Fewer pairs than ``CalibrationSample/minimum``.
    case tooFewPairs(CalibrationSample)
    /// Pairs of the same animal do not score higher than pairs of different animals.
    case noSeparation
    /// Fewer searches among other animals, or of fewer animals, than there are pairs needed of one animal.
    case tooFewSearches(Int, animals: Int)
    /// The searches among other animals all have one best score.
    case noSpread
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
        case .tooFewSearches(let found, let animals):
            "\(found) searches among other animals (\(animals) animals searched for) are too few to learn how high "
                + "different animals score: \(needed.genuinePairs) of \(needed.genuineAnimals) animals are needed. "
                + "Enrol photographs of more encounters."
        case .noSpread:
            "All searches among other animals have one best score. Check that the photographs show different animals."
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
    /// Learns what a score is worth from pairs of known truth, and how high different animals score.
    ///
    /// Logistic regression on the score by Newton's method (iteratively reweighted least squares), the logarithm of the
    /// comparisons taken off. Within each class every animal weighs the same, however often it was photographed. The odds
    /// of the classes are subtracted from the intercept, so that what remains is a log likelihood ratio. A ridge of 0.1 on
    /// the slope in standard deviations keeps classes that do not overlap finite and moves others by less than their
    /// standard error.
    ///
    /// A pair that is said to be of two animals may be of one that stands under two names. What part of the pairs of one
    /// animal that is, is learned along: none where nothing suggests it. One such animal among 30 newts (TK) leaves an
    /// expected calibration error of .020 with single references and .038 with growing ones, against .012 and .015 where
    /// both names are taken as one: pairs of two names that score like weak pairs of one animal are not told apart.
    ///
    /// - Parameters:
    ///   - evidence: Scored exactly as it will be when it is used; equal evidence gives equal calibrations.
    ///   - population: The name of the pairs; `nil` for those of a whole registry.
    ///   - smallest: The sample below which it refuses; less than the minimum only for folds of a larger sample.
    /// - Returns: A calibration with its sample sizes and the look-alike rate of ``newts``.
    /// - Throws: ``CalibrationError``.
    public static func learned(
        from evidence: CalibrationEvidence, population: String?, smallest: CalibrationSample = .minimum
    ) throws(CalibrationError) -> Calibration {
        let pairs = evidence.pairs
        if let bad = (pairs.map(\.score) + evidence.searches.map(\.best)).first(where: { !($0 >= 0 && $0.isFinite) }) {
            throw .impossibleScore("\(bad)")
        }
        let sample = CalibrationSample(of: pairs)
        guard sample.reaches(smallest) else { throw .tooFewPairs(sample) }
        let tail = try ImpostorTail.learned(from: evidence.searches, smallest: smallest)
        let line = try LogisticLine(fitting: pairs)
        let odds = log(Double(sample.genuinePairs) / Double(sample.impostorPairs))
        return Calibration(
            population: population, intercept: line.intercept - odds, slope: line.slope,
            lookAlikeRate: Calibration.newts.lookAlikeRate, tail: tail, genuinePairs: sample.genuinePairs,
            impostorPairs: sample.impostorPairs, animals: Set(pairs.map(\.animal)).count)
    }
}

/// `ln(P / (1 − P)) = intercept + slope · score − ln(comparisons)`.
private struct LogisticLine {
    let intercept: Double
    let slope: Double

    private struct Point {
        let place: Double
        let offset: Double
        let isSame: Bool
        /// How probable it is that the pair shows one animal: less than certain where it is said to be of two.
        var truth: Double
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
            Point(
                place: (measured.0 - mean) / deviation, offset: -log(Double(max(1, pair.comparisons))),
                isSame: pair.isSame, truth: pair.isSame ? 1 : 0, weight: measured.1)
        }
        let (constant, rise) = Self.robust(points)
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

    /// Expectation and maximisation over the pairs that are said to be of two animals and may be of one.
    private static func robust(_ labelled: [Point]) -> (constant: Double, rise: Double) {
        var points = labelled
        var line = newton(points, from: (0, 0))
        var twice = 0.01
        let genuine = points.reduce(0) { $0 + ($1.isSame ? $1.weight : 0) }
        for _ in 0..<50 {
            var sum = 0.0
            for index in points.indices where !points[index].isSame {
                let point = points[index]
                let odds = twice * exp(min(700, line.constant + line.rise * point.place + point.offset))
                points[index].truth = odds / (1 + odds)
                sum += point.weight * points[index].truth
            }
            let before = twice
            twice = min(mostTwice, sum / (sum + genuine))
            line = newton(points, from: line)
            if abs(twice - before) < 1e-6 { break }
        }
        return line
    }

    /// At most this part of an animal's pairs is taken to stand under two names: more would be a registry in disorder.
    private static let mostTwice = 0.05

    /// Newton steps, halved until the penalised loss falls.
    private static func newton(
        _ points: [Point], from start: (constant: Double, rise: Double)
    ) -> (constant: Double, rise: Double) {
        var (constant, rise) = start
        var current = loss(points, constant, rise)
        for _ in 0..<100 {
            var (slope0, slope1) = (0.0, ridge * rise)
            var (curve00, curve01, curve11) = (1e-12, 0.0, ridge)
            for point in points {
                let probability = 1 / (1 + exp(-constant - rise * point.place - point.offset))
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
            let logit = constant + rise * point.place + point.offset
            // ln(1 + e^logit) without overflow.
            let softplus = max(logit, 0) + log1p(exp(-abs(logit)))
            return sum + point.weight * (softplus - point.truth * logit)
        }
    }
}
