import Foundation

/// What lies between the water's bed and the lens: sky mirrored in the surface, and matter drifting in the water.
struct WaterSurface {
    private let noise = NoiseTables.shared
    private let conditions: SampleConditions
    private let view: Viewpoint
    private let light: Daylight

    init(_ conditions: SampleConditions, light: Daylight, view: Viewpoint) {
        self.conditions = conditions
        self.light = light
        self.view = view
    }

    /// Adds particles, then reflections, to the light in the scene.
    func add(to scene: borrowing Scene) {
        if conditions.waterDepth > 0 { drift(scene) }
        if conditions.waterDepth > 0, conditions.glare > 0 { mirror(scene) }
    }

    private func mirror(_ scene: borrowing Scene) {
        var dice = SplitMix64(seed: conditions.backgroundSeed, purpose: 51)
        let glare = Float(conditions.glare)
        let angle = dice.float(0, .pi)
        let (cosine, sine) = (cos(angle), sin(angle))
        let along = 13 / view.pixelsPerUnit
        let across = along * dice.float(2.2, 4.5)
        let (originX, originY) = (dice.float(0, 512), dice.float(0, 512))
        // From a few specks to about a third of the frame.
        let threshold = 2.3 - 1.9 * glare
        let broad = 5 / view.pixelsPerUnit
        let sky = light.lamp ? Colour(red: 1.6, green: 1.65, blue: 1.7) : Colour(red: 1.15, green: 1.25, blue: 1.35)
        let level = (light.sky.green + 0.6 * light.sun.green) * 0.9
        var y = 0
        var i = 0
        while y < scene.height {
            var x = 0
            while x < scene.width {
                let (fx, fy) = (Float(x), Float(y))
                let u = (fx * cosine + fy * sine) * along
                let v = (fy * cosine - fx * sine) * across
                let wave = noise.swell(u + originX, v + originY)
                let patch = noise.swell(fx * broad + originY, fy * broad + originX)
                let height = 0.75 * wave + 0.65 * patch
                let flash = smoothstep(threshold, threshold + 0.6, height)
                let sheen =
                    glare
                    * (0.05 * unit(0.5 + 0.4 * patch) + 0.09 * smoothstep(threshold - 1.2, threshold + 0.4, height))
                let amount = (flash * (0.45 + 0.5 * unit(0.5 + 0.5 * wave)) + sheen) * level
                scene.red.values[i] = scene.red.values[i] * (1 - flash * 0.5) + amount * sky.red
                scene.green.values[i] = scene.green.values[i] * (1 - flash * 0.5) + amount * sky.green
                scene.blue.values[i] = scene.blue.values[i] * (1 - flash * 0.5) + amount * sky.blue
                i += 1
                x += 1
            }
            y += 1
        }
    }

    /// Flecks of silt, out of focus, and now and then a fibre.
    private func drift(_ scene: borrowing Scene) {
        var dice = SplitMix64(seed: conditions.backgroundSeed, purpose: 52)
        let amount = conditions.turbidity * (0.3 + min(conditions.waterDepth, 1))
        let size = Float(scene.width) / 1600
        let level = light.sky.green + light.sun.green * 0.7
        for _ in 0..<Int(25 + 420 * amount) {
            let (x, y) = (dice.float(0, Float(scene.width)), dice.float(0, Float(scene.height)))
            let near = dice.float(0, 1)
            let radius = (1.2 + 5 * near * near * near * near) * size
            let strength = dice.float(0.02, 0.14) * level / (1 + 0.5 * radius / size)
            let fibre = dice.unit() < 0.06
            let angle = dice.float(0, .pi)
            let turn = dice.float(-0.25, 0.25)
            let steps = fibre ? 6 + dice.index(16) : 1
            var (px, py, heading) = (x, y, angle)
            for _ in 0..<steps {
                blot(px, py, fibre ? 1.1 * size : radius, strength, scene)
                px += cos(heading) * 1.6 * size
                py += sin(heading) * 1.6 * size
                heading += turn
            }
        }
    }

    private func blot(_ x: Float, _ y: Float, _ radius: Float, _ strength: Float, _ scene: borrowing Scene) {
        let reach = radius + 1
        let (fromX, toX) = (max(0, Int(x - reach)), min(scene.width - 1, Int(x + reach)))
        let (fromY, toY) = (max(0, Int(y - reach)), min(scene.height - 1, Int(y + reach)))
        if fromX > toX || fromY > toY { return }
        let inverse = 1 / (reach * reach)
        for row in fromY...toY {
            for column in fromX...toX {
                let (dx, dy) = (Float(column) - x, Float(row) - y)
                let q = (dx * dx + dy * dy) * inverse
                if q >= 1 { continue }
                let i = row * scene.width + column
                let add = strength * (1 - q)
                scene.red.values[i] += add * 0.95
                scene.green.values[i] += add * 0.92
                scene.blue.values[i] += add * 0.8
            }
        }
    }
}
