import Identification

/// A search result prepared for counting.
struct Search: Sendable {
    /// An animal of the gallery and its score.
    struct Candidate: Hashable, Sendable {
        let name: String
        let score: Double
        /// Photographs of the animal that it is the best of.
        let photos: Int
    }

    let result: SearchResult
    /// Number of its animal among the protocol's animals.
    let animal: Int
    let fold: Int
    /// Every animal of the gallery, the best first; equal scores in the order of names.
    let candidates: [Candidate]
    /// Where its own animal stands; `nil` where it was not found.
    let ranking: Ranking?

    init(_ result: SearchResult, animal: Int, fold: Int) {
        self.result = result
        self.animal = animal
        self.fold = fold
        candidates = result.scores.map {
            Candidate(name: $0.key, score: $0.value, photos: max(1, result.photosOfAnimals[$0.key] ?? 1))
        }
        .sorted { $0.score != $1.score ? $0.score > $1.score : $0.name < $1.name }
        ranking = result.isNew ? nil : Ranking(of: result.individual, in: result.scores)
    }

    /// The best score of a search that found nothing: below every score.
    static let nothing = -1.0

    var individual: String { result.individual }
    var isMated: Bool { !result.isNew }
    var isUsable: Bool { !result.scores.isEmpty }
    var top1: Double { ranking?.hit(within: 1) ?? 0 }

    /// Every animal's score, but for one taken out, as it is weighed and learned from.
    func pairs(without animal: String? = nil) -> [LabelledScore] {
        candidates.filter { $0.name != animal }.map {
            LabelledScore(
                score: $0.score, comparisons: $0.photos, isSame: $0.name == individual, animal: individual)
        }
    }

    /// The best score of all animals.
    var best: Double { candidates.first?.score ?? Self.nothing }

    /// The best score of another animal than its own.
    var bestOther: Double { candidates.first { $0.name != individual }?.score ?? Self.nothing }

    /// Expected miss at a threshold: not first, or first and below.
    func miss(at threshold: Double) -> Double {
        guard let ranking, ranking.score >= threshold else { return 1 }
        return 1 - ranking.hit(within: 1)
    }
}
