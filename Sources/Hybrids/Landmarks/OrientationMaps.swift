import Foundation
import Imaging

/// How strongly brightness changes in each direction round every place of a photograph, at sizes that fall by √2.
///
/// A direction and its opposite are one: a head may be darker than the bed or paler. After DAISY (Tola, Lepetit and Fua
/// 2010), with squares instead of rings.
final class OrientationMaps {
    /// Directions told apart over half a turn.
    static let bins = 6
    /// Places on each side of the square that describes a landmark.
    static let side = 3
    /// Numbers that describe a landmark.
    static let numbers = side * side * (bins + 1)
    /// Numbers that describe the surroundings: places a quarter of a head apart, a head to every side.
    static let surroundings = gridSide * gridSide
    private static let gridSide = 9
    /// Pixels to a head length where the surroundings are looked at.
    private static let coarse = 12.0
    /// Brings differences of colour to the size of the others.
    private static let share = 0.2
    /// Directions, then red, green and blue.
    fileprivate static let channels = bins + 3
    /// Pixels of the level between two places of the square.
    private static let spacing = 2.5

    private let image: PixelImage
    private var levels: [Int: Level] = [:]

    init(_ image: PixelImage) { self.image = image }

    /// The photograph at one size.
    fileprivate struct Level {
        let width: Int
        let height: Int
        /// Pixels here for one of the photograph.
        let scale: SIMD2<Double>
        /// `channels` numbers a pixel, row by row.
        let values: [Float]
    }

    /// Describes what lies round the landmarks, and how unlike the middle of the head its surroundings are.
    ///
    /// - Parameters:
    ///   - points: Places in pixels of the photograph.
    ///   - frame: Size and turn of the squares.
    ///   - resolution: Pixels to a head length.
    ///   - row: Takes ``numbers`` for each place and ``surroundings`` more; 0 beside the photograph.
    func describe(
        _ points: [SIMD2<Double>], in frame: HeadFrame, resolution: Double, into row: UnsafeMutablePointer<Double>
    ) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.channels) { found in
            let middle = describeSurroundings(frame, found, into: row + points.count * Self.numbers)
            describeSquares(points, frame, resolution, middle, found, into: row)
        }
    }

    /// - Returns: The colour of the head's middle, and how far from it a usual place of the surroundings is.
    private func describeSurroundings(
        _ frame: HeadFrame, _ found: UnsafeMutableBufferPointer<Double>, into row: UnsafeMutablePointer<Double>
    ) -> (colour: SIMD3<Double>, scale: Double) {
        let level = level(Self.coarse / frame.length)
        return level.values.withUnsafeBufferPointer { values in
            func colour(_ across: Double, _ along: Double) -> SIMD3<Double> {
                let place = frame.middle + frame.way(SIMD2(across, along))
                level.sample(
                    values, x: place.x * level.scale.x - 0.5, y: place.y * level.scale.y - 0.5, into: found)
                return SIMD3(found[Self.bins], found[Self.bins + 1], found[Self.bins + 2])
            }
            var middle = SIMD3<Double>.zero
            var place = 0
            while place < 9 {
                middle += colour(Double(place % 3 - 1) * 0.2, Double(place / 3 - 1) * 0.2)
                place += 1
            }
            middle /= 9
            var sum = 0.0
            place = 0
            while place < Self.surroundings {
                let (across, along) = (place % Self.gridSide, place / Self.gridSide)
                let way = colour(Double(across) * 0.25 - 1, Double(along) * 0.25 - 1) - middle
                row[place] = (way * way).sum().squareRoot()
                sum += row[place]
                place += 1
            }
            let scale = 1 / (sum / Double(Self.surroundings) + 2)
            place = 0
            while place < Self.surroundings {
                row[place] *= scale * Self.share
                place += 1
            }
            return (middle, scale)
        }
    }

    private func describeSquares(
        _ points: [SIMD2<Double>], _ frame: HeadFrame, _ resolution: Double,
        _ middle: (colour: SIMD3<Double>, scale: Double), _ found: UnsafeMutableBufferPointer<Double>,
        into row: UnsafeMutablePointer<Double>
    ) {
        let level = level(resolution / frame.length)
        let (bins, side) = (Self.bins, Self.side)
        let step = frame.turn * (Self.spacing / resolution)
        // A frame turned by one bin sees in its bin b what the photograph has in b + 1.
        let shift = atan2(frame.turn.y, frame.turn.x) / .pi * Double(bins)
        let whole = shift.rounded(.down)
        let (first, part) = (((Int(whole) % bins) + bins) % bins, shift - whole)
        level.values.withUnsafeBufferPointer { values in
            var target = row
            for point in points {
                let start = target
                var square = 1.0
                var place = 0
                while place < side * side {
                    let along = Double(place / side - side / 2)
                    let across = Double(place % side - side / 2)
                    let x = (point.x + step.x * across - step.y * along) * level.scale.x - 0.5
                    let y = (point.y + step.y * across + step.x * along) * level.scale.y - 0.5
                    level.sample(values, x: x, y: y, into: found)
                    var bin = 0
                    while bin < bins {
                        let one = (bin + first) % bins
                        let value = found[one] * (1 - part) + found[one + 1 == bins ? 0 : one + 1] * part
                        target[bin] = value
                        square += value * value
                        bin += 1
                    }
                    let way = SIMD3(found[bins], found[bins + 1], found[bins + 2]) - middle.colour
                    target[bins] = (way * way).sum().squareRoot() * middle.scale * Self.share
                    target += bins + 1
                    place += 1
                }
                let norm = 1 / square.squareRoot()
                place = 0
                while place < Self.numbers {
                    if place % (bins + 1) < bins { start[place] *= norm }
                    place += 1
                }
            }
        }
    }

    private func level(_ factor: Double) -> Level {
        let octave = max(0, Int((-2 * log2(factor)).rounded()))
        if let level = levels[octave] { return level }
        let level = Level(image, factor: exp2(-Double(octave) / 2))
        levels[octave] = level
        return level
    }
}

