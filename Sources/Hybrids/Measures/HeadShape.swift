import Foundation

/// Shapes without place, size and turn (Dryden and Mardia, Statistical Shape Analysis, 2016).
///
/// A plane shape is a vector of complex numbers; the best turn of one onto another is the argument of their complex inner
/// product, and as it is a turn alone, no shape is ever reflected.
public struct HeadShape: Hashable, Sendable {
    /// Points with their mean at 0 and a centroid size of 1.
    public let points: [SIMD2<Double>]

    /// The shape of points.
    ///
    /// - Returns: `nil` where all points are one, or one is no number.
    public init?(_ points: [SIMD2<Double>]) {
        guard !points.isEmpty else { return nil }
        let middle = points.reduce(SIMD2<Double>.zero, +) / Double(points.count)
        let centred = points.map { $0 - middle }
        let size = centred.reduce(0) { $0 + ($1 * $1).sum() }.squareRoot()
        guard size > 0, size.isFinite else { return nil }
        self.points = centred.map { $0 / size }
    }

    /// This shape turned onto another as well as it goes.
    public func turned(onto target: HeadShape) -> HeadShape {
        var (real, imaginary) = (0.0, 0.0)
        for (own, other) in zip(points, target.points) {
            real += own.x * other.x + own.y * other.y
            imaginary += own.x * other.y - own.y * other.x
        }
        let norm = (real * real + imaginary * imaginary).squareRoot()
        guard norm > 0 else { return self }
        let (cosine, sine) = (real / norm, imaginary / norm)
        return HeadShape(unchecked: points.map { SIMD2($0.x * cosine - $0.y * sine, $0.x * sine + $0.y * cosine) })
    }

    /// Full Procrustes distance from another shape, 0 … 1.
    public func distance(to other: HeadShape) -> Double {
        let turned = turned(onto: other)
        let product = zip(turned.points, other.points).reduce(0) { $0 + ($1.0 * $1.1).sum() }
        return max(0, 1 - product * product).squareRoot()
    }

    /// The mean shape of a sample by generalised Procrustes analysis (Gower 1975), without reflection.
    ///
    /// Every shape is turned onto the mean and the mean is taken again, until it moves by less than 1e-12.
    ///
    /// - Parameter shapes: All with equally many points.
    /// - Returns: The mean and the shapes turned onto it; `nil` without shapes.
    public static func aligned(_ shapes: [HeadShape]) -> (mean: HeadShape, shapes: [HeadShape])? {
        guard var mean = shapes.first else { return nil }
        var turned = shapes
        for _ in 0..<100 {
            turned = shapes.map { $0.turned(onto: mean) }
            let sums = mean.points.indices.map { place in
                turned.reduce(SIMD2<Double>.zero) { $0 + $1.points[place] }
            }
            guard let next = HeadShape(sums) else { return nil }
            let moved = zip(next.points, mean.points).reduce(0) { $0 + (($1.0 - $1.1) * ($1.0 - $1.1)).sum() }
            mean = next
            if moved < 1e-24 { break }
        }
        return (mean, turned)
    }

    private init(unchecked points: [SIMD2<Double>]) { self.points = points }
}

extension DorsalHead {
    /// The head's shape without its asymmetry, the midline upright, snout upwards.
    ///
    /// The mean of the shape and its mirror image with left and right exchanged (Klingenberg, Barluenga and Meyer 2002):
    /// half the error of a person's hand goes, and so does a view from one side to the first order. Two such shapes lie
    /// best on each other without any turn, so that it is aligned with every other, and with the mean of any sample,
    /// without knowing them.
    public var symmetricShape: HeadShape? {
        let places = HeadLandmark.allCases.map(place)
        return HeadShape(
            HeadLandmark.allCases.map { landmark in
                let own = places[HeadLandmark.places[landmark] ?? 0]
                let other = places[HeadLandmark.places[landmark.mirrored] ?? 0]
                return SIMD2((own.across - other.across) / 2, (own.along + other.along) / 2)
            })
    }
}
