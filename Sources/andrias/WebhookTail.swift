import ArgumentParser
import Foundation
import Postgres
import Registry
import Storage

/// `andrias webhook tail`: follows what happens, and what becomes of telling it.
struct WebhookTail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Follow events as they happen, or an endpoint's deliveries, until Ctrl-C.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Identifier of an endpoint; without one, events are followed.") var id: String?
    @Flag(help: "Begin with the first one there is, not with the next.") var all = false
    @Flag(help: "List the events there are, and end.") var once = false

    func validate() throws {
        guard !once || id == nil else { throw ValidationError("--once lists events, not an endpoint's deliveries.") }
    }

    func run() async throws {
        try await OpenRegistry.with(data) { registry in
            guard let id else { return try await followEvents(registry) }
            let endpoint = try await WebhookCommand.Target.parse([id]).endpoint(in: registry)
            guard endpoint.channel != .feed else { throw EndpointError.isFeed(endpoint.id) }
            try await followDeliveries(of: endpoint.id, registry)
        }
    }

    private func followEvents(_ registry: OpenRegistry) async throws {
        if once {
            _ = try await tellEvents(after: 0, registry)
            return
        }
        var position = try await start(registry)
        let listener = PostgresListener(endpoint: registry.endpoint)
        // The first thing heard is that the connection is made: what came before is looked at then.
        for await _ in listener.notifications(on: ["event_appended"]) {
            position = try await tellEvents(after: position, registry)
        }
    }

    /// Tells of the events after a position, and returns that of the last one.
    private func tellEvents(after position: Int64, _ registry: OpenRegistry) async throws -> Int64 {
        var position = position
        while true {
            let events = try await registry.store.events(after: position, limit: 1000)
            guard let last = events.last else { return position }
            for event in events {
                tell([
                    event.createdAt.formatted(.iso8601), "\(event.position)", event.id.description,
                    event.urgency.rawValue, event.type.rawValue,
                ])
            }
            position = last.position
        }
    }

    /// Every second, for an attempt tells nobody that it ended.
    private func followDeliveries(of endpoint: Identifier<Endpoint>, _ registry: OpenRegistry) async throws {
        let store = registry.store
        var position = try await start(registry)
        var told: [Int64: Int] = [:]
        while true {
            let deliveries = try await store.deliveries(of: endpoint, after: position, limit: 1000)
            for delivery in deliveries where told[delivery.position, default: 0] < delivery.attempts {
                let attempts = try await store.deliveryAttempts(of: delivery.event, to: endpoint)
                for attempt in attempts where attempt.number > told[delivery.position, default: 0] {
                    tell(columns(of: attempt, delivery, isLast: attempt.number == attempts.last?.number))
                }
                told[delivery.position] = delivery.attempts
            }
            // What waits is looked at again, what ended is not.
            for delivery in deliveries {
                guard delivery.state != .waiting else { break }
                position = delivery.position
                told[position] = nil
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func start(_ registry: OpenRegistry) async throws -> Int64 {
        all ? 0 : try await registry.store.lastEventPosition()
    }

    /// A line at once, also into a pipe.
    private func tell(_ columns: [String]) {
        print(columns.joined(separator: "  "))
        fflush(nil)
    }

    private func columns(of attempt: DeliveryAttempt, _ delivery: Delivery, isLast: Bool) -> [String] {
        let result =
            attempt.failure.map { "\($0.rawValue)\(attempt.status.map { " \($0)" } ?? "")" }
            ?? "delivered\(attempt.status.map { " \($0)" } ?? "")"
        let next =
            switch delivery.state {
            case .waiting where isLast: delivery.nextAttemptAt.map { ", again at \($0.formatted(.iso8601))" } ?? ""
            case .dead where isLast: ", given up"
            default: ""
            }
        return [
            attempt.startedAt.formatted(.iso8601), "\(delivery.position)", delivery.event.description,
            delivery.type.rawValue, "attempt \(attempt.number)", "\(Int(attempt.milliseconds.rounded())) ms",
            result + next,
        ]
    }
}
