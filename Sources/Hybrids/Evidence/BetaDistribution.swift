internal import Foundation

/// A Beta distribution over a share.
public struct BetaDistribution: Hashable, Sendable {
    /// Weight of what is counted, more than 0.
    public let alpha: Double
    /// Weight of the rest, more than 0.
    public let beta: Double

    /// A distribution of two positive weights.
    public init(alpha: Double, beta: Double) {
        precondition(alpha > 0 && beta > 0 && (alpha + beta).isFinite, "Weights of a Beta distribution are positive.")
        self.alpha = alpha
        self.beta = beta
    }

    /// Expected share.
    public var mean: Double { alpha / (alpha + beta) }

    /// Variance of the logarithm of the share: ψ′(α) − ψ′(α + β).
    public var varianceOfLogarithm: Double { Self.trigamma(alpha) - Self.trigamma(alpha + beta) }

    /// The distribution of the rest.
    public var complement: BetaDistribution { BetaDistribution(alpha: beta, beta: alpha) }

    /// Probability of a share up to `x`: the regularised incomplete beta function.
    ///
    /// Continued fraction after Press et al., Numerical Recipes (3rd edition, 6.4), by Lentz's method.
    public func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let factor = exp(
            lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta) + alpha * log(x) + beta * log1p(-x))
        return x < (alpha + 1) / (alpha + beta + 2)
            ? factor * Self.continuedFraction(x, alpha, beta) / alpha
            : 1 - factor * Self.continuedFraction(1 - x, beta, alpha) / beta
    }

    /// The share below which a fraction of the probability lies.
    ///
    /// - Parameter fraction: 0 … 1.
    /// - Returns: A share, 0 … 1.
    public func quantile(_ fraction: Double) -> Double {
        // Halving the logit keeps digits at both ends, where the interesting shares of rivers are.
        var (low, high) = (-700.0, 700.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if cumulative(Self.logistic(middle)) < fraction { low = middle } else { high = middle }
        }
        return Self.logistic((low + high) / 2)
    }

    static func logistic(_ logit: Double) -> Double {
        logit >= 0 ? 1 / (1 + exp(-logit)) : exp(logit) / (1 + exp(logit))
    }

    private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        if abs(d) < tiny { d = tiny }
        d = 1 / d
        var fraction = d
        for step in 1...300 {
            let m = Double(step)
            for numerator in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                d = 1 + numerator * d
                c = 1 + numerator / c
                if abs(d) < tiny { d = tiny }
                if abs(c) < tiny { c = tiny }
                d = 1 / d
                fraction *= d * c
            }
            if abs(d * c - 1) < 1e-15 { break }
        }
        return fraction
    }

    /// ψ′ by recurrence up to 8, then its asymptotic series (Abramowitz and Stegun 6.4.12).
    private static func trigamma(_ x: Double) -> Double {
        var (x, sum) = (x, 0.0)
        while x < 8 {
            sum += 1 / (x * x)
            x += 1
        }
        let inverse = 1 / x
        let square = inverse * inverse
        return sum + inverse
            * (1 + inverse / 2 + square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30))))
    }
}
