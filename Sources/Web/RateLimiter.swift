import Synchronization

/// Token buckets, one for each name, bounded in number.
final class RateLimiter<Name: Hashable & Sendable>: Sendable {
    private let rate: WebConfiguration.Rate
    private let capacity: Int
    private let buckets = Mutex<[Name: Bucket]>([:])

    private struct Bucket {
        var tokens: Double
        var updated: ContinuousClock.Instant
    }

    init(_ rate: WebConfiguration.Rate, capacity: Int = 10_000) {
        self.rate = rate
        self.capacity = max(2, capacity)
    }

    /// Takes a token.
    ///
    /// - Parameters:
    ///   - name: Whose bucket.
    ///   - now: The moment.
    /// - Returns: `nil`, or in how many seconds there will be one.
    func take(_ name: Name, now: ContinuousClock.Instant = .now) -> Int? {
        buckets.withLock { buckets in
            var bucket = buckets[name] ?? Bucket(tokens: rate.burst, updated: now)
            bucket.tokens = min(
                rate.burst, bucket.tokens + bucket.updated.duration(to: now) / .seconds(1) * rate.perSecond)
            bucket.updated = now
            guard bucket.tokens >= 1 else {
                buckets[name] = bucket
                return max(1, Int(((1 - bucket.tokens) / rate.perSecond).rounded(.up)))
            }
            bucket.tokens -= 1
            if buckets[name] == nil, buckets.count >= capacity { shrink(&buckets, now: now) }
            buckets[name] = bucket
            return nil
        }
    }

    /// Drops the older half: their buckets are the fullest, so that forgetting them gives away the least.
    private func shrink(_ buckets: inout [Name: Bucket], now: ContinuousClock.Instant) {
        let kept = buckets.sorted { $0.value.updated > $1.value.updated }.prefix(capacity / 2)
        buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
