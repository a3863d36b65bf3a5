import Foundation

/// The gravel under and around the animal: stones of all sizes over grit, in the colours of the animal.
struct RiverBed {
    private struct Stone {
        var x, y, cosine, sine, inverseLong, inverseShort: Float
        var base, height, squareness, roughness: Float
        var colour: Colour
        var noiseX, noiseY: Float
        var grain: Grain
    }

    private enum Grain {
        case plain, speckled, banded
    }

    private let noise = NoiseTables.shared
    private let view: Viewpoint
    private let ripples: Ripples
    private let seed: UInt64
    private let sand: Colour
    private let silt: Float

    init(_ conditions: SampleConditions, view: Viewpoint, ripples: Ripples) {
        self.view = view
        self.ripples = ripples
        seed = conditions.backgroundSeed
        var dice = SplitMix64(seed: seed, purpose: 41)
        sand = Colour(sRGB: 150, 132, 104).mixed(with: Colour(sRGB: 104, 100, 90), dice.float(0, 1))
        silt = dice.float(-0.06, 0.035)
    }

    /// Fills the scene with the bed.
    func draw(into scene: borrowing Scene) {
        locate(scene)
        let stones = drawStones(scene)
        let owners = UnsafeMutablePointer<Int32>.allocate(capacity: scene.width * scene.height)
        defer { owners.deallocate() }
        owners.initialize(repeating: -1, count: scene.width * scene.height)
        stones.withUnsafeBufferPointer { stones in
            var i = 0
            while i < stones.count {
                place(stones[i], Int32(i), owners, scene)
                i += 1
            }
            paint(stones, owners, scene)
        }
    }

    private func locate(_ scene: borrowing Scene) {
        var i = 0
        var y = 0
        while y < scene.height {
            var x = 0
            while x < scene.width {
                let seen = ripples.shifted(Float(x), Float(y))
                let world = view.world(seen.x, seen.y, 0)
                scene.worldX.values[i] = world.x
                scene.worldY.values[i] = world.y
                let dunes = noise.swell(world.x * 12, world.y * 12)
                let grit = noise.cloud(world.x * 1100, world.y * 1100)
                scene.relief.values[i] = silt + 0.008 * dunes + 0.0022 * grit
                i += 1
                x += 1
            }
            y += 1
        }
    }

    private func drawStones(_ scene: borrowing Scene) -> [Stone] {
        var dice = SplitMix64(seed: seed, purpose: 42)
        let corners = [(0, 0), (1, 0), (0, 1), (1, 1)].map {
            view.world(Float($0.0 * scene.width), Float($0.1 * scene.height), 0)
        }
        let (xs, ys) = (corners.map(\.x), corners.map(\.y))
        let (left, right) = ((xs.min() ?? 0) - 0.2, (xs.max() ?? 0) + 0.2)
        let (top, bottom) = ((ys.min() ?? 0) - 0.2, (ys.max() ?? 0) + 0.2)
        let area = (right - left) * (bottom - top)
        let smallest = max(0.008, 2.2 / view.pixelsPerUnit)
        // Beds are coarse, fine or mixed: each size class covers its own share of the ground.
        let middle = dice.float(-3.2, -1.6)
        let warmth = dice.float(0, 1)
        var stones: [Stone] = []
        var radius: Float = 0.5
        while radius >= smallest, stones.count < 60_000 {
            let spread = (log(radius) - middle) / 1.3
            let share = 0.22 + 0.5 * exp(-spread * spread)
            let count = min(Double(share * area / (.pi * radius * radius)), 20_000)
            let whole = Int(count) + (dice.unit() < count - count.rounded(.down) ? 1 : 0)
            let ofThisSize = (0..<whole).map { _ in
                let place = (dice.float(left, right), dice.float(top, bottom))
                return stone(at: place, radius * dice.float(0.75, 1.25), warmth, &dice)
            }
            // Row after row, so that the pixels they touch stay in the cache.
            stones += ofThisSize.sorted { $0.y < $1.y }
            radius *= 0.72
        }
        return stones
    }

    private func stone(
        at place: (Float, Float), _ radius: Float, _ warmth: Float, _ dice: inout SplitMix64
    ) -> Stone {
        let angle = dice.float(0, .pi)
        let aspect = dice.float(0.58, 1)
        let height = radius * dice.float(0.4, 0.75) / (1 + 2 * radius)
        let perched = dice.unit() < 0.06
        let grains: [Grain] = [.plain, .plain, .speckled, .speckled, .banded]
        return Stone(
            x: place.0, y: place.1, cosine: cos(angle), sine: sin(angle),
            inverseLong: 1 / radius, inverseShort: 1 / (radius * aspect),
            base: perched ? dice.float(0, 0.05) : -height * dice.float(0.05, 0.45), height: height,
            squareness: dice.float(-0.2, 0.75), roughness: dice.float(0.06, 0.22),
            colour: colour(warmth, &dice), noiseX: dice.float(0, 512), noiseY: dice.float(0, 512),
            grain: grains[dice.index(grains.count)])
    }

