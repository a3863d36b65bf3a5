import ArgumentParser
import Foundation
import Postgres
import Storage

/// `andrias migrate`: brings the database's schema to this program's version.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the schema up to date, or back to an earlier number.",
        discussion: "Every command migrates on its own; this one shows the steps, and goes back with --to.")

    @OptionGroup var data: DataOptions
    @Option(help: "Revert to this migration; what later ones added is lost.") var to: Int?

    func run() async throws {
        try await OpenRegistry.with(data) { registry in
            let migrator = Migrator(migrations: RegistryStore.migrations)
            if let to {
                let reverted = try await migrator.revert(to: to, registry.store.pool)
                print("\(reverted.count) migrations reverted.")
            }
            var table = TextTable(header: ["number", "name"])
            for migration in RegistryStore.migrations { table.append([String(migration.number), migration.name]) }
            print(table.text)
        }
    }
}
