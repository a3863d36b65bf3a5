import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias cases`: contradictions that people settle.
struct CasesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: "Contradictions that people settle: tag against photograph, and others.",
        subcommands: [List.self, Show.self, Resolve.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the cases.")

        @OptionGroup var data: DataOptions
        @Flag(help: "Those that are resolved too.") var all = false

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let cases = try await allPages { after in
                    try await registry.store.cases(after: after, limit: 200, state: all ? nil : .open)
                }
                print(cases.table)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show both sides of a case, and what people found out.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the case.") var id: String

        func run() async throws {
            let id: Identifier<RegistryCase> = try parseIdentifier(id, of: "a case")
            try await OpenRegistry.with(data) { registry in
                guard let shown = try await registry.store.registryCase(id) else {
                    throw CommandError("There is no case \(id). `andrias cases --all` lists them.")
                }
                print([shown].table)
                switch shown.evidence {
                case .tagConflict(let conflict): print("\n\(conflict.text)")
                case .hybridReview(let review): print("\n\(review.text)")
                case .dnaDisagreement(let disagreement): print("\n\(disagreement.results.table)")
                }
                for resolution in try await registry.store.resolutions(of: id) {
                    print(
                        "\n\(resolution.decidedAt.formatted(.iso8601))  \(resolution.finding.rawValue)  "
                            + "\(resolution.decidedBy.name)  \(resolution.note ?? "")")
                }
            }
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a contradiction was.",
            discussion: """
                Nothing is moved by it: record a wrong or reused tag with `andrias tag end` and `andrias tag assign`. How \
                often each happens is counted, and weighs in screenings once there are enough.
                """)

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the case.") var id: String
        @Argument(
            help: """
                Of tags: tag_misread, record_wrong, photo_wrong, tag_reused. Of suspicions: suspicion_right, \
                suspicion_wrong, photo_wrong, laboratory_wrong, sample_mixed_up. Of laboratories: laboratory_wrong, \
                sample_mixed_up. Or undecided.
                """)
        var finding: String
        @Option(help: "Which animal it was.") var animal: String?
        @Option(help: "Why.") var note: String?
        @Option(help: "Who says so.") var by: String

        func run() async throws {
            let id: Identifier<RegistryCase> = try parseIdentifier(id, of: "a case")
            guard let finding = RegistryCase.Resolution.Finding(rawValue: finding) else {
                let known = RegistryCase.Resolution.Finding.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError("“\(finding)” is not a finding. Known findings: \(known).")
            }
            try await OpenRegistry.with(data) { registry in
                var individual: Individual?
                if let animal { individual = try await registry.individual(called: animal) }
                try await registry.store.resolveCase(
                    id, finding, individual: individual?.id, note: note, by: Reviewer(name: by))
                guard let resolved = try await registry.store.registryCase(id) else { return }
                print([resolved].table)
            }
        }
    }
}

extension [RegistryCase] {
    fileprivate var table: String {
        var table = TextTable(header: ["opened", "kind", "what", "state", "finding", "screening", "id"])
        for each in self {
            let what =
                switch each.evidence {
                case .tagConflict(let conflict): conflict.conflict.rawValue
                case .hybridReview(let review): review.reason.rawValue
                case .dnaDisagreement(let disagreement): disagreement.name
                }
            table.append([
                each.openedAt.formatted(.iso8601), each.evidence.kind.rawValue, what, each.state.rawValue,
                each.finding?.rawValue ?? "–", each.screening?.description ?? "–", each.id.description,
            ])
        }
        return table.text
    }
}

extension RegistryCase.TagConflict {
    /// Both sides, side by side.
    fileprivate var text: String {
        let animal = photo.name ?? photo.outcome.rawValue
        var table = TextTable(header: ["photograph says", "tag says", "code", "by photograph", "by both"])
        for reading in readings {
            let holders = reading.holders.map { "\($0.name) (\($0.state.rawValue))" }.joined(separator: ", ")
            table.append([animal, holders.isEmpty ? "–" : holders, reading.code ?? reading.text, "", ""])
        }
        for each in posterior.prefix(5) {
            table.append([
                "", each.name, "", each.photo.formatted(.number.precision(.fractionLength(3))),
                each.combined.formatted(.number.precision(.fractionLength(3))),
            ])
        }
        return table.text
    }
}
