import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias tag`: codes of PIT tags, whose they are, and what readers read.
struct TagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "PIT tags: read codes, say whose they are, enter lists.",
        subcommands: [
            Parse.self, Assign.self, End.self, History.self, Read.self, TagImport.self, Duplicated.self, Rates.self,
        ])

    struct Parse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read what a reader printed, and print every form of the code.",
            discussion: "Exit code 1 where a text is no code; the nearest readings are then told. Needs no registry.")

        @Argument(help: "Texts of readers.") var texts: [String]
        @Flag(help: "Print one JSON object a text.") var json = false

        func run() async throws {
            var isWhole = true
            for text in texts {
                do {
                    let reading = try TagReading(text)
                    print(json ? try TagDocument(reading).line : reading.lines)
                } catch let refusal as TagRefusal {
                    isWhole = false
                    if json { print(try TagDocument(refusal).line) }
                    note("andrias: \(refusal)")
                }
            }
            if !isWhole { throw ExitCode(1) }
        }
    }

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say that an animal bears a tag.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The code as the reader printed it.") var code: String
        @Argument(help: "The animal.") var animal: String
        @Option(help: "Since when, for instance 2007-06-15; left out where nobody knows.") var from: String?
        @Option(help: "The encounter at which it was put in or first read.") var encounter: String?
        @Option(help: "What it rests on.") var evidence: String
        @Option(help: "Who says so.") var by: String

        func run() async throws {
            let reading = try parseTag(code)
            let from = try from.map(parseDay)
            let encounter: Identifier<Encounter>? = try encounter.map { try parseIdentifier($0, of: "an encounter") }
            try await OpenRegistry.with(data) { registry in
                let assignment = try await registry.store.assignTag(
                    reading.code, to: registry.individual(called: animal).id, from: from, encounter: encounter,
                    evidence: evidence, by: Reviewer(name: by)
                ).record
                print([assignment].table)
                reading.warn()
            }
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record how an animal ceased to bear a tag; only then another may.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The code.") var code: String
        @Argument(help: "lost, removed, death, error or moved.") var reason: String
        @Option(help: "The animal; needed where several bear the code.") var animal: String?
        @Option(help: "When, for instance 2012-08-01; now where it is left out.") var at: String?
        @Option(help: "What that rests on.") var note: String?
        @Option(help: "Who says so.") var by: String

        func run() async throws {
            let code = try parseTag(code).code
            guard let reason = TagAssignment.Reason(rawValue: reason) else {
                let known = TagAssignment.Reason.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError("“\(reason)” is not a reason. Known reasons: \(known).")
            }
            let moment = try at.map(parseDay)
            try await OpenRegistry.with(data) { registry in
                let open = try await registry.store.tagAssignments(of: code).filter { assignment in
                    assignment.end == nil && (animal.map { $0 == assignment.individualName } ?? true)
                }
                guard open.count == 1 else {
                    let names = open.map(\.individualName).joined(separator: ", ")
                    throw CommandError(
                        open.isEmpty
                            ? "No animal bears \(code.canonical). `andrias tag history` shows who did."
                            : "\(names) bear \(code.canonical): name one with --animal.")
                }
                let ended = try await registry.store.endTagAssignment(
                    open[0].id, reason, at: moment, note: note, by: Reviewer(name: by)
                ).record
                print([ended].table)
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show whose a tag was and where it was read, or which tags an animal bore.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The code; left out with --animal.") var code: String?
        @Option(help: "The animal.") var animal: String?

        func validate() throws {
            guard (code == nil) != (animal == nil) else { throw ValidationError("Give a code, or --animal.") }
        }

        func run() async throws {
            let code = try code.map { try parseTag($0).code }
            try await OpenRegistry.with(data) { registry in
                if let animal {
                    print(try await registry.store.tagAssignments(of: registry.individual(called: animal).id).table)
                }
                guard let code else { return }
                print(try await registry.store.tagAssignments(of: code).table)
                let reads = try await allPages { after in
                    try await registry.store.tagReads(of: code, after: after, limit: 200)
                }
                print("\n\(reads.table)")
            }
        }
    }

    struct Read: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep what a reader read, or that it found nothing.",
            discussion: "Codes that nobody knows are kept too, and texts that are no code with the reason.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The text of the reader.") var text: String?
        @Flag(help: "The animal was scanned and no tag was found; needs --frequency.") var noneFound = false
        @Option(help: "A frequency the reader works at: 125, 128 or 134.2 (kHz); may be repeated.")
        var frequency: [String] = []
        @Option(help: "Type of the reader.") var reader: String?
        @Option(help: "When, for instance 2026-06-15 or 2026-06-15T09:30:00+09:00.") var at: String?
        @Option(help: "Where, in words.") var locality: String?
        @Option(help: "Who read it.") var by: String?
        @Option(help: "The encounter with the animal.") var encounter: String?
        @Option(help: "Agency whose reader it is; entered where it is new.") var agency: String = "local"

        func validate() throws {
            guard (text == nil) == noneFound else { throw ValidationError("Give a text, or --none-found.") }
        }

        func run() async throws {
            let encounter: Identifier<Encounter>? = try encounter.map { try parseIdentifier($0, of: "an encounter") }
            let read = SubmittedTagRead(
                text: text, reader: reader, frequencies: try frequency.map(parseFrequency),
                observedAt: try at.map(parseDay), locality: locality, observer: by, encounter: encounter)
            try await OpenRegistry.with(data) { registry in
                let agency = try await registry.agency(named: agency)
                let kept = try await registry.store.addTagRead(read, agency: agency.id).record
                print([kept].table)
                if let refusal = kept.refusal { note("andrias: \(refusal)") }
            }
        }
    }

    struct Duplicated: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that several tags bear one code, so that several animals may.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The code.") var code: String
        @Flag(help: "Take it back.") var no = false

        func run() async throws {
            let code = try parseTag(code).code
            try await OpenRegistry.with(data) { registry in
                let tag = try await registry.store.setDuplicated(!no, code)
                print("\(tag.code.printed): \(tag.isDuplicated ? "duplicated" : "one tag")")
            }
        }
    }

    struct Rates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how often tags mislead, as screenings weigh it, with the sources.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let rates = try await registry.store.tagRates()
                var table = TextTable(header: ["what", "rate", "from", "settled", "wrong", "source"])
                for (name, rate) in [
                    ("misread", rates.misread), ("wrong record", rates.wrongRecord), ("not found", rates.notFound),
                ] {
                    table.append([
                        name, rate.rate.formatted(.number.precision(.significantDigits(3))),
                        rate.isCounted ? "history" : rate.isAssumed ? "assumption" : "literature",
                        String(rate.trials), String(rate.failures), rate.source,
                    ])
                }
                print(table.text)
            }
        }
    }
}
