import Foundation

/// The camera: blur of lens and hand, vignetting, exposure, tone curve, sensor noise, eight bits.
struct Lens {
    private let noise = NoiseTables.shared
    private let conditions: SampleConditions
    private let gain: Float

    init(_ conditions: SampleConditions, light: Daylight) {
        self.conditions = conditions
        gain = light.gain
    }

    /// Turns the light in the scene into interleaved RGB bytes.
    func expose(_ scene: borrowing Scene) -> [UInt8] {
        for channel in 0..<3 {
            switch channel {
            case 0: blur(scene.red)
            case 1: blur(scene.green)
            default: blur(scene.blue)
            }
        }
        return develop(scene)
    }

    // MARK: Blur

    private func blur(_ plane: borrowing Plane) {
        let sigma = max(0.45, Float(conditions.blurPixels))
        if sigma < 2.2 {
            gaussianBlur(plane, sigma: sigma)
        } else {
            // Three boxes of variance (w² - 1) / 12 each come close to a Gaussian.
            let radius = max(1, Int(((4 * sigma * sigma + 1).squareRoot() - 1) / 2 + 0.5))
            for _ in 0..<3 { boxBlur(plane, radius: radius) }
        }
        if conditions.motionPixels >= 1 { smear(plane) }
    }

    /// Averages along the direction in which the camera moved.
    private func smear(_ plane: borrowing Plane) {
        var dice = SplitMix64(seed: conditions.backgroundSeed, purpose: 61)
        let angle = dice.float(0, .pi)
        let length = Float(conditions.motionPixels)
        let taps = max(2, Int(length) + 1)
        let shifts = (0..<taps).map { k in
            let along = (Float(k) / Float(taps - 1) - 0.5) * length
            return (Int((along * cos(angle)).rounded()), Int((along * sin(angle)).rounded()))
        }
        let (width, height) = (plane.width, plane.height)
        let sums = UnsafeMutablePointer<Float>.allocate(capacity: width * height)
        defer { sums.deallocate() }
        sums.initialize(repeating: 0, count: width * height)
        for (dx, dy) in shifts {
            var y = 0
            while y < height {
                let source = plane.values + min(max(y + dy, 0), height - 1) * width
                let target = sums + y * width
                let (from, to) = (min(max(0, -dx), width), max(min(width, width - dx), 0))
                var x = 0
                while x < from {
                    target[x] += source[0]
                    x += 1
                }
                while x < to {
                    target[x] += source[x + dx]
                    x += 1
                }
                while x < width {
                    target[x] += source[width - 1]
                    x += 1
                }
                y += 1
            }
        }
        let inverse = 1 / Float(taps)
        var i = 0
        while i < width * height {
            plane.values[i] = sums[i] * inverse
            i += 1
        }
    }

    // MARK: Development

    private func develop(_ scene: borrowing Scene) -> [UInt8] {
        let (width, height) = (scene.width, scene.height)
        let curve = ToneCurve()
        let strength = Float(conditions.noise)
        var dice = SplitMix64(seed: conditions.backgroundSeed, purpose: 62)
        let vignette = dice.float(0.12, 0.3)
        let (centreX, centreY) = (Float(width) / 2, Float(height) / 2)
        let inverse = 1 / (centreX * centreX + centreY * centreY)
        // A darker scene needs more amplification, and noise grows with it.
        let grain = strength * (gain > 1 ? gain.squareRoot() : 1)
        let mask = NoiseTables.gaussianCount - 1
        return [UInt8](unsafeUninitializedCapacity: 3 * width * height) { bytes, count in
            guard let out = bytes.baseAddress else { return }
            var i = 0
            var y = 0
            while y < height {
                let start = Int(dice.next() & 0xFFFF)
                let (offsetGreen, offsetBlue) = (Int(dice.next() & 0xFFFF), Int(dice.next() & 0xFFFF))
                let dy = Float(y) - centreY
                var x = 0
                while x < width {
                    let dx = Float(x) - centreX
                    let fall = gain * (1 - vignette * (dx * dx + dy * dy) * inverse)
                    let light = noise.gaussian[(start &+ x) & mask]
                    let first = noise.gaussian[(offsetGreen &+ (x >> 1)) & mask]
                    let second = noise.gaussian[(offsetBlue &+ (x >> 1)) & mask]
                    let (r, g, b) = (
                        scene.red.values[i] * fall, scene.green.values[i] * fall, scene.blue.values[i] * fall
                    )
                    // Shot noise grows with the root of the light, read noise stays.
                    let deviation = grain * (0.006 + 0.055 * (g > 0 ? g : 0).squareRoot())
                    let luma = deviation * light
                    out[3 * i] = curve.byte(r + luma + deviation * 0.5 * first)
                    out[3 * i + 1] = curve.byte(g + luma)
                    out[3 * i + 2] = curve.byte(b + luma + deviation * 0.6 * second)
                    i += 1
                    x += 1
                }
                y += 1
            }
            count = 3 * width * height
        }
    }
}

