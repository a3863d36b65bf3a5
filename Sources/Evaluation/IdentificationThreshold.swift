/// Finds the score that a search must reach for its first animal to be named.
enum IdentificationThreshold {
    /// The lowest threshold at which no more than a wanted part of non-mated searches name an animal.
    ///
    /// A search names an animal where its best score is at least the threshold. Of `n` non-mated searches
    /// `floor(rate · n)` may; the threshold lies just above the best score of the next one, so that scores equal to it
    /// are all refused: the rate obtained is never above the rate wanted. With fewer than `1 / rate` searches it lies
    /// above all of them, and shows less than it claims.
    ///
    /// - Parameters:
    ///   - rate: The false-positive identification rate wanted, 0 to less than 1.
    ///   - bestScores: The best scores of non-mated searches.
    /// - Returns: The threshold; `nil` without non-mated searches.
    static func forRate(_ rate: Double, nonMated bestScores: [Double]) -> Double? {
        guard !bestScores.isEmpty else { return nil }
        let falling = bestScores.sorted(by: >)
        return falling[min(allowed(rate, of: falling.count), falling.count - 1)].nextUp
    }

    /// How many of `count` non-mated searches may name an animal.
    static func allowed(_ rate: Double, of count: Int) -> Int {
        // A rate of 0.1 of 30 searches is 3, whatever the binary fraction says.
        Int((rate * Double(count) + 1e-9).rounded(.down))
    }
}
