import Foundation

/// Draws river networks of any size from a seed, for benchmarks and tests: not a real place.
public struct RandomRivers: Sendable {
    /// Segments to draw.
    public let segments: Int
    /// The seed; equal seeds draw equal networks.
    public let seed: UInt64

    /// A network of so many segments.
    public init(segments: Int, seed: UInt64 = 1) {
        self.segments = segments
        self.seed = seed
    }

    /// Segments of one water system.
    public static let segmentsOfSystem = 3000

    /// Water systems side by side, each a tree of lines of four pieces, with a weir on every fortieth of them.
    public func material() -> RiverMaterial {
        var random = Mixed(state: seed)
        var material = RiverMaterial()
        let systems = max(1, (segments + Self.segmentsOfSystem - 1) / Self.segmentsOfSystem)
        for system in 0..<systems {
            let count = min(Self.segmentsOfSystem, segments - system * Self.segmentsOfSystem)
            let corner = Coordinate(
                longitude: 130 + Double(system % 20) * 0.6, latitude: 26 + Double(system / 20) * 0.6)
            draw(count, system: system, from: corner, &random, into: &material)
        }
        return material
    }

    /// A tree that grows into free cells of a grid from its mouth at the middle of the southern side.
    private func draw(
        _ count: Int, system: Int, from corner: Coordinate, _ random: inout Mixed, into material: inout RiverMaterial
    ) {
        struct Cell: Hashable {
            let x: Int
            let y: Int
        }
        let side = Int((Double(count) * 1.6).squareRoot()) + 2
        let step = 0.55 / Double(side)
        func center(_ cell: Cell) -> Coordinate {
            // The grid is bent a little, the same way for every line that ends here.
            let bend = sin(Double(cell.x * 7 + cell.y * 13)) * 0.3
            return Coordinate(
                longitude: corner.longitude + (Double(cell.x) + bend) * step,
                latitude: corner.latitude + (Double(cell.y) + bend) * step)
        }
        let mouth = Cell(x: side / 2, y: 0)
        var taken: Set<Cell> = [mouth]
        var open: [(cell: Cell, river: Int)] = [(mouth, 0)]
        var drawn = 0
        var rivers = 1
        while drawn < count, !open.isEmpty {
            // Mostly the newest end grows, so that long rivers form.
            let pick = random.next() % 4 == 0 ? Int(random.next() % UInt64(open.count)) : open.count - 1
            let (cell, river) = open[pick]
            let free = [(1, 0), (-1, 0), (0, 1), (0, -1)].map { Cell(x: cell.x + $0.0, y: cell.y + $0.1) }.filter {
                $0.x >= 0 && $0.y >= 0 && $0.x < side && $0.y < side && !taken.contains($0)
            }
            guard !free.isEmpty else {
                open.remove(at: pick)
                continue
            }
            let next = free[Int(random.next() % UInt64(free.count))]
            taken.insert(next)
            var name = river
            if free.count < 3, random.next() % 3 == 0 {
                name = rivers
                rivers += 1
            }
            open.append((next, name))
            drawn += 1
            let (start, end) = (center(next), center(cell))
            func swing() -> Double { Double(random.next() % 1000) / 1000 * 0.2 - 0.1 }
            let inner = [0.25, 0.5, 0.75].map { fraction in
                let point = start.toward(end, fraction)
                return Coordinate(
                    longitude: point.longitude + swing() * step, latitude: point.latitude + swing() * step)
            }
            let id = "\(system)-\(drawn)"
            let feature = material.lines.count + 1
            material.lines.append(
                RiverLine(
                    feature: feature, sourceID: id, course: [start] + inner + [end],
                    river: RiverName("架空\(system)-\(name)川", latin: "Invented \(system)-\(name) River"),
                    system: "RANDOM-\(system)"))
            if drawn % 40 == 20 {
                material.weirs.append(
                    RiverWeir(
                        feature: feature, position: inner[1], name: RiverName("架空堰\(id)"),
                        height: Double(random.next() % 30 + 1) / 10))
            }
        }
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    private struct Mixed: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }
}
