import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias agency`: enters and lists agencies.
struct AgencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agency", abstract: "Enter and list agencies, and set what they want.",
        subcommands: [Add.self, List.self, Policy.self, Privacy.self, Movement.self, Responsible.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Enter an agency.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Name, unique in the registry.") var name: String
        @Option(help: "How people of the agency are reached.") var contact: String?

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let agency = try await registry.store.createAgency(name: name, contact: contact)
                print("\(agency.id)  \(agency.name)")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the agencies.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                var table = TextTable(header: ["name", "contact", "id"])
                for agency in try await registry.store.agencies() {
                    table.append([agency.name, agency.contact ?? "–", agency.id.description])
                }
                print(table.text)
            }
        }
    }
}
