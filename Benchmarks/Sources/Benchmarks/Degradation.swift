import Foundation
import Imaging
import SampleAnimals

/// One way and degree of spoiling a photograph of a newt that was cut out on grey.
enum Degradation: Equatable, Sendable {
    case none
    /// Gaussian blur, standard deviation in pixels of 512.
    case blur(Int)
    /// Scaled down to a long side in pixels.
    case size(Int)
    /// Noise, standard deviation in steps of 255.
    case noise(Int)
    /// Exposure as a factor in hundredths.
    case exposure(Int)
    /// White reflections over a part of the animal, in hundredths.
    case glare(Int)
    /// Stones over a part of the animal, in hundredths.
    case occlusion(Int)

    /// From none to hopeless.
    static let newts: [Degradation] =
        [.none] + [1, 2, 3, 4, 6, 9].map(blur) + [320, 200, 128, 96, 64].map(size) + [10, 25, 50, 90].map(noise)
        + [50, 25, 12, 6, 3, 200, 300, 450, 700].map(exposure) + [10, 25, 45, 65, 85].map(glare)
        + [15, 30, 50, 70, 85].map(occlusion)

    /// Whether a measure of quality tells it.
    var isMeasured: Bool {
        switch self {
        case .noise, .occlusion: false
        case .none, .blur, .size, .exposure, .glare: true
        }
    }

    var name: String {
        switch self {
        case .none: "nothing"
        case .blur(let pixels): "blur, σ \(pixels) px"
        case .size(let pixels): "long side of \(pixels) px"
        case .noise(let steps): "noise, σ \(steps)"
        case .exposure(let percent): "exposure × \(fixed(Double(percent) / 100, 2))"
        case .glare(let percent): "reflections on \(percent) %"
        case .occlusion(let percent): "stones on \(percent) %"
        }
    }

    func apply(to image: PixelImage, seed: UInt64) -> PixelImage {
        switch self {
        case .none: return image
        case .blur(let pixels): return blurred(image, sigma: Double(pixels))
        case .size(let pixels):
            let scale = Double(pixels) / Double(max(image.width, image.height))
            return image.shrunk(
                width: Int((Double(image.width) * scale).rounded()),
                height: Int((Double(image.height) * scale).rounded()))
        case .noise(let steps):
            var dice = Dice(state: seed)
            return inside(image) { value, _ in value + dice.normal() * Double(steps) }
        case .exposure(let percent): return inside(image) { value, _ in value * Double(percent) / 100 }
        case .glare(let percent):
            let covered = blobs(image, part: Double(percent) / 100, seed: seed)
            return inside(image) { value, index in covered[index] ? 252 : value }
        case .occlusion(let percent):
            var dice = Dice(state: seed &+ 7)
            let covered = blobs(image, part: Double(percent) / 100, seed: seed)
            return inside(image) { value, index in covered[index] ? 90 + dice.normal() * 6 : value }
        }
    }

    /// Changes the animal's pixels and leaves the background uniform, by which it is cut out.
    private func inside(_ image: PixelImage, _ change: (Double, Int) -> Double) -> PixelImage {
        guard let mask = uniformBackground(image)?.animal else { return image }
        var changed = image
        for index in mask.values.indices where mask.values[index] != 0 {
            for channel in 0..<3 {
                let value = change(Double(image.pixels[3 * index + channel]), index)
                changed.pixels[3 * index + channel] = UInt8(min(255, max(0, value)))
            }
        }
        return changed
    }

    /// Discs over the animal until a part of it is covered.
    private func blobs(_ image: PixelImage, part: Double, seed: UInt64) -> [Bool] {
        var covered = [Bool](repeating: false, count: image.width * image.height)
        guard let mask = uniformBackground(image)?.animal else { return covered }
        let animal = mask.values.indices.filter { mask.values[$0] != 0 }
        var dice = Dice(state: seed &* 31 &+ UInt64(animal.count))
        var left = Int(Double(animal.count) * part)
        while left > 0, !animal.isEmpty {
            let centre = animal[Int(dice.unit() * Double(animal.count))]
            let (x, y) = (centre % image.width, centre / image.width)
            let radius = 6 + Int(dice.unit() * 16)
            for row in max(0, y - radius)...min(image.height - 1, y + radius) {
                for column in max(0, x - radius)...min(image.width - 1, x + radius) {
                    let index = row * image.width + column
                    let distance = (row - y) * (row - y) + (column - x) * (column - x)
                    if distance <= radius * radius, mask.values[index] != 0, !covered[index] {
                        covered[index] = true
                        left -= 1
                    }
                }
            }
        }
        return covered
    }

