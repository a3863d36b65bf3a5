internal import Foundation

/// Several likelihood ratios of one animal as one, which does not count twice what goes together.
///
/// Characters of one animal are correlated, and nobody has measured how much. The sum of the logarithms is therefore
/// divided by the design effect 1 + (m − 1)ρ of Kish (1965), with ρ an assumption that counts as a parameter, and m the
/// number of pieces that really speak: (Σ|l|)² / Σl², so that a piece which says nothing takes nothing from the others.
/// Standard errors add up as if the errors were one and the same, the widest they can be.
public struct CombinedEvidence: Hashable, Sendable {
    /// All pieces together.
    public let ratio: LikelihoodRatio
    /// By how much the sum of the logarithms was multiplied, 0 … 1.
    public let share: Double

    /// Combines pieces of evidence.
    ///
    /// - Parameters:
    ///   - ratios: The pieces; without any, the ratio says nothing.
    ///   - correlation: How much they go together, 0 … 1.
    public init(_ ratios: [LikelihoodRatio], correlation: Double) {
        let size = ratios.reduce(0) { $0 + abs($1.logRatio) }
        let squares = ratios.reduce(0) { $0 + $1.logRatio * $1.logRatio }
        let speaking = squares > 0 ? size * size / squares : 1
        share = 1 / (1 + (speaking - 1) * correlation)
        ratio = LikelihoodRatio(
            logRatio: share * ratios.reduce(0) { $0 + $1.logRatio },
            standardError: share * ratios.reduce(0) { $0 + $1.standardError })
    }
}
