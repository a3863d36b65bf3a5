import Foundation
public import Imaging

/// A body's centre line and width, along which it can be drawn as a straight strip.
public struct StraightenedBody: Sendable {
    /// Points along the centre line from one end to the other, in pixels of the region.
    public let axis: [(x: Float, y: Float)]
    /// Half the body's width at each point of ``axis``, in the same pixels.
    public let halfWidths: [Float]
    private let lengths: [Float]

    /// A body of at least two points, with a half-width above 0 at each.
    public init(axis: [(x: Float, y: Float)], halfWidths: [Float]) {
        precondition(axis.count >= 2 && axis.count == halfWidths.count, "a half-width at each of two or more points")
        self.axis = axis
        self.halfWidths = halfWidths
        var lengths: [Float] = [0]
        for (from, to) in zip(axis, axis.dropFirst()) {
            lengths.append(lengths[lengths.count - 1] + max(hypot(to.x - from.x, to.y - from.y), 1e-3))
        }
        self.lengths = lengths
    }

    /// Draws the body straight: its centre line becomes the middle row, its outline the upper and lower edge.
    ///
    /// - Parameters:
    ///   - image: The region's pixels.
    ///   - width: Width of the strip in pixels.
    ///   - height: Height of the strip in pixels.
    /// - Returns: The strip; what lies beyond the image repeats its edge.
    public func strip(of image: PixelImage, width: Int = 400, height: Int = 120) -> PixelImage {
        var strip = PixelImage(width: width, height: height, repeating: (0, 0, 0))
        guard image.width > 0, image.height > 0 else { return strip }
        for column in 0..<width {
            let (middle, normal, half) = section(at: (Float(column) + 0.5) / Float(width))
            for row in 0..<height {
                let v = (Float(row) + 0.5) / Float(height) * 2 - 1
                let colour = image.colour(x: middle.x + normal.x * v * half, y: middle.y + normal.y * v * half)
                for channel in 0..<3 { strip.pixels[3 * (row * width + column) + channel] = colour[channel] }
            }
        }
        return strip
    }

    /// Where a point of the region lies on the strip.
    ///
    /// - Parameters:
    ///   - x: Pixels of the region from its left edge.
    ///   - y: Pixels of the region from its top edge.
    /// - Returns: `u` from 0 to 1 along the body and `v` from −1 to 1 across it; `nil` beside the body.
    public func stripPlace(x: Float, y: Float) -> (u: Float, v: Float)? {
        var nearest = Float.infinity
        var place: (u: Float, v: Float)?
        for index in 1..<axis.count {
            let (from, to) = (axis[index - 1], axis[index])
            let along = lengths[index] - lengths[index - 1]
            let (dx, dy) = ((to.x - from.x) / along, (to.y - from.y) / along)
            let part = min(max(((x - from.x) * dx + (y - from.y) * dy) / along, 0), 1)
            let (rx, ry) = (x - from.x - dx * part * along, y - from.y - dy * part * along)
            let distance = hypot(rx, ry)
            guard distance < nearest else { continue }
            nearest = distance
            let half = halfWidths[index - 1] + (halfWidths[index] - halfWidths[index - 1]) * part
            let side: Float = dx * ry - dy * rx < 0 ? -1 : 1
            place = ((lengths[index - 1] + part * along) / lengths[lengths.count - 1], side * distance / half)
        }
        return place.flatMap { abs($0.v) <= 1 ? $0 : nil }
    }

    /// The middle, the direction across and the half-width at a part of the length.
    private func section(at u: Float) -> (middle: (x: Float, y: Float), normal: (x: Float, y: Float), half: Float) {
        let distance = u * lengths[lengths.count - 1]
        let index = min(max(lengths.firstIndex { $0 >= distance } ?? axis.count - 1, 1), axis.count - 1)
        let part = (distance - lengths[index - 1]) / (lengths[index] - lengths[index - 1])
        let (from, to) = (axis[index - 1], axis[index])
        let (before, after) = (direction(at: index - 1), direction(at: index))
        let (dx, dy) = (before.x + (after.x - before.x) * part, before.y + (after.y - before.y) * part)
        let length = max(hypot(dx, dy), 1e-3)
        return (
            (from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part), (-dy / length, dx / length),
            halfWidths[index - 1] + (halfWidths[index] - halfWidths[index - 1]) * part
        )
    }
}

extension StraightenedBody {
    /// The direction of the centre line at one of its points, from the point before to the point after.
    private func direction(at index: Int) -> (x: Float, y: Float) {
        let (from, to) = (axis[max(index - 1, 0)], axis[min(index + 1, axis.count - 1)])
        let length = max(hypot(to.x - from.x, to.y - from.y), 1e-3)
        return ((to.x - from.x) / length, (to.y - from.y) / length)
    }
}

