/// The circumstances of one sample photograph: pose, camera, water and light.
///
/// Values outside the stated ranges are brought to the nearest value that can be drawn.
public struct SampleConditions: Sendable, Hashable {
    /// How hard a photograph makes it to recognise the animal.
    public enum Difficulty: String, Sendable, Hashable, CaseIterable {
        /// From straight above, clear shallow water, daylight, sharp.
        case good
        /// What a careful volunteer brings home.
        case ordinary
        /// Oblique, murky, dim, noisy, with reflections.
        case poor
    }

    /// Heading of the animal, radians clockwise in the picture; 0 has the snout upwards.
    public var headingRadians = 0.0
    /// View off the vertical about the picture's horizontal and vertical axis, radians, each -0.7 … 0.7.
    public var tiltRadians = SIMD2(0.0, 0.0)
    /// Head width as a fraction of the frame's width, 0.05 … 1.5.
    public var headWidthFraction = 0.36
    /// Centre of the head off the frame's centre, in fractions of the frame's width and height, each -1 … 1.
    public var offset = SIMD2(0.0, 0.0)
    /// Sideways bend of the trunk behind the neck, -1 … 1.
    public var bend = 0.0
    /// Depth of water over the river bed, metres, 0 … 3; 0 is an animal out of the water.
    public var waterDepth = 0.25
    /// Suspended matter in the water, 0 (clear) … 1 (half a metre of sight).
    public var turbidity = 0.1
    /// Colour of the water, -1 (brown, after rain) … 1 (blue-green).
    public var tint = 0.3
    /// Local solar time in hours, 0 … 24: direction, warmth and level of the light; at night a lamp shines.
    public var lightHour = 11.0
    /// Reflection of the sky on the water's surface, 0 … 1.
    public var glare = 0.0
    /// Strength of the light net that ripples cast on the bed, 0 … 1.
    public var caustics = 0.2
    /// Standard deviation of the lens blur, pixels, 0 … 30.
    public var blurPixels = 0.5
    /// Movement during the exposure, pixels, 0 … 60.
    public var motionPixels = 0.0
    /// Sensor noise, 0 … 1.
    public var noise = 0.1
    /// Deviation from the right exposure, stops, -4 … 4.
    public var exposure = 0.0
    /// Years since the animal was first seen, 0 … 60: slow change of head shape, a few new spots.
    public var growthYears = 0.0
    /// The number from which river bed, ripples, particles and noise follow.
    public var backgroundSeed: UInt64 = 0
    /// Frame width in pixels, 64 … 8192.
    public var width = 1600
    /// Frame height in pixels, 64 … 8192.
    public var height = 1200
    /// JPEG quality, 1 … 100.
    public var jpegQuality = 90

    /// Creates a plain daylight view from straight above.
    public init() {}

    /// Draws the circumstances of one photograph.
    ///
    /// - Parameters:
    ///   - seed: The number from which they follow.
    ///   - difficulty: How hard the photograph makes it to recognise the animal.
    /// - Returns: Conditions for a frame of 1600 × 1200 pixels with the whole head inside.
    public static func random(seed: UInt64, difficulty: Difficulty) -> SampleConditions {
        var dice = SplitMix64(seed: seed, purpose: 11)
        let ranges = Ranges(difficulty)
        var it = SampleConditions()
        it.headingRadians = dice.between(-ranges.heading, ranges.heading)
        it.tiltRadians = SIMD2(dice.between(-ranges.tilt, ranges.tilt), dice.between(-ranges.tilt, ranges.tilt))
        it.headWidthFraction = dice.between(ranges.headWidth.lowerBound, ranges.headWidth.upperBound)
        it.offset = SIMD2(dice.between(-0.06, 0.06), dice.between(-0.06, 0.06))
        it.bend = dice.between(-0.8, 0.8)
        it.waterDepth = dice.between(ranges.depth.lowerBound, ranges.depth.upperBound)
        it.turbidity = dice.between(ranges.turbidity.lowerBound, ranges.turbidity.upperBound)
        it.tint = dice.between(-0.6, 0.9)
        it.lightHour = dice.between(ranges.hours.lowerBound, ranges.hours.upperBound)
        it.glare = max(0, dice.between(-ranges.glare, ranges.glare))
        it.caustics = dice.between(0, ranges.caustics)
        it.blurPixels = dice.between(0.3, ranges.blur)
        it.motionPixels = max(0, dice.between(-ranges.motion, ranges.motion))
        it.noise = dice.between(ranges.noise.lowerBound, ranges.noise.upperBound)
        it.exposure = dice.between(-ranges.exposure, ranges.exposure)
        it.backgroundSeed = dice.next()
        it.jpegQuality = 78 + dice.index(17)
        return it
    }
}

