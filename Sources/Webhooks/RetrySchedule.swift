/// When a delivery that failed is tried again: the schedule of Standard Webhooks 1.0.0 with jitter.
public struct RetrySchedule: Hashable, Sendable {
    /// The pause before each attempt of a run through the schedule; the first is zero.
    public let pauses: [Duration]
    /// How much a pause is stretched or shortened at most, as a share of it, so that many that failed together do not
    /// come back together.
    public let jitter: Double
    /// The longest time that a receiver can ask for.
    public let longestRetryAfter: Duration

    /// What happens after an attempt that failed.
    public enum Next: Hashable, Sendable {
        /// It is tried again.
        case retry(after: Duration)
        /// The schedule is at its end.
        case dead
    }

    /// A schedule.
    public init(pauses: [Duration], jitter: Double = 0.1, longestRetryAfter: Duration = .seconds(24 * 3600)) {
        self.pauses = pauses
        self.jitter = jitter
        self.longestRetryAfter = longestRetryAfter
    }

    /// At once, then after 5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours.
    public static let standard = RetrySchedule(
        pauses: [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400].map { .seconds($0) })

    /// What follows an attempt that failed.
    ///
    /// - Parameters:
    ///   - step: The attempt's place in the schedule, from 0.
    ///   - retryAfter: What the receiver asked for; honoured where it is longer than the pause, up to
    ///     ``longestRetryAfter``.
    ///   - generator: Source of the jitter.
    /// - Returns: Whether it is tried again, and after how long.
    public func next(
        afterStep step: Int, retryAfter: Duration? = nil, using generator: inout some RandomNumberGenerator
    ) -> Next {
        guard step >= 0, step < pauses.count - 1 else { return .dead }
        let pause = pauses[step + 1] * Double.random(in: (1 - jitter)...(1 + jitter), using: &generator)
        return .retry(after: max(pause, min(retryAfter ?? .zero, longestRetryAfter)))
    }

    /// What follows an attempt that failed, with the system's randomness.
    public func next(afterStep step: Int, retryAfter: Duration? = nil) -> Next {
        var generator = SystemRandomNumberGenerator()
        return next(afterStep: step, retryAfter: retryAfter, using: &generator)
    }

    /// The same with all its waits multiplied.
    public func scaled(by factor: Double) -> RetrySchedule {
        RetrySchedule(
            pauses: pauses.map { $0 * factor }, jitter: jitter, longestRetryAfter: longestRetryAfter * factor)
    }
}
