import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias translocation`: records permitted moves of animals, and lists them.
struct TranslocationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "translocation", abstract: "Record permitted moves of animals by people, and list them.",
        subcommands: [Add.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record that an animal was moved with permission; met there, it alerts nobody.",
            discussion: "Where it was set down takes --to-latitude and --to-longitude, or --to-system, or both.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The animal.") var animal: String
        @Option(help: "The day it was moved, such as 2015-10-01, or a moment with an offset.") var on: String
        @Option(help: "Number or name of the permit.") var permit: String
        @Option(help: "Who gave the permit.") var authority: String
        @Option(help: "Name of the agency that records it.") var agency: String
        @Option(help: "Degrees north where it was taken.") var fromLatitude: Double?
        @Option(help: "Degrees east where it was taken.") var fromLongitude: Double?
        @Option(help: "Water system where it was taken.") var fromSystem: String?
        @Option(help: "Where it was taken, in words.") var fromLocality: String?
        @Option(help: "Degrees north where it was set down.") var toLatitude: Double?
        @Option(help: "Degrees east where it was set down.") var toLongitude: Double?
        @Option(help: "Uncertainty in metres of where it was set down.") var toUncertainty: Double?
        @Option(help: "Water system where it was set down.") var toSystem: String?
        @Option(help: "Where it was set down, in words.") var toLocality: String?
        @Option(help: "Who records it.") var by: String = NSUserName()

        func run() async throws {
            let movedAt = try parsePastMoment(on, of: "--on")
            let from = Translocation.End(
                position: try parsePlaceInJapan(fromLatitude, fromLongitude), system: fromSystem,
                locality: fromLocality)
            let to = Translocation.End(
                position: try parsePlaceInJapan(toLatitude, toLongitude, uncertainty: toUncertainty), system: toSystem,
                locality: toLocality)
            guard to.position != nil || to.system != nil else {
                throw CommandError("Say where it was set down: --to-latitude and --to-longitude, or --to-system.")
            }
            try await OpenRegistry.with(data) { registry in
                let agency = try await registry.knownAgency(named: agency)
                let record = try await registry.store.addTranslocation(
                    of: registry.individual(called: animal).id, agency: agency.id, movedAt: movedAt, from: from,
                    to: to, permit: permit, authority: authority, by: by
                ).record
                print(record.id)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List translocations, of one animal or of all.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The animal; all where it is left out.") var animal: String?

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                var individual: Identifier<Individual>?
                if let animal { individual = try await registry.individual(called: animal).id }
                var table = TextTable(header: ["moved", "animal", "from", "to", "permit", "authority", "by", "id"])
                let records = try await allPages { after in
                    try await registry.store.translocations(after: after, limit: 200, individual: individual)
                }
                for record in records {
                    let name = try await registry.store.individual(record.individual)?.name ?? "–"
                    table.append([
                        record.movedAt.formatted(.iso8601), name, record.from.words, record.to.words, record.permit,
                        record.authority, record.recordedBy, record.id.description,
                    ])
                }
                print(table.text)
            }
        }
    }
}

extension Translocation.End {
    /// The end for people.
    fileprivate var words: String {
        let coordinates = position.map { "\($0.latitude), \($0.longitude)" }
        let parts = [locality, system, coordinates].compactMap { $0 }
        return parts.isEmpty ? "–" : parts.joined(separator: " · ")
    }
}