/// Bounds between which ``SampleConditions/random(seed:difficulty:)`` draws.
private struct Ranges {
    var heading, tilt, glare, caustics, blur, motion, exposure: Double
    var headWidth, depth, turbidity, hours, noise: ClosedRange<Double>

    init(_ difficulty: SampleConditions.Difficulty) {
        switch difficulty {
        case .good:
            (heading, tilt, glare, caustics, blur, motion, exposure) = (0.35, 0.06, 0.05, 0.15, 0.7, 0, 0.2)
            (headWidth, depth, turbidity) = (0.34...0.46, 0.05...0.3, 0.0...0.12)
            (hours, noise) = (8.5...15.5, 0.03...0.15)
        case .ordinary:
            (heading, tilt, glare, caustics, blur, motion, exposure) = (.pi, 0.2, 0.25, 0.4, 1.1, 2, 0.45)
            (headWidth, depth, turbidity) = (0.27...0.46, 0.05...0.6, 0.05...0.3)
            (hours, noise) = (6.5...22.0, 0.08...0.35)
        case .poor:
            (heading, tilt, glare, caustics, blur, motion, exposure) = (.pi, 0.4, 0.6, 0.8, 2.4, 6, 0.9)
            (headWidth, depth, turbidity) = (0.2...0.36, 0.2...1.0, 0.2...0.55)
            (hours, noise) = (0.0...24.0, 0.25...0.8)
        }
    }
}

extension SampleConditions {
    /// The same circumstances with every value brought into its range; what is not a number becomes the default.
    var drawable: SampleConditions {
        func bounded(_ value: Double, _ low: Double, _ high: Double, _ fallback: Double) -> Double {
            value.isNaN ? fallback : min(high, max(low, value))
        }
        let plain = SampleConditions()
        var it = self
        it.headingRadians = headingRadians.isFinite ? headingRadians.remainder(dividingBy: 2 * .pi) : 0
        it.tiltRadians = SIMD2(bounded(tiltRadians.x, -0.7, 0.7, 0), bounded(tiltRadians.y, -0.7, 0.7, 0))
        it.headWidthFraction = bounded(headWidthFraction, 0.05, 1.5, plain.headWidthFraction)
        it.offset = SIMD2(bounded(offset.x, -1, 1, 0), bounded(offset.y, -1, 1, 0))
        it.bend = bounded(bend, -1, 1, 0)
        it.waterDepth = bounded(waterDepth, 0, 3, plain.waterDepth)
        it.turbidity = bounded(turbidity, 0, 1, plain.turbidity)
        it.tint = bounded(tint, -1, 1, plain.tint)
        it.lightHour = bounded(lightHour, 0, 24, plain.lightHour)
        it.glare = bounded(glare, 0, 1, 0)
        it.caustics = bounded(caustics, 0, 1, 0)
        it.blurPixels = bounded(blurPixels, 0, 30, plain.blurPixels)
        it.motionPixels = bounded(motionPixels, 0, 60, 0)
        it.noise = bounded(noise, 0, 1, plain.noise)
        it.exposure = bounded(exposure, -4, 4, 0)
        it.growthYears = bounded(growthYears, 0, 60, 0)
        it.width = min(8192, max(64, width))
        it.height = min(8192, max(64, height))
        it.jpegQuality = min(100, max(1, jpegQuality))
        return it
    }
}
