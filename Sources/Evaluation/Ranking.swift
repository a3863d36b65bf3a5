/// Where an animal stands among the scores of a search, equal scores counted as expected values.
///
/// The order of equal scores is drawn at random in thought, so that no list order helps or harms: with `above` animals
/// ahead and `level` animals (itself included) of its own score, its rank is uniform on `above + 1 … above + level`.
struct Ranking: Hashable, Sendable {
    /// Animals that score higher.
    let above: Int
    /// Animals with the same score, itself included.
    let level: Int
    /// Its score.
    let score: Double

    /// `nil` where the animal is not among the scores.
    init?(of individual: String, in scores: [String: Double]) {
        guard let own = scores[individual] else { return nil }
        score = own
        above = scores.values.count { $0 > own }
        level = scores.values.count { $0 == own }
    }

    /// Probability of a rank of `count` or better.
    func hit(within count: Int) -> Double {
        min(1, max(0, Double(count - above) / Double(level)))
    }

    /// Expected 1 / rank: the average precision of a search with one relevant animal.
    var reciprocal: Double {
        (1...level).reduce(0) { $0 + 1 / Double(above + $1) } / Double(level)
    }
}
