public import Foundation
import Postgres
public import Registry

/// Which events an endpoint shall hear of again.
public enum Replay: Hashable, Sendable {
    /// One event.
    case event(Identifier<Event>)
    /// The events between two positions, both included.
    case range(ClosedRange<Int64>)
    /// All since a moment.
    case since(Date)
    /// What was given up.
    case dead
}

extension RegistryStore {
    /// What an endpoint was sent, in the order of events.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - position: Position of the last event of the page before; 0 starts at the beginning.
    ///   - limit: How many, 1 … 1000.
    ///   - state: How far they have come; `nil` for any.
    /// - Returns: The deliveries after it.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func deliveries(
        of endpoint: Identifier<Endpoint>, after position: Int64 = 0, limit: Int = 50, state: Delivery.State? = nil
    ) async throws -> [Delivery] {
        try await rows(
            .deliveriesOfEndpoint,
            [.id(endpoint), .int(position), .count(min(max(limit, 1), 1000)), .text(state?.rawValue)]
        ).map(Delivery.init)
    }

    /// The tries to deliver an event to an endpoint, oldest first.
    public func deliveryAttempts(
        of event: Identifier<Event>, to endpoint: Identifier<Endpoint>
    ) async throws -> [DeliveryAttempt] {
        try await rows(.deliveryAttempts, [.id(endpoint), .id(event)]).map(DeliveryAttempt.init)
    }

    /// Sends events again, under the identifiers that they had, from the beginning of the schedule.
    ///
    /// - Returns: How many; those that are under way or that the endpoint does not hear of are not counted.
    /// - Throws: ``StorageError/notFound(_:_:)``; ``EndpointError/isFeed(_:)``, ``EndpointError/disabled(_:)``.
    @discardableResult
    public func replay(_ replay: Replay, to endpoint: Identifier<Endpoint>) async throws -> Int {
        var event: PostgresValue = .null
        var range: [PostgresValue] = [.null, .null]
        var moment: PostgresValue = .null
        switch replay {
        case .event(let id): event = .id(id)
        case .range(let positions): range = [.int(positions.lowerBound), .int(positions.upperBound)]
        case .since(let date): moment = .timestamp(date)
        case .dead: break
        }
        let parameters = [.id(endpoint), event] + range + [moment, .bool(replay == .dead)]
        return try await transaction { session in
            _ = try await session.reachable(endpoint)
            let replayed: Int? = try await session.rows(.replay, parameters).first.map { try $0.get("replayed") }
            _ = try await session.rows(.announceDeliveries)
            return replayed ?? 0
        }
    }

    /// Appends a test message for one endpoint; it goes the way that every event goes.
    ///
    /// - Returns: The event.
    /// - Throws: ``StorageError/notFound(_:_:)``; ``EndpointError/disabled(_:)``.
    public func appendTest(
        of endpoint: Identifier<Endpoint>, idempotency: IdempotencyKey? = nil
    ) async throws -> Added<Event> {
        try await once(idempotency, .event, id: \.id) { session, id in
            let endpoint = try await session.enabled(endpoint)
            try await session.append(.endpointTest, id: id, endpoint: endpoint, [:])
            guard let event = try await session.rows(.eventByID, [.id(id)]).first else {
                throw StorageError.notFound(.event, id.description)
            }
            return Added(try Event(row: event), .created)
        } find: { session, id in
            try await session.rows(.eventByID, [.id(id)]).first.map(Event.init)
        }
    }

    /// How many deliveries each endpoint has in each state, and from when the oldest is.
    public func deliveryCounts() async throws -> [DeliveryCount] {
        try await rows(.deliveryCounts).map(DeliveryCount.init)
    }
}

/// How many deliveries of an endpoint are in one state.
public struct DeliveryCount: Hashable, Sendable {
    /// The endpoint.
    public let endpoint: Identifier<Endpoint>
    /// Name of its agency.
    public let agency: String
    /// What it is for.
    public let label: String
    /// The state.
    public let state: Delivery.State
    /// How many.
    public let deliveries: Int
    /// When the oldest of their events happened.
    public let oldest: Date
}

extension Session {
    /// An endpoint that can be sent to.
    fileprivate func enabled(_ id: Identifier<Endpoint>) async throws -> Endpoint {
        guard let endpoint = try await endpoint(id) else { throw StorageError.notFound(.endpoint, id.description) }
        guard endpoint.disabled == nil else { throw EndpointError.disabled(id) }
        return endpoint
    }

    /// An endpoint that deliveries are made for.
    fileprivate func reachable(_ id: Identifier<Endpoint>) async throws -> Endpoint {
        let endpoint = try await enabled(id)
        guard endpoint.channel != .feed else { throw EndpointError.isFeed(id) }
        return endpoint
    }
}

extension Delivery {
    fileprivate init(row: Row) throws {
        let state: State = try row.named("state")
        self.init(
            endpoint: try row.identifier("endpoint_id"), event: try row.identifier("event_id"),
            position: try row.get("event_position"), type: try row.named("type"), state: state,
            attempts: try row.get("attempts"), nextAttemptAt: state == .waiting ? try row.get("run_after") : nil,
            endedAt: try row.optional("ended_at"))
    }
}

extension DeliveryAttempt {
    fileprivate init(row: Row) throws {
        let failure: String? = try row.optional("failure")
        self.init(
            number: try row.get("number"), startedAt: try row.get("started_at"),
            milliseconds: try row.get("milliseconds"), status: try row.optional("status"),
            failure: failure == nil ? nil : try row.named("failure"), response: try row.get("response"))
    }
}

extension DeliveryCount {
    fileprivate init(row: Row) throws {
        self.init(
            endpoint: try row.identifier("id"), agency: try row.get("agency"), label: try row.get("label"),
            state: try row.named("state"), deliveries: try row.get("deliveries"), oldest: try row.get("oldest"))
    }
}
