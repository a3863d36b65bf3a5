import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias duplicates`: finds animals that were entered twice, and keeps what people say of them.
struct Duplicates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find animals that were entered twice, list the proposals and review them.",
        subcommands: [Find.self, List.self, Review.self], defaultSubcommand: Find.self)

    struct Find: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare every animal with every other and propose pairs that may be one.",
            discussion: """
                Pairs that wait for review are not proposed again; nor are pairs that people called different, unless \
                they score higher than then or another version scores them.
                """)

        @OptionGroup var data: DataOptions
        @Option(help: "Body region: head, trunk, belly or tail.") var region: String = "head"
        @Option(help: "How many pairs to propose at most, the most probable first.") var limit: Int = 100
        @Option(help: "The least probability of a pair, 0 to 1.") var threshold: Double = 0.5

        func validate() throws {
            guard limit > 0 else { throw ValidationError("A limit is at least 1.") }
            guard (0...1).contains(threshold) else { throw ValidationError("A threshold lies between 0 and 1.") }
        }

        func run() async throws {
            let region = try parseRegion(region)
            try await OpenRegistry.with(data) { registry in
                let search = DuplicateSearch(registry: registry, region: region, threshold: threshold)
                let findings = try await search.findings().prefix(limit)
                let proposed = try await registry.store.proposeDuplicates(Array(findings), scorer: registry.scorer)
                if !proposed.isEmpty { print(proposed.table) }
                print(
                    "\(findings.count) pairs resemble each other, \(proposed.count) are new; the others wait for "
                        + "review or were reviewed.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the proposals that wait for review, the most probable first.")

        @OptionGroup var data: DataOptions
        @Option(help: "Only those in this state: open, same, different or undecided.") var state: String?

        func run() async throws {
            let chosen = try state.map { name in
                guard let state = DuplicateProposal.State(rawValue: name) else {
                    let known = DuplicateProposal.State.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandError("“\(name)” is not a state. Known states: \(known).")
                }
                return state
            }
            try await OpenRegistry.with(data) { registry in
                let proposals = try await allPages { after in
                    try await registry.store.duplicateProposals(after: after, limit: 200, state: chosen)
                }
                let waiting = proposals.filter { chosen != nil || [.open, .undecided].contains($0.state) }
                print(waiting.sorted { $0.probability > $1.probability }.table)
            }
        }
    }

    struct Review: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether the two animals of a proposal are one.",
            discussion: "“same” merges the animal entered later into the other; `andrias identity undo` takes it back.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the proposal.") var id: String
        @Argument(help: "same, different or undecided.") var verdict: String
        @Option(help: "Why.") var note: String?
        @Option(help: "Who says so.") var by: String

        func run() async throws {
            let id: Identifier<DuplicateProposal> = try parseIdentifier(id, of: "a proposal")
            guard let verdict = DuplicateReview.Verdict(rawValue: verdict) else {
                let known = DuplicateReview.Verdict.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError("“\(verdict)” is not a verdict. Known verdicts: \(known).")
            }
            try await OpenRegistry.with(data) { registry in
                try await registry.store.review(id, verdict, note: note, by: Reviewer(name: by))
                guard let proposal = try await registry.store.duplicateProposal(id) else { return }
                print([proposal].table)
                guard verdict == .same, let individual = proposal.first.individual else { return }
                let changes = try await allPages { after in
                    try await registry.store.identityChanges(after: after, limit: 200, individual: individual)
                }
                print("\n\(changes.filter { $0.proposal == id && $0.undoneBy == nil }.table)")
            }
        }
    }
}

extension [DuplicateProposal] {
    fileprivate var table: String {
        var table = TextTable(header: ["probability", "score", "first", "second", "region", "state", "id"])
        for proposal in self {
            table.append([
                proposal.probability.formatted(.number.precision(.fractionLength(3))),
                proposal.score.formatted(.number.precision(.fractionLength(1))), proposal.first.name ?? "–",
                proposal.second.name ?? "–", proposal.region.rawValue, proposal.state.rawValue,
                proposal.id.description,
            ])
        }
        return table.text
    }
}
