import Foundation

/// Tileable noise, computed once a process and looked up by every pixel.
///
/// Side lengths are powers of two, so that any coordinate wraps by masking.
struct NoiseTables: @unchecked Sendable {  // the memory is written by `init` alone and lives as long as the process
    static let shared = NoiseTables()

    static let cloudSide = 512
    static let swellSide = 128
    static let webSide = 256
    static let gaussianCount = 1 << 16

    /// Fractal value noise, zero mean, unit standard deviation; features from 1 to 64 texels.
    let cloud: UnsafePointer<Float>
    /// Smooth noise of the same kind without fine detail; features from 4 to 16 texels.
    let swell: UnsafePointer<Float>
    /// Distance to the second nearest minus the nearest of scattered points, in cells of 16 texels: zero on a net of lines.
    let web: UnsafePointer<Float>
    /// Independent samples of the standard normal distribution.
    let gaussian: UnsafePointer<Float>

    private init() {
        cloud = Self.makeFractal(side: Self.cloudSide, finest: Self.cloudSide, seed: 0xC10D)
        swell = Self.makeFractal(side: Self.swellSide, finest: 32, seed: 0x53E1)
        web = Self.makeWeb()
        gaussian = Self.makeGaussian()
    }

    /// The fractal noise at a point given in texels.
    @inline(__always)
    func cloud(_ x: Float, _ y: Float) -> Float {
        Self.bilinear(cloud, Self.cloudSide, x, y)
    }

    /// The smooth noise at a point given in texels.
    @inline(__always)
    func swell(_ x: Float, _ y: Float) -> Float {
        Self.bilinear(swell, Self.swellSide, x, y)
    }

    /// The distance to the net of lines at a point given in texels.
    @inline(__always)
    func web(_ x: Float, _ y: Float) -> Float {
        Self.bilinear(web, Self.webSide, x, y)
    }

    @inline(__always)
    private static func bilinear(_ table: UnsafePointer<Float>, _ side: Int, _ x: Float, _ y: Float) -> Float {
        // Adding 1.5 · 2²³ rounds to an integer and leaves it in the low bits of the sum: exact for |x| < 2²², and
        // without the checks of a conversion or the call of a floor, which would cost half the time of a picture.
        let magic: Float = 12_582_912
        let column = (x - 0.5) + magic
        let row = (y - 0.5) + magic
        let fractionX = x - (column - magic)
        let fractionY = y - (row - magic)
        let mask = UInt32(truncatingIfNeeded: side &- 1)
        let left = Int(column.bitPattern & mask)
        let right = Int((column.bitPattern &+ 1) & mask)
        let upper = Int(row.bitPattern & mask) &* side
        let lower = Int((row.bitPattern &+ 1) & mask) &* side
        let above = table[upper &+ left] + (table[upper &+ right] - table[upper &+ left]) * fractionX
        let below = table[lower &+ left] + (table[lower &+ right] - table[lower &+ left]) * fractionX
        return above + (below - above) * fractionY
    }

    private static func makeFractal(side: Int, finest: Int, seed: UInt64) -> UnsafePointer<Float> {
        let table = UnsafeMutablePointer<Float>.allocate(capacity: side * side)
        table.initialize(repeating: 0, count: side * side)
        var dice = SplitMix64(seed: seed)
        var lattice = 8
        var amplitude: Float = 1
        while lattice <= finest {
            let values = UnsafeMutablePointer<Float>.allocate(capacity: lattice * lattice)
            defer { values.deallocate() }
            var i = 0
            while i < lattice * lattice {
                values[i] = dice.float(-1, 1)
                i += 1
            }
            let step = Float(lattice) / Float(side)
            var y = 0
            while y < side {
                let row = Int(Float(y) * step)
                let fy = smooth(Float(y) * step - Float(row))
                let upper = row * lattice
                let lower = (row + 1) % lattice * lattice
                var x = 0
                while x < side {
                    let left = Int(Float(x) * step)
                    let fx = smooth(Float(x) * step - Float(left))
                    let right = (left + 1) % lattice
                    let above = values[upper + left] + (values[upper + right] - values[upper + left]) * fx
                    let below = values[lower + left] + (values[lower + right] - values[lower + left]) * fx
                    table[y * side + x] += amplitude * (above + (below - above) * fy)
                    x += 1
                }
                y += 1
            }
            lattice *= 2
            amplitude *= 0.62
        }
        normalise(table, side * side)
        return UnsafePointer(table)
    }

    private static func normalise(_ table: UnsafeMutablePointer<Float>, _ count: Int) {
        var sum = 0.0
        var squares = 0.0
        var i = 0
        while i < count {
            sum += Double(table[i])
            squares += Double(table[i]) * Double(table[i])
            i += 1
        }
        let mean = sum / Double(count)
        let deviation = (squares / Double(count) - mean * mean).squareRoot()
        i = 0
        while i < count {
            table[i] = Float((Double(table[i]) - mean) / deviation)
            i += 1
        }
    }

    private static func makeWeb() -> UnsafePointer<Float> {
        let side = webSide
        let cells = 16
        let cellSide = side / cells
        var dice = SplitMix64(seed: 0x3EB)
        let points = (0..<cells * cells).map { _ in (dice.float(0.1, 0.9), dice.float(0.1, 0.9)) }
        let table = UnsafeMutablePointer<Float>.allocate(capacity: side * side)
        for cellY in 0..<cells {
            for cellX in 0..<cells {
                let near = (0..<9).map { k in
                    let (dx, dy) = (k % 3 - 1, k / 3 - 1)
                    let point = points[(cellY + dy + cells) % cells * cells + (cellX + dx + cells) % cells]
                    return (Float(dx) + point.0, Float(dy) + point.1)
                }
                near.withUnsafeBufferPointer { near in
                    var k = 0
                    while k < cellSide * cellSide {
                        let (x, y) = (Float(k % cellSide) / Float(cellSide), Float(k / cellSide) / Float(cellSide))
                        var (first, second): (Float, Float) = (9, 9)
                        var n = 0
                        while n < 9 {
                            let (dx, dy) = (near[n].0 - x, near[n].1 - y)
                            let distance = (dx * dx + dy * dy).squareRoot()
                            if distance < first {
                                second = first
                                first = distance
                            } else if distance < second {
                                second = distance
                            }
                            n += 1
                        }
                        table[(cellY * cellSide + k / cellSide) * side + cellX * cellSide + k % cellSide] =
                            second - first
                        k += 1
                    }
                }
            }
        }
        return UnsafePointer(table)
    }

    /// Pairs by the Box–Muller transform.
    private static func makeGaussian() -> UnsafePointer<Float> {
        let table = UnsafeMutablePointer<Float>.allocate(capacity: gaussianCount)
        var dice = SplitMix64(seed: 0x6A55)
        var i = 0
        while i < gaussianCount {
            let radius = (-2 * log(1 - dice.unit())).squareRoot()
            let angle = 2 * Double.pi * dice.unit()
            table[i] = Float(radius * cos(angle))
            table[i + 1] = Float(radius * sin(angle))
            i += 2
        }
        return UnsafePointer(table)
    }
}
