public import Foundation
import Postgres
public import Registry

/// A delivery lent to one worker, with everything it takes to make it.
public struct ClaimedDelivery: Sendable {
    /// What is told.
    public let event: Event
    /// Whom.
    public let endpoint: Endpoint
    /// What signs, the newest first; none for letters.
    public let secrets: [SealedEndpointSecret]
    /// The encrypted key of the endpoint's client certificate, where it has one.
    public let sealedClientKey: [UInt8]?
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// Place in the schedule, from 0; a replay begins anew.
    public let step: Int

    /// A loan as storage grants it.
    public init(
        event: Event, endpoint: Endpoint, secrets: [SealedEndpointSecret], sealedClientKey: [UInt8]?, attempt: Int,
        step: Int
    ) {
        self.event = event
        self.endpoint = endpoint
        self.secrets = secrets
        self.sealedClientKey = sealedClientKey
        self.attempt = attempt
        self.step = step
    }
}

/// What became of an attempt.
public struct DeliveryOutcome: Hashable, Sendable {
    /// Where it went.
    public let endpoint: Identifier<Endpoint>
    /// Position of the event that it told.
    public let position: Int64
    /// The attempt; its number is counted by storage.
    public let attempt: DeliveryAttempt
    /// What follows.
    public let next: Next

    /// What follows an attempt.
    public enum Next: Hashable, Sendable {
        /// Nothing: it arrived.
        case delivered
        /// Another attempt after a while.
        case retry(after: Duration)
        /// Nothing: it is given up.
        case dead
        /// Nothing, for this and every other event: the endpoint is gone.
        case gone
    }

    /// What became of an attempt.
    public init(endpoint: Identifier<Endpoint>, position: Int64, attempt: DeliveryAttempt, next: Next) {
        self.endpoint = endpoint
        self.position = position
        self.attempt = attempt
        self.next = next
    }
}

/// When nothing is sent to an endpoint that fails.
public struct BreakerLimits: Hashable, Sendable {
    /// After how many failures in a row its circuit breaker opens.
    public var failures: Int
    /// For how long at first; it doubles with every further failure.
    public var pause: Duration
    /// The longest pause.
    public var longestPause: Duration
    /// After how long without a success it is disabled.
    public var patience: Duration

    /// Limits.
    public init(failures: Int, pause: Duration, longestPause: Duration, patience: Duration) {
        self.failures = failures
        self.pause = pause
        self.longestPause = longestPause
        self.patience = patience
    }
}

/// What storage made of recorded outcomes.
public struct RecordedOutcomes: Hashable, Sendable {
    /// How many were recorded; the others had been lent to another worker, whose answer counts.
    public let recorded: Int
    /// Endpoints to which nothing more is sent for now: their breaker is open, or they were disabled.
    public let closed: Set<Identifier<Endpoint>>

    /// What storage made of outcomes.
    public init(recorded: Int, closed: Set<Identifier<Endpoint>>) {
        self.recorded = recorded
        self.closed = closed
    }
}

extension RegistryStore {
    /// Makes deliveries of events that nobody has made any of yet.
    ///
    /// - Parameter limit: The most events looked at.
    /// - Returns: How many were looked at; 0 where none was new, or another worker is at it.
    /// - Throws: `PostgresError`.
    public func fanOut(limit: Int = 1000) async throws -> Int {
        try await row(.fanOut, [.count(limit)]) { try $0.get("events") }
    }

    /// Gives a sign of life, and frees what workers held that gave none in time.
    ///
    /// - Parameters:
    ///   - worker: Who lives.
    ///   - name: Its name, for people who look.
    ///   - span: Until when nobody takes over what it holds, from this call on.
    /// - Throws: `PostgresError`.
    public func beat(worker: UUID, name: String, for span: Duration) async throws {
        _ = try await rows(.workerBeat, [.uuid(worker), .text(name), .double(span.seconds)])
    }

    /// Frees everything that a worker holds, for it stops.
    public func endWorker(_ worker: UUID) async throws {
        _ = try await rows(.workerEnd, [.uuid(worker)])
    }

