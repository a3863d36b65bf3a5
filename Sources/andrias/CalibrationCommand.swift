import ArgumentParser
import Foundation
import Identification
import Registry
import Storage

/// `andrias calibration`: learns what scores are worth from reviewed pairs.
struct CalibrationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration", abstract: "Learn what scores are worth from reviewed pairs.",
        subcommands: [Learn.self, List.self, Compare.self, Activate.self])

    struct Learn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Learn a calibration from everything people have settled. It counts once it is activated.")

        @OptionGroup var data: DataOptions
        @Option(help: "The population; the whole registry where it is left out.") var population: String?
        @Option(help: "Body region: head, trunk, belly or tail.") var region: String = "head"
        @Option(help: "Who has it learned.") var by: String = NSUserName()

        func run() async throws {
            let region = try parseRegion(region)
            try await OpenRegistry.with(data) { registry in
                let scores = try await ReviewedScores(registry: registry, population: population, region: region)
                    .collect()
                let before = try await registry.calibration(of: population, region: region)
                let content = try CalibrationLearning(scores).learn(
                    population: population, region: region, scorer: registry.scorer, before: before)
                let learned = try await registry.store.addCalibration(content, by: by)
                print([learned].table)
                print("Before, by \(before.population): \(content.figures.before.words).")
                print("Activate: `andrias calibration activate \(learned.id)`. Screenings do not use it yet.")
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
                let learning = try CalibrationLearning(
                    try await ReviewedScores(registry: registry, population: population, region: one.region).collect())
                var table = TextTable(header: ["calibration", "cross-validated when learned", "on today's pairs"])
                for calibration in [pair.0, pair.1] {
                    table.append([
                        calibration.id.description, calibration.content.figures.after.words,
                        learning.figures(of: Calibration(calibration)).words,
                    ])
                }
                print(table.text)
                note("Today's pairs hold those that each was learned from; less is better.")
            }
        }
    }

    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a calibration count for its population, region and scorer.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of the calibration.") var id: String
        @Option(help: "Why.") var note: String?
        @Option(help: "Who decides.") var by: String = NSUserName()

        func run() async throws {
            let id: Identifier<LearnedCalibration> = try parseIdentifier(id, of: "a calibration")
            try await OpenRegistry.with(data) { registry in
                print([try await registry.store.activateCalibration(id, by: by, note: note)].table)
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

    /// What counts for a population: its own calibration, else the whole registry's, else the borrowed one.
    fileprivate func calibration(of population: String?, region: BodyRegion) async throws -> Calibration {
        for candidate in population == nil ? [nil] : [population, nil] {
            let active = try await store.activeCalibration(population: candidate, region: region, scorer: scorer)
            if let active { return Calibration(active) }
        }
        return .newts
    }
}

extension Calibration {
    fileprivate init(_ learned: LearnedCalibration) {
        self.init(
            population: learned.content.population ?? "the whole registry", intercept: learned.content.intercept,
            slope: learned.content.slope, lookAlikeRate: learned.content.lookAlikeRate)
    }
}

extension LearnedCalibration.Fit {
    var words: String {
        let number = { (value: Double) in value.formatted(.number.precision(.fractionLength(4))) }
        return "ECE \(number(ece)), Brier \(number(brier)), log loss \(number(logLoss))"
    }
}

extension [LearnedCalibration] {
    fileprivate var table: String {
        var table = TextTable(
            header: [
                "population", "region", "intercept", "slope", "same", "different", "animals", "cross-validated",
                "active", "id",
            ])
        for calibration in self {
            let content = calibration.content
            let number = { (value: Double) in value.formatted(.number.precision(.fractionLength(2))) }
            table.append([
                content.population ?? "whole registry", content.region.rawValue, number(content.intercept),
                number(content.slope), String(content.genuinePairs), String(content.impostorPairs),
                String(content.animals), content.figures.after.words,
                calibration.activeSince?.formatted(.iso8601) ?? "–", calibration.id.description,
            ])
        }
        return table.text
    }
}
