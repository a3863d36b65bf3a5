/// The relief at half the frame's resolution, for light that varies slowly: shadows and crevices.
struct HalfScene: ~Copyable {
    private let width: Int
    private let height: Int
    private let relief: Plane

    init(_ scene: borrowing Scene) {
        width = (scene.width + 1) / 2
        height = (scene.height + 1) / 2
        relief = Plane(width: width, height: height)
        var y = 0
        while y < height {
            let upper = 2 * y * scene.width
            let lower = min(2 * y + 1, scene.height - 1) * scene.width
            var x = 0
            while x < width {
                let (left, right) = (2 * x, min(2 * x + 1, scene.width - 1))
                let values = scene.relief.values
                let sum = values[upper + left] + values[upper + right] + values[lower + left] + values[lower + right]
                relief.values[y * width + x] = 0.25 * sum
                x += 1
            }
            y += 1
        }
    }

    /// The relief averaged over a square, twice.
    func blurred(radius: Float) -> Plane {
        let steps = max(1, Int(radius / 2))
        let result = Plane(width: width, height: height)
        result.values.update(from: relief.values, count: width * height)
        for _ in 0..<2 { boxBlur(result, radius: steps) }
        return result
    }

    /// The share of direct light that arrives, found by marching over the relief towards the light.
    func shadow(_ light: Daylight, pixelsPerUnit: Float) -> Plane {
        let level = (light.direction.x * light.direction.x + light.direction.y * light.direction.y).squareRoot()
        let result = Plane(width: width, height: height, repeating: 1)
        if level < 0.02 { return result }
        let rise = light.direction.z / level
        // Nothing stands higher than about 0.35 head widths.
        let reach = min(0.35 / rise, 0.5) * pixelsPerUnit / 2
        var steps: [(dx: Int, dy: Int, rise: Float, soft: Float)] = []
        for k in 1...9 {
            let part = Float(k) / 9
            let distance = max(reach * part * part, Float(k))
            let climb = distance * 2 / pixelsPerUnit * rise
            let dx = Int((light.direction.x / level * distance).rounded())
            let dy = Int((light.direction.y / level * distance).rounded())
            steps.append((dx, dy, climb, 1 / (0.004 + 0.16 * climb)))
        }
        steps.withUnsafeBufferPointer { steps in
            var y = 0
            while y < height {
                var x = 0
                while x < width {
                    let z = relief.values[y * width + x]
                    var dark: Float = 0
                    var k = 0
                    while k < steps.count {
                        let step = steps[k]
                        let (sx, sy) = (x + step.dx, y + step.dy)
                        if sx >= 0, sy >= 0, sx < width, sy < height {
                            let over = (relief.values[sy * width + sx] - z - step.rise) * step.soft
                            if over > dark { dark = over }
                        }
                        k += 1
                    }
                    result.values[y * width + x] = dark > 1 ? 0.04 : 1 - 0.96 * dark
                    x += 1
                }
                y += 1
            }
        }
        boxBlur(result, radius: max(1, Int(pixelsPerUnit * 0.003)))
        return result
    }

    /// A value of a half-size plane at a pixel of the frame.
    @inline(__always)
    func sample(_ plane: borrowing Plane, _ x: Int, _ y: Int) -> Float {
        let (left, top) = (x >> 1, y >> 1)
        let right = left + 1 < width ? left + 1 : left
        let bottom = top + 1 < height ? top + 1 : top
        let fractionX: Float = x & 1 == 0 ? 0.25 : 0.75
        let fractionY: Float = y & 1 == 0 ? 0.25 : 0.75
        let (upper, lower) = (top * width, bottom * width)
        let a = plane.values[upper + left] + (plane.values[upper + right] - plane.values[upper + left]) * fractionX
        let b = plane.values[lower + left] + (plane.values[lower + right] - plane.values[lower + left]) * fractionX
        return a + (b - a) * fractionY
    }
}

/// Averages a plane over squares of side 2 × radius + 1, edges repeated.
func boxBlur(_ plane: borrowing Plane, radius: Int) {
    let (width, height) = (plane.width, plane.height)
    let radius = min(radius, min(width, height) - 1)
    if radius < 1 { return }
    let inverse = 1 / Float(2 * radius + 1)
    let line = UnsafeMutablePointer<Float>.allocate(capacity: width)
    defer { line.deallocate() }
    var y = 0
    while y < height {
        let row = plane.values + y * width
        line.update(from: row, count: width)
        var sum = line[0] * Float(radius + 1)
        var x = 1
        while x <= radius {
            sum += line[x]
            x += 1
        }
        x = 0
        while x < width {
            row[x] = sum * inverse
            let entering = x + radius + 1 < width ? x + radius + 1 : width - 1
            let leaving = x - radius > 0 ? x - radius : 0
            sum += line[entering] - line[leaving]
            x += 1
        }
        y += 1
    }
    blurColumns(plane, radius: radius, inverse: inverse)
}

/// The vertical half of a box blur, whole rows at a time so that memory is read in order.
private func blurColumns(_ plane: borrowing Plane, radius: Int, inverse: Float) {
    let (width, height) = (plane.width, plane.height)
    let source = UnsafeMutablePointer<Float>.allocate(capacity: width * height)
    let sums = UnsafeMutablePointer<Float>.allocate(capacity: width)
    defer {
        source.deallocate()
        sums.deallocate()
    }
    source.update(from: plane.values, count: width * height)
    var x = 0
    while x < width {
        sums[x] = source[x] * Float(radius + 1)
        x += 1
    }
    var y = 1
    while y <= radius {
        let row = source + y * width
        x = 0
        while x < width {
            sums[x] += row[x]
            x += 1
        }
        y += 1
    }
    y = 0
    while y < height {
        let row = plane.values + y * width
        let entering = source + (y + radius + 1 < height ? y + radius + 1 : height - 1) * width
        let leaving = source + (y - radius > 0 ? y - radius : 0) * width
        x = 0
        while x < width {
            row[x] = sums[x] * inverse
            sums[x] += entering[x] - leaving[x]
            x += 1
        }
        y += 1
    }
}
