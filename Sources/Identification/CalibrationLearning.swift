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
    /// Maximum likelihood of the very form that ``logLikelihoodRatio(_:)`` has, by expectation maximisation: a line in
    /// the score, and a part of the pairs of different animals that look like one animal all the same, whether nature
    /// made them alike or somebody entered one animal under two names (Copas 1988, binary regression with contaminated
    /// labels). So a double entry raises the look-alike rate and does not flatten the line. Within each class every
    /// animal weighs the same, however often it was photographed. A ridge of 0.1 on the slope in standard deviations
    /// keeps classes that do not overlap finite and moves others by less than their standard error.
    ///
    /// The look-alike rate of `k` look-alikes among `n` pairs is `(k + ½) / (n + 1)`, so that pairs without one do not
    /// show that there is none.
    ///
    /// - Parameters:
    ///   - evidence: Scored exactly as it will be when it is used; equal evidence gives equal calibrations.
    ///   - population: The name of the pairs; `nil` for those of a whole registry.
    ///   - smallest: The sample below which it refuses; less than the minimum only for folds of a larger sample.
    /// - Returns: A calibration with its sample sizes.
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
        let line = try LookAlikeRegression(fitting: pairs)
        return Calibration(
            population: population, intercept: line.intercept, slope: line.slope, lookAlikeRate: line.lookAlikeRate,
            tail: tail, genuinePairs: sample.genuinePairs, impostorPairs: sample.impostorPairs,
            animals: Set(pairs.map(\.animal)).count)
    }
}
