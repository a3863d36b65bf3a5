import Identification
import Statistics

/// Two photographs of one animal, the years between them, and their score.
public struct AgedScore: Hashable, Sendable, Codable {
    /// The animal.
    public let animal: String
    /// The population it is counted to, where somebody said so.
    public let population: String?
    /// Years between the photographs, 0 or more.
    public let years: Double
    /// The score, 0 or more.
    public let score: Double

    /// A pair.
    public init(animal: String, population: String?, years: Double, score: Double) {
        self.animal = animal
        self.population = population
        self.years = years
        self.score = score
    }
}

/// How the score of the same animal falls with the years between photographs.
///
/// A straight line through the score, a log-odds, by weighted least squares in which every animal weighs the same. The
/// standard error is that of the bootstrap over animals.
///
/// Where the best of a gallery that grows with time is taken, later photographs have more to resemble, which hides the
/// fall: a gallery of first sessions, or scores of single pairs of encounters, show it.
public struct ScoreDrift: Hashable, Sendable, Codable {
    /// Score at no interval.
    public let intercept: Double
    /// Change of the score a year.
    public let slopePerYear: Double
    /// Standard error of the slope.
    public let standardError: Double
    /// 95 % interval of the slope.
    public let interval: [Double]
    /// Scores that it rests on.
    public let probes: Int
    /// Their animals.
    public let animals: Int
    /// The scores: years and height.
    public let points: [Point]

    /// One score.
    public struct Point: Hashable, Sendable, Codable {
        /// Years between the photographs.
        public let years: Double
        /// Their score.
        public let score: Double
    }

    /// Why no line was fitted.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// Fewer animals than ``ScoreDrift/fewestAnimals``.
        case tooFewAnimals(Int)
        /// All intervals are equal.
        case equalIntervals

        /// What is missing and what to do.
        public var description: String {
            switch self {
            case .tooFewAnimals(let count):
                "Too few animals were photographed at two known dates to fit a fall of the score: \(count), where "
                    + "\(ScoreDrift.fewestAnimals) are needed. Enter the dates of encounters, or wait for recaptures."
            case .equalIntervals:
                "All intervals are equal, so there is no fall of the score to fit. Wait for recaptures of other ages."
            }
        }
    }

    /// The fewest animals that a line is fitted to: fewer would let one animal's look stand for all, and their bootstrap
    /// has too few draws that differ.
    public static let fewestAnimals = 10

    /// Years of the shortest interval.
    public var shortest: Double { points.map(\.years).min() ?? 0 }
    /// Years of the longest interval.
    public var longest: Double { points.map(\.years).max() ?? 0 }

    enum CodingKeys: String, CodingKey {
        case intercept, interval, probes, animals, points
        case slopePerYear = "slope_per_year"
        case standardError = "standard_error"
    }

    /// Fits the line.
    ///
    /// - Throws: ``Refusal``.
    public init(_ scores: [AgedScore]) throws(Refusal) {
        let counts = Dictionary(grouping: scores, by: \.animal).mapValues { Double($0.count) }
        guard counts.count >= Self.fewestAnimals else { throw .tooFewAnimals(counts.count) }
        let numbers = Dictionary(uniqueKeysWithValues: counts.keys.sorted().enumerated().map { ($1, $0) })
        let weighted = scores.map { one in
            (animal: numbers[one.animal] ?? 0, share: 1 / (counts[one.animal] ?? 1), x: one.years, y: one.score)
        }
        let fit = { (weights: [Double]?) -> (intercept: Double, slope: Double)? in
            var (total, meanX, meanY) = (0.0, 0.0, 0.0)
            for one in weighted {
                let weight = one.share * (weights?[one.animal] ?? 1)
                total += weight
                meanX += weight * one.x
                meanY += weight * one.y
            }
            guard total > 0 else { return nil }
            meanX /= total
            meanY /= total
            var (spread, joint) = (0.0, 0.0)
            for one in weighted {
                let weight = one.share * (weights?[one.animal] ?? 1)
                spread += weight * (one.x - meanX) * (one.x - meanX)
                joint += weight * (one.x - meanX) * (one.y - meanY)
            }
            guard spread / total > 1e-12 else { return nil }
            return (meanY - joint / spread * meanX, joint / spread)
        }
        let bootstrap = AnimalBootstrap(animals: counts.count)
        let slopes = bootstrap.values { fit($0)?.slope }
        guard let line = fit(nil), slopes.count > 1, let interval = bootstrap.interval({ fit($0)?.slope }) else {
            throw .equalIntervals
        }
        let mean = slopes.reduce(0, +) / Double(slopes.count)
        let squares = slopes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        intercept = line.intercept
        slopePerYear = line.slope
        standardError = (squares / Double(slopes.count - 1)).squareRoot()
        self.interval = interval
        probes = scores.count
        animals = counts.count
        points = scores.map { Point(years: $0.years, score: $0.score) }
    }
}

/// The fall of the score in one population, or why it cannot be told.
public struct PopulationDrift: Hashable, Sendable, Codable {
    /// The population; `nil` for animals that are counted to none.
    @ExplicitNull public var population: String?
    /// Pairs of a photograph and an earlier encounter.
    public let pairs: Int
    /// Their animals.
    public let animals: Int
    /// The line.
    @ExplicitNull public var drift: ScoreDrift?
    /// Why there is none.
    @ExplicitNull public var refusal: String?

    /// Fits every population by itself, in the order of their names, animals of no population last.
    public static func all(_ scores: [AgedScore]) -> [PopulationDrift] {
        let populations = Dictionary(grouping: scores, by: \.population).sorted { left, right in
            guard let one = left.key, let other = right.key else { return left.key != nil && right.key == nil }
            return one < other
        }
        return populations.map { population, scores in
            let animals = Set(scores.map(\.animal)).count
            do throws(ScoreDrift.Refusal) {
                return PopulationDrift(
                    population: population, pairs: scores.count, animals: animals, drift: try ScoreDrift(scores),
                    refusal: nil)
            } catch {
                return PopulationDrift(
                    population: population, pairs: scores.count, animals: animals, drift: nil,
                    refusal: error.description)
            }
        }
    }
}
