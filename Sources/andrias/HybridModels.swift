import ArgumentParser
import Foundation
import Hybrids
import Registry
import Storage

extension HybridCommand {
    /// `andrias hybrid model`: the models that assessments ask, and those that suggest landmarks.
    struct Model: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep, list, show or retire the models that assessments ask, and those that suggest landmarks.",
            discussion: """
                Of either kind the latest that is not retired is in force; one that was learned from drawn animals only where \
                there is no other.
                """,
            subcommands: [Add.self, List.self, Show.self, Retire.self], defaultSubcommand: List.self)

        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Keep a model as the next version of a name; it is in force at once.")

            @OptionGroup var data: DataOptions
            @Argument(help: "A model as andrias hybrid train or andrias hybrid landmarks train writes it.")
            var model: String
            @Option(
                help: "Its name: lower-case letters, digits, dots, hyphens; head or landmarks where it is left out.")
            var name: String?
            @Flag(help: "Keep it although it was learned from drawn animals, for a demonstration.") var drawn = false
            @Option(help: "Who enters it.") var by: String = NSUserName()

            func run() async throws {
                let file = try ModelFile(model)
                try await OpenRegistry.with(data) { registry in
                    let store = registry.store
                    let kept: ListedModel
                    switch file {
                    case .hybrids(let record):
                        kept = .hybrids(
                            try await store.addModel(record, named: name ?? "head", keepsDrawn: drawn, by: by))
                    case .landmarks(let record):
                        kept = .landmarks(
                            try await store.addModel(
                                record, named: name ?? "landmarks", keepsDrawn: drawn, by: by))
                    }
                    print(try await registry.table([kept]))
                }
            }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "List the models, oldest first.")

            @OptionGroup var data: DataOptions

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    let hybrids = try await allPages { after in
                        try await registry.store.models(HybridModelRecord.self, after: after, limit: 200)
                    }
                    let landmarks = try await allPages { after in
                        try await registry.store.models(LandmarkModel.self, after: after, limit: 200)
                    }
                    print(
                        try await registry.table(
                            hybrids.map { .hybrids($0) } + landmarks.map { .landmarks($0) }))
                }
            }
        }

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Show a model's figures, with its card where it has one, or write it to a file again.")

            @OptionGroup var data: DataOptions
            @Argument(help: "Identifier of the model.") var id: String
            @Option(help: "File to write the whole model to, as JSON.") var model: String?
            @Flag(help: "Print the figures as JSON.") var json = false

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    let kept = try await registry.keptModel(id)
                    if let model {
                        try kept.whole.write(to: URL(fileURLWithPath: model), options: .atomic)
                        note("Model: \(model)")
                    }
                    if json {
                        print(String(decoding: try kept.figures, as: UTF8.self), terminator: "")
                        return
                    }
                    print(try await registry.table([kept]))
                    print(kept.text)
                }
            }
        }

        struct Retire: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Retire a model: it says nothing more. Assessments and landmarks made before stay.")

            @OptionGroup var data: DataOptions
            @Argument(help: "Identifier of the model.") var id: String
            @Option(help: "Why.") var note: String?
            @Option(help: "Who retires it.") var by: String = NSUserName()

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    let kept = try await registry.keptModel(id)
                    let retired: ListedModel
                    switch kept {
                    case .hybrids(let model):
                        retired = .hybrids(
                            try await registry.store.retireModel(model.id, note: note, by: by))
                    case .landmarks(let model):
                        retired = .landmarks(
                            try await registry.store.retireModel(model.id, note: note, by: by))
                    }
                    print(try await registry.table([retired]))
                }
            }
        }
    }
}
