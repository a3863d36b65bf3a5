import Foundation

/// A round patch on the skin, in the animal's coordinates.
struct Mark {
    var x: Float
    var y: Float
    var radius: Float
    /// Strength in the middle; it falls to 0 at ``radius``.
    var weight: Float
}

/// Spots, warts and colours of one animal, the same in every photograph but for slow change with the years.
struct SkinPattern {
    /// Black pigment as overlapping patches; where their sum passes a half, the skin is black.
    let spots: [Mark]
    /// Pale warts; the weight is their height in radii.
    let warts: [Mark]
    /// Pale blotches as overlapping patches, like the spots; empty where ``paleness`` is 0.
    let blotches: [Mark]
    let pale: Colour
    /// How much of ``pale`` a blotch shows, 0 … 0.5.
    let paleness: Float
    let ground: Colour
    let second: Colour
    let black: Colour
    let wart: Colour
    /// Where in the noise tables the animal's mottling lies, in texels.
    let mottleX: Float
    let mottleY: Float
    /// Strength of the mottling, about 1.
    let mottle: Float

    init(animal: SampleAnimal, anatomy: Anatomy, growthYears: Double) {
        var dice = SplitMix64(seed: animal.seed, purpose: 2)
        let tan = Colour(sRGB: 170, 138, 110)
        let grey = Colour(sRGB: 122, 108, 88)
        let umber = Colour(sRGB: 92, 74, 56)
        let olive = Colour(sRGB: 112, 102, 66)
        let characters = animal.characters
        let plain = tan.mixed(with: grey, dice.float(0.1, 1)).mixed(with: umber, dice.float(0, 0.85))
        ground = plain.mixed(with: plain.grey, unit(0.2 * characters.float(.groundGreyness)))
            .scaled(exp(0.12 * characters.float(.groundLightness)))
        second = ground.mixed(with: dice.unit() < 0.5 ? olive : tan, dice.float(0.3, 0.8)).scaled(dice.float(0.7, 1.2))
        black = Colour(sRGB: 34, 29, 26).scaled(dice.float(0.7, 1.3))
        wart = ground.mixed(with: Colour(sRGB: 205, 178, 146), 0.55)
        mottleX = dice.float(0, 512)
        mottleY = dice.float(0, 512)
        mottle = dice.float(0.7, 1.3)
        spots = Self.drawSpots(animal, anatomy, Float(growthYears))
        warts = Self.drawWarts(animal, anatomy)
        pale = ground.mixed(with: Colour(sRGB: 214, 198, 168), 0.8)
        paleness = 0.12 * max(0, characters.float(.blotchPaleness))
        blotches = paleness > 0 ? Self.drawBlotches(animal, anatomy) : []
    }

    private static func drawSpots(_ animal: SampleAnimal, _ anatomy: Anatomy, _ years: Float) -> [Mark] {
        var dice = SplitMix64(seed: animal.seed, purpose: 3)
        let abundance = dice.float(0.6, 1.25)
        let coarseness = dice.float(0.8, 1.25) * exp(-0.15 * animal.characters.float(.spotFineness))
        let wanted = Int(760 * abundance)
        var marks: [Mark] = []
        var placed = 0
        var tries = 0
        while placed < wanted, tries < wanted * 30 {
            tries += 1
            let y = dice.float(anatomy.snout, 2.6)
            let half = anatomy.halfWidth(y)
            let x = dice.float(-0.6, 0.6)
            let (chance, late, size) = (dice.float(0, 1), dice.float(0, 1), dice.float(0, 1))
            var blotch = SplitMix64(seed: dice.next())
            // Half-width along the ray from the middle of the head: 0 on the crown, 1 on the rim.
            let rim = y < 0.1 ? max(abs(x) / 0.5, ((x * x + y * y).squareRoot()) / 0.55) : abs(x) / max(half, 0.01)
            if abs(x) > half || chance > 0.16 + 0.84 * smoothstep(0.45, 0.95, rim) { continue }
            placed += 1
            // Four spots in a hundred come with the years, the others grow and drift by a hundredth a decade.
            if late < 0.04, years < late * 500 { continue }
            let drift = years * 0.0003
            let growth = 1 + min(years, 30) * 0.004 * blotch.float(-0.5, 1)
            let cubed = size * size * size
            let radius = (0.0035 + 0.006 * size + 0.019 * cubed * size) * coarseness * growth * (rim > 0.85 ? 1.25 : 1)
            let (cx, cy) = (x + drift * blotch.float(-1, 1), y + drift * blotch.float(-1, 1))
            append(to: &marks, cx, cy, radius, &blotch)
        }
        // The legs move, so their spots lie where the legs are, not on them: they are no mark of the individual.
        for _ in 0..<Int(260 * abundance) {
            let side: Float = dice.unit() < 0.5 ? -1 : 1
            let (x, y) = (side * dice.float(0.44, 1.15), dice.float(0.2, 1.6))
            append(to: &marks, x, y, dice.float(0.005, 0.022) * coarseness, &dice)
        }
        return marks
    }

