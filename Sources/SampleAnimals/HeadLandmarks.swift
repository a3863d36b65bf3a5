import Foundation

/// The true landmarks of a drawn head in fractions of the frame's width and height.
public struct HeadLandmarks: Sendable, Hashable {
    /// Landmarks of both sides; left and right are the animal's own.
    public struct Pair<Point: Sendable & Hashable>: Sendable, Hashable {
        /// On the animal's left.
        public let left: Point
        /// On the animal's right.
        public let right: Point
    }

    /// All landmarks, in one unit.
    struct Points<Point: Sendable & Hashable>: Sendable, Hashable {
        let snout: Point
        let nostrils: Pair<Point>
        let eyes: Pair<Point>
        let mouth: Pair<Point>
        let widest: Pair<Point>
        let neckEnds: Pair<Point>
        let neck: Point

        /// Every landmark changed, in the order snout, neck, then the pairs from the snout to the neck.
        func map<Other: Sendable & Hashable>(_ change: (Point) -> Other) -> Points<Other> {
            let axis = (change(snout), change(neck))
            func both(_ pair: Pair<Point>) -> Pair<Other> {
                let left = change(pair.left)
                return .init(left: left, right: change(pair.right))
            }
            return .init(
                snout: axis.0, nostrils: both(nostrils), eyes: both(eyes), mouth: both(mouth), widest: both(widest),
                neckEnds: both(neckEnds), neck: axis.1)
        }
    }

    private let points: Points<SIMD2<Double>>
    /// The head's length in both fractions: a distance on the frame divided by its sides.
    private let length: SIMD2<Double>

    init(pixels: Points<SIMD2<Float>>, width: Int, height: Int) {
        let size = SIMD2(Double(width), Double(height))
        points = pixels.map { SIMD2<Double>($0) / size }
        let way = SIMD2<Double>(pixels.neck - pixels.snout)
        length = SIMD2(repeating: (way * way).sum().squareRoot()) / size
    }

    private init(points: Points<SIMD2<Double>>, length: SIMD2<Double>) {
        self.points = points
        self.length = length
    }

    /// The tip of the snout.
    public var snout: SIMD2<Double> { points.snout }
    /// The middle of the neck fold.
    public var neck: SIMD2<Double> { points.neck }
    /// The nostrils.
    public var nostrils: Pair<SIMD2<Double>> { points.nostrils }
    /// The middles of the eyes.
    public var eyes: Pair<SIMD2<Double>> { points.eyes }
    /// The corners of the mouth, where its line leaves the rim.
    public var mouth: Pair<SIMD2<Double>> { points.mouth }
    /// The widest places of the head.
    public var widest: Pair<SIMD2<Double>> { points.widest }
    /// The ends of the neck fold.
    public var neckEnds: Pair<SIMD2<Double>> { points.neckEnds }

    /// All landmarks from the snout to the neck, the left of each pair before the right.
    public var all: [SIMD2<Double>] {
        [snout] + [nostrils, eyes, mouth, widest, neckEnds].flatMap { [$0.left, $0.right] } + [neck]
    }

    /// The landmarks as a person would place them.
    ///
    /// - Parameters:
    ///   - deviation: Standard deviation of each coordinate as a part of the head's length.
    ///   - seed: The number from which the errors follow.
    /// - Returns: Landmarks that may lie beside the frame.
    public func misplaced(by deviation: Double, seed: UInt64) -> HeadLandmarks {
        var dice = SplitMix64(seed: seed, purpose: 71)
        // Box and Muller 1958: two normal numbers at a time.
        func normals() -> SIMD2<Double> {
            let radius = (-2 * log(1 - dice.unit())).squareRoot()
            let angle = dice.between(0, 2 * .pi)
            return SIMD2(radius * cos(angle), radius * sin(angle))
        }
        return HeadLandmarks(points: points.map { $0 + normals() * deviation * length }, length: length)
    }
}
