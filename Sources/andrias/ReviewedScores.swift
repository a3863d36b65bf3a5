import Foundation
import Identification
import Registry
import Storage

/// Scores of what people have settled: each photograph against the animals met before.
struct ReviewedScores {
    let registry: OpenRegistry
    /// The population; `nil` for the whole registry.
    let population: String?
    let region: BodyRegion

    /// The best score of every photograph with every animal met earlier, and of the pairs that people decided on.
    ///
    /// Animals that were not worth a full comparison have a score of 0. A photograph's own encounter is left out: its photographs resemble each other for more than the animal's sake.
    /// Encounters without a date come first, in the order they were entered.
    func collect() async throws -> CalibrationEvidence {
        let history = try await registry.store.reviewedHistory(region: region, extractor: registry.extractor)
            .filter { population == nil || $0.population == population }
            .sorted { Self.precedes($0, $1) }
        let entries = try history.map { try GalleryEntry($0, region: region) }
        var evidence = CalibrationEvidence()
        var progress = Progress("comparing", total: history.count)
        for (index, probe) in history.enumerated() {
            let earlier = zip(history, entries).prefix(index).filter { $0.0.encounter != probe.encounter }.map(\.1)
            let found = try await registry.scores(of: entries[index], among: earlier)
            let scores = Dictionary(
                found.map { ($0.reference.individual, $0.evidence.score) }, uniquingKeysWith: { first, _ in first })
            evidence.add(
                Self.photographs(earlier).map { animal, photos in
                    LabelledScore(
                        score: scores[animal] ?? 0, comparisons: photos, isSame: animal == probe.individual,
                        animal: probe.name)
                }, of: probe.name)
            progress.advance(to: index + 1)
        }
        let enrolled = Set(history.map(\.photo))
        let photographs = Dictionary(Self.photographs(entries), uniquingKeysWith: { first, _ in first })
        for pair in try await registry.store.reviewedPairs(region: region, scorer: registry.scorer)
        where population == nil || pair.population == population {
            // Pairs of enrolled photographs are among the scores already.
            if !enrolled.contains(pair.photo) {
                evidence.add(
                    LabelledScore(
                        score: pair.score, comparisons: photographs[pair.individual] ?? 1, isSame: pair.isSame,
                        animal: pair.name))
            }
        }
        return evidence
    }

    /// How many photographs each animal has, in a fixed order.
    private static func photographs(_ entries: [GalleryEntry]) -> [(Identifier<Individual>, Int)] {
        Dictionary(grouping: entries, by: \.individual).map { ($0.key, $0.value.count) }
            .sorted { $0.0.description < $1.0.description }
    }

    private static func precedes(_ left: HistoryEntry, _ right: HistoryEntry) -> Bool {
        let (before, after) = (left.eventDate ?? .distantPast, right.eventDate ?? .distantPast)
        if before != after { return before < after }
        if left.encounter != right.encounter { return left.encounter.description < right.encounter.description }
        return left.template.description < right.template.description
    }
}

extension GalleryEntry {
    fileprivate init(_ entry: HistoryEntry, region: BodyRegion) throws {
        self.init(
            id: Identifier(entry.template.uuid), photo: entry.photo, sha256: entry.sha256,
            individual: entry.individual, name: entry.name, region: region,
            template: try Template(decoding: entry.bytes))
    }
}
