/// What the picture shows, pixel by pixel, before light falls on it.
struct Scene: ~Copyable {
    let width: Int
    let height: Int
    /// Reflectance.
    let red: Plane
    let green: Plane
    let blue: Plane
    /// Height above the river bed, head widths.
    let relief: Plane
    /// Share of the pixel covered by the animal.
    let cover: Plane
    /// World coordinates of the bed seen in a pixel, head widths.
    let worldX: Plane
    let worldY: Plane

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        red = Plane(width: width, height: height)
        green = Plane(width: width, height: height)
        blue = Plane(width: width, height: height)
        relief = Plane(width: width, height: height)
        cover = Plane(width: width, height: height)
        worldX = Plane(width: width, height: height)
        worldY = Plane(width: width, height: height)
    }
}

/// The shift of what is seen by refraction at a rippled surface.
struct Ripples {
    private let noise = NoiseTables.shared
    private let amplitude: Float
    private let frequency: Float
    private let originX: Float
    private let originY: Float

    init(_ conditions: SampleConditions, pixelsPerUnit: Float) {
        var dice = SplitMix64(seed: conditions.backgroundSeed, purpose: 22)
        amplitude = conditions.waterDepth > 0 ? Float(conditions.caustics) * 0.0035 * pixelsPerUnit : 0
        frequency = 16 / pixelsPerUnit
        originX = dice.float(0, 512)
        originY = dice.float(0, 512)
    }

    /// The largest shift in pixels that callers must reckon with.
    var reach: Float { amplitude * 4 }

    /// The place in the picture of still water that is seen at a pixel.
    @inline(__always)
    func shifted(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
        if amplitude == 0 { return (x, y) }
        let (u, v) = (x * frequency + originX, y * frequency + originY)
        return (x + amplitude * noise.swell(u, v), y + amplitude * noise.swell(u + 71, v + 39))
    }
}
