import Foundation

/// Where the camera stands over the river bed, and how picture points and points of the world meet.
///
/// The world's unit is the width of the head; its origin lies under the middle of the head, x to the right and y
/// downwards in an untilted picture, z upwards. The camera looks at the origin through a pinhole.
struct Viewpoint {
    /// Pixels to one head width in the middle of the head.
    let pixelsPerUnit: Float
    private let centreX: Float
    private let centreY: Float
    private let distance: Float
    private let eye: (Float, Float, Float)
    private let right: (Float, Float, Float)
    private let down: (Float, Float, Float)
    private let forward: (Float, Float, Float)

    init(_ conditions: SampleConditions) {
        pixelsPerUnit = Float(conditions.headWidthFraction) * Float(conditions.width)
        centreX = Float(conditions.width) * Float(0.5 + conditions.offset.x)
        centreY = Float(conditions.height) * Float(0.5 + conditions.offset.y)
        let (a, b) = (Float(conditions.tiltRadians.x), Float(conditions.tiltRadians.y))
        let (sinA, cosA, sinB, cosB) = (sin(a), cos(a), sin(b), cos(b))
        // Far enough that no ray of a tilted frame comes near the horizon: the product below stays above 0.08.
        let reach = Float(conditions.width + conditions.height) * 3 / pixelsPerUnit
        distance = 5 + reach * (abs(sinA) + abs(sinB))
        right = (cosB, 0, sinB)
        down = (sinA * sinB, cosA, -sinA * cosB)
        forward = (cosA * sinB, -sinA, -cosA * cosB)
        eye = (-distance * forward.0, -distance * forward.1, -distance * forward.2)
    }

    /// The point of the world at height `z` seen in a picture point.
    @inline(__always)
    func world(_ pixelX: Float, _ pixelY: Float, _ z: Float) -> (x: Float, y: Float) {
        let u = (pixelX - centreX) / (pixelsPerUnit * distance)
        let v = (pixelY - centreY) / (pixelsPerUnit * distance)
        let rayZ = forward.2 + u * right.2 + v * down.2
        let t = (z - eye.2) / rayZ
        return (
            eye.0 + t * (forward.0 + u * right.0 + v * down.0),
            eye.1 + t * (forward.1 + u * right.1 + v * down.1)
        )
    }

    /// The point at height `z` on the sight line that meets the bed (height 0) in a point.
    @inline(__always)
    func raised(_ x: Float, _ y: Float, _ z: Float) -> (x: Float, y: Float) {
        let share = z / eye.2
        return (x + (eye.0 - x) * share, y + (eye.1 - y) * share)
    }

    /// The picture point in which a point of the world is seen.
    func pixel(_ x: Float, _ y: Float, _ z: Float) -> (x: Float, y: Float) {
        let (dx, dy, dz) = (x - eye.0, y - eye.1, z - eye.2)
        let depth = dx * forward.0 + dy * forward.1 + dz * forward.2
        let scale = pixelsPerUnit * distance / depth
        return (
            centreX + scale * (dx * right.0 + dy * right.1 + dz * right.2),
            centreY + scale * (dx * down.0 + dy * down.1 + dz * down.2)
        )
    }
}
