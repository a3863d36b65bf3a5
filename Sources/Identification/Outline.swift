import Foundation
import Imaging
import OpenCVBridge

/// An animal's outline at reduced size, with the distance of each pixel to the outside.
struct Outline {
    private let width: Int
    private let height: Int
    /// Pixels of the mask for one pixel here.
    private let step: Float
    private let distance: [Float]
    private let widest: Float
    private let core: [Bool]
    private let trunk: [Bool]

    /// Reduces a mask to at most 128 pixels a side.
    ///
    /// - Returns: `nil` where the animal is too thin to be measured.
    init?(_ mask: GreyMask) throws(IdentificationError) {
        let step = max(1, Float(max(mask.width, mask.height)) / 128)
        let (width, height) = (Int(Float(mask.width) / step), Int(Float(mask.height) / step))
        guard width >= 8, height >= 8 else { return nil }
        var reduced = [UInt8](repeating: 0, count: width * height)
        for row in 0..<height {
            let y = min(mask.height - 1, Int((Float(row) + 0.5) * step))
            for column in 0..<width {
                let x = min(mask.width - 1, Int((Float(column) + 0.5) * step))
                reduced[row * width + column] = mask.values[y * mask.width + x] == 0 ? 0 : 255
            }
        }
        var distance = [Float](repeating: 0, count: width * height)
        try vision("the distance transform") {
            cv_bridge_distance(reduced, Int32(width), Int32(height), &distance)
        }
        guard let centre = distance.indices.max(by: { distance[$0] < distance[$1] }), distance[centre] >= 3 else {
            return nil
        }
        let half = distance[centre] / 2
        let isCore = distance.map { $0 > half }
        self.width = width
        self.height = height
        self.step = step
        self.distance = distance
        widest = distance[centre]
        core = Self.part(of: isCore, around: centre, width: width)
        // The core grown back by what the threshold took.
        var away = core.map { $0 ? UInt8(0) : 255 }
        var fromCore = [Float](repeating: 0, count: width * height)
        try vision("the distance transform") {
            cv_bridge_distance(&away, Int32(width), Int32(height), &fromCore)
        }
        trunk = distance.indices.map { distance[$0] > 0 && fromCore[$0] <= half + 1 }
    }

    private static func part(of values: [Bool], around start: Int, width: Int) -> [Bool] {
        var part = [Bool](repeating: false, count: values.count)
        part[start] = true
        var queue = [start]
        while let index = queue.popLast() {
            for next in [index - 1, index + 1, index - width, index + width] {
                guard values.indices.contains(next), values[next], !part[next] else { continue }
                // A step to the side must not wrap round to the next row.
                if abs(next - index) == 1, next / width != index / width { continue }
                part[next] = true
                queue.append(next)
            }
        }
        return part
    }

    /// The longest of the shortest ways through the core, kept to its middle; pixels from end to end.
    func longestWay() -> [Int]? {
        guard let middle = core.firstIndex(of: true) else { return nil }
        let first = shortestWays(from: middle) { _ in 1 }.farthest
        let last = shortestWays(from: first) { _ in 1 }.farthest
        // Keeping to the middle: a step costs more where the sides are near.
        let ways = shortestWays(from: first) { pow(widest / distance[$0], 2) }
        var way = [last]
        while let previous = ways.before[way[way.count - 1]], previous >= 0 { way.append(previous) }
        return way.count >= 8 ? way : nil
    }

    /// Dijkstra's algorithm over the eight neighbours within the core.
    private func shortestWays(from start: Int, cost: (Int) -> Float) -> (farthest: Int, before: [Int: Int]) {
        var length = [Float](repeating: .infinity, count: core.count)
        var before: [Int: Int] = [start: -1]
        var open = PriorityQueue()
        length[start] = 0
        open.insert(start, priority: 0)
        var farthest = start
        while let (index, reached) = open.removeFirst() {
            guard reached <= length[index] else { continue }
            farthest = index
            let (x, y) = (index % width, index / width)
            for row in max(0, y - 1)...min(height - 1, y + 1) {
                for column in max(0, x - 1)...min(width - 1, x + 1) {
                    let next = row * width + column
                    guard next != index, core[next] else { continue }
                    let step: Float = row != y && column != x ? 1.414_213_6 : 1
                    let total = reached + step * cost(next)
                    guard total < length[next] else { continue }
                    length[next] = total
                    before[next] = index
                    open.insert(next, priority: total)
                }
            }
        }
        return (farthest, before)
    }

