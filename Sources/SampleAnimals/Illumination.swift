import Foundation

/// Light on the scene: cast shadows, crevices, diffuse and specular reflection, caustics, and the water between.
struct Illumination {
    private let noise = NoiseTables.shared
    private let conditions: SampleConditions
    private let light: Daylight
    private let view: Viewpoint

    init(_ conditions: SampleConditions, light: Daylight, view: Viewpoint) {
        self.conditions = conditions
        self.light = light
        self.view = view
    }

    /// Replaces the scene's reflectance by the linear light that reaches the camera.
    func apply(to scene: borrowing Scene) {
        let half = HalfScene(scene)
        let near = half.blurred(radius: view.pixelsPerUnit * 0.016)
        let far = half.blurred(radius: view.pixelsPerUnit * 0.07)
        let shadow = half.shadow(light, pixelsPerUnit: view.pixelsPerUnit)
        let water = WaterColumn(conditions)
        let caustics = Caustics(conditions, light: light, pixelsPerUnit: view.pixelsPerUnit)
        let beam = Beam(conditions, lamp: light.lamp)
        // Wet skin out of the water glints; under water there is hardly a difference of refraction to reflect.
        let shine: Float = conditions.waterDepth < 0.04 ? 0.8 : 0.09
        let glint = normalised(light.direction.x, light.direction.y, light.direction.z + 1)
        let slope = view.pixelsPerUnit * 0.5
        var y = 0
        while y < scene.height {
            let up = (y > 0 ? y - 1 : y) * scene.width
            let down = (y + 1 < scene.height ? y + 1 : y) * scene.width
            let row = y * scene.width
            var x = 0
            while x < scene.width {
                let i = row + x
                let left = row + (x > 0 ? x - 1 : x)
                let right = row + (x + 1 < scene.width ? x + 1 : x)
                let z = scene.relief.values[i]
                let dx = bounded((scene.relief.values[right] - scene.relief.values[left]) * slope)
                let dy = bounded((scene.relief.values[down + x] - scene.relief.values[up + x]) * slope)
                let scale = 1 / (1 + dx * dx + dy * dy).squareRoot()
                let facing = (light.direction.z - dx * light.direction.x - dy * light.direction.y) * scale
                // Skin and wet stone let light round the edge a little.
                let lit = (facing > -0.15 ? (facing + 0.15) / 1.15 : 0)

                let crevice = half.sample(near, x, y) - z
                let hollow = half.sample(far, x, y) - z
                let open = 1 / (1 + (crevice > 0 ? crevice : 0) * 48 + (hollow > 0 ? hollow : 0) * 14)
                let shade = half.sample(shadow, x, y)
                let net = caustics.at(x, y, z)
                let spot = beam.at(x, y)
                let direct = lit * shade * net * spot * (0.35 + 0.65 * open)
                let ambient = (0.55 + 0.45 * scale) * open * (light.lamp ? spot : 1)

                let cover = scene.cover.values[i]
                let align = (glint.2 - dx * glint.0 - dy * glint.1) * scale
                let gloss = align > 0.9 ? power(align, cover > 0.5) * shine * shade * spot * (0.25 + 0.75 * cover) : 0
                let (clear, veil) = water.at(z)
                let red = scene.red.values[i] * (light.sun.red * direct + light.sky.red * ambient)
                let green = scene.green.values[i] * (light.sun.green * direct + light.sky.green * ambient)
                let blue = scene.blue.values[i] * (light.sun.blue * direct + light.sky.blue * ambient)
                let around = light.sky.green + light.sun.green * 0.5 * spot
                scene.red.values[i] = (red + gloss * light.sun.red) * clear.red + veil.red * around
                scene.green.values[i] = (green + gloss * light.sun.green) * clear.green + veil.green * around
                scene.blue.values[i] = (blue + gloss * light.sun.blue) * clear.blue + veil.blue * around
                x += 1
            }
            y += 1
        }
    }

    @inline(__always)
    private func bounded(_ slope: Float) -> Float {
        slope > 2.5 ? 2.5 : (slope < -2.5 ? -2.5 : slope)
    }

    /// The cosine to the 256th (skin) or 16th power, as strength of a highlight.
    @inline(__always)
    private func power(_ cosine: Float, _ skin: Bool) -> Float {
        let p4 = cosine * cosine * cosine * cosine
        let p16 = p4 * p4 * p4 * p4
        let p64 = p16 * p16 * p16 * p16
        return skin ? 1.4 * p64 * p64 * p64 * p64 : 0.16 * p16
    }
}

/// A vector of length 1 in the given direction.
private func normalised(_ x: Float, _ y: Float, _ z: Float) -> (Float, Float, Float) {
    let length = (x * x + y * y + z * z).squareRoot()
    return (x / length, y / length, z / length)
}

