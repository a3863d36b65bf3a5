import ArgumentParser
import Foundation
import Hybrids
import Registry
import Storage

extension HybridCommand {
    /// `andrias hybrid model`: the models that assessments ask.
    struct Model: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep, list, show or retire the models that assessments ask.",
            discussion: """
                The latest that is not retired is in force; one that was learned from drawn animals only where there is no \
                other.
                """,
            subcommands: [Add.self, List.self, Show.self, Retire.self], defaultSubcommand: List.self)

        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Keep a model as the next version of a name; it is in force at once.")

            @OptionGroup var data: DataOptions
            @Argument(help: "A model as andrias hybrid train writes it.") var model: String
            @Option(help: "Its name: lower-case letters, digits, dots, hyphens.") var name = "head"
            @Flag(help: "Keep it although it was learned from drawn animals, for a demonstration.") var drawn = false
            @Option(help: "Who enters it.") var by: String = NSUserName()

            func run() async throws {
                let record = try readHybridModel(model)
                try await OpenRegistry.with(data) { registry in
                    let kept = try await registry.store.addHybridModel(
                        record, named: name, keepsDrawn: drawn, by: by)
                    print([kept].table(inForce: try await registry.store.hybridModelInForce()?.id))
                }
            }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "List the models, oldest first.")

            @OptionGroup var data: DataOptions

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    let models = try await allPages { after in
                        try await registry.store.hybridModels(after: after, limit: 200)
                    }
                    print(models.table(inForce: try await registry.store.hybridModelInForce()?.id))
                }
            }
        }

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Show a model's card and figures, or write it to a file again.")

            @OptionGroup var data: DataOptions
            @Argument(help: "Identifier of the model.") var id: String
            @Option(help: "File to write the whole model to, as JSON.") var model: String?
            @Flag(help: "Print the figures as JSON.") var json = false

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    let kept = try await registry.keptModel(id)
                    if let model {
                        try kept.record.json().write(to: URL(fileURLWithPath: model), options: .atomic)
                        note("Model: \(model)")
                    }
                    if json {
                        print(
                            String(decoding: try hybridJSON(kept.record.figures), as: UTF8.self), terminator: "")
                        return
                    }
                    print([kept].table(inForce: try await registry.store.hybridModelInForce()?.id))
                    print(kept.record.card[Language.user.rawValue] ?? "")
                    print(HybridFiguresText(figures: kept.record.figures).text)
                }
            }
        }

        struct Retire: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Retire a model: it says nothing more. Assessments made before stay.")

            @OptionGroup var data: DataOptions
            @Argument(help: "Identifier of the model.") var id: String
            @Option(help: "Why.") var note: String?
            @Option(help: "Who retires it.") var by: String = NSUserName()

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    let kept = try await registry.keptModel(id)
                    let retired = try await registry.store.retireHybridModel(kept.id, note: note, by: by)
                    print([retired].table(inForce: try await registry.store.hybridModelInForce()?.id))
                }
            }
        }
    }
}

extension OpenRegistry {
    fileprivate func keptModel(_ text: String) async throws -> KeptHybridModel {
        guard let kept = try await store.hybridModel(parseIdentifier(text, of: "a model")) else {
            throw CommandError("There is no model \(text). `andrias hybrid model list` lists them.")
        }
        return kept
    }
}

extension [KeptHybridModel] {
    /// Models side by side; what was learned from drawn animals says so.
    func table(inForce: Identifier<KeptHybridModel>?) -> String {
        var table = TextTable(
            header: ["model", "animals", "method", "natives", "others", "photographs", "data", "state", "by", "id"])
        for kept in self {
            let source = kept.record.model.data
            let state =
                kept.retirement.map { "retired \($0.at.formatted(.iso8601))" }
                ?? (kept.id == inForce ? "in force" : "–")
            table.append([
                kept.label, source.isDrawn ? "drawn, not real" : "real", kept.record.model.method.rawValue,
                "\(source.natives)", "\(source.others)", "\(source.photographs)", String(source.fingerprint.prefix(12)),
                state, kept.enteredBy, kept.id.description,
            ])
        }
        return table.text
    }
}
