import Foundation
public import Registry

extension ImpostorTail {
    /// Learns how high different animals score from searches among other animals.
    ///
    /// Maximum likelihood of the Gumbel law, each animal searched for weighing the same. With the sum of weights `W`,
    /// the mean `x̄` and `e(x) = m · exp(-x / scale)`, the best scale is where `scale = x̄ − Σ e(x)·x / Σ e(x)`, found by
    /// bisection, and then `location = scale · ln(W / Σ e(x))`.
    ///
    /// Measured on newt bellies, the law learned on the other nine tenths of the animals:
    ///
    /// | Cohort, learned from | FPIR obtained at 0.1 | at 0.03 | at 0.01 |
    /// |---|---|---|---|
    /// | TK rolling, its own searches of 45 to 116 photographs | .078 | .039 | .020 |
    /// | TK rolling, searches of a fifth of the animals among themselves | .083 | .036 | .016 |
    /// | PW, its own searches of 130 photographs | .070 | 0 | 0 |
    /// | PW, searches of a fifth of the animals among themselves | .112 | .047 | .001 |
    ///
    /// One animal of TK stands there under two names and is taken as one.
    ///
    /// - Parameters:
    ///   - searches: Searches among other animals, with the scores that will be weighed.
    ///   - smallest: As many searches and animals are needed as pairs of one animal.
    /// - Returns: The law of their best scores.
    /// - Throws: ``CalibrationError``.
    public static func learned(
        from searches: [NonMatedSearch], smallest: CalibrationSample = .minimum
    ) throws(CalibrationError) -> ImpostorTail {
        let counts = Dictionary(grouping: searches, by: \.animal).mapValues(\.count)
        guard searches.count >= smallest.genuinePairs, counts.count >= smallest.genuineAnimals else {
            throw .tooFewSearches(searches.count, animals: counts.count)
        }
        let weights = searches.map { 1 / Double(counts[$0.animal] ?? 1) }
        let total = weights.reduce(0, +)
        let least = searches.map(\.best).min() ?? 0
        let mean = zip(searches, weights).reduce(0) { $0 + $1.0.best * $1.1 } / total
        guard mean > least else { throw .noSpread }
        // The scale lies below the distance from the least to the mean; scores are counted from the least for range.
        func sums(_ scale: Double) -> (rates: Double, scores: Double) {
            zip(searches, weights).reduce(into: (0, 0)) { sums, one in
                let above = one.0.best - least
                let rate = one.1 * Double(max(1, one.0.comparisons)) * exp(-above / scale)
                sums.rates += rate
                sums.scores += rate * above
            }
        }
        var (low, high) = (0.0, mean - least)
        for _ in 0..<100 {
            let scale = (low + high) / 2
            let (rates, scores) = sums(scale)
            if mean - least - scores / rates > scale { low = scale } else { high = scale }
        }
        let scale = (low + high) / 2
        return ImpostorTail(
            location: least + scale * log(total / sums(scale).rates), scale: scale, searches: searches.count)
    }
}
