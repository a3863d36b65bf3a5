import Foundation
import Imaging

extension PixelImage {
    /// A picture whose pixels come from places of this one, bilinearly; beyond its edge the edge goes on.
    func sampled(width: Int, height: Int, from place: (Double, Double) -> (x: Double, y: Double)) -> PixelImage {
        var target = PixelImage(width: width, height: height, repeating: (0, 0, 0))
        for y in 0..<height {
            for x in 0..<width {
                let from = place(Double(x), Double(y))
                let (u, v) = (min(max(from.x, 0), Double(self.width - 1)), min(max(from.y, 0), Double(self.height - 1)))
                let (left, top) = (min(Int(u), self.width - 2), min(Int(v), self.height - 2))
                let (across, down) = (u - Double(left), v - Double(top))
                for channel in 0..<3 {
                    func value(_ column: Int, _ row: Int) -> Double {
                        Double(pixels[3 * ((top + row) * self.width + left + column) + channel])
                    }
                    let upper = value(0, 0) * (1 - across) + value(1, 0) * across
                    let lower = value(0, 1) * (1 - across) + value(1, 1) * across
                    target.pixels[3 * (y * width + x) + channel] = UInt8((upper * (1 - down) + lower * down).rounded())
                }
            }
        }
        return target
    }

    /// As a selfie camera stores it.
    var mirrored: PixelImage { sampled(width: width, height: height) { x, y in (Double(width - 1) - x, y) } }

    var turnedByQuarter: PixelImage { sampled(width: height, height: width) { x, y in (y, Double(height - 1) - x) } }

    /// Each value changed by a function of column, row and the value, 0 … 1.
    func changed(_ change: (Int, Int, Double) -> Double) -> PixelImage {
        var changed = self
        for y in 0..<height {
            for x in 0..<width {
                for index in 3 * (y * width + x)..<3 * (y * width + x) + 3 {
                    let value = change(x, y, Double(pixels[index]) / 255)
                    changed.pixels[index] = UInt8((min(max(value, 0), 1) * 255).rounded())
                }
            }
        }
        return changed
    }

    /// As a phone takes it from a screen that is turned away by some degrees: perspective, stripes, another contrast.
    func onScreen(degrees: Double) -> PixelImage {
        let (middleX, middleY) = (Double(width) / 2, Double(height) / 2)
        let distance = 1.6 * Double(max(width, height))
        let angle = degrees * .pi / 180
        return sampled(width: width, height: height) { x, y in
            let (right, down) = ((x - middleX) * 1.05, (y - middleY) * 1.05)
            let across = right / (cos(angle) - right * sin(angle) / distance)
            return (across + middleX, down * (1 + across * sin(angle) / distance) + middleY)
        }.changed { x, y, value in
            pow(value, 1.3) * 1.05 * (1 + 0.05 * sin(0.8 * Double(x) + 0.3 * Double(y))) + 0.03
        }
    }

    /// This picture and another side by side.
    func beside(_ other: PixelImage) -> PixelImage {
        var pixels: [UInt8] = []
        for row in 0..<min(height, other.height) {
            pixels += self.pixels[3 * row * width..<3 * (row + 1) * width]
            pixels += other.pixels[3 * row * other.width..<3 * (row + 1) * other.width]
        }
        return PixelImage(width: width + other.width, height: min(height, other.height), pixels: pixels)
    }

    /// The picture with everything near the colour of its corner replaced by shaded gravel.
    var onGravel: PixelImage {
        var (result, random) = (self, FixedDice(state: 7))
        let corner = Array(pixels[0..<3])
        for y in 0..<height {
            for x in 0..<width {
                let start = 3 * (y * width + x)
                let distance = (0..<3).map { abs(Int(pixels[start + $0]) - Int(corner[$0])) }.max() ?? 0
                guard distance <= 14 else { continue }
                let grain = 40 * sin(Double(x) / 5) * sin(Double(y) / 7) + 20 * random.unit()
                for channel in 0..<3 {
                    result.pixels[start + channel] = UInt8(90 + 60 * Double(x) / Double(width) + grain)
                }
            }
        }
        return result
    }
}

extension GreyMask {
    /// How many pixels of each row are inside.
    var rowCounts: [Int] { (0..<height).map { row in values[row * width..<(row + 1) * width].count { $0 != 0 } } }
}

/// Random numbers that are the same at every run (Knuth's multiplier).
struct FixedDice {
    var state: UInt64

    mutating func unit() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(1 << 53)
    }
}

/// Pictures without an animal.
enum Nothing: String, CaseIterable {
    case black, white, grey, gradient, noise, writing, hand

    var picture: PixelImage {
        let blank = PixelImage(width: 640, height: 480, repeating: (0, 0, 0))
        var random = FixedDice(state: 3)
        switch self {
        case .black: return blank
        case .white: return blank.changed { _, _, _ in 1 }
        case .grey: return blank.changed { _, _, _ in 0.5 }
        case .gradient: return blank.changed { x, y, _ in Double(x) / 800 + Double(y) / 2400 }
        case .noise: return blank.changed { _, _, _ in random.unit() }
        case .writing:
            // Strokes in cells of 24 × 36 as of a printed page.
            let marks = (0..<400).map { _ in UInt8(random.unit() * 256) }
            return blank.changed { x, y, _ in
                let (column, row) = (x / 24, y / 36)
                guard (2..<24).contains(column), (2..<11).contains(row) else { return 0.95 }
                let mark = marks[row * 24 + column]
                let (dx, dy) = (x % 24 / 6, y % 36 / 6)
                guard dx < 3, dy < 4 else { return 0.95 }
                return mark >> UInt8((dx + dy * 3) % 8) & 1 == 1 ? 0.1 : 0.95
            }
        case .hand:
            let fingers = [(200.0, 120.0), (270, 60), (330, 50), (390, 80), (470, 210)]
            return blank.changed { x, y, _ in
                let (x, y) = (Double(x), Double(y))
                var inside = hypot((x - 330) / 95, (y - 310) / 105) < 1 || (abs(x - 330) < 70 && y > 330)
                for tip in fingers {
                    let (ax, ay) = (tip.0 - 330, tip.1 - 300)
                    let along = min(max(((x - 330) * ax + (y - 300) * ay) / (ax * ax + ay * ay), 0), 1)
                    if hypot(x - 330 - along * ax, y - 300 - along * ay) < 24 { inside = true }
                }
                guard inside else { return 0.93 }
                return 0.6 + 0.12 * sin(x / 60) + 0.1 * cos(y / 45) + 0.03 * random.unit()
            }
        }
    }
}
