import Foundation
public import Registry
import Synchronization

/// What a worker has done since the process began, for metrics.
public final class DeliveryCounters: Sendable {
    /// A count of durations by upper bounds, as Prometheus has it.
    public struct Histogram: Hashable, Sendable {
        /// Upper bounds in seconds.
        public static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 300]
        /// How many were within each bound and above the one before; the last were above all.
        public private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
        /// Their sum in seconds.
        public private(set) var sum = 0.0

        /// Nothing counted.
        public init() {}

        mutating func count(seconds: Double) {
            counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
            sum += seconds
        }
    }

    /// The counts of one moment.
    public struct Counts: Hashable, Sendable {
        /// Attempts that delivered.
        public internal(set) var delivered = 0
        /// Attempts that failed, by reason.
        public internal(set) var failed: [DeliveryAttempt.Failure: Int] = [:]
        /// Claimed and not yet recorded.
        public internal(set) var inHand = 0
        /// How long attempts took.
        public internal(set) var attempts = Histogram()
        /// From an event's commit to its delivery, for those delivered at the first attempt.
        public internal(set) var delays = Histogram()
    }

    private let state = Mutex(Counts())

    /// Counters at zero.
    public init() {}

    /// The counts of this moment.
    public var counts: Counts { state.withLock { $0 } }

    func claimed(_ count: Int) { state.withLock { $0.inHand += count } }

    func settled(_ count: Int) { state.withLock { $0.inHand -= count } }

    func ended(_ answer: Answer, of claim: Claim) {
        let delay = answer.startedAt.timeIntervalSince(claim.createdAt) + answer.milliseconds / 1000
        state.withLock { counts in
            counts.attempts.count(seconds: answer.milliseconds / 1000)
            guard let failure = answer.failure else {
                counts.delivered += 1
                if claim.isFirstAttempt { counts.delays.count(seconds: max(0, delay)) }
                return
            }
            counts.failed[failure, default: 0] += 1
        }
    }
}
