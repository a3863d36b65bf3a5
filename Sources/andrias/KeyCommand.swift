import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias key`: makes, lists and revokes API keys.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, list and revoke API keys.",
        subcommands: [Add.self, List.self, Revoke.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key. Its secret is printed once and kept nowhere.")

        @OptionGroup var data: DataOptions
        @Option(help: "Name of the agency that answers for it.") var agency: String
        @Option(help: "observer, screener, reviewer, ranger, laboratory or administrator.") var role: String
        @Option(help: "What it is used for.") var label: String = ""

        func run() async throws {
            guard let role = Role(rawValue: role) else {
                let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError("“\(role)” is not a role. Known roles: \(known).")
            }
            try await OpenRegistry.with(data) { registry in
                guard let agency = try await registry.store.agency(named: agency) else {
                    throw CommandError("No agency is named “\(agency)”. Enter it with `andrias agency add`.")
                }
                let made = try await registry.store.createKey(
                    agency: agency.id, role: role, label: label.isEmpty ? role.rawValue : label)
                print(made.secret)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys, never their secrets.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let agencies = Dictionary(
                    uniqueKeysWithValues: try await registry.store.agencies().map { ($0.id, $0.name) })
                var table = TextTable(header: ["id", "agency", "role", "label", "made", "revoked"])
                for key in try await registry.store.keys() {
                    table.append([
                        key.id.description, agencies[key.agency] ?? "–", key.role.rawValue, key.label,
                        key.createdAt.formatted(.iso8601), key.revokedAt?.formatted(.iso8601) ?? "–",
                    ])
                }
                print(table.text)
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a key; it opens nothing from then on.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the key, as `andrias key list` prints it.") var id: String

        func run() async throws {
            guard let key = Identifier<APIKey>(id) else { throw CommandError("“\(id)” is not a key's identifier.") }
            try await OpenRegistry.with(data) { registry in
                let revoked = try await registry.store.revokeKey(key)
                print("\(revoked.id) revoked at \(revoked.revokedAt?.formatted(.iso8601) ?? "–")")
            }
        }
    }
}