/// Attenuation and scattered light of the water above a point.
private struct WaterColumn {
    private let depth: Float
    private let loss: Colour
    private let haze: Float
    private let tint: Colour

    init(_ conditions: SampleConditions) {
        depth = Float(conditions.waterDepth)
        let turbidity = Float(conditions.turbidity)
        let share = Float(conditions.tint) * 0.5 + 0.5
        // Per metre and way down and up: clear river water, brown (humic) or blue-green.
        let brown = Colour(red: 0.25, green: 0.55, blue: 1.25)
        let green = Colour(red: 1.1, green: 0.28, blue: 0.42)
        loss = brown.mixed(with: green, share).scaled(0.7 + 1.1 * turbidity)
        haze = 3.2 * turbidity
        tint = Colour(sRGB: 150, 128, 84).mixed(with: Colour(sRGB: 104, 150, 142), share).scaled(0.62)
    }

    /// The share of light that comes through, and the veil laid over it, at a height in head widths of 0.15 m.
    @inline(__always)
    func at(_ z: Float) -> (clear: Colour, veil: Colour) {
        let path = depth - z * 0.15
        if path <= 0 { return (Colour(red: 1, green: 1, blue: 1), Colour(red: 0, green: 0, blue: 0)) }
        let through = falling(haze * path)
        let clear = Colour(
            red: falling(loss.red * path) * through, green: falling(loss.green * path) * through,
            blue: falling(loss.blue * path) * through)
        return (clear, tint.scaled((1 - through) * 0.75))
    }

    /// The exponential of -x for x ≥ 0, to a thousandth.
    @inline(__always)
    private func falling(_ x: Float) -> Float {
        let t = 1 + x * (0.125 + x * (0.0078125 + x * 0.00032552))
        let t2 = t * t
        let t4 = t2 * t2
        return 1 / (t4 * t4)
    }
}

/// The moving net of light under rippled water.
private struct Caustics {
    private let noise = NoiseTables.shared
    private let strength: Float
    private let frequency: Float
    private let lean: (x: Float, y: Float)
    private let (originX, originY, sharpness): (Float, Float, Float)

    init(_ conditions: SampleConditions, light: Daylight, pixelsPerUnit: Float) {
        var dice = SplitMix64(seed: conditions.backgroundSeed, purpose: 32)
        strength = conditions.waterDepth > 0.03 && !light.lamp ? Float(conditions.caustics) : 0
        let size = dice.float(0.16, 0.4)
        frequency = 16 / (size * pixelsPerUnit)
        lean = (light.direction.x * pixelsPerUnit, light.direction.y * pixelsPerUnit)
        originX = dice.float(0, 256)
        originY = dice.float(0, 256)
        sharpness = dice.float(5, 9)
    }

    /// The factor on direct light at a pixel and a height.
    @inline(__always)
    func at(_ x: Int, _ y: Int, _ z: Float) -> Float {
        if strength == 0 { return 1 }
        let (px, py) = ((Float(x) + lean.x * z) * frequency, (Float(y) + lean.y * z) * frequency)
        let warp = noise.cloud(px * 1.3 + originX, py * 1.3 + originY) * 3.2
        let other = noise.cloud(py * 1.3 + originY, px * 1.3) * 3.2
        let first = noise.web(px + originX + warp, py + originY + other)
        let second = noise.web((px - other) * 0.63 + originY, (py + warp) * 0.63 + originX)
        let a = 1 / (1 + sharpness * sharpness * first * first)
        let b = 1 / (1 + sharpness * sharpness * second * second)
        return 1 + strength * (1.5 * a + 1.3 * b + 1.4 * a * b - 0.62)
    }
}

/// The cone of a lamp, brightest near the middle of the picture; daylight is even.
private struct Beam {
    private let lamp: Bool
    private let (centreX, centreY, inverse): (Float, Float, Float)

    init(_ conditions: SampleConditions, lamp: Bool) {
        self.lamp = lamp
        var dice = SplitMix64(seed: conditions.backgroundSeed, purpose: 33)
        centreX = Float(conditions.width) * dice.float(0.35, 0.65)
        centreY = Float(conditions.height) * dice.float(0.35, 0.65)
        let radius = Float(conditions.width) * dice.float(0.4, 0.65)
        inverse = 1 / (radius * radius)
    }

    @inline(__always)
    func at(_ x: Int, _ y: Int) -> Float {
        if !lamp { return 1 }
        let (dx, dy) = (Float(x) - centreX, Float(y) - centreY)
        let fall = 1 + (dx * dx + dy * dy) * inverse
        return 0.06 + 1.15 / (fall * fall)
    }
}
