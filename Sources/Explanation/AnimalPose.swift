import Foundation

/// How the animal on the reference lies against the animal on the submitted photograph.
struct AnimalPose: Hashable, Sendable {
    /// Takes pixels of the reference to pixels of the submitted photograph.
    let similarity: Similarity

    /// The pose that most pairs of spots agree on; `nil` where fewer than six spots, or fewer than two of five, agree.
    ///
    /// Pairs of spots propose similarities; the one with the most spots within the tolerance is fitted to these by least
    /// squares, three times. Six spots by chance would need four within 5 % of a length beside the two that made the
    /// proposal, some 10⁻⁶ a proposal.
    ///
    /// - Parameters:
    ///   - spots: Places on the reference and on the submitted photograph, in pixels.
    ///   - tolerance: How far a spot may miss, in pixels of the submitted photograph; bodies bend.
    init?(of spots: [(from: Point, to: Point)], tolerance: Double) {
        guard spots.count >= Self.fewest else { return nil }
        var best: (similarity: Similarity, agreeing: [Int])?
        for (first, second) in Self.proposals(among: spots.count) {
            guard
                let proposal = Similarity(
                    (spots[first].from, spots[second].from), to: (spots[first].to, spots[second].to)),
                proposal.scale > 0.02, proposal.scale < 50
            else { continue }
            let agreeing = Self.agreeing(spots, with: proposal, tolerance: tolerance)
            if agreeing.count > best?.agreeing.count ?? 0 { best = (proposal, agreeing) }
        }
        for _ in 0..<3 {
            guard let found = best, let fitted = Similarity(leastSquares: found.agreeing.map { spots[$0] }) else {
                return nil
            }
            best = (fitted, Self.agreeing(spots, with: fitted, tolerance: tolerance))
        }
        guard let best, best.agreeing.count >= Self.fewest, best.agreeing.count * 5 >= spots.count * 2 else {
            return nil
        }
        similarity = best.similarity
    }

    private static let fewest = 6

    private static func agreeing(
        _ spots: [(from: Point, to: Point)], with similarity: Similarity, tolerance: Double
    ) -> [Int] {
        spots.indices.filter { index in
            let place = similarity.apply(spots[index].from)
            return hypot(place.x - spots[index].to.x, place.y - spots[index].to.y) <= tolerance
        }
    }

    /// All pairs of few spots; of many, each with some far from it in the list.
    private static func proposals(among count: Int) -> [(Int, Int)] {
        guard count > 48 else {
            return (0..<count).flatMap { first in (first + 1..<count).map { (first, $0) } }
        }
        let steps = [1, count / 13, count / 7, count / 5, count / 3, count / 2]
        return (0..<count).flatMap { first in steps.map { (first, (first + $0) % count) } }
    }
}