    /// One irregular blotch: a few patches strung along a crooked line.
    private static func append(
        to marks: inout [Mark], _ x: Float, _ y: Float, _ radius: Float, _ dice: inout SplitMix64
    ) {
        let pieces = radius < 0.0055 ? 1 : 2 + dice.index(radius > 0.016 ? 5 : 3)
        var angle = dice.float(0, 2 * .pi)
        var (px, py) = (x, y)
        for piece in 0..<pieces {
            let size = radius * (piece == 0 ? 1 : dice.float(0.55, 0.95))
            marks.append(Mark(x: px, y: py, radius: size * 1.7, weight: 1))
            px += cos(angle) * size * dice.float(0.5, 1.1)
            py += sin(angle) * size * dice.float(0.5, 1.1)
            angle += dice.float(-1.6, 1.6)
        }
    }

    private static func drawBlotches(_ animal: SampleAnimal, _ anatomy: Anatomy) -> [Mark] {
        var dice = SplitMix64(seed: animal.seed, purpose: 5)
        let radius = 0.08 * exp(0.22 * animal.characters.float(.blotchSize))
        var marks: [Mark] = []
        // A third of the area to 2.6 head widths, whatever their size.
        for _ in 0..<Int(0.33 * 3 / (.pi * radius * radius)) {
            append(
                to: &marks, dice.float(-0.5, 0.5), dice.float(anatomy.snout, 2.6), radius * dice.float(0.45, 0.9),
                &dice)
        }
        return marks
    }

    private static func drawWarts(_ animal: SampleAnimal, _ anatomy: Anatomy) -> [Mark] {
        var dice = SplitMix64(seed: animal.seed, purpose: 4)
        var pairs = SplitMix64(seed: animal.seed, purpose: 6)
        let density = exp(0.3 * animal.characters.float(.wartDensity))
        let paired = 0.2 * max(0, animal.characters[.wartPairing])
        var marks: [Mark] = []
        func add(_ x: Float, _ y: Float, _ low: Float, _ high: Float) {
            let radius = dice.float(low, high)
            marks.append(Mark(x: x, y: y, radius: radius, weight: dice.float(0.35, 0.8)))
        }
        for side: Float in [-1, 1] {
            // Round the eyes: rings and rows.
            for _ in 0..<Int(70 * density) {
                let (angle, reach) = (dice.float(0, 2 * .pi), dice.float(0.035, 0.13))
                add(side * anatomy.eyeX + cos(angle) * reach, anatomy.eyeY + sin(angle) * reach, 0.005, 0.012)
            }
            // Along the jaws: pairs and small rosettes just inside the rim.
            for _ in 0..<Int(75 * density) {
                let y = dice.float(anatomy.snout + 0.04, anatomy.neck + 0.1)
                let x = side * anatomy.halfWidth(y) * dice.float(0.72, 0.95)
                for _ in 0...dice.index(3) {
                    add(x + dice.float(-0.018, 0.018), y + dice.float(-0.018, 0.018), 0.005, 0.014)
                }
            }
            for _ in 0..<Int(60 * density) {
                let y = dice.float(anatomy.neck, 2.4)
                add(side * anatomy.halfWidth(y) * dice.float(0.3, 0.95), y, 0.006, 0.016)
            }
        }
        for _ in 0..<Int(150 * density) {
            let (x, y) = (dice.float(-0.4, 0.4), dice.float(anatomy.snout + 0.08, 0.6))
            add(x, y, 0.003, 0.009)
            guard pairs.unit() < paired, let first = marks.last else { continue }
            marks.append(Mark(x: x + 2.2 * first.radius, y: y, radius: first.radius, weight: first.weight))
        }
        return marks
    }
}