extension OrientationMaps.Level {
    fileprivate init(_ image: PixelImage, factor: Double) {
        let width = max(1, Int((Double(image.width) * factor).rounded()))
        let height = max(1, Int((Double(image.height) * factor).rounded()))
        let picture = image.shrunk(width: width, height: height)
        let luma = picture.luma()
        let (bins, channels) = (OrientationMaps.bins, OrientationMaps.channels)
        let maps = [Float](unsafeUninitializedCapacity: width * height * channels) { maps, count in
            maps.initialize(repeating: 0)
            luma.withUnsafeBufferPointer { luma in
                var index = 0
                while index < width * height {
                    let (x, y) = (index % width, index / width)
                    let left = luma[x > 0 ? index - 1 : index]
                    let right = luma[x < width - 1 ? index + 1 : index]
                    let above = luma[y > 0 ? index - width : index]
                    let below = luma[y < height - 1 ? index + width : index]
                    let dx = Float(right) - Float(left)
                    let dy = Float(below) - Float(above)
                    let strength = (dx * dx + dy * dy).squareRoot()
                    let place = (atan2(dy, dx) / .pi + 1) * Float(bins)
                    let low = Int(place)
                    let part = place - Float(low)
                    maps[index * channels + low % bins] += strength * (1 - part)
                    maps[index * channels + (low + 1) % bins] += strength * part
                    maps[index * channels + bins] = Float(picture.pixels[3 * index])
                    maps[index * channels + bins + 1] = Float(picture.pixels[3 * index + 1])
                    maps[index * channels + bins + 2] = Float(picture.pixels[3 * index + 2])
                    index += 1
                }
            }
            count = width * height * channels
        }
        self.init(
            width: width, height: height,
            scale: SIMD2(Double(width) / Double(image.width), Double(height) / Double(image.height)),
            values: Self.blurred(Self.blurred(maps, width, height), width, height))
    }

    /// Each pixel the mean of itself and its neighbours, weighted 1 : 2 : 1 along rows and columns.
    private static func blurred(_ maps: [Float], _ width: Int, _ height: Int) -> [Float] {
        let channels = OrientationMaps.channels
        func along(_ source: [Float], _ step: Int, isInside: (Int) -> (Bool, Bool)) -> [Float] {
            [Float](unsafeUninitializedCapacity: source.count) { target, count in
                source.withUnsafeBufferPointer { source in
                    var pixel = 0
                    while pixel < width * height {
                        let (before, after) = isInside(pixel)
                        var index = pixel * channels
                        let end = index + channels
                        while index < end {
                            let one = before ? source[index - step] : source[index]
                            let other = after ? source[index + step] : source[index]
                            target[index] = (one + 2 * source[index] + other) / 4
                            index += 1
                        }
                        pixel += 1
                    }
                }
                count = source.count
            }
        }
        let rows = along(maps, channels) { ($0 % width > 0, $0 % width < width - 1) }
        return along(rows, channels * width) { ($0 >= width, $0 < width * (height - 1)) }
    }

    /// The values between four pixels; 0 beside the photograph.
    fileprivate func sample(
        _ values: UnsafeBufferPointer<Float>, x: Double, y: Double, into found: UnsafeMutableBufferPointer<Double>
    ) {
        let channels = OrientationMaps.channels
        guard x > -0.5, y > -0.5, x < Double(width) - 0.5, y < Double(height) - 0.5 else {
            var channel = 0
            while channel < channels {
                found[channel] = 0
                channel += 1
            }
            return
        }
        let (left, top) = (min(max(0, Int(x)), max(0, width - 2)), min(max(0, Int(y)), max(0, height - 2)))
        let (u, v) = (min(1, max(0, x - Double(left))), min(1, max(0, y - Double(top))))
        let right = min(left + 1, width - 1) - left
        let below = (min(top + 1, height - 1) - top) * width
        let index = (top * width + left) * channels
        let (a, b, c, d) = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
        var channel = 0
        while channel < channels {
            let place = index + channel
            found[channel] =
                a * Double(values[place]) + b * Double(values[place + right * channels])
                + c * Double(values[place + below * channels]) + d * Double(values[place + (below + right) * channels])
            channel += 1
        }
    }
}
