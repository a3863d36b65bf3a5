import Foundation
import Imaging

/// The search for a head from many starts, which agree on a place or do not.
struct HeadSearch {
    let cascade: LandmarkCascade
    /// Head lengths to be met, as parts of the picture's long side.
    let lengths: ClosedRange<Double>

    /// Where most starts led.
    struct Found: Sendable {
        /// Landmarks in pixels of the picture: the mean of the starts that agree.
        let points: [SIMD2<Double>]
        /// How far the agreeing starts lie from their mean, in head lengths.
        let spread: Double
        /// What speaks for this place less what speaks for the best other one, 0 … about 1.
        let sureness: Double
    }

    /// Looks for a head.
    ///
    /// Starts that lead to within a tenth of a head of each other agree; each counts with the square of its nearness.
    ///
    /// - Parameters:
    ///   - image: The picture.
    ///   - starts: Where to look.
    ///   - isLeftOut: Places where nothing may be found.
    /// - Returns: `nil` where nothing was left to follow.
    func found(
        on image: PixelImage, from starts: [HeadFrame], unless isLeftOut: ([SIMD2<Double>]) -> Bool = { _ in false }
    ) -> Found? {
        let ways = cascade.followed(starts, on: OrientationMaps(image)).filter { !isLeftOut($0.points) }
        let weights = ways.map { pow(max(0, $0.nearness), 2) }
        func distance(_ one: Int, _ other: Int) -> Double {
            let length = cascade.frame(ways[one].points).length
            return meanDistance(ways[one].points, ways[other].points) / length
        }
        let support = ways.indices.map { one in
            ways.indices.reduce(0) { distance(one, $1) < Self.agreement ? $0 + weights[$1] : $0 }
        }
        guard let best = support.indices.max(by: { support[$0] < support[$1] }), support[best] > 0 else { return nil }
        let rival = ways.indices.filter { distance(best, $0) > 3 * Self.agreement }.map { support[$0] }.max() ?? 0
        let agreeing = ways.indices.filter { distance(best, $0) < Self.agreement }
        let points = ways[best].points.indices.map { landmark in
            agreeing.reduce(SIMD2<Double>.zero) { $0 + weights[$1] * ways[$1].points[landmark] } / support[best]
        }
        let spread = agreeing.reduce(0) { $0 + weights[$1] * meanDistance(ways[$1].points, points) } / support[best]
        return Found(
            points: points, spread: spread / cascade.frame(points).length,
            sureness: (support[best] - rival) / Double(LandmarkCascade.survivors))
    }

    /// Mean distance in head lengths below which two ways have led to one place.
    private static let agreement = 0.1

    /// Starts all over a picture: half a head apart, in twelve directions, of lengths a factor of 1.4 apart.
    ///
    /// A mask keeps the middle of the head within the animal; as a cut-out may show all of it, heads may be smaller.
    func starts(on image: PixelImage, mask: GreyMask?) -> [HeadFrame] {
        let (width, height) = (Double(image.width), Double(image.height))
        let least = mask == nil ? lengths.lowerBound : lengths.lowerBound / 2
        let range = lengths.upperBound / least
        let count = max(1, Int((log(range) / log(1.4)).rounded(.up)))
        var starts: [HeadFrame] = []
        for number in 0..<count {
            let length = least * pow(range, (Double(number) + 0.5) / Double(count)) * max(width, height)
            let columns = max(1, Int((width / length * 2).rounded()))
            let rows = max(1, Int((height / length * 2).rounded()))
            for place in 0..<columns * rows {
                let middle = SIMD2(
                    (Double(place % columns) + 0.5) / Double(columns) * width,
                    (Double(place / columns) + 0.5) / Double(rows) * height)
                if let mask, mask.values[Int(middle.y) * mask.width + Int(middle.x)] == 0 { continue }
                starts += (0..<12).map { HeadFrame(middle: middle, length: length, heading: Double($0) * .pi / 6) }
            }
        }
        return starts
    }

    /// Starts round a head whose snout and neck are known, in pixels of the picture.
    func starts(snout: SIMD2<Double>, neck: SIMD2<Double>) -> [HeadFrame] {
        let laid = laid(snout: snout, neck: neck)
        return (1...2 * LandmarkCascade.survivors).map(laid.misplaced)
    }

    /// The frame in which the mean shape has its snout and neck at two places.
    func laid(snout: SIMD2<Double>, neck: SIMD2<Double>) -> HeadFrame {
        let (front, behind) = (cascade.mean[0], cascade.mean[cascade.mean.count - 1])
        let own = HeadFrame(laying: [front, behind].centred, onto: [snout, neck])
        return HeadFrame(middle: own.middle - own.way((front + behind) / 2), turn: own.turn)
    }
}

/// Mean distance of points from as many others.
func meanDistance(_ points: [SIMD2<Double>], _ others: [SIMD2<Double>]) -> Double {
    var sum = 0.0
    for (one, other) in zip(points, others) {
        let way = one - other
        sum += (way.x * way.x + way.y * way.y).squareRoot()
    }
    return sum / Double(max(1, points.count))
}

extension [SIMD2<Double>] {
    fileprivate var centred: [SIMD2<Double>] {
        let middle = reduce(.zero, +) / Double(count)
        return map { $0 - middle }
    }
}
