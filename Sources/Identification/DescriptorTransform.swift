import Foundation

/// One basis function of the transform of a descriptor: cosines over the 4 × 4 grid, a wave over the 8 directions.
struct Coefficient: Hashable, Sendable {
    /// Frequency down the grid, 0 … 3 half periods.
    let down: Int
    /// Frequency across the grid, 0 … 3 half periods.
    let across: Int
    /// Frequency round the directions, 0 … 4 periods.
    let round: Int
    /// Whether the wave is a sine.
    let isSine: Bool

    /// Turning by 180° reverses both axes of the grid and shifts every direction by half a turn.
    var changesWhenTurned: Bool { (down + across + round) % 2 == 1 }

    /// Mirroring along the keypoint's own direction reverses the grid's rows and the sense of rotation.
    var changesWhenMirrored: Bool { (down % 2 == 1) != isSine }

    /// The 64 coefficients kept, the most informative first.
    ///
    /// The cost of a coefficient is its frequency on the grid plus a cost of its frequency of direction. A single
    /// period of direction, a gradient, tells most; no period at all, mere contrast, and three or more tell little.
    static let kept: [Coefficient] = {
        let directionCost: [Double] = [2.5, 0, 2, 4, 6]
        let ranked = all.dropFirst().map { (cost: Double($0.down + $0.across) + directionCost[$0.round], $0) }
        // The sort is made stable by the order of `all`.
        return ranked.enumerated()
            .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
            .prefix(QuantisedDescriptors.dimension).map(\.element.1)
    }()

    private static let all: [Coefficient] = (0..<4).flatMap { down in
        (0..<4).flatMap { across in
            [(0, false), (1, false), (1, true), (2, false), (2, true), (3, false), (3, true), (4, false)].map {
                Coefficient(down: down, across: across, round: $0.0, isSine: $0.1)
            }
        }
    }

    /// Row-major 64 × 128: each kept coefficient as weights of a descriptor in the order row, column, direction.
    static let matrix: [Float] = kept.flatMap { coefficient in
        (0..<4).flatMap { row in
            (0..<4).flatMap { column in
                (0..<8).map { direction in
                    Float(
                        cosine(coefficient.down, at: row) * cosine(coefficient.across, at: column)
                            * coefficient.wave(at: direction))
                }
            }
        }
    }

    private static func cosine(_ frequency: Int, at place: Int) -> Double {
        (frequency == 0 ? 0.5 : 0.5.squareRoot()) * cos(.pi * (Double(place) + 0.5) * Double(frequency) / 4)
    }

    private func wave(at direction: Int) -> Double {
        let angle = 2 * .pi * Double(round * direction) / 8
        let norm = round == 0 || round == 4 ? (1.0 / 8).squareRoot() : 0.5
        return norm * (isSine ? sin(angle) : cos(angle))
    }
}