    /// Three box means after each other come close to a Gaussian.
    private func blurred(_ image: PixelImage, sigma: Double) -> PixelImage {
        let radius = max(1, Int(((12 * sigma * sigma / 3 + 1).squareRoot() / 2 - 0.5).rounded()))
        var result = image
        for _ in 0..<3 {
            result = pass(
                result, radius: radius, step: 1, length: image.width, lines: image.height, stride: image.width)
            result = pass(
                result, radius: radius, step: image.width, length: image.height, lines: image.width, stride: 1)
        }
        return result
    }

    private func pass(
        _ image: PixelImage, radius: Int, step: Int, length: Int, lines: Int, stride: Int
    ) -> PixelImage {
        var result = image
        for line in 0..<lines {
            for channel in 0..<3 {
                let at = { (place: Int) in
                    3 * (line * stride + min(max(place, 0), length - 1) * step) + channel
                }
                var sum = (-radius...radius).reduce(0) { $0 + Int(image.pixels[at($1)]) }
                for place in 0..<length {
                    result.pixels[at(place)] = UInt8((sum + radius) / (2 * radius + 1))
                    sum += Int(image.pixels[at(place + radius + 1)]) - Int(image.pixels[at(place - radius)])
                }
            }
        }
        return result
    }
}

/// One way and degree of spoiling the circumstances of a drawn head.
struct DrawnChange: Sendable {
    let name: String
    /// Whether a measure of quality tells it.
    let isMeasured: Bool
    let apply: @Sendable (inout SampleConditions) -> Void

    init(name: String, isMeasured: Bool = true, apply: @escaping @Sendable (inout SampleConditions) -> Void) {
        self.name = name
        self.isMeasured = isMeasured
        self.apply = apply
    }

    static let all: [DrawnChange] =
        [DrawnChange(name: "drawn: nothing") { _ in }]
        + [2.0, 4, 7, 11].map { pixels in
            DrawnChange(name: "drawn: blur, σ \(Int(pixels)) px") { $0.blurPixels = pixels }
        }
        + [0.2, 0.12, 0.07, 0.05].map { part in
            DrawnChange(name: "drawn: head of \(Int(part * 960)) px") { $0.headWidthFraction = part }
        }
        + [-1.5, -2.5, -4, 1.5, 2.5, 4].map { stops in
            DrawnChange(name: "drawn: exposure \(stops > 0 ? "+" : "")\(fixed(stops, 1)) stops") { $0.exposure = stops }
        }
        + [0.4, 0.7, 1].map { part in
            DrawnChange(name: "drawn: reflections \(fixed(part, 1))") { $0.glare = part }
        }
        + [0.5, 0.8, 1].map { part in
            DrawnChange(name: "drawn: noise \(fixed(part, 1))", isMeasured: false) { $0.noise = part }
        }
        + [0.4, 0.7, 1].map { part in
            DrawnChange(name: "drawn: murky water \(fixed(part, 1))", isMeasured: false) {
                $0.turbidity = part
                $0.waterDepth = 0.8
            }
        }
        + [SampleConditions.Difficulty.ordinary, .poor].flatMap { difficulty in
            (0..<3).map { _ in
                DrawnChange(name: "drawn: \(difficulty.rawValue) conditions") { conditions in
                    let (width, height) = (conditions.width, conditions.height)
                    conditions = .random(seed: conditions.backgroundSeed, difficulty: difficulty)
                    (conditions.width, conditions.height) = (width, height)
                }
            }
        }
}

/// SplitMix64 with normal numbers: the same at every run.
private struct Dice {
    var state: UInt64

    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
    }

    mutating func normal() -> Double {
        (-2 * log(max(unit(), 1e-300))).squareRoot() * cos(2 * .pi * unit())
    }
}
