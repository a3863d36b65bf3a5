/// How much more likely evidence is for an animal that is not purely native than for a native one.
public struct LikelihoodRatio: Hashable, Sendable, Codable {
    /// Natural logarithm of the ratio: P(evidence | not native) / P(evidence | native); 0 says nothing.
    public let logRatio: Double
    /// Standard error of ``logRatio``, at least 0.
    public let standardError: Double

    /// A ratio; independent ones add up, and so do their variances.
    public init(logRatio: Double, standardError: Double) {
        self.logRatio = logRatio
        self.standardError = standardError
    }
}
