import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias webhook list`: how endpoints are doing.
struct WebhookList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List endpoints and how they are doing.")

    @OptionGroup var data: DataOptions
    @Option(help: "Only those of the agency of this name.") var agency: String?

    func run() async throws {
        try await OpenRegistry.with(data) { registry in
            let store = registry.store
            let agencies = Dictionary(uniqueKeysWithValues: try await store.agencies().map { ($0.id, $0.name) })
            var only: Identifier<Agency>?
            if let agency { only = try await registry.knownAgency(named: agency).id }
            let endpoints = try await store.endpoints(of: only)
            let statuses = try await store.endpointStatuses(of: endpoints.map(\.id))
            var table = TextTable(header: [
                "id", "agency", "where", "state", "last success", "failed (24 h)", "waiting", "next attempt", "dead",
            ])
            let now = Date()
            for endpoint in endpoints {
                let told = [
                    endpoint.id.description, agencies[endpoint.agency] ?? "–",
                    endpoint.label == endpoint.channel.words
                        ? endpoint.channel.words : "\(endpoint.label): \(endpoint.channel.words)",
                ]
                table.append(told + EndpointWords(endpoint, statuses[endpoint.id], now: now).columns)
            }
            print(table.text)
        }
    }
}

/// How an endpoint is doing, in words.
struct EndpointWords {
    let columns: [String]

    init(_ endpoint: Endpoint, _ status: EndpointStatus?, now: Date) {
        guard let status, endpoint.channel != .feed else {
            columns = [endpoint.disabled.map(Self.words) ?? "read by the agency", "–", "–", "–", "–", "–"]
            return
        }
        let state =
            endpoint.disabled.map(Self.words)
            ?? status.openUntil.map { "failing, paused until \(Self.clock($0))" }
            ?? (status.failuresInARow > 0 ? "failing, \(status.failuresInARow) in a row" : nil)
            ?? (endpoint.subscription.isQuiet ? "quiet" : "well")
        let rate = status.attempts == 0 ? 0 : Int((100 * Double(status.failures) / Double(status.attempts)).rounded())
        let next = endpoint.disabled == nil ? status.nextAttemptAt : nil
        columns = [
            state, status.lastSuccessAt.map { "\(Self.span(now.timeIntervalSince($0))) ago" } ?? "never",
            status.attempts == 0 ? "–" : "\(rate) % of \(status.attempts)",
            status.oldestWaiting.map { "\(status.waiting), oldest \(Self.span(now.timeIntervalSince($0)))" } ?? "0",
            next.map { $0 <= now ? "due" : "in \(Self.span($0.timeIntervalSince(now)))" } ?? "–", String(status.dead),
        ]
    }

    private static func words(_ disabled: Endpoint.Disabled) -> String {
        let reason =
            switch disabled.reason {
            case .byPerson: "by a person"
            case .gone: "it answered 410 Gone"
            case .failing: "it failed for days"
            }
        return "off since \(clock(disabled.at)): \(reason)"
    }

    private static func clock(_ moment: Date) -> String { moment.formatted(.iso8601) }

    /// A span of time, to its largest unit.
    static func span(_ seconds: TimeInterval) -> String {
        let whole = max(0, Int(seconds))
        return switch whole {
        case ..<120: "\(whole) s"
        case ..<7200: "\(whole / 60) min"
        case ..<172_800: "\(whole / 3600) h"
        default: "\(whole / 86_400) days"
        }
    }
}
