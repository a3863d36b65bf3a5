import Foundation
public import Registry

/// How a pair score translates into a likelihood ratio.
///
/// `ln(P(score | same animal) / P(score | different animals)) = intercept + slope · score − ln(comparisons)`, fitted by
/// logistic regression on the best score of each pair of photograph and animal, the classes' odds taken out, see
/// ``learned(from:population:smallest:)``. However high the score, the ratio stays below `1 / lookAlikeRate`: an animal
/// entered under two names, or a look-alike nobody has met, is never impossible.
///
/// An animal compared by `n` pairs of photographs has `n` chances of a high score by accident, so its best score is
/// worth a factor of `n` less. On newt bellies (TK, rolling) the 90th percentile of different animals rose from 21.6
/// with one reference to 25.6 with five to eight, and the term lowered the cross-validated logarithmic loss of 4,692
/// pairs from 4.03 to 3.23; a weight of ½ gave 3.58. The photograph's sharpness and number of features are no part of
/// it: on an earlier score one helped little, and the other did harm once the references were single.
public struct Calibration: Hashable, Sendable, Codable {
    /// Where the registry keeps it; `nil` for one that was not learned in this registry.
    public let id: Identifier<LearnedCalibration>?
    /// The name of the pairs it was learned from; `nil` for those of a whole registry.
    public let population: String?
    /// Value at a score of 0.
    public let intercept: Double
    /// Rise with the score.
    public let slope: Double
    /// How often a different animal scores as if it were the same.
    public let lookAlikeRate: Double
    /// How high the scores of different animals reach.
    public let tail: ImpostorTail
    /// Pairs of the same animal that it was learned from.
    public let genuinePairs: Int
    /// Pairs of different animals that it was learned from.
    public let impostorPairs: Int
    /// Animals whose photographs were searched for in those pairs.
    public let animals: Int

    /// A calibration; the sample sizes are 0 where the numbers were not learned.
    public init(
        id: Identifier<LearnedCalibration>? = nil, population: String?, intercept: Double, slope: Double,
        lookAlikeRate: Double, tail: ImpostorTail, genuinePairs: Int = 0, impostorPairs: Int = 0, animals: Int = 0
    ) {
        self.id = id
        self.population = population
        self.intercept = intercept
        self.slope = slope
        self.lookAlikeRate = lookAlikeRate
        self.tail = tail
        self.genuinePairs = genuinePairs
        self.impostorPairs = impostorPairs
        self.animals = animals
    }

    /// What a registry has learned; `nil` where it was learned without a tail.
    public init?(_ learned: LearnedCalibration) {
        let content = learned.content
        guard let tail = content.tail else { return nil }
        self.init(
            id: learned.id, population: content.population, intercept: content.intercept, slope: content.slope,
            lookAlikeRate: content.lookAlikeRate, tail: tail, genuinePairs: content.genuinePairs,
            impostorPairs: content.impostorPairs, animals: content.animals)
    }

    /// What a score is worth.
    ///
    /// - Parameters:
    ///   - score: The best score of the animal.
    ///   - comparisons: Pairs of photographs it is the best of.
    /// - Returns: Natural logarithm of the likelihood ratio, rising with the score towards `-ln lookAlikeRate`.
    public func logLikelihoodRatio(_ score: Double, comparisons: Int = 1) -> Double {
        -log(exp(-intercept - slope * score + log(Double(max(1, comparisons)))) + lookAlikeRate)
    }
}

extension Calibration {
    /// Learned on newt bellies; for any other population it is borrowed.
    ///
    /// From 185 genuine and 6,829 impostor pairs of 57 animals, later sessions against earlier ones, two names of one
    /// animal taken as one. The tail is that of the cohort whose scores reach higher. The look-alike rate is an
    /// assumption, for so few impostors cannot show it: at 1e-5 no animal among more than 5,000 could be named at 0.95.
    public static let newts = Calibration(
        population: "newt bellies", intercept: -26.8, slope: 0.94, lookAlikeRate: 1e-7,
        tail: ImpostorTail(location: 15.7, scale: 2.03, searches: 102), genuinePairs: 185, impostorPairs: 6829,
        animals: 57)
}

/// The calibrations that count in a registry for one body region and scorer.
public struct CalibrationSet: Hashable, Sendable {
    private let own: [String: Calibration]
    private let whole: Calibration

    /// No calibration of the registry's own: everything is borrowed.
    public static let borrowed = CalibrationSet([])

    /// The calibrations activated last; those learned without a tail are left out.
    public init(_ active: [LearnedCalibration]) {
        let usable = active.compactMap(Calibration.init)
        own = Dictionary(usable.compactMap { one in one.population.map { ($0, one) } }) { first, _ in first }
        whole = usable.first { $0.population == nil } ?? .newts
    }

    /// One calibration for every population.
    public init(everywhere calibration: Calibration) {
        own = [:]
        whole = calibration
    }

    /// What counts for an animal of a population: that population's own, else the whole registry's, else the built-in one.
    public func calibration(of population: String?) -> Calibration {
        population.flatMap { own[$0] } ?? whole
    }
}
