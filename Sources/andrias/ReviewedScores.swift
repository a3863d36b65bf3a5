import Evaluation
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
    /// Animals that were not worth a full comparison have a score of 0.
    func collect() async throws -> CalibrationEvidence {
        let reviewed = try await ReviewedPhotographs(registry, population: population, region: region)
        let results = try await inParallel(reviewed.searches(.rolling), label: "comparing") { try await $0.result() }
        var evidence = CalibrationEvidence()
        for result in results { evidence.add(result.pairs, of: result.individual) }
        let enrolled = Set(reviewed.photographs.map(\.photo))
        let photographs = Dictionary(grouping: reviewed.photographs, by: \.individual).mapValues(\.count)
        for pair in try await registry.store.reviewedPairs(region: region, scorer: registry.scorer)
        where population == nil || pair.population == population {
            // Pairs of enrolled photographs are among the scores already.
            if !enrolled.contains(pair.photo) {
                evidence.add(
                    LabelledScore(
                        score: pair.score, comparisons: photographs[pair.name] ?? 1, isSame: pair.isSame,
                        animal: pair.name))
            }
        }
        return evidence
    }
}

extension SearchResult {
    /// Every animal searched, in a fixed order.
    fileprivate var pairs: [LabelledScore] {
        scores.sorted { $0.key < $1.key }.map { name, score in
            LabelledScore(
                score: score, comparisons: photosOfAnimals[name] ?? 1, isSame: name == individual, animal: individual)
        }
    }
}