    /// Smooths a way to a line and measures the body's half-widths along it.
    func body(along way: [Int]) -> StraightenedBody? {
        let xs = way.map { Double($0 % width) }
        let ys = way.map { Double($0 / width) }
        var travelled = [0.0]
        for index in 1..<way.count {
            travelled.append(travelled[index - 1] + hypot(xs[index] - xs[index - 1], ys[index] - ys[index - 1]))
        }
        let length = travelled[way.count - 1]
        // −1 … 1 along the way; its ends hook towards the corners of the core and are left out of the fit.
        let places = travelled.map { $0 / length * 2 - 1 }
        let inner = places.indices.filter { abs(places[$0]) < 0.9 }
        guard inner.count >= 6,
            let x = Polynomial(fitting: inner.map { (places[$0], xs[$0]) }, degree: 4),
            let y = Polynomial(fitting: inner.map { (places[$0], ys[$0]) }, degree: 4)
        else { return nil }
        // The core lost half the greatest distance at each end; half of that is drawn on again.
        let extent = 1 + Double(widest) / length * 0.5
        let line = (0...200).map { index -> (Double, Double) in
            let place = extent * (Double(index) / 100 - 1)
            return (x.extended(to: place, straightBeyond: 0.95), y.extended(to: place, straightBeyond: 0.95))
        }
        return measured(evenly(line, count: stationCount))
    }

    private func evenly(_ line: [(Double, Double)], count: Int) -> [(x: Double, y: Double)] {
        var travelled = [0.0]
        for index in 1..<line.count {
            travelled.append(
                travelled[index - 1] + hypot(line[index].0 - line[index - 1].0, line[index].1 - line[index - 1].1))
        }
        var index = 0
        return (0..<count).map { station in
            let wanted = travelled[line.count - 1] * Double(station) / Double(count - 1)
            while index < line.count - 2, travelled[index + 1] < wanted { index += 1 }
            let part = (wanted - travelled[index]) / max(travelled[index + 1] - travelled[index], 1e-9)
            return (
                line[index].0 + part * (line[index + 1].0 - line[index].0),
                line[index].1 + part * (line[index + 1].1 - line[index].1)
            )
        }
    }

    private func measured(_ line: [(x: Double, y: Double)]) -> StraightenedBody? {
        let normals = line.indices.map { index -> (x: Double, y: Double) in
            let (before, after) = (line[max(0, index - 1)], line[min(line.count - 1, index + 1)])
            let length = max(hypot(after.x - before.x, after.y - before.y), 1e-9)
            return (-(after.y - before.y) / length, (after.x - before.x) / length)
        }
        let sides = [1.0, -1.0].map { side in
            smoothed(line.indices.map { reach(from: line[$0], along: normals[$0], side: side) }, radius: 8)
        }
        var stations = line.indices.map { index in
            let shift = (sides[0][index] - sides[1][index]) / 2
            let half = max((sides[0][index] + sides[1][index]) / 2, Double(widest) / 4)
            return StraightenedBody.Station(
                x: full(line[index].x + normals[index].x * shift), y: full(line[index].y + normals[index].y * shift),
                acrossX: Float(normals[index].x), acrossY: Float(normals[index].y), halfWidth: Float(half) * step)
        }
        if pixelsBeyond(stations[0], stations[4]) > pixelsBeyond(stations[stationCount - 1], stations[stationCount - 5])
        {
            // Turned by half, not mirrored: both directions change.
            stations = stations.reversed().map {
                StraightenedBody.Station(
                    x: $0.x, y: $0.y, acrossX: -$0.acrossX, acrossY: -$0.acrossY, halfWidth: $0.halfWidth)
            }
        }
        return StraightenedBody(stations: stations)
    }

    /// How far one gets from a point to one side before leaving the trunk.
    private func reach(from point: (x: Double, y: Double), along normal: (x: Double, y: Double), side: Double) -> Double
    {
        var reached = 0.0
        while reached < 2 * Double(widest) {
            let x = Int((point.x + side * normal.x * reached).rounded())
            let y = Int((point.y + side * normal.y * reached).rounded())
            guard (0..<width).contains(x), (0..<height).contains(y), trunk[y * width + x] else { break }
            reached += 0.5
        }
        return reached
    }

    private func smoothed(_ values: [Double], radius: Int) -> [Double] {
        values.indices.map { index in
            let window = (index - radius...index + radius).map { values[min(max($0, 0), values.count - 1)] }
            return window.reduce(0, +) / Double(window.count)
        }
    }

    /// Pixels of the animal beyond an end of the line: where the tail is, there are more.
    private func pixelsBeyond(_ end: StraightenedBody.Station, _ inner: StraightenedBody.Station) -> Int {
        let (dx, dy) = (end.x - inner.x, end.y - inner.y)
        return distance.indices.count { index in
            distance[index] > 0
                && (full(Double(index % width)) - end.x) * dx + (full(Double(index / width)) - end.y) * dy > 0
        }
    }

    /// A coordinate in pixels of the mask.
    private func full(_ coordinate: Double) -> Float { (Float(coordinate) + 0.5) * step - 0.5 }
}

/// A binary heap of indices, the smallest priority first.
private struct PriorityQueue {
    private var items: [(index: Int, priority: Float)] = []

    mutating func insert(_ index: Int, priority: Float) {
        items.append((index, priority))
        var child = items.count - 1
        while child > 0, items[child].priority < items[(child - 1) / 2].priority {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() -> (index: Int, priority: Float)? {
        guard let first = items.first else { return nil }
        items[0] = items[items.count - 1]
        items.removeLast()
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
                if items[child].priority < items[smallest].priority { smallest = child }
            }
            if smallest == parent { return first }
            items.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
