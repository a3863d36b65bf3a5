/// How well scores tell two kinds of search apart: the area under the ROC curve.
struct Discrimination: Sendable {
    private struct Item {
        let score: Double
        let isPositive: Bool
        let animal: Int
    }

    private let items: [Item]

    /// - Parameters:
    ///   - positives: Scores that should be high, each with its animal's number.
    ///   - negatives: Scores that should be low.
    init(positives: [(animal: Int, score: Double)], negatives: [(animal: Int, score: Double)]) {
        items =
            (positives.map { Item(score: $0.score, isPositive: true, animal: $0.animal) }
            + negatives.map { Item(score: $0.score, isPositive: false, animal: $0.animal) })
            .sorted { $0.score < $1.score }
    }

    /// Probability that a positive scores higher than a negative, equal scores counted half.
    ///
    /// - Parameter weights: How often each animal counts; without it every search counts once.
    /// - Returns: The area, 0 … 1; `nil` without both.
    func area(_ weights: [Double]? = nil) -> Double? {
        var (negatives, positives, pairs) = (0.0, 0.0, 0.0)
        var start = 0
        while start < items.count {
            var (levelPositives, levelNegatives) = (0.0, 0.0)
            var end = start
            while end < items.count, items[end].score == items[start].score {
                let weight = weights?[items[end].animal] ?? 1
                if items[end].isPositive { levelPositives += weight } else { levelNegatives += weight }
                end += 1
            }
            pairs += levelPositives * (negatives + levelNegatives / 2)
            negatives += levelNegatives
            positives += levelPositives
            start = end
        }
        guard positives > 0, negatives > 0 else { return nil }
        return pairs / (positives * negatives)
    }
}