    private func colour(_ warmth: Float, _ dice: inout SplitMix64) -> Colour {
        let palette = [
            Colour(sRGB: 122, 112, 98), Colour(sRGB: 98, 94, 88), Colour(sRGB: 148, 132, 110), Colour(sRGB: 84, 78, 68),
            Colour(sRGB: 128, 104, 78), Colour(sRGB: 108, 106, 102), Colour(sRGB: 72, 70, 66),
            Colour(sRGB: 140, 124, 96),
            Colour(sRGB: 112, 84, 62), Colour(sRGB: 94, 92, 72),
        ]
        let pick = palette[dice.index(palette.count)]
        let neighbour = palette[dice.index(palette.count)]
        let pale = dice.unit() < 0.035
        let base = pale ? Colour(sRGB: 192, 184, 170) : pick.mixed(with: neighbour, dice.float(0, 0.6))
        return base.mixed(with: Colour(sRGB: 132, 106, 76), warmth * 0.3).scaled(dice.float(0.65, 1.2))
    }

    private func place(
        _ stone: Stone, _ index: Int32, _ owners: UnsafeMutablePointer<Int32>, _ scene: borrowing Scene
    ) {
        let centre = view.pixel(stone.x, stone.y, 0)
        let reach = 1.3 / stone.inverseLong * view.pixelsPerUnit + 1 + ripples.reach
        let (width, height) = (Float(scene.width), Float(scene.height))
        if centre.x + reach < 0 || centre.y + reach < 0 || centre.x - reach >= width || centre.y - reach >= height {
            return
        }
        let (fromY, toY) = (Int(max(0, centre.y - reach)), Int(min(height - 1, centre.y + reach)))
        let (relief, worldX, worldY) = (scene.relief.values, scene.worldX.values, scene.worldY.values)
        let (longX, longY) = (stone.cosine * stone.inverseLong, stone.sine * stone.inverseLong)
        let (shortX, shortY) = (-stone.sine * stone.inverseShort, stone.cosine * stone.inverseShort)
        let frequency = 34 * stone.inverseLong
        let highest = stone.base + stone.height * 1.15
        var y = fromY
        while y <= toY {
            let away = Float(y) - centre.y
            let chord = (reach * reach - away * away > 0 ? reach * reach - away * away : 0).squareRoot()
            var i = y * scene.width + Int(centre.x - chord > 0 ? centre.x - chord : 0)
            let end = y * scene.width + Int(centre.x + chord < width - 1 ? centre.x + chord : width - 1)
            while i <= end {
                if relief[i] >= highest {
                    i += 1
                    continue
                }
                let (dx, dy) = (worldX[i] - stone.x, worldY[i] - stone.y)
                let (u, v) = (dx * longX + dy * longY, dx * shortX + dy * shortY)
                let (uu, vv) = (u * u, v * v)
                let bare = uu + vv - stone.squareness * uu * vv
                if bare < 1.3, uu < 1.6, vv < 1.6 {
                    let rough = noise.cloud(dx * frequency + stone.noiseX, dy * frequency + stone.noiseY)
                    let q = bare + stone.roughness * rough
                    if q < 1 {
                        let top = stone.base + stone.height * ((1 - q * (q > 0 ? q : 0)).squareRoot() + 0.05 * rough)
                        if top > relief[i] {
                            relief[i] = top
                            owners[i] = index
                        }
                    }
                }
                i += 1
            }
            y += 1
        }
    }

    private func paint(
        _ stones: UnsafeBufferPointer<Stone>, _ owners: UnsafeMutablePointer<Int32>, _ scene: borrowing Scene
    ) {
        // Grain finer than a pixel would only flicker.
        let fine = unit(view.pixelsPerUnit / 500)
        var i = 0
        while i < scene.width * scene.height {
            let (x, y) = (scene.worldX.values[i], scene.worldY.values[i])
            let film = noise.cloud(x * 40 + 77, y * 40 + 13)
            // Bent lookups keep the table's period from showing as a weave on large stones.
            let (bendX, bendY) = (90 * noise.swell(x * 11, y * 11), 90 * noise.swell(y * 11 + 50, x * 11 + 20))
            var colour = sand
            var tone: Float = 1
            if owners[i] >= 0 {
                let stone = stones[Int(owners[i])]
                colour = stone.colour
                let grain = noise.cloud(x * 950 + stone.noiseX + bendX, y * 950 + stone.noiseY + bendY)
                switch stone.grain {
                case .plain:
                    tone += 0.19 * fine * grain
                case .speckled:
                    let speck = noise.cloud(x * 1700 + stone.noiseY + 2 * bendX, y * 1700 + 2 * bendY)
                    tone +=
                        0.08 * grain + fine * (0.3 * smoothstep(0.5, 1.1, speck) - 0.4 * smoothstep(0.6, 1.2, -speck))
                case .banded:
                    let across = x * stone.sine + y * stone.cosine
                    tone += 0.09 * noise.cloud(across * 420 + grain * 3 + stone.noiseX, grain * 2) + 0.13 * fine * grain
                }
                tone += 0.13 * noise.cloud(x * 230 + stone.noiseY, y * 230 + stone.noiseX)
                scene.relief.values[i] += 0.0009 * fine * grain
            } else {
                tone +=
                    0.22 * fine * noise.cloud(x * 1100 + bendX, y * 1100 + bendY) + 0.2 * fine
                    * noise.cloud(x * 3100 + 99 + 3 * bendX, y * 3100 + 3 * bendY)
            }
            // A brown film of algae and silt lies on everything, in patches.
            let share = unit(0.18 + 0.16 * film)
            tone = tone < 0.2 ? 0.2 : tone
            scene.red.values[i] = (colour.red + (0.19 - colour.red) * share) * tone
            scene.green.values[i] = (colour.green + (0.155 - colour.green) * share) * tone
            scene.blue.values[i] = (colour.blue + (0.095 - colour.blue) * share) * tone
            i += 1
        }
    }
}
