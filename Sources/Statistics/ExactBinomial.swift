import Foundation

/// A count out of a number of trials, with exact bounds on the rate behind it.
public struct ExactBinomial: Hashable, Sendable {
    /// How often it happened.
    public let count: Int
    /// How often it could have.
    public let trials: Int

    /// A count out of trials.
    public init(count: Int, trials: Int) {
        self.count = count
        self.trials = trials
    }

    /// The part; no number without trials.
    public var rate: Double { trials > 0 ? Double(count) / Double(trials) : .nan }

    /// Bounds of 95 % on the rate, 0 and 1 without trials (Clopper and Pearson 1934).
    public var bounds: (low: Double, high: Double) {
        guard trials > 0 else { return (0, 1) }
        return (
            count == 0 ? 0 : Self.solve { Self.atMost(count - 1, of: trials, at: $0) < 0.975 },
            count == trials ? 1 : Self.solve { Self.atMost(count, of: trials, at: $0) <= 0.025 }
        )
    }

    /// The smallest rate for which a statement that becomes true with rising rates holds.
    private static func solve(_ holds: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }

    private static func atMost(_ count: Int, of trials: Int, at rate: Double) -> Double {
        guard rate > 0 else { return 1 }
        guard rate < 1 else { return count >= trials ? 1 : 0 }
        return (0...count).reduce(0) { sum, k in
            let ways = lgamma(Double(trials + 1)) - lgamma(Double(k + 1)) - lgamma(Double(trials - k + 1))
            return sum + exp(ways + Double(k) * log(rate) + Double(trials - k) * log1p(-rate))
        }
    }
}
