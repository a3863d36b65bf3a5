import Foundation

/// Two landmarks of a drawn head in fractions of the frame's width and height.
public struct HeadLandmarks: Sendable, Hashable {
    /// The tip of the snout.
    public let snout: SIMD2<Double>
    /// The middle of the neck fold.
    public let neck: SIMD2<Double>
    /// The head's length in both fractions: a distance on the frame divided by its sides.
    private let length: SIMD2<Double>

    init(snout: SIMD2<Float>, neck: SIMD2<Float>, width: Int, height: Int) {
        let size = SIMD2(Double(width), Double(height))
        self.snout = SIMD2<Double>(snout) / size
        self.neck = SIMD2<Double>(neck) / size
        let way = SIMD2<Double>(neck - snout)
        length = SIMD2(repeating: (way * way).sum().squareRoot()) / size
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
        return HeadLandmarks(
            snout: snout + normals() * deviation * length, neck: neck + normals() * deviation * length, length: length)
    }

    private init(snout: SIMD2<Double>, neck: SIMD2<Double>, length: SIMD2<Double>) {
        self.snout = snout
        self.neck = neck
        self.length = length
    }
}
