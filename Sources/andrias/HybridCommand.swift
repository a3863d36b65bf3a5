import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias hybrid`: native or not, by what people see, the odds of the water, and DNA.
struct HybridCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hybrid", abstract: "Native or not: what is seen on a photograph, the odds of its water, and DNA.",
        discussion: """
            A photograph never confirms a native and never names a hybrid's kind; those words come from DNA alone \
            (`andrias dna`). Any suspicion means: hold the animal and test its DNA.
            """,
        subcommands: [
            Score.self, Show.self, Characters.self, Prior.self, Thresholds.self, Landmarks.self, Model.self,
            HybridTrain.self, HybridReport.self, HybridCompare.self, HybridSample.self,
        ])

    struct Score: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which characters a screening's photographs show, and weigh them.",
            discussion: """
                Each is character=present, character=absent or character=not_visible; `andrias hybrid characters` lists \
                them. Without any, what is known already is weighed again.
                """)

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the screening.") var screening: String
        @Argument(help: "What is seen, for instance jaw_tubercles=present.") var characters: [String] = []
        @Option(help: "The photograph it is seen on.") var photo: String?
        @Option(help: "Who looks.") var by: String = NSUserName()

        func run() async throws {
            let id: Identifier<Screening> = try parseIdentifier(screening, of: "a screening")
            let photo: Identifier<Photo>? = try photo.map { try parseIdentifier($0, of: "a photograph") }
            let scores = try characters.map { try parseScore($0, photo) }
            try await OpenRegistry.with(data) { registry in
                let assessment = try await registry.store.assessHybrid(
                    id, scores: scores, by: Reviewer(name: by)
                ).record
                print(assessment.text)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what is known of a screening's animal, and why.",
            discussion: "With --expect the exit code is 1 where it comes to another outcome.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the screening.") var screening: String
        @Option(help: "likely_native, suspect_non_native or insufficient_evidence.") var expect: String?

        func run() async throws {
            let id: Identifier<Screening> = try parseIdentifier(screening, of: "a screening")
            let expected = try expect.map(parseOutcome)
            try await OpenRegistry.with(data) { registry in
                guard let assessment = try await registry.store.hybridAssessment(of: id) else {
                    throw CommandError("Screening \(id) has no assessment: `andrias hybrid score` makes one.")
                }
                print(assessment.text)
                let outcome = assessment.content.outcome
                if let expected, outcome != expected {
                    note("It comes to \(outcome.rawValue), not to \(expected.rawValue).")
                    throw ExitCode(1)
                }
            }
        }
    }

    struct Thresholds: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show or set what mistakes about hybrids cost an agency, from which its thresholds follow.",
            discussion: """
                Costs share any one unit. An animal is suspected from a probability of 1 − review / wrong on, and called \
                probably native where the whole interval lies below review / missed.
                """)

        @OptionGroup var data: DataOptions
        @Argument(help: "Name of the agency.") var name: String
        @Option(help: "Cost of calling an animal probably native that is not.") var costMissed: Double?
        @Option(help: "Cost of suspecting a native.") var costWrong: Double?
        @Option(help: "Cost of saying neither.") var costReview: Double?
        @Option(help: "Who decides.") var by: String = NSUserName()

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let agency = try await registry.knownAgency(named: name)
                let before = try await registry.store.hybridPolicy(of: agency.id)
                let policy = try HybridPolicy(
                    costMissedHybrid: costMissed ?? before.costMissedHybrid,
                    costWrongSuspicion: costWrong ?? before.costWrongSuspicion,
                    costReview: costReview ?? before.costReview)
                if policy != before { try await registry.store.setHybridPolicy(policy, of: agency.id, by: by) }
                var table = TextTable(header: ["what", "value"])
                table.append(["cost of a missed hybrid", "\(policy.costMissedHybrid)"])
                table.append(["cost of a wrong suspicion", "\(policy.costWrongSuspicion)"])
                table.append(["cost of saying neither", "\(policy.costReview)"])
                table.append(["suspected from a probability of", "\(policy.suspicionThreshold)"])
                table.append(["probably native below", "\(policy.nativeThreshold)"])
                print(table.text)
            }
        }
    }
}

private func parseOutcome(_ text: String) throws -> HybridOutcome {
    guard let outcome = HybridOutcome(rawValue: text) else {
        let known = HybridOutcome.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandError("“\(text)” is not an outcome. Known: \(known).")
    }
    return outcome
}

/// Reads `character=sight`.
private func parseScore(_ text: String, _ photo: Identifier<Photo>?) throws -> SubmittedScore {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let sight = DiagnosticCharacter.Sight(rawValue: parts[1]) else {
        let known = DiagnosticCharacter.Sight.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandError("“\(text)” is not a character=sight. Sights: \(known).")
    }
    return SubmittedScore(code: parts[0], sight: sight, photo: photo)
}
