import Foundation

/// Outline and relief of one animal, in its own coordinates: head width 1, origin in the middle of the head, x to the
/// animal's right when seen from above with the snout up, y from snout to tail.
struct Anatomy {
    /// y of the tip of the snout.
    let snout: Float
    /// y of the fold that ends the head.
    let neck: Float
    let eyeX: Float
    let eyeY: Float
    let nostrilX: Float
    /// How far inside the rim the line of the closed mouth lies.
    let lipInset: Float
    /// y of the widest place of the head.
    let widest: Float

    /// y of the corners of the mouth.
    static let mouthCorner: Float = 0.2

    private let cheek: Float
    private let squareness: Float
    private let jawHeight: Float
    private let headHeight: Float
    /// Half-widths of the body behind the widest part of the head at equal steps of ``step``.
    private let halfWidths: [Float]
    private let limbs: [Limb]

    private static let step: Float = 0.1
    static let tailTip: Float = 5.6

    init(animal: SampleAnimal, conditions: SampleConditions) {
        var dice = SplitMix64(seed: animal.seed, purpose: 1)
        // A head broadens a little with age.
        let age = 1 - exp(-Float(conditions.growthYears) / 12)
        // The head's width is the unit, so a broader head is a shorter one.
        let breadth = 1 + 0.04 * animal.characters.float(.headWidth)
        let length = dice.float(0.52, 0.62) * (1 - 0.03 * age) / breadth
        widest = dice.float(0.02, 0.1)
        snout = widest - length
        neck = dice.float(0.42, 0.5) / breadth
        lipInset = 0.03 * exp(-0.4 * animal.characters.float(.mouthWidth))
        cheek = 0.5
        squareness = dice.float(0.1, 0.55)
        jawHeight = dice.float(0.03, 0.05) * (1 + 0.3 * age)
        headHeight = dice.float(0.15, 0.19)
        eyeY = snout + length * dice.float(0.5, 0.62)
        let t = (widest - eyeY) / length
        eyeX = cheek * ((1 - t * t) / (1 - squareness * t * t)).squareRoot() * dice.float(0.74, 0.8)
        nostrilX = dice.float(0.055, 0.085)

        let neckHalf = dice.float(0.37, 0.43)
        let trunkHalf = dice.float(0.44, 0.52)
        let knots: [(y: Float, half: Float)] = [
            (widest, cheek), (widest + 0.18, cheek * 0.985), (neck + 0.12, neckHalf), (0.9, neckHalf + 0.03),
            (1.6, trunkHalf), (2.5, trunkHalf * 0.95), (3.2, 0.33), (3.8, 0.22), (5.2, 0.12), (Self.tailTip, 0.005),
        ]
        let front = widest
        let count = Int((Self.tailTip - front) / Self.step) + 2
        halfWidths = (0..<count).map { i in
            let y = front + Float(i) * Self.step
            guard let k = knots.lastIndex(where: { $0.y <= y }), k + 1 < knots.count else { return 0.005 }
            return knots[k].half
                + (knots[k + 1].half - knots[k].half) * smooth((y - knots[k].y) / (knots[k + 1].y - knots[k].y))
        }
        var pose = SplitMix64(seed: conditions.backgroundSeed, purpose: 21)
        limbs = [
            Limb(shoulderY: 0.82, reachX: 0.42, side: -1, toes: 4, pose: &pose),
            Limb(shoulderY: 0.82, reachX: 0.42, side: 1, toes: 4, pose: &pose),
            Limb(shoulderY: 3.1, reachX: 0.3, side: -1, toes: 5, pose: &pose),
            Limb(shoulderY: 3.1, reachX: 0.3, side: 1, toes: 5, pose: &pose),
        ]
    }

    /// Half the animal's width at a place along it; 0 before the snout and behind the tail.
    @inline(__always)
    func halfWidth(_ y: Float) -> Float {
        if y < widest {
            let t = (widest - y) / (widest - snout)
            if t >= 1 { return 0 }
            return cheek * ((1 - t * t) / (1 - squareness * t * t)).squareRoot()
        }
        let place = (y - widest) / Self.step
        let i = Int(place)
        if i + 1 >= halfWidths.count { return 0 }
        return halfWidths.withUnsafeBufferPointer { $0[i] + ($0[i + 1] - $0[i]) * (place - Float(i)) }
    }

    /// Distance to the outline (negative inside) and height above the belly, both in head widths.
    @inline(__always)
    func surface(_ x: Float, _ y: Float) -> (distance: Float, height: Float) {
        var (distance, height) = trunk(x, y)
        if distance > -0.15, y > 0.1 {
            for limb in limbs {
                let (d, h) = limb.surface(x, y)
                if d < distance { distance = d }
                if h > height { height = h }
            }
        }
        return (distance, height)
    }

