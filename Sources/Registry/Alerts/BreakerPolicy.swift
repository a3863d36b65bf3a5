/// When an endpoint that fails is left alone for a while, and when for good.
public struct BreakerPolicy: Hashable, Sendable {
    /// After how many failures in a row nothing is tried for a while.
    public let opensAfter: Int
    /// How long at first.
    public let firstPause: Duration
    /// How long at most; each failure in between doubles the pause.
    public let longestPause: Duration
    /// After how long without a success the endpoint is disabled.
    public let disablesAfter: Duration

    /// A policy.
    public init(opensAfter: Int, firstPause: Duration, longestPause: Duration, disablesAfter: Duration) {
        self.opensAfter = opensAfter
        self.firstPause = firstPause
        self.longestPause = longestPause
        self.disablesAfter = disablesAfter
    }

    /// Opens after 5 failures for 30 seconds, doubling up to 10 minutes; disables after 5 days.
    public static let standard = BreakerPolicy(
        opensAfter: 5, firstPause: .seconds(30), longestPause: .seconds(600), disablesAfter: .seconds(5 * 86400))

    /// How long nothing is tried after a failure.
    ///
    /// - Parameter failures: Failures since the last success, this one included.
    /// - Returns: The pause; `nil` while the breaker stays closed.
    public func pause(failures: Int) -> Duration? {
        guard failures >= opensAfter else { return nil }
        var pause = firstPause
        for _ in opensAfter..<failures where pause < longestPause { pause *= 2 }
        return min(pause, longestPause)
    }
}