/// Finds the centre line of an elongated body from its mask.
///
/// The mask is cut across its longest direction (its first principal axis) into slices; their middles, smoothed, are
/// the centre line. A body that turns back on itself is not followed.
///
/// - Parameter region: The located region.
/// - Returns: The body; `nil` without a mask, or where the mask is not clearly longer than wide.
public func straighten(_ region: LocatedRegion) -> StraightenedBody? {
    guard let mask = region.mask, let direction = principalDirection(of: mask) else { return nil }
    var slices = [(count: Int, along: Double, across: Double)](repeating: (0, 0, 0), count: sliceCount)
    let reach = max(direction.high - direction.low, 1)
    for y in 0..<mask.height {
        for x in 0..<mask.width where mask.values[y * mask.width + x] != 0 {
            let (dx, dy) = (Double(x) + 0.5 - direction.x, Double(y) + 0.5 - direction.y)
            let along = dx * direction.cosine + dy * direction.sine
            let slice = min(max(Int((along - direction.low) / reach * Double(sliceCount)), 0), sliceCount - 1)
            slices[slice].count += 1
            slices[slice].along += along
            slices[slice].across += dy * direction.cosine - dx * direction.sine
        }
    }
    let filled = slices.filter { $0.count > 0 }
    guard filled.count >= sliceCount / 2 else { return nil }
    let thickness = reach / Double(sliceCount)
    let along = filled.map { $0.along / Double($0.count) }
    let across = smoothed(filled.map { $0.across / Double($0.count) })
    let halves = smoothed(filled.map { Double($0.count) / thickness / 2 })
    let axis = zip(along, across).map { along, across in
        (
            x: Float(direction.x + along * direction.cosine - across * direction.sine),
            y: Float(direction.y + along * direction.sine + across * direction.cosine)
        )
    }
    return StraightenedBody(axis: axis, halfWidths: halves.map { Float(max($0, 1)) })
}

private let sliceCount = 40

private typealias Direction = (x: Double, y: Double, cosine: Double, sine: Double, low: Double, high: Double)

/// The middle, the longest direction and the reach along it; `nil` where length and width differ by less than a third.
private func principalDirection(of mask: GreyMask) -> Direction? {
    var (count, sumX, sumY, sumXX, sumYY, sumXY) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for y in 0..<mask.height {
        for x in 0..<mask.width where mask.values[y * mask.width + x] != 0 {
            let (px, py) = (Double(x) + 0.5, Double(y) + 0.5)
            count += 1
            sumX += px
            sumY += py
            sumXX += px * px
            sumYY += py * py
            sumXY += px * py
        }
    }
    guard count >= 100 else { return nil }
    let (x, y) = (sumX / count, sumY / count)
    let (xx, yy, xy) = (sumXX / count - x * x, sumYY / count - y * y, sumXY / count - x * y)
    let spread = hypot(xx - yy, 2 * xy)
    guard xx + yy + spread > 1.33 * 1.33 * (xx + yy - spread) else { return nil }
    let angle = atan2(2 * xy, xx - yy) / 2
    let (cosine, sine) = (cos(angle), sin(angle))
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in 0..<mask.height {
        for column in 0..<mask.width where mask.values[row * mask.width + column] != 0 {
            let along = (Double(column) + 0.5 - x) * cosine + (Double(row) + 0.5 - y) * sine
            low = min(low, along)
            high = max(high, along)
        }
    }
    return (x, y, cosine, sine, low, high)
}

/// The mean over each value and four neighbours on either side.
private func smoothed(_ values: [Double]) -> [Double] {
    values.indices.map { index in
        let near = values[max(0, index - 4)...min(values.count - 1, index + 4)]
        return near.reduce(0, +) / Double(near.count)
    }
}

extension PixelImage {
    /// The colour between four pixels, whose middles lie at halves.
    fileprivate func colour(x: Float, y: Float) -> [UInt8] {
        let (left, top) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
        let (fx, fy) = (x - 0.5 - left, y - 0.5 - top)
        let columns = [left, left + 1].map { min(max(Int($0), 0), width - 1) }
        let rows = [top, top + 1].map { min(max(Int($0), 0), height - 1) }
        return (0..<3).map { channel in
            let at = { (column: Int, row: Int) in Float(pixels[3 * (row * width + column) + channel]) }
            let upper = at(columns[0], rows[0]) * (1 - fx) + at(columns[1], rows[0]) * fx
            let lower = at(columns[0], rows[1]) * (1 - fx) + at(columns[1], rows[1]) * fx
            return UInt8(min(max(upper * (1 - fy) + lower * fy, 0), 255).rounded())
        }
    }
}
