public import Storage

extension BreakerLimits {
    /// Opens after 5 failures in a row, for 30 seconds that double up to 10 minutes; disables after 5 days.
    public static let standard = BreakerLimits(
        failures: 5, pause: .seconds(30), longestPause: .seconds(600), patience: .seconds(5 * 86400))

    /// The same with its pauses multiplied; the patience stays.
    public func scaled(by factor: Double) -> BreakerLimits {
        BreakerLimits(
            failures: failures, pause: pause * factor, longestPause: longestPause * factor, patience: patience)
    }
}
