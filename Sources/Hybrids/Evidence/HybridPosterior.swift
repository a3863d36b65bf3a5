internal import Foundation
public import Registry

/// Prior odds times likelihood ratio, with everything that is uncertain about both.
public struct HybridPosterior: Hashable, Sendable {
    /// The probability of not being purely native, with its interval.
    public let interval: HybridAssessment.Interval

    /// Points of each quadrature; 200 leave ends of the interval within 0.002 of ten times as many.
    private static let points = 200

    /// The posterior.
    ///
    /// The mean is that of the expected prior odds and the ratio itself. The interval is taken over 200 × 200 points of
    /// equal probability: quantiles of the prior's Beta distribution, times quantiles of a normal distribution of the
    /// ratio's logarithm, whose variance joins the ratio's standard error with what characters that were not seen might
    /// still say.
    ///
    /// - Parameters:
    ///   - prior: Odds of the water.
    ///   - evidence: Everything seen.
    ///   - missing: Rates of the characters that were not seen.
    ///   - correlation: How much characters go together, 0 … 1.
    public init(
        prior: HybridAssessment.Prior, evidence: CombinedEvidence, missing: [DiagnosticCharacter.Rates],
        correlation: Double
    ) {
        let share = BetaDistribution(alpha: prior.notNative, beta: prior.native)
        let ratio = evidence.ratio
        let mean = Self.probability(share.mean, ratio.logRatio)
        let unseen = Self.spread(of: missing, at: mean, correlation: correlation)
        let deviation = (ratio.standardError * ratio.standardError + unseen).squareRoot()
        let fractions = (0..<Self.points).map { (Double($0) + 0.5) / Double(Self.points) }
        let shares = fractions.map(share.quantile)
        let logRatios = fractions.map { ratio.logRatio + deviation * Self.normalQuantile($0) }
        let all = shares.flatMap { share in logRatios.map { Self.probability(share, $0) } }.sorted()
        let tail = all.count / 40
        // Where the distribution is skewed, its mean may lie outside of the middle 95 %.
        interval = .init(
            mean: mean, low: min(mean, all[tail]), high: max(mean, all[all.count - 1 - tail]))
    }

    /// Variance that unseen characters may bring into the logarithm of the ratio.
    ///
    /// Each is present or absent, as probable as the animal's class makes it; both together spread the logarithm by the
    /// variance of a coin. They are taken to go together as those that were seen do.
    private static func spread(
        of missing: [DiagnosticCharacter.Rates], at probability: Double, correlation: Double
    ) -> Double {
        let spreads = missing.map { rates -> LikelihoodRatio in
            let presence = rates.presence(at: probability)
            let difference = (rates.ratio(of: .present)?.logRatio ?? 0) - (rates.ratio(of: .absent)?.logRatio ?? 0)
            return LikelihoodRatio(
                logRatio: abs(difference) * (presence * (1 - presence)).squareRoot(), standardError: 0)
        }
        let together = CombinedEvidence(spreads, correlation: correlation).share
        return spreads.reduce(0) { $0 + $1.logRatio * $1.logRatio } * together
    }

    /// Probability of not being native at a share in the water and a ratio.
    static func probability(_ share: Double, _ logRatio: Double) -> Double {
        BetaDistribution.logistic(log(share) - log1p(-share) + logRatio)
    }

    /// Quantile of the standard normal distribution by halving; 60 steps leave less than 1e-15.
    private static func normalQuantile(_ fraction: Double) -> Double {
        var (low, high) = (-10.0, 10.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if erfc(-middle / 2.0.squareRoot()) / 2 < fraction { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
