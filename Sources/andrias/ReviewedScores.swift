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
    func collect() async throws -> [LabelledScore] {
        let reviewed = try await ReviewedPhotographs(registry, population: population, region: region)
        let results = try await inParallel(reviewed.searches(.rolling), label: "comparing") { try await $0.result() }
        var scores = results.flatMap { result in
            result.scores.sorted { $0.key < $1.key }.map { name, score in
                LabelledScore(score: score, isSame: name == result.individual, animal: result.individual)
            }
        }
        let enrolled = Set(reviewed.photographs.map(\.photo))
        for pair in try await registry.store.reviewedPairs(region: region, scorer: registry.scorer)
        where population == nil || pair.population == population {
            // Pairs of enrolled photographs are among the scores already.
            if !enrolled.contains(pair.photo) {
                scores.append(LabelledScore(score: pair.score, isSame: pair.isSame, animal: pair.name))
            }
        }
        return scores
    }
}
