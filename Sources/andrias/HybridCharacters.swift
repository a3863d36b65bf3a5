import ArgumentParser
import Explanation
import Foundation
import Hybrids
import Registry
import Storage

extension HybridCommand {
    /// `andrias hybrid characters`: what tells natives from others, and how often it occurs.
    struct Characters: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the characters, set one, or draw them.", subcommands: [List.self, Set.self, Draw.self],
            defaultSubcommand: List.self)

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "List the characters with how often they occur; one without numbers weighs nothing.")

            @OptionGroup var data: DataOptions

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    print(try await registry.store.characters().table)
                }
            }
        }

        struct Set: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Set how often a character occurs, or enter a new one.",
                discussion: """
                    Counts are DNA-tested animals with and without the character, for instance --native 3,57 \
                    --not-native 41,9. Without them the character is recorded and weighs nothing. What is set counts \
                    from the next assessment on; names that are left out stay.
                    """)

            @OptionGroup var data: DataOptions
            @Argument(help: "Code of the character.") var code: String
            @Option(help: "Natives with and without it.") var native: String?
            @Option(help: "Animals that are not native, with and without it.") var notNative: String?
            @Option(help: "Where the numbers come from, or who described it.") var source: String
            @Option(help: "Name in Japanese; needed for a new one.") var nameJa: String?
            @Option(help: "Name in English.") var nameEn: String?
            @Option(help: "How to see it, in Japanese.") var sightJa: String?
            @Option(help: "How to see it, in English.") var sightEn: String?
            @Option(help: "Who sets it.") var by: String = NSUserName()

            func validate() throws {
                guard (native == nil) == (notNative == nil) else {
                    throw ValidationError("--native and --not-native belong together.")
                }
                guard (nameJa == nil) == (nameEn == nil), (sightJa == nil) == (sightEn == nil) else {
                    throw ValidationError("Words are needed in both languages.")
                }
            }

            func run() async throws {
                var rates: DiagnosticCharacter.Rates?
                if let native, let notNative {
                    rates = .init(native: try parseCount(native), notNative: try parseCount(notNative))
                }
                let name = nameJa.flatMap { ja in nameEn.map { BilingualText(ja: ja, en: $0) } }
                let sight = sightJa.flatMap { ja in sightEn.map { BilingualText(ja: ja, en: $0) } }
                try await OpenRegistry.with(data) { registry in
                    let set = try await registry.store.setCharacter(
                        code, name: name, howToSee: sight, source: source, rates: rates, by: by)
                    print([set].table)
                }
            }
        }

        struct Draw: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Draw the characters, absent beside present, as SVG files.")

            @Argument(help: "Folder for the drawings.") var folder: String

            func run() async throws {
                let folder = URL(fileURLWithPath: folder, isDirectory: true)
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                for code in CharacterDrawing.codes {
                    guard let drawing = CharacterDrawing(code) else { continue }
                    let file = folder.appending(path: "\(code).svg")
                    try Data(drawing.svg(in: .user).utf8).write(to: file)
                    print(file.path)
                }
            }
        }
    }
}

extension [DiagnosticCharacter] {
    fileprivate var table: String {
        var table = TextTable(header: ["code", "name", "natives", "not native", "present ×", "source", "since"])
        for each in self {
            table.append([
                each.code, each.name.text(in: .user), each.rates?.native.words ?? "–",
                each.rates?.notNative.words ?? "–",
                each.rates.map { $0.times } ?? "weighs nothing", each.source, each.validSince.formatted(.iso8601),
            ])
        }
        return table.text
    }
}

extension DiagnosticCharacter.Count {
    fileprivate var words: String { "\(present.formatted()) of \((present + absent).formatted())" }
}

extension DiagnosticCharacter.Rates {
    /// How many times as common it is in animals that are not native.
    fileprivate var times: String {
        ratio(of: .present).map {
            exp($0.logRatio).formatted(.number.precision(.significantDigits(1...3)).grouping(.never))
        } ?? "–"
    }
}

/// Reads animals with and without a character.
private func parseCount(_ text: String) throws -> DiagnosticCharacter.Count {
    let parts = text.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
    guard parts.count == 2, let present = parts[0], let absent = parts[1] else {
        throw CommandError("“\(text)” are no counts: write animals with and without it, for instance 3,57.")
    }
    let count = DiagnosticCharacter.Count(present: present, absent: absent)
    guard count.isValid else { throw CommandError("“\(text)” are no counts: not negative, and more than none.") }
    return count
}
