import ArgumentParser
import Foundation
import Provenance
import Registry
import Storage

/// `andrias origin`: tells where an animal belongs.
struct OriginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "origin", abstract: "Tell where an animal belongs, and who decides.",
        discussion: """
            Of a known animal it tells the home range and the nearest reach of it to where it was found. Of an unknown one a \
            photograph cannot tell. It advises; the agency responsible decides.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The animal, by name or identifier, or the identifier of a screening.") var subject: String
    @Option(help: "Language of the sentences: ja or en.") var language: String = Language.en.rawValue
    @Flag(help: "Print a JSON object.") var json = false

    func run() async throws {
        guard let language = Language(rawValue: language) else {
            throw CommandError("“\(language)” is not a language. Known: ja, en.")
        }
        try await OpenRegistry.with(data) { registry in
            let origin = try await origin(in: registry)
            if json {
                let encoder = JSONEncoder()
                encoder.dateEncodingStrategy = .iso8601
                encoder.outputFormatting = .sortedKeys
                print(String(decoding: try encoder.encode(origin), as: UTF8.self))
            } else {
                for reason in origin.reasons { print(reason.text(in: language)) }
            }
        }
    }

    private func origin(in registry: OpenRegistry) async throws -> Origin {
        if let id = Identifier<Screening>(subject), let screening = try await registry.store.screening(id) {
            return try await registry.store.origin(of: screening)
        }
        return try await registry.store.origin(of: registry.individual(called: subject).id)
    }
}
