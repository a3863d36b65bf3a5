import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Storage
import Webhooks

/// `/metrics`: how deliveries and screenings are doing, for Prometheus.
struct MetricsRoutes {
    let store: RegistryStore
    /// What the delivery worker of this process counts.
    let deliveries: DeliveryCounters?

    func add(to group: RouterGroup<RequestScope>) { group.get("metrics", use: metrics) }

    @Sendable private func metrics(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().require(.administer)
        var text = MetricsText()
        try await addScreenings(to: &text)
        try await addEndpoints(to: &text)
        if let counts = deliveries?.counts { add(counts, to: &text) }
        return Response(
            status: .ok, headers: [.contentType: MetricsText.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text.exposition)))
    }

    private func addScreenings(to text: inout MetricsText) async throws {
        let counts = try await store.counts()
        text.gauge(
            "andrias_screenings_waiting", "Screenings that no worker holds.",
            [
                ([("lane", "interactive")], Double(counts.interactiveWaiting)),
                ([("lane", "batch")], Double(counts.batchWaiting)),
            ])
        text.gauge(
            "andrias_screenings_processing", "Screenings that a worker holds.", [([], Double(counts.processing))])
    }

    private func add(_ counts: DeliveryCounters.Counts, to text: inout MetricsText) {
        text.counter(
            "andrias_worker_attempts_total", "Attempts of this process by outcome.",
            [([("outcome", "delivered")], Double(counts.delivered))]
                + DeliveryAttempt.Failure.allCases.map {
                    ([("outcome", $0.rawValue)], Double(counts.failed[$0] ?? 0))
                })
        text.gauge("andrias_worker_in_hand", "Deliveries lent to this process.", [([], Double(counts.inHand))])
        text.histogram("andrias_worker_attempt_seconds", "How long attempts took.", counts.attempts)
        text.histogram(
            "andrias_worker_delay_seconds", "From what happened to its delivery at the first attempt.", counts.delays)
    }

    private func addEndpoints(to text: inout MetricsText) async throws {
        let endpoints = try await store.endpoints().filter { $0.channel != .feed }
        let statuses = try await store.endpointStatuses(of: endpoints.map(\.id))
        let agencies = Dictionary(uniqueKeysWithValues: try await store.agencies().map { ($0.id, $0.name) })
        let labels = { (endpoint: Endpoint) in
            [
                ("endpoint", endpoint.id.description), ("agency", agencies[endpoint.agency] ?? ""),
                ("label", endpoint.label),
            ]
        }
        let values = { (value: (EndpointStatus) -> Double) in
            endpoints.compactMap { endpoint in statuses[endpoint.id].map { (labels(endpoint), value($0)) } }
        }
        let now = Date()
        text.gauge(
            "andrias_deliveries", "Deliveries by state.",
            try await store.deliveryCounts().map { count in
                (
                    [
                        ("endpoint", count.endpoint.description), ("agency", count.agency), ("label", count.label),
                        ("state", count.state.rawValue),
                    ], Double(count.deliveries)
                )
            })
        text.gauge("andrias_endpoint_backlog", "Deliveries that wait.", values { Double($0.waiting) })
        text.gauge(
            "andrias_endpoint_oldest_waiting_seconds", "Since when the oldest event that waits has happened.",
            values { $0.oldestWaiting.map { max(0, now.timeIntervalSince($0)) } ?? 0 })
        text.gauge(
            "andrias_endpoint_attempts_of_day", "Attempts of the last 24 hours by outcome.",
            endpoints.flatMap { endpoint in
                statuses[endpoint.id].map { status in
                    [
                        (labels(endpoint) + [("outcome", "delivered")], Double(status.attempts - status.failures)),
                        (labels(endpoint) + [("outcome", "failed")], Double(status.failures)),
                    ]
                } ?? []
            })
        text.gauge(
            "andrias_endpoint_breaker_open", "Whether nothing is tried for a while.",
            values { $0.openUntil == nil ? 0 : 1 })
        text.gauge(
            "andrias_endpoint_enabled", "Whether anything is sent.",
            endpoints.map { (labels($0), $0.disabled == nil ? 1 : 0) })
    }
}

/// The text exposition format of Prometheus, version 0.0.4.
struct MetricsText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"
    private(set) var exposition = ""

    /// Labels and a value.
    typealias Sample = (labels: [(String, String)], value: Double)

    /// Adds a family of values that go up and down; one without values is left out.
    mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) { add(name, help, "gauge", samples) }

    /// Adds a family of values that only go up.
    mutating func counter(_ name: String, _ help: String, _ samples: [Sample]) { add(name, help, "counter", samples) }

    /// Adds a distribution of durations.
    mutating func histogram(_ name: String, _ help: String, _ histogram: DeliveryCounters.Histogram) {
        exposition += "# HELP \(name) \(help)\n# TYPE \(name) histogram\n"
        let bounds = DeliveryCounters.Histogram.bounds.map { "\($0)" } + ["+Inf"]
        var sum = 0
        for (bound, count) in zip(bounds, histogram.counts) {
            sum += count
            exposition += "\(name)_bucket{le=\"\(bound)\"} \(sum)\n"
        }
        exposition += "\(name)_sum \(histogram.sum)\n\(name)_count \(sum)\n"
    }

    private mutating func add(_ name: String, _ help: String, _ type: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        exposition += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        for (labels, value) in samples {
            let named = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
            exposition += "\(name)\(named.isEmpty ? "" : "{\(named)}") \(value)\n"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