    /// Lends deliveries that are due.
    ///
    /// - Parameters:
    ///   - worker: To whom; it must have given a sign of life.
    ///   - limit: The most.
    /// - Returns: The loans in the order of events: twice as many of an endpoint as it takes at once, one while its
    ///   breaker is half open.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func claimDeliveries(worker: UUID, limit: Int) async throws -> [ClaimedDelivery] {
        try await transaction { session in
            let lent = try await session.rows(.deliveriesClaim, [.uuid(worker), .count(limit)])
            let ids = Set(try lent.map { try $0.identifier("to_endpoint", of: Endpoint.self) })
            guard !ids.isEmpty else { return [] }
            var endpoints: [Identifier<Endpoint>: Endpoint] = [:]
            for id in ids { endpoints[id] = try await session.endpoint(id) }
            var secrets: [Identifier<Endpoint>: [SealedEndpointSecret]] = [:]
            for row in try await session.rows(.endpointSecrets, [.ids(ids)]) {
                secrets[try row.identifier("endpoint_id"), default: []].append(try SealedEndpointSecret(row: row))
            }
            var clientKeys: [Identifier<Endpoint>: [UInt8]] = [:]
            if endpoints.values.contains(where: { $0.delivery.clientCertificate != nil }) {
                for row in try await session.rows(.endpointClientKeys, [.ids(ids)]) {
                    clientKeys[try row.identifier("id")] = try row.get("sealed_client_key")
                }
            }
            return try lent.compactMap { row in
                let id: Identifier<Endpoint> = try row.identifier("to_endpoint")
                // Removed since the statement before: its deliveries are dead by now.
                guard let endpoint = endpoints[id] else { return nil }
                return ClaimedDelivery(
                    event: try Event(row: row), endpoint: endpoint, secrets: secrets[id] ?? [],
                    sealedClientKey: clientKeys[id], attempt: try row.get("attempts", as: Int.self) + 1,
                    step: try row.get("step"))
            }
        }
    }

    /// Gives back what was not begun.
    public func returnDeliveries(
        worker: UUID, _ deliveries: [(endpoint: Identifier<Endpoint>, position: Int64)]
    ) async throws {
        guard !deliveries.isEmpty else { return }
        _ = try await rows(
            .deliveriesReturn,
            [.uuid(worker), .ids(deliveries.map(\.endpoint)), .intArray(deliveries.map(\.position))])
    }

    /// Records what became of attempts, with the breakers of their endpoints, in one transaction.
    ///
    /// An endpoint that is gone, or that has failed for longer than the limits' patience, is disabled, and its agency
    /// told.
    public func finishDeliveries(
        worker: UUID, _ outcomes: [DeliveryOutcome], limits: BreakerLimits
    ) async throws -> RecordedOutcomes {
        guard !outcomes.isEmpty else { return RecordedOutcomes(recorded: 0, closed: []) }
        let parameters: [PostgresValue] = [
            .uuid(worker), try .json(encoding: outcomes.map(OutcomeRow.init)), .count(limits.failures),
            .double(limits.pause.seconds), .double(limits.longestPause.seconds), .double(limits.patience.seconds),
        ]
        return try await transaction { session in
            let rows = try await session.rows(.deliveriesFinish, parameters)
            var closed: Set<Identifier<Endpoint>> = []
            var failing: Set<Identifier<Endpoint>> = []
            var gone: Set<Identifier<Endpoint>> = []
            for row in rows {
                let id: Identifier<Endpoint> = try row.identifier("endpoint_id")
                if try row.get("is_open") { closed.insert(id) }
                if try row.get("is_failing_for_long") { failing.insert(id) }
                if try row.get("is_gone") { gone.insert(id) }
            }
            for id in gone { try await session.disable(id, .gone) }
            for id in failing.subtracting(gone) { try await session.disable(id, .failing) }
            return RecordedOutcomes(recorded: rows.count, closed: closed.union(gone).union(failing))
        }
    }
}

/// An outcome on its way into the database.
private struct OutcomeRow: Encodable {
    let endpoint: Identifier<Endpoint>
    let position: Int64
    let next: String
    let after: Double?
    let started: Double
    let milliseconds: Double
    let status: Int?
    let failure: DeliveryAttempt.Failure?
    let response: String

    init(_ outcome: DeliveryOutcome) {
        endpoint = outcome.endpoint
        position = outcome.position
        switch outcome.next {
        case .delivered: (next, after) = ("delivered", nil)
        case .retry(let delay): (next, after) = ("retry", delay.seconds)
        case .dead: (next, after) = ("dead", nil)
        case .gone: (next, after) = ("gone", nil)
        }
        started = outcome.attempt.startedAt.timeIntervalSince1970
        milliseconds = outcome.attempt.milliseconds
        status = outcome.attempt.status
        failure = outcome.attempt.failure
        response = outcome.attempt.response
    }
}
