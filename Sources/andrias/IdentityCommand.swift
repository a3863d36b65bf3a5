import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias identity`: merges and splits animals, and takes that back.
struct IdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity", abstract: "Merge and split animals, and take that back.",
        subcommands: [Merge.self, Split.self, Undo.self, History.self, Population.self])

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Merge an animal into another: all of its encounters become the other's.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The animal that goes; its name stays and leads to the other.") var from: String
        @Argument(help: "The animal that stays.") var into: String
        @Option(help: "Why they are one.") var reason: String
        @Option(help: "Who decides.") var by: String

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let (from, into) = try await (registry.individual(called: from), registry.individual(called: into))
                let change = try await registry.store.merge(
                    from.id, into: into.id, reason: reason, by: Reviewer(name: by)
                ).record
                print([change].table)
            }
        }
    }

    struct Split: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give encounters of an animal to another one.",
            discussion: "`andrias identity history ANIMAL` lists the encounters of an animal.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The animal they leave.") var animal: String
        @Option(name: .customLong("encounter"), parsing: .upToNextOption, help: "Identifiers of the encounters.")
        var encounters: [String]
        @Option(help: "Name of the other animal, known or new; made up where it is left out.") var into: String?
        @Option(help: "Why they are another animal's.") var reason: String
        @Option(help: "Who decides.") var by: String

        func run() async throws {
            let encounters: [Identifier<Encounter>] = try encounters.map { try parseIdentifier($0, of: "an encounter") }
            try await OpenRegistry.with(data) { registry in
                let change = try await registry.store.split(
                    registry.individual(called: animal).id, encounters: encounters, into: into, reason: reason,
                    by: Reviewer(name: by)
                ).record
                print([change].table)
            }
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a merge or split back: what it moved returns, with everything that hangs on it.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the change, as `andrias identity history` prints it.") var change: String
        @Option(help: "Why it does not hold.") var reason: String
        @Option(help: "Who decides.") var by: String

        func run() async throws {
            let change: Identifier<IdentityChange> = try parseIdentifier(change, of: "a change")
            try await OpenRegistry.with(data) { registry in
                let undo = try await registry.store.undo(change, reason: reason, by: Reviewer(name: by)).record
                print([undo].table)
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List merges, splits and undos; of one animal with its encounters.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The animal; all where it is left out.") var animal: String?

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                guard let animal else {
                    let changes = try await allPages { after in
                        try await registry.store.identityChanges(after: after, limit: 200)
                    }
                    print(changes.table)
                    return
                }
                let individual = try await registry.individual(called: animal)
                let changes = try await allPages { after in
                    try await registry.store.identityChanges(after: after, limit: 200, individual: individual.id)
                }
                print(changes.table)
                let settled = try await registry.store.settledIndividual(individual.id) ?? individual
                if settled.id != individual.id {
                    print("\n\(individual.name) was merged into \(settled.name).")
                }
                var table = TextTable(header: ["encounter", "met", "locality", "by"])
                let encounters = try await allPages { after in
                    try await registry.store.encounters(after: after, limit: 200, individual: individual.id)
                }
                for encounter in encounters {
                    table.append([
                        encounter.id.description, encounter.observedAt?.formatted(.iso8601) ?? "–",
                        encounter.locality ?? "–", encounter.observer ?? "–",
                    ])
                }
                print("\n\(table.text)")
            }
        }
    }

    struct Population: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say to which population an animal is counted, for instance a river.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The animal.") var animal: String
        @Argument(help: "The population; left out, what was said before is taken back.") var population: String?

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let individual = try await registry.individual(called: animal)
                try await registry.store.setPopulation(population, of: individual.id)
                print("\(individual.name): \(population ?? "–")")
            }
        }
    }
}

extension [IdentityChange] {
    /// The changes as a table for people.
    var table: String {
        var table = TextTable(header: ["when", "what", "from", "into", "encounters", "by", "reason", "undone", "id"])
        for change in self {
            table.append([
                change.decidedAt.formatted(.iso8601), change.kind.rawValue, change.fromName, change.intoName,
                String(change.encounters.count), change.decidedBy.name, change.reason,
                change.undoneBy == nil ? "–" : "yes", change.id.description,
            ])
        }
        return table.text
    }
}