    @inline(__always)
    private func trunk(_ x: Float, _ y: Float) -> (distance: Float, height: Float) {
        let ax = abs(x)
        if y < widest {
            let length = widest - snout
            let (u, t) = (ax / cheek, (widest - y) / length)
            let (uu, tt) = (u * u, t * t)
            let q = uu + tt - squareness * uu * tt
            let gradientX = 2 * u * (1 - squareness * tt) / cheek
            let gradientY = 2 * t * (1 - squareness * uu) / length
            let gradient = (gradientX * gradientX + gradientY * gradientY).squareRoot()
            // Outside, the bracket of the squircle may vanish far off; there distance grows plainly.
            if u > 1.4 || t > 1.3 { return ((max(u - 1, 0) + max(t - 1, 0)) * 0.5, 0) }
            let distance = (q - 1) / max(gradient, 1.6)
            if q >= 1 { return (distance, 0) }
            return (distance, headHeight * dome(q) + features(x, y))
        }
        let half = halfWidth(y)
        if half <= 0 { return (y - Self.tailTip + 0.01, 0) }
        let u = ax / half
        let distance = (u * u - 1) * half / max(2 * u, 0.8)
        if u >= 1 { return (distance, 0) }
        let round = unit((y - widest) / 1.2)
        let height = headHeight + (0.55 * half - headHeight) * smooth(round)
        return (distance, height * dome(u * u) + (y < 0.9 ? features(x, y) : 0))
    }

    /// A flat top with a rounded rim.
    @inline(__always)
    private func dome(_ q: Float) -> Float {
        (1 - q * q).squareRoot()
    }

    /// Jaw muscles, the brow of the eyes, the groove of the nape and the fold behind the head.
    @inline(__always)
    private func features(_ x: Float, _ y: Float) -> Float {
        let ax = abs(x)
        let jaw = jawHeight * bump((ax - 0.27) / 0.2, (y - 0.2) / 0.32)
        let brow = 0.034 * bump((ax - eyeX) / 0.09, (y - eyeY) / 0.1)
        let groove = -0.028 * bump(ax / 0.09, (y - 0.26) / 0.4)
        let saddle = -0.012 * bump(ax / 0.3, (y + 0.2) / 0.16)
        if y < neck - 0.15 { return jaw + brow + groove + saddle }
        let wavy = y + 0.018 * NoiseTables.shared.swell(x * 22, y * 9)
        let fold = -0.035 * bump(0, (wavy - neck - 0.05 - 0.12 * (0.25 - x * x)) / 0.055)
        let second = -0.018 * bump(0, (wavy - neck - 0.2 - 0.1 * (0.25 - x * x)) / 0.045)
        return jaw + brow + groove + saddle + fold + second
    }

    /// A smooth hill of height 1 and radius 1.
    @inline(__always)
    private func bump(_ u: Float, _ v: Float) -> Float {
        let q = u * u + v * v
        return q < 1 ? (1 - q) * (1 - q) : 0
    }
}

/// One leg: upper arm, lower arm and toes as a chain of rounded rods.
struct Limb {
    private struct Rod {
        let (x, y, dx, dy, inverseSquare): (Float, Float, Float, Float, Float)
        let (start, end): (Float, Float)

        init(_ a: (Float, Float), _ b: (Float, Float), _ start: Float, _ end: Float) {
            (x, y, dx, dy) = (a.0, a.1, b.0 - a.0, b.1 - a.1)
            inverseSquare = 1 / max(dx * dx + dy * dy, 1e-6)
            self.start = start
            self.end = end
        }
    }

    private let rods: [Rod]
    private let (centreX, centreY, reach): (Float, Float, Float)

    init(shoulderY: Float, reachX: Float, side: Float, toes: Int, pose: inout SplitMix64) {
        let shoulder = (side * (reachX - 0.12), shoulderY)
        let upper = pose.float(-0.25, 0.7)
        let elbow = (shoulder.0 + side * 0.36 * cos(upper), shoulder.1 + 0.36 * sin(upper))
        let lower = upper - pose.float(0.6, 1.5)
        let wrist = (elbow.0 + side * 0.26 * cos(lower), elbow.1 + 0.26 * sin(lower))
        var rods = [Rod(shoulder, elbow, 0.14, 0.1), Rod(elbow, wrist, 0.1, 0.08)]
        for toe in 0..<toes {
            let angle = lower + (Float(toe) - Float(toes - 1) / 2) * 0.5 + pose.float(-0.1, 0.1)
            let root = (wrist.0 + side * 0.03 * cos(angle), wrist.1 + 0.03 * sin(angle))
            let length = pose.float(0.11, 0.15)
            rods.append(Rod(root, (root.0 + side * length * cos(angle), root.1 + length * sin(angle)), 0.042, 0.02))
        }
        self.rods = rods
        (centreX, centreY, reach) = (elbow.0, elbow.1, 0.62)
    }

    @inline(__always)
    func surface(_ x: Float, _ y: Float) -> (distance: Float, height: Float) {
        let (cx, cy) = (x - centreX, y - centreY)
        if cx * cx + cy * cy > reach * reach { return (1, 0) }
        var distance: Float = 1
        var height: Float = 0
        rods.withUnsafeBufferPointer { rods in
            var i = 0
            while i < rods.count {
                let rod = rods[i]
                let (px, py) = (x - rod.x, y - rod.y)
                let t = unit((px * rod.dx + py * rod.dy) * rod.inverseSquare)
                let (ex, ey) = (px - t * rod.dx, py - t * rod.dy)
                let radius = rod.start + (rod.end - rod.start) * t
                let d = (ex * ex + ey * ey).squareRoot()
                if d - radius < distance { distance = d - radius }
                if d < radius {
                    let h = 0.75 * (radius * radius - d * d).squareRoot()
                    if h > height { height = h }
                }
                i += 1
            }
        }
        return (distance, height)
    }
}
