import Identification
import Statistics

/// Searches of known truth with everything that is counted on all of them.
struct CountedSearches {
    /// Number of animals searched for.
    let animals: Int
    /// All searches, sorted by probe.
    let searches: [Search]
    /// Those whose animal is in the gallery.
    let mated: [Search]
    /// Best scores of mated searches.
    let found: [(animal: Int, score: Double)]
    /// Best scores of non-mated searches.
    let strangers: [(animal: Int, score: Double)]
    /// How far apart the two are.
    let discrimination: Discrimination
    let points: OperatingPoints
    let posterior: PosteriorCheck
    let reliability: Reliability

    init(_ results: [SearchResult], population: String) {
        let names = Set(results.map(\.individual)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let folds = AnimalFolds(names)
        animals = names.count
        searches = results.sorted { $0.probe < $1.probe }.map {
            Search($0, animal: numbers[$0.individual] ?? 0, fold: folds[$0.individual])
        }
        mated = searches.filter(\.isMated)
        found = mated.map { (animal: $0.animal, score: $0.best) }
        strangers = searches.map { (animal: $0.animal, score: $0.bestOther) }
        discrimination = Discrimination(positives: found, negatives: strangers)
        points = OperatingPoints(searches, folds: folds)
        posterior = PosteriorCheck(searches, folds: folds, population: population)
        reliability = Reliability(posterior.statements)
    }
}
