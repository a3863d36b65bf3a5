import ArgumentParser
import Foundation
import Provenance
import Storage

/// `andrias municipality`: boundaries of municipalities, as areas that agencies answer for.
struct MunicipalityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "municipality", abstract: "Load and list boundaries of municipalities.",
        subcommands: [Load.self, List.self])

    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load boundaries; of a source known before, everything is replaced.",
            discussion: """
                Takes the national data of administrative areas as GeoJSON (fields N03_001 prefecture, N03_003 to N03_005 \
                names, N03_007 code), whole or a prefecture at a time.
                """)

        @OptionGroup var data: DataOptions
        @Argument(help: "GeoJSON (RFC 7946).") var file: String
        @Option(help: "Name of the source; by default that of the file.") var source: String?

        func run() async throws {
            let file = URL(fileURLWithPath: file)
            try checkMapFile(file)
            let source = source ?? file.deletingPathExtension().lastPathComponent
            let municipalities: [MunicipalityBoundary]
            do {
                municipalities = try AreaReading.municipalities(try Data(contentsOf: file))
            } catch let refusal as NetworkRefusal {
                for finding in refusal.findings.prefix(20) { print("✗ \(finding)") }
                if refusal.findings.count > 20 { print("and \(refusal.findings.count - 20) more") }
                print("No municipality was taken; nothing was changed.")
                throw ExitCode(1)
            }
            try await OpenRegistry.with(data) { registry in
                try await registry.store.loadMunicipalities(municipalities, source: source)
                print("\(municipalities.count) municipalities, loaded as “\(source)”.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the municipalities that are loaded.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                var table = TextTable(header: ["code", "prefecture", "name", "source"])
                for municipality in try await registry.store.municipalities() {
                    table.append([municipality.code, municipality.prefecture, municipality.name, municipality.source])
                }
                print(table.text)
            }
        }
    }
}
