import Foundation

/// How high the scores of different animals reach.
///
/// The best score among `m` comparisons with other animals follows a Gumbel law whose place grows with `ln m`:
/// `P(best < s) = exp(-m · exp(-(s - location) / scale))`, the law of extreme values that Karlin and Altschul gave
/// for the scores of sequence searches. From it follows how often a search for an unknown animal reaches a score in a
/// registry of any size.
public struct ImpostorTail: Hashable, Sendable, Codable {
    /// The score that one comparison in one exceeds, in the units of the score.
    public let location: Double
    /// By how much the score rises while its rate falls by a factor of e, more than 0.
    public let scale: Double
    /// Searches without the animal itself that it was learned from.
    public let searches: Int

    /// A law of extreme scores.
    public init(location: Double, scale: Double, searches: Int) {
        self.location = location
        self.scale = scale
        self.searches = searches
    }

    /// How often a search for an unknown animal finds a score as high.
    ///
    /// - Parameters:
    ///   - score: The score.
    ///   - comparisons: Pairs of photographs compared: those submitted times those of the registry.
    /// - Returns: The part of such searches whose best score is at least this one, 0 … 1.
    public func falsePositiveRate(at score: Double, comparisons: Int) -> Double {
        -expm1(-Double(comparisons) * exp(-(score - location) / scale))
    }

    /// The score that a part of the searches for unknown animals reaches; the inverse of
    /// ``falsePositiveRate(at:comparisons:)``.
    ///
    /// - Parameters:
    ///   - rate: The part, more than 0 and less than 1.
    ///   - comparisons: Pairs of photographs compared, 1 or more.
    /// - Returns: The score.
    public func score(atRate rate: Double, comparisons: Int) -> Double {
        location + scale * (log(Double(comparisons)) - log(-log1p(-rate)))
    }
}
