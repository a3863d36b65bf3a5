import ArgumentParser
import Evaluation
import Foundation
import Identification
import Registry
import Storage

/// `andrias calibration`: learns what scores are worth from reviewed pairs.
struct CalibrationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration",
        abstract: "Learn what scores are worth from reviewed pairs, and say what screenings weigh them by.",
        subcommands: [Learn.self, List.self, Compare.self, Activate.self])

    struct Learn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Learn a calibration from everything people have settled. It counts once it is activated.",
            discussion: """
                Learned from each photograph against the animals met before: how much more likely a score is of one \
                animal than of two, and how high different animals score, from which the score follows that keeps an \
                agency's rate of false names in a registry of any size. Figures are cross-validated by animal.
                """)

        @OptionGroup var data: DataOptions
        @Option(help: "The population; the whole registry where it is left out.") var population: String?
        @Option(help: "Body region: head, trunk, belly or tail.") var region: String = "head"
        @Option(help: "Who has it learned.") var by: String = NSUserName()

        func run() async throws {
            let region = try parseRegion(region)
            try await OpenRegistry.with(data) { registry in
                let evidence = try await ReviewedScores(registry: registry, population: population, region: region)
                    .collect()
                let before = try await registry.calibrations(region: region).calibration(of: population)
                let content = try CalibrationTraining(evidence).learn(
                    population: population, region: region, scorer: registry.scorer, before: before)
                let learned = try await registry.store.addCalibration(content, by: by)
                print([learned].table)
                print("Before, by \(before.population ?? "whole registry"): \(content.figures.before.words).")
                for check in content.figures.falsePositives ?? [] {
                    print("False names: wanted \(check.wanted), obtained \(fixed(check.obtained, 4)) on other animals.")
                }
                print("Screenings weigh by it once activated: `andrias calibration activate \(learned.id)`.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the calibrations, oldest first.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let calibrations = try await allPages { after in
                    try await registry.store.calibrations(after: after, limit: 200)
                }
                print(calibrations.table)
            }
        }
    }

    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set two calibrations beside each other on the same pairs, as they stand in the registry.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of one calibration.") var first: String
        @Argument(help: "Identifier of another.") var second: String

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let pair = try await (registry.learned(first), registry.learned(second))
                let (one, other) = (pair.0.content, pair.1.content)
                guard one.region == other.region, one.scorer == other.scorer, one.scorer == registry.scorer else {
                    throw CommandError(
                        "Only calibrations of one body region and of this program's scorer (\(registry.scorer)) can be "
                            + "compared: these are of \(one.region.rawValue), \(one.scorer), and "
                            + "\(other.region.rawValue), \(other.scorer).")
                }
                let population = one.population == other.population ? one.population : nil
                let training = try CalibrationTraining(
                    try await ReviewedScores(registry: registry, population: population, region: one.region).collect())
                var table = TextTable(header: ["calibration", "cross-validated when learned", "on today's pairs"])
                for learned in [pair.0, pair.1] {
                    guard let calibration = Calibration(learned) else {
                        throw CommandError(
                            "\(learned.id) was learned without the scores of different animals and weighs nothing. "
                                + "Learn another one.")
                    }
                    table.append([
                        learned.id.description, learned.content.figures.after.words,
                        training.fit(of: calibration).words,
                    ])
                }
                print(table.text)
                note("Today's pairs hold those that each was learned from; less is better.")
            }
        }
    }

    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a calibration count for its population, region and scorer, from the next screening on.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the calibration.") var id: String
        @Option(help: "Why.") var note: String?
        @Option(help: "Who decides.") var by: String = NSUserName()

        func run() async throws {
            let id: Identifier<LearnedCalibration> = try parseIdentifier(id, of: "a calibration")
            try await OpenRegistry.with(data) { registry in
                let learned = try await registry.learned(id.description)
                guard learned.isWeighed(by: registry.scorer) else {
                    throw CommandError(
                        "\(id) was learned for \(learned.content.scorer)"
                            + (learned.content.tail == nil ? ", without the scores of different animals" : "")
                            + ", and this program scores by \(registry.scorer). Learn another one: "
                            + "`andrias calibration learn`.")
                }
                print([try await registry.store.activateCalibration(id, by: by, note: note)].table)
                print("Screenings weigh by it from now on, in running services too.")
            }
        }
    }
}

extension OpenRegistry {
    fileprivate func learned(_ text: String) async throws -> LearnedCalibration {
        guard let calibration = try await store.calibration(parseIdentifier(text, of: "a calibration")) else {
            throw CommandError("There is no calibration \(text). `andrias calibration list` lists them.")
        }
        return calibration
    }
}

extension LearnedCalibration {
    /// Whether scores of a scorer can be weighed by it.
    func isWeighed(by scorer: String) -> Bool { content.scorer == scorer && content.tail != nil }
}

extension [LearnedCalibration] {
    /// Populations and regions that have an active calibration, but none that weighs the scores of a scorer.
    func placesToLearnAgain(for scorer: String) -> [String] {
        let active = filter { $0.activeSince != nil }
        let place = { (one: LearnedCalibration) in
            "\(one.content.population ?? "the whole registry"), \(one.content.region.rawValue)"
        }
        return Set(active.map(place)).subtracting(active.filter { $0.isWeighed(by: scorer) }.map(place)).sorted()
    }
}

extension LearnedCalibration.Fit {
    var words: String {
        "ECE \(fixed(ece, 4)), Brier \(fixed(brier, 4)), log loss \(fixed(logLoss, 4))"
    }
}

extension [LearnedCalibration] {
    fileprivate var table: String {
        var table = TextTable(
            header: [
                "population", "region", "intercept", "slope", "tail", "same", "different", "animals",
                "cross-validated", "active", "id",
            ])
        for calibration in self {
            let content = calibration.content
            table.append([
                content.population ?? "whole registry", content.region.rawValue, fixed(content.intercept, 2),
                fixed(content.slope, 2),
                content.tail.map { "\(fixed($0.location, 1)) + \(fixed($0.scale, 2)) ln m" } ?? "–",
                String(content.genuinePairs), String(content.impostorPairs),
                String(content.animals), content.figures.after.words,
                calibration.activeSince?.formatted(.iso8601) ?? "–", calibration.id.description,
            ])
        }
        return table.text
    }
}
