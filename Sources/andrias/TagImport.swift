import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias tag import`: enters a list of tags, with a report line by line.
struct TagImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Enter a list of tags (CSV), with a report line by line.",
        discussion: """
            Columns, in English or Japanese: code (tag, タグ番号), and as far as present individual (個体), from (装着日), \
            evidence (備考). A list without header has one code a line. UTF-8 or Shift_JIS. The file is entered whole or \
            not at all; with --keep-good its good lines are kept. Exit code 1 where a line was refused.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The list.") var list: String
    @Flag(help: "Keep the good lines where others are refused.") var keepGood = false
    @Option(help: "Who enters it.") var by: String

    func run() async throws {
        let file = URL(fileURLWithPath: list)
        let list = try TagList(file)
        if !list.refused.isEmpty, !keepGood {
            print(list.refused.map { TagListOutcome.unreadable($0.line, $0.reason) }.table)
            note("\(list.refused.count) lines were refused, so nothing was entered.")
            throw ExitCode(1)
        }
        let unreadable = list.refused.map { TagListOutcome.unreadable($0.line, $0.reason) }
        try await OpenRegistry.with(data) { registry in
            do {
                let entered = try await registry.store.enterTags(
                    list.lines, keepGood: keepGood, source: file.lastPathComponent, by: Reviewer(name: by))
                let all = (entered + unreadable).sorted { $0.line.number < $1.line.number }
                print(all.table)
                let refused = all.filter { $0.refusal != nil }.count
                note("\(all.count - refused) of \(all.count) lines are entered, \(refused) were refused.")
                if refused > 0 { throw ExitCode(1) }
            } catch let error as TagListRefused {
                print(error.outcomes.table)
                let refused = error.outcomes.filter { $0.refusal != nil }.count
                note("\(refused) of \(error.outcomes.count) lines were refused, so nothing was entered.")
                throw ExitCode(1)
            }
        }
    }
}

extension [TagListOutcome] {
    fileprivate var table: String {
        var table = TextTable(header: ["line", "text", "code", "animal", "result", "remarks"])
        for outcome in self {
            let (word, reason): (String, String) =
                switch outcome.result {
                case .assigned: ("assigned", "")
                case .entered: ("entered", "")
                case .known: ("known before", "")
                case .refused(let reason): ("REFUSED", reason)
                }
            let flags = outcome.flags.map(\.rawValue).joined(separator: ", ")
            table.append([
                String(outcome.line.number), outcome.line.text, outcome.code?.canonical ?? "–",
                outcome.line.individual ?? "–", word, reason.isEmpty ? flags : reason,
            ])
        }
        return table.text
    }
}
