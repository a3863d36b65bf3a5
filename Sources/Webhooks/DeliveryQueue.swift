public import Foundation
public import Registry
public import Storage

/// What a worker needs of storage, as closures.
public struct DeliveryQueue: Sendable {
    /// Makes deliveries of new events; returns of how many.
    public let fanOut: @Sendable () async throws -> Int
    /// Gives a sign of life that holds for a while.
    public let beat: @Sendable (_ worker: UUID, _ span: Duration) async throws -> Void
    /// Frees everything that a worker holds.
    public let end: @Sendable (_ worker: UUID) async throws -> Void
    /// Lends deliveries that are due.
    public let claim: @Sendable (_ worker: UUID, _ limit: Int) async throws -> [ClaimedDelivery]
    /// Records what became of attempts.
    public let finish: @Sendable (_ worker: UUID, [DeliveryOutcome]) async throws -> RecordedOutcomes
    /// Takes back what was not begun.
    public let giveBack:
        @Sendable (_ worker: UUID, [(endpoint: Identifier<Endpoint>, position: Int64)]) async throws -> Void

    /// A queue of closures.
    public init(
        fanOut: @escaping @Sendable () async throws -> Int,
        beat: @escaping @Sendable (_ worker: UUID, _ span: Duration) async throws -> Void,
        end: @escaping @Sendable (_ worker: UUID) async throws -> Void,
        claim: @escaping @Sendable (_ worker: UUID, _ limit: Int) async throws -> [ClaimedDelivery],
        finish: @escaping @Sendable (_ worker: UUID, [DeliveryOutcome]) async throws -> RecordedOutcomes,
        giveBack:
            @escaping @Sendable (
                _ worker: UUID, [(endpoint: Identifier<Endpoint>, position: Int64)]
            ) async throws -> Void
    ) {
        self.fanOut = fanOut
        self.beat = beat
        self.end = end
        self.claim = claim
        self.finish = finish
        self.giveBack = giveBack
    }

    /// The queue of the registry.
    ///
    /// - Parameters:
    ///   - store: The registry.
    ///   - name: Name of the worker, for people who look.
    ///   - limits: When nothing is sent to an endpoint that fails.
    /// - Returns: Closures over the store.
    public static func live(store: RegistryStore, name: String, limits: BreakerLimits = .standard) -> DeliveryQueue {
        DeliveryQueue(
            fanOut: { try await store.fanOut() },
            beat: { try await store.beat(worker: $0, name: name, for: $1) },
            end: { try await store.endWorker($0) },
            claim: { try await store.claimDeliveries(worker: $0, limit: $1) },
            finish: { try await store.finishDeliveries(worker: $0, $1, limits: limits) },
            giveBack: { try await store.returnDeliveries(worker: $0, $1) })
    }
}
