import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias highwater`: records high water, and lists it.
struct HighWaterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "highwater", abstract: "Record high water, by which animals may have drifted, and list it.",
        subcommands: [Add.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Record high water of a water system or river.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Code of the water system.") var system: String
        @Option(help: "The river; all of the water system where it is left out.") var river: String?
        @Option(help: "Its first day, such as 2021-08-14, or a moment with an offset.") var from: String
        @Option(help: "Its last day or moment.") var to: String
        @Option(help: "Who says so: a gauge, a report.") var source: String
        @Option(help: "Name of the agency that records it.") var agency: String

        func run() async throws {
            let (start, end) = (try parsePastMoment(from, of: "--from"), try parsePastMoment(to, of: "--to"))
            guard start <= end else { throw CommandError("--to (\(to)) lies before --from (\(from)).") }
            try await OpenRegistry.with(data) { registry in
                let agency = try await registry.knownAgency(named: agency)
                let record = try await registry.store.addHighWater(
                    in: system, river: river, from: start, to: end, source: source, agency: agency.id
                ).record
                print(record.id)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List recorded high water.")

        @OptionGroup var data: DataOptions
        @Option(help: "Only of this water system.") var system: String?

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                var table = TextTable(header: ["from", "to", "water system", "river", "source", "id"])
                let records = try await allPages { after in
                    try await registry.store.highWaters(after: after, limit: 200, system: system)
                }
                for record in records {
                    table.append([
                        record.from.formatted(.iso8601), record.to.formatted(.iso8601), record.system,
                        record.river ?? "–", record.source, record.id.description,
                    ])
                }
                print(table.text)
            }
        }
    }
}
