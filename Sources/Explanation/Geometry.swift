import Foundation

/// A place in a plane, y downwards.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double
}

/// An upright rectangle.
struct Rectangle: Hashable, Sendable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var middle: Point { Point(x: x + width / 2, y: y + height / 2) }

    init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The smallest rectangle round points; empty at the origin without any.
    init(around points: [Point]) {
        let (xs, ys) = (points.map(\.x), points.map(\.y))
        x = xs.min() ?? 0
        y = ys.min() ?? 0
        width = (xs.max() ?? 0) - x
        height = (ys.max() ?? 0) - y
    }

    func grown(by margin: Double) -> Rectangle {
        Rectangle(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    func intersection(_ other: Rectangle) -> Rectangle {
        let (left, top) = (max(x, other.x), max(y, other.y))
        return Rectangle(
            x: left, y: top, width: max(0, min(x + width, other.x + other.width) - left),
            height: max(0, min(y + height, other.y + other.height) - top))
    }

    var corners: [Point] {
        [
            Point(x: x, y: y), Point(x: x + width, y: y), Point(x: x, y: y + height),
            Point(x: x + width, y: y + height),
        ]
    }
}

/// A turn, a scale and a shift: x′ = a·x − b·y + shift.x, y′ = b·x + a·y + shift.y.
struct Similarity: Hashable, Sendable {
    var a: Double
    var b: Double
    var shift = Point(x: 0, y: 0)

    /// A turn about the origin, clockwise on the screen, and a scale.
    init(scale: Double, turn: Double = 0) {
        a = scale * cos(turn)
        b = scale * sin(turn)
    }

    /// The similarity that takes two points to two others; `nil` where the first two are one.
    init?(_ from: (Point, Point), to: (Point, Point)) {
        let (dx, dy) = (from.1.x - from.0.x, from.1.y - from.0.y)
        let (ex, ey) = (to.1.x - to.0.x, to.1.y - to.0.y)
        let square = dx * dx + dy * dy
        guard square > 0 else { return nil }
        a = (dx * ex + dy * ey) / square
        b = (dx * ey - dy * ex) / square
        shift = Point(x: to.0.x - a * from.0.x + b * from.0.y, y: to.0.y - b * from.0.x - a * from.0.y)
    }

    /// The similarity with the least squared misses; `nil` for fewer than two places.
    init?(leastSquares pairs: [(from: Point, to: Point)]) {
        let count = Double(pairs.count)
        guard count >= 2 else { return nil }
        let mean = { (points: [Point]) in
            Point(x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count)
        }
        let (from, to) = (mean(pairs.map(\.from)), mean(pairs.map(\.to)))
        var (along, across, square) = (0.0, 0.0, 0.0)
        for pair in pairs {
            let (dx, dy) = (pair.from.x - from.x, pair.from.y - from.y)
            let (ex, ey) = (pair.to.x - to.x, pair.to.y - to.y)
            along += dx * ex + dy * ey
            across += dx * ey - dy * ex
            square += dx * dx + dy * dy
        }
        guard square > 0 else { return nil }
        a = along / square
        b = across / square
        shift = Point(x: to.x - a * from.x + b * from.y, y: to.y - b * from.x - a * from.y)
    }

    var scale: Double { hypot(a, b) }

    /// The turn in radians, −π … π, clockwise on the screen.
    var turn: Double { atan2(b, a) }

    func apply(_ point: Point) -> Point {
        Point(x: a * point.x - b * point.y + shift.x, y: b * point.x + a * point.y + shift.y)
    }

    /// What takes the results back; the scale must not be 0.
    func applyInverse(_ point: Point) -> Point {
        let (x, y) = (point.x - shift.x, point.y - shift.y)
        let square = a * a + b * b
        return Point(x: (a * x + b * y) / square, y: (a * y - b * x) / square)
    }
}
