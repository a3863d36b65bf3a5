import Foundation
public import Imaging
import OpenCVBridge

/// The centre line of a body region with its half-widths, by which a bent trunk is laid out straight and a turned head
/// upright.
public struct StraightenedBody: Sendable {
    /// What is laid out, which sets the size of the picture and the units of places on it.
    public enum Form: Sendable {
        /// An elongated part along its centre line.
        case trunk
        /// A head between two landmarks.
        case head
    }

    /// What is laid out.
    public let form: Form
    /// A point of the centre line in pixels of the region.
    public struct Station: Hashable, Sendable {
        /// Pixels from the left edge.
        public let x: Float
        /// Pixels from the top edge.
        public let y: Float
        /// Unit vector across the body: x.
        public let acrossX: Float
        /// Unit vector across the body: y.
        public let acrossY: Float
        /// Distance from the centre line to the side in pixels.
        public let halfWidth: Float
    }

    /// Points at equal distances along the body, from the blunt end to the end that goes on in a tail, where they differ.
    public let stations: [Station]

    init(form: Form = .trunk, stations: [Station]) {
        self.form = form
        self.stations = stations
    }

    /// Where a place of the straightened body lies in the region.
    ///
    /// - Parameters:
    ///   - along: 0 at the first station, 1 at the last.
    ///   - across: −1 at one side, 1 at the other.
    /// - Returns: Pixels of the region.
    func place(along: Float, across: Float) -> (x: Float, y: Float) {
        let position = min(max(along, 0), 1) * Float(stations.count - 1)
        let index = min(Int(position), stations.count - 2)
        let part = position - Float(index)
        let (first, second) = (stations[index], stations[index + 1])
        // Key paths instead cost a quarter of the whole extraction.
        func between(_ from: Float, _ to: Float) -> Float { from + part * (to - from) }
        let reach = across * between(first.halfWidth, second.halfWidth)
        return (
            between(first.x, second.x) + reach * between(first.acrossX, second.acrossX),
            between(first.y, second.y) + reach * between(first.acrossY, second.acrossY)
        )
    }

    /// Where each pixel of a strip of the given size comes from, row by row.
    func sources(width: Int, height: Int) -> (x: [Float], y: [Float]) {
        var (xs, ys): ([Float], [Float]) = ([], [])
        xs.reserveCapacity(width * height)
        ys.reserveCapacity(width * height)
        for row in 0..<height {
            let across = (Float(row) + 0.5) / Float(height) * 2 - 1
            for column in 0..<width {
                let source = place(along: (Float(column) + 0.5) / Float(width), across: across)
                xs.append(source.x)
                ys.append(source.y)
            }
        }
        return (xs, ys)
    }

    /// The body laid out straight.
    ///
    /// - Parameters:
    ///   - image: The region's pixels.
    ///   - width: Pixels along the body.
    ///   - height: Pixels across it.
    /// - Returns: The strip, head to the left where the tail told them apart.
    /// - Throws: ``IdentificationError``.
    public func strip(of image: PixelImage, width: Int, height: Int) throws(IdentificationError) -> PixelImage {
        let sources = sources(width: width, height: height)
        var pixels = [UInt8](repeating: 0, count: 3 * width * height)
        try vision("the straightening") {
            cv_bridge_sample(
                image.pixels, Int32(image.width), Int32(image.height), sources.x, sources.y, Int32(width),
                Int32(height), &pixels)
        }
        return PixelImage(width: width, height: height, pixels: pixels)
    }

    /// Where a point of the region lies on the straightened body.
    ///
    /// - Returns: Along 0 … 1 and across −1 … 1; `nil` beside the body.
    public func place(x: Float, y: Float) -> (along: Float, across: Float)? {
        let nearest = stations.indices.min { distance(to: $0, x, y) < distance(to: $1, x, y) }
        guard let nearest else { return nil }
        let station = stations[nearest]
        let across = ((x - station.x) * station.acrossX + (y - station.y) * station.acrossY) / station.halfWidth
        let forward = (x - station.x) * station.acrossY - (y - station.y) * station.acrossX
        let spacing = hypot(stations[1].x - stations[0].x, stations[1].y - stations[0].y)
        let along = (Float(nearest) + forward / max(spacing, 1e-3)) / Float(stations.count - 1)
        guard abs(across) <= 1.2, (-0.02...1.02).contains(along) else { return nil }
        return (min(max(along, 0), 1), min(max(across, -1), 1))
    }

    private func distance(to index: Int, _ x: Float, _ y: Float) -> Float {
        hypot(stations[index].x - x, stations[index].y - y)
    }
}

/// Lays a body region out straight: a head by its landmarks, an elongated part by the centre line of its outline.
///
/// A head's frame leads from the tip of the snout to the neck fold, ``headHalfWidth`` to either side.
///
/// The outline is reduced to at most 128 pixels. Its *core* is where the distance to the outside exceeds half the
/// greatest one, which leaves out limbs and tail. The longest shortest way through the core, drawn to the middle, gives
/// the line; polynomials of degree 4 smooth it, its ends trimmed and drawn on straight. Half-widths are measured along
/// the normals and smoothed, and the line is moved to their middle.
///
/// - Returns: `nil` without landmarks where there is no outline, or where its core is not elongated.
public func straighten(_ region: LocatedRegion) throws(IdentificationError) -> StraightenedBody? {
    if let axis = region.axis { return StraightenedBody(snout: axis.snout, neck: axis.neck) }
    guard let mask = region.mask, let outline = try Outline(mask), let way = outline.longestWay() else { return nil }
    return outline.body(along: way)
}

extension StraightenedBody {
    /// A head between its landmarks.
    fileprivate init(snout: SIMD2<Float>, neck: SIMD2<Float>) {
        let way = neck - snout
        let length = max((way * way).sum().squareRoot(), 1)
        self.init(
            form: .head,
            stations: (0..<stationCount).map { index in
                let place = snout + way * (Float(index) / Float(stationCount - 1))
                return Station(
                    x: place.x, y: place.y, acrossX: -way.y / length, acrossY: way.x / length,
                    halfWidth: headHalfWidth * length)
            })
    }
}

/// Half the width of a head's frame as a part of its length: a head is about as wide as it is long.
private let headHalfWidth: Float = 0.55

/// Stations of a straightened body.
let stationCount = 65
