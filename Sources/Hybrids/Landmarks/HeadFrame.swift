import Foundation

/// Where a head lies: its size, its turn and its middle, without reflection.
///
/// A place in the frame is in head lengths, the snout upwards, from the middle of the landmarks. Complex numbers
/// `x + iy` turn and stretch by one product.
struct HeadFrame: Hashable, Sendable {
    /// The middle of the landmarks in pixels.
    let middle: SIMD2<Double>
    /// What 1 in the frame becomes on the photograph; its length is that of the head in pixels.
    let turn: SIMD2<Double>

    init(middle: SIMD2<Double>, turn: SIMD2<Double>) {
        self.middle = middle
        self.turn = turn
    }

    /// A head of a length that points in a direction, radians clockwise from upwards.
    init(middle: SIMD2<Double>, length: Double, heading: Double) {
        self.init(middle: middle, turn: SIMD2(cos(heading), sin(heading)) * length)
    }

    /// The frame that lays a shape onto points with the least sum of squares.
    ///
    /// - Parameters:
    ///   - shape: Points with their mean at 0.
    ///   - points: As many points in pixels.
    init(laying shape: [SIMD2<Double>], onto points: [SIMD2<Double>]) {
        var (middle, turn, square) = (SIMD2<Double>.zero, SIMD2<Double>.zero, 0.0)
        for point in points { middle += point }
        middle /= Double(points.count)
        for (own, point) in zip(shape, points) {
            let way = point - middle
            turn.x += own.x * way.x + own.y * way.y
            turn.y += own.x * way.y - own.y * way.x
            square += own.x * own.x + own.y * own.y
        }
        self.init(middle: middle, turn: turn / square)
    }

    /// The head's length in pixels.
    var length: Double { (turn * turn).sum().squareRoot() }

    /// A way in the frame as one on the photograph.
    func way(_ way: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(turn.x * way.x - turn.y * way.y, turn.y * way.x + turn.x * way.y)
    }

    /// A way on the photograph as one in the frame.
    func inFrame(_ way: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(turn.x * way.x + turn.y * way.y, turn.x * way.y - turn.y * way.x) / (turn * turn).sum()
    }

    /// Places of the frame on the photograph.
    func places(_ shape: [SIMD2<Double>]) -> [SIMD2<Double>] { shape.map { middle + way($0) } }
}
