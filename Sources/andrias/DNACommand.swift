import ArgumentParser
import Crypto
import Foundation
import Registry
import Storage

/// `andrias dna`: samples, through whose hands they went, and what laboratories found.
struct DNACommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dna", abstract: "DNA samples with their custody, and what laboratories found.",
        subcommands: [Sample.self, Result.self])

    struct Result: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What laboratories found.", subcommands: [Add.self, Import.self, Correct.self, List.self],
            defaultSubcommand: List.self)

        /// What a laboratory reports.
        struct Report: ParsableArguments {
            @Option(help: "mtdna, microsatellites, allozymes or snp.") var markers: String
            @Option(
                name: .customLong("class"),
                help: """
                    japonicus, davidianus, other_species, hybrid, f1, f2, backcross_japonicus, backcross_davidianus or \
                    undetermined; of mtdna the species of the maternal line.
                    """)
            var dnaClass: String
            @Option(help: "Who found it.") var laboratory: String
            @Option(help: "The day of the report, such as 2024-07-01.") var reported: String
            @Option(help: "The report's file, whose SHA-256 is kept.") var document: String?
            @Option(help: "What else is to be known; of a correction, why.") var note: String?

            func submitted() throws -> SubmittedResult {
                guard let markers = DNAResult.Markers(printed: markers) else {
                    let known = DNAResult.Markers.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandError("“\(markers)” are no markers. Known: \(known).")
                }
                guard let found = DNAResult.Class(printed: dnaClass) else {
                    let known = markers.classes.map(\.rawValue).joined(separator: ", ")
                    throw CommandError("“\(dnaClass)” is no class. Known: \(known).")
                }
                let hash = try document.map { path in
                    guard let bytes = FileManager.default.contents(atPath: path) else {
                        throw CommandError("\(path) cannot be read. Check the path.")
                    }
                    return SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
                }
                return SubmittedResult(
                    markers: markers, dnaClass: found, laboratory: laboratory,
                    reportedAt: try parsePastMoment(reported, of: "--reported"), documentSHA256: hash, note: note)
            }
        }

        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Enter what a laboratory found in a sample.",
                discussion: """
                    Earlier assessments of the animal are made anew. A result that contradicts an earlier one opens a \
                    case; both are kept.
                    """)

            @OptionGroup var data: DataOptions
            @Argument(help: "Label or identifier of the sample.") var sample: String
            @OptionGroup var report: Report
            @Option(help: "Who enters it.") var by: String = NSUserName()

            func run() async throws {
                let result = try report.submitted()
                try await OpenRegistry.with(data) { registry in
                    let sample = try await registry.sample(called: sample)
                    let added = try await registry.store.addResult(result, of: sample.id, by: Reviewer(name: by)).record
                    print([added].table)
                    try await registry.noteDisagreement(of: added)
                }
            }
        }

        struct Correct: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Enter a result that counts instead of another one, which stays; --note says why.")

            @OptionGroup var data: DataOptions
            @Argument(help: "Identifier of the result.") var result: String
            @OptionGroup var report: Report
            @Option(help: "Who enters it.") var by: String = NSUserName()

            func run() async throws {
                let id: Identifier<DNAResult> = try parseIdentifier(result, of: "a result")
                let result = try report.submitted()
                try await OpenRegistry.with(data) { registry in
                    let added = try await registry.store.correctResult(id, to: result, by: Reviewer(name: by)).record
                    print([added].table)
                    try await registry.noteDisagreement(of: added)
                }
            }
        }

        struct Import: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Enter a laboratory's sheet of results (CSV), whole or not at all.",
                discussion: """
                    Columns, in English or Japanese: sample (試料), markers (マーカー), class (判定), laboratory (検査機関), \
                    reported (報告日), and as far as present sha256, note (備考). UTF-8 or Shift_JIS. Exit code 1 where a \
                    line was refused; then nothing is entered.
                    """)

            @OptionGroup var data: DataOptions
            @Argument(help: "The sheet.") var sheet: String
            @Option(help: "Who found it, where the sheet has no column for it.") var laboratory: String?
            @Option(help: "Who enters it.") var by: String = NSUserName()

            func run() async throws {
                let sheet = try DNAList(URL(fileURLWithPath: sheet), laboratory: laboratory)
                try await OpenRegistry.with(data) { registry in
                    // Lines that cannot be read at all are told beside what the registry would refuse.
                    var outcomes = sheet.refused
                    do {
                        let entered =
                            sheet.refused.isEmpty
                            ? try await registry.store.enterResults(sheet.lines, by: Reviewer(name: by)) : []
                        outcomes += entered
                    } catch let error as DNAListRefused {
                        outcomes += error.outcomes
                    }
                    print(outcomes.sorted { $0.number < $1.number }.table)
                    let refused = outcomes.filter { $0.refusal != nil }.count
                    guard refused == 0 else {
                        note("\(refused) lines were refused, so nothing was entered.")
                        throw ExitCode(1)
                    }
                    note("\(outcomes.count) lines are entered.")
                }
            }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "List results, corrected ones too, of one animal or of all.")

            @OptionGroup var data: DataOptions
            @Option(help: "The animal.") var animal: String?

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    var individual: Identifier<Individual>?
                    if let animal { individual = try await registry.individual(called: animal).id }
                    let results = try await allPages { after in
                        try await registry.store.results(after: after, limit: 200, individual: individual)
                    }
                    print(results.table)
                    if let individual {
                        print("\n\(try await registry.store.dnaStanding(of: individual).kind.rawValue)")
                    }
                }
            }
        }
    }
}

extension OpenRegistry {
    /// The sample of that label or identifier.
    func sample(called text: String) async throws -> DNASample {
        guard let sample = try await store.sample(called: text) else { throw DNAError.unknownSample(text) }
        return sample
    }

    /// Says so where an animal's results contradict each other.
    fileprivate func noteDisagreement(of result: DNAResult) async throws {
        guard let individual = result.individual else { return }
        let results = try await allPages { after in
            try await store.results(after: after, limit: 200, individual: individual)
        }
        for (first, second) in DNAStanding.contradictions(results) {
            note(
                "\(first.laboratory) found \(first.dnaClass.rawValue), \(second.laboratory) \(second.dnaClass.rawValue): "
                    + "both are kept, and a case is open (andrias cases).")
        }
    }
}

extension [DNAResult] {
    /// The results as a table for people.
    fileprivate var table: String {
        var table = TextTable(
            header: ["reported", "sample", "animal", "markers", "class", "laboratory", "counts", "id"])
        for result in self {
            table.append([
                result.reportedAt.formatted(.iso8601), result.label, result.individualName ?? "–",
                result.markers.rawValue, result.dnaClass.rawValue, result.laboratory,
                result.isInForce ? "yes" : "corrected", result.id.description,
            ])
        }
        return table.text
    }
}

extension [DNAListOutcome] {
    fileprivate var table: String {
        var table = TextTable(header: ["line", "sample", "result", "remarks"])
        for outcome in self {
            let (word, reason): (String, String) =
                switch outcome.result {
                case .entered(let id): ("entered", id.description)
                case .known: ("known before", "")
                case .refused(let reason): ("REFUSED", reason)
                }
            table.append([String(outcome.number), outcome.sample, word, reason])
        }
        return table.text
    }
}
