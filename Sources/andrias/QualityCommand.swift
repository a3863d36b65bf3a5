import ArgumentParser
import Evaluation
import Foundation
import Identification
import Registry
import Screening
import Storage

/// `andrias quality`: learns from which photographs found their animal what quality is worth.
struct QualityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality", abstract: "Learn from reviewed photographs which ones are worth comparing.",
        discussion: """
            A photograph whose quality promises less than \(Int(MatchChance.least * 100)) % to find its animal, at the \
            upper end of the 95 % interval, is unusable, unless a search finds a clear match. Until something was \
            learned and activated, a standard counts that was learned on graded photographs of newts and drawn heads.
            """,
        subcommands: [Learn.self, List.self, Activate.self])

    struct Learn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Learn from everything people have settled. It counts once it is activated.",
            discussion: """
                Every photograph of a later encounter is searched among the earlier ones; photographs of confirmed \
                screenings count as they were answered.
                """)

        @OptionGroup var data: DataOptions
        @Option(help: "Body region: head, trunk, belly or tail.") var region: String = "head"
        @Option(help: "Who has it learned.") var by: String = NSUserName()

        func run() async throws {
            let region = try parseRegion(region)
            try await OpenRegistry.with(data) { registry in
                let graded = try await registry.gradedPhotographs(region: region)
                let chance = try MatchChance.learned(from: graded, source: "this registry's \(region.rawValue)s")
                let learned = try await registry.store.addMatchChance(
                    chance, region: region, scorer: registry.scorer, by: by)
                print([learned].table)
                let before = try await registry.store.activeMatchChance(region: region, scorer: registry.scorer)
                let fit = LearnedCalibration.Fit(
                    of: graded.map { (before.estimate($0.quality).chance, $0.isMatched) })
                print("Before, by \(before.source): \(fit.words). Now, cross-validated by animal: \(chance.fit.words).")
                print("Activate: `andrias quality activate \(learned.id)`.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List what was learned, oldest first.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let learned = try await allPages { after in
                    try await registry.store.matchChances(after: after, limit: 200)
                }
                print(learned.table)
            }
        }
    }

    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let it count for its region and scorer, from the next screening on.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Identifier of what was learned.") var id: String
        @Option(help: "Why.") var note: String?
        @Option(help: "Who decides.") var by: String = NSUserName()

        func run() async throws {
            let id: Identifier<LearnedMatchChance> = try parseIdentifier(id, of: "what quality promises")
            try await OpenRegistry.with(data) { registry in
                print([try await registry.store.activateMatchChance(id, by: by, note: note)].table)
            }
        }
    }
}

extension OpenRegistry {
    /// Photographs of known animals with their quality, and whether a search named the animal.
    fileprivate func gradedPhotographs(region: BodyRegion) async throws -> [GradedPhotograph] {
        let reviewed = try await ReviewedPhotographs(self, population: nil, region: region).assessed(self).reviewed
        let searches = reviewed.searches(.rolling)
        let results = try await inParallel(searches, label: "searching") { try await $0.result() }
        let decider = Decider(calibrations: try await calibrations(region: region))
        let graded = zip(searches, results).compactMap { search, result -> GradedPhotograph? in
            guard !result.isNew, let quality = search.probe.quality else { return nil }
            let animals = result.scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let judgement = decider.judge(
                animals.map { AnimalScore($0.value, comparisons: result.photosOfAnimals[$0.key] ?? 1) },
                among: SearchedGallery(animals: animals.count, comparisons: result.photosSearched))
            return GradedPhotograph(
                quality: quality, isMatched: judgement.call == .first && animals.first?.key == result.individual,
                animal: result.individual)
        }
        return graded + (try await store.reviewedQualities(region: region, scorer: scorer))
    }
}

extension [LearnedMatchChance] {
    fileprivate var table: String {
        var table = TextTable(
            header: ["region", "photographs", "matched", "animals", "cross-validated", "active", "id"])
        for learned in self {
            table.append([
                learned.region.rawValue, String(learned.chance.probes), String(learned.chance.matched),
                String(learned.chance.animals), learned.chance.fit.words,
                learned.activeSince?.formatted(.iso8601) ?? "–", learned.id.description,
            ])
        }
        return table.text
    }
}