/// Linear light to display bytes: slight contrast in the shadows, a soft shoulder, then the sRGB curve.
private struct ToneCurve {
    private static let steps = 8192
    private static let limit: Float = 4
    private let table: [UInt8]

    init() {
        table = (0...Self.steps).map { k in
            // Steps are even in the square root of light, where the eye and eight bits need them.
            let root = Float(k) / Float(Self.steps) * Self.limit.squareRoot()
            let light = root * root
            let toe = light * light * 1.6 / (light + 0.045)
            let mixed = light < 0.1 ? 0.5 * light + 0.5 * toe : light
            let raised = light < 0.1 ? mixed + (light / 0.1) * (light - mixed) : light
            let steep = raised < 0.5 ? raised * (0.86 + 0.28 * raised) : raised
            let rolled = steep < 0.55 ? steep : 0.55 + 0.45 * (1 - exp(-(steep - 0.55) / 0.45))
            let display = rolled <= 0.0031308 ? 12.92 * rolled : 1.055 * pow(rolled, 1 / 2.4) - 0.055
            return UInt8(min(255, max(0, display * 255 + 0.5)))
        }
    }

    @inline(__always)
    func byte(_ light: Float) -> UInt8 {
        let root = (light > 0 ? light : 0).squareRoot() / Self.limit.squareRoot()
        return table.withUnsafeBufferPointer { $0[Int((root < 1 ? root : 1) * Float(Self.steps))] }
    }
}

/// Convolves a plane with a Gaussian of a small standard deviation, edges repeated.
private func gaussianBlur(_ plane: borrowing Plane, sigma: Float) {
    let radius = max(1, Int((2.6 * sigma).rounded(.up)))
    let raw = (0...radius).map { exp(-Float($0 * $0) / (2 * sigma * sigma)) }
    let total = raw[0] + 2 * raw.dropFirst().reduce(0, +)
    let (width, height) = (plane.width, plane.height)
    let source = UnsafeMutablePointer<Float>.allocate(capacity: width * height)
    defer { source.deallocate() }
    for vertical in [false, true] {
        source.update(from: plane.values, count: width * height)
        var i = 0
        while i < width * height {
            plane.values[i] = source[i] * (raw[0] / total)
            i += 1
        }
        for k in 1...radius {
            let weight = raw[k] / total
            var y = 0
            while y < height {
                let row = plane.values + y * width
                let before = source + (vertical ? max(y - k, 0) : y) * width
                let after = source + (vertical ? min(y + k, height - 1) : y) * width
                let shift = vertical ? 0 : k
                var x = 0
                while x < width {
                    if x < shift || x + shift >= width {
                        row[x] += weight * (before[x - shift > 0 ? x - shift : 0])
                        row[x] += weight * after[x + shift < width ? x + shift : width - 1]
                        x += 1
                    } else {
                        let end = width - shift
                        while x < end {
                            row[x] += weight * (before[x - shift] + after[x + shift])
                            x += 1
                        }
                    }
                }
                y += 1
            }
        }
    }
}
