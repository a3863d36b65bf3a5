import Identification
import Imaging

/// Both bodies straightened to strips, one above the other; lengths are units of the drawing.
struct StripPair: Hashable, Sendable {
    let submitted: Strip
    let reference: Strip
    /// Where the joined spots lie on both strips, by their index in the list they came from.
    let lines: [Line]

    struct Strip: Hashable, Sendable {
        let frame: Rectangle
        /// A JPEG.
        let picture: [UInt8]
        /// Whether the picture is turned by 180°.
        let isTurned: Bool
    }

    struct Line: Hashable, Sendable {
        let index: Int
        let from: Point
        let to: Point
    }

    static let height = 150.0
    static let gap = 36.0

    /// The strips of two photographs, with lines between the chosen spots; `nil` where a body cannot be straightened, is a head, or
    /// fewer than three spots lie on both strips.
    ///
    /// Which end of a body is the head nobody knows: where most spots run against each other along the strips, the
    /// reference's is turned.
    ///
    /// - Parameters:
    ///   - submitted: The submitted photograph with the places of all spots that agree.
    ///   - reference: The reference with the same.
    ///   - chosen: Indices of the spots to join.
    ///   - corner: Upper left corner of the upper strip.
    ///   - width: Width of either.
    /// - Throws: `ImagingError`, `IdentificationError`.
    init?(
        submitted: (photo: LocatedPhoto, spots: [Point]), reference: (photo: LocatedPhoto, spots: [Point]),
        chosen: [Int], at corner: Point, width: Double
    ) throws {
        guard let first = submitted.photo.region, let second = reference.photo.region,
            let upper = try straighten(first), let lower = try straighten(second), upper.form == .trunk,
            lower.form == .trunk
        else { return nil }
        let from = submitted.spots.map { upper.place(of: $0, on: submitted.photo) }
        let to = reference.spots.map { lower.place(of: $0, on: reference.photo) }
        let both = from.indices.filter { from[$0] != nil && to[$0] != nil }
        guard both.count >= 3 else { return nil }
        let isTurned = Self.runAgainst(both.compactMap { from[$0]?.x }, both.compactMap { to[$0]?.x })
        let frames = [0, Self.height + Self.gap].map {
            Rectangle(x: corner.x, y: corner.y + $0, width: width, height: Self.height)
        }
        self.submitted = Strip(
            frame: frames[0], picture: try encodeJPEG(try upper.strip(of: first.image, width: 600, height: 120)),
            isTurned: false)
        self.reference = Strip(
            frame: frames[1], picture: try encodeJPEG(try lower.strip(of: second.image, width: 600, height: 120)),
            isTurned: isTurned)
        lines = chosen.compactMap { index in
            guard let from = from[index], let to = to[index] else { return nil }
            let turned = isTurned ? Point(x: 1 - to.x, y: 1 - to.y) : to
            return Line(index: index, from: frames[0].point(from), to: frames[1].point(turned))
        }
    }

    var bottom: Double { reference.frame.y + reference.frame.height }

    private static func runAgainst(_ first: [Double], _ second: [Double]) -> Bool {
        let count = Double(first.count)
        let (meanFirst, meanSecond) = (first.reduce(0, +) / count, second.reduce(0, +) / count)
        return zip(first, second).reduce(0) { $0 + ($1.0 - meanFirst) * ($1.1 - meanSecond) } < 0
    }
}

extension Rectangle {
    /// The point at fractions of width and height.
    fileprivate func point(_ fractions: Point) -> Point {
        Point(x: x + width * fractions.x, y: y + height * fractions.y)
    }
}

extension StraightenedBody {
    /// A point of the photograph in fractions of the strip's width and height.
    fileprivate func place(of point: Point, on photo: LocatedPhoto) -> Point? {
        guard let place = photo.regionPlace(of: point),
            let found = self.place(x: Float(place.x), y: Float(place.y))
        else { return nil }
        return Point(x: Double(found.along), y: Double(found.across + 1) / 2)
    }
}
