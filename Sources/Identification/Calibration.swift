import Foundation

/// How a pair score translates into a likelihood ratio.
///
/// `ln(P(score | same animal) / P(score | different animals)) = intercept + slope · score`, fitted by
/// logistic regression on the best score of each pair of photograph and animal, the classes' odds taken out, see
/// ``learned(from:population:smallest:)``. However high the score, the ratio stays below `1 / lookAlikeRate`: an animal
/// entered under two names, or a look-alike nobody has met, is never impossible.
public struct Calibration: Hashable, Sendable, Codable {
    /// The name of the pairs it was learned from.
    public let population: String
    /// Value at a score of 0.
    public let intercept: Double
    /// Rise with the score.
    public let slope: Double
    /// How often a different animal scores as if it were the same.
    public let lookAlikeRate: Double
    /// Pairs of the same animal that it was learned from.
    public let genuinePairs: Int
    /// Pairs of different animals that it was learned from.
    public let impostorPairs: Int
    /// Animals whose photographs were searched for in those pairs.
    public let animals: Int

    /// A calibration; the sample sizes are 0 where the numbers were not learned.
    public init(
        population: String, intercept: Double, slope: Double, lookAlikeRate: Double, genuinePairs: Int = 0,
        impostorPairs: Int = 0, animals: Int = 0
    ) {
        self.population = population
        self.intercept = intercept
        self.slope = slope
        self.lookAlikeRate = lookAlikeRate
        self.genuinePairs = genuinePairs
        self.impostorPairs = impostorPairs
        self.animals = animals
    }

    /// Natural logarithm of the likelihood ratio of a score, rising with it towards `-ln lookAlikeRate`.
    public func logLikelihoodRatio(_ score: Double) -> Double {
        -log(exp(-intercept - slope * score) + lookAlikeRate)
    }
}

extension Calibration {
    /// Learned on newt bellies; for any other population it is borrowed.
    ///
    /// ``PairScore/standard`` is a log-odds on these pairs, 185 genuine and 6,829 impostor ones of 57 animals, later
    /// sessions against earlier ones; what remains is to take the even odds and the classes' odds out. The look-alike
    /// rate is an assumption: so few impostors cannot show it.
    public static let newts = Calibration(
        population: "newt bellies", intercept: -36.4, slope: 1, lookAlikeRate: 1e-5, genuinePairs: 185,
        impostorPairs: 6829, animals: 57)
}
