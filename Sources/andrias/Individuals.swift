import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias individuals`: lists the known animals.
struct Individuals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the known animals.")

    @OptionGroup var data: DataOptions
    @Flag(help: "Print one JSON object an animal.") var json = false

    func run() async throws {
        try await OpenRegistry.with(data) { registry in
            var table = TextTable(header: ["name", "species", "population", "merged", "entered", "id"])
            var after: Identifier<Individual>?
            repeat {
                let page = try await registry.store.individuals(after: after, limit: 200)
                for individual in page.items {
                    if json {
                        print(try line(individual))
                    } else {
                        table.append([
                            individual.name, individual.species, individual.population ?? "–",
                            individual.mergedInto == nil ? "–" : "yes",
                            individual.createdAt.formatted(.iso8601.year().month().day()), individual.id.description,
                        ])
                    }
                }
                after = page.next
            } while after != nil
            if !json { print(table.text) }
        }
    }

    private func line(_ individual: Individual) throws -> String {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(individual), as: UTF8.self)
    }
}
