import Foundation

/// Leaves one of the spots that lie together on both photographs.
///
/// A spot is often found more than once, in lightness and in colour: one line tells as much as two.
///
/// - Parameters:
///   - spots: Places on both photographs.
///   - reach: How near counts as together, in pixels of each photograph.
/// - Returns: Indices of those left, in order.
func distinct(_ spots: [(from: Point, to: Point)], within reach: (from: Double, to: Double)) -> [Int] {
    var left: [Int] = []
    for (index, spot) in spots.enumerated() {
        let isNear = { (other: Int) in
            hypot(spots[other].from.x - spot.from.x, spots[other].from.y - spot.from.y) <= reach.from
                && hypot(spots[other].to.x - spot.to.x, spots[other].to.y - spot.to.y) <= reach.to
        }
        if !left.contains(where: isNear) { left.append(index) }
    }
    return left
}

/// Chooses places evenly over the area they cover, more where they are denser.
///
/// The places are taken in the order of a Hilbert curve over their bounds, and every n-th of them is chosen.
///
/// - Parameters:
///   - places: What to choose from.
///   - count: How many at most.
/// - Returns: Indices of the chosen, neighbours beside each other.
func chooseEvenly(_ places: [Point], atMost count: Int) -> [Int] {
    let bounds = Rectangle(around: places)
    let cells = 256
    let cell = { (value: Double, low: Double, length: Double) in
        length > 0 ? min(cells - 1, Int((value - low) / length * Double(cells))) : 0
    }
    let order = places.map { place in
        hilbertDistance(
            x: cell(place.x, bounds.x, bounds.width), y: cell(place.y, bounds.y, bounds.height), cells: cells)
    }
    let sorted = places.indices.sorted { (order[$0], $0) < (order[$1], $1) }
    guard sorted.count > count else { return sorted }
    return (0..<count).map { sorted[$0 * sorted.count / count] }
}

/// How far along a Hilbert curve over `cells` × `cells` a cell lies; `cells` is a power of two.
private func hilbertDistance(x: Int, y: Int, cells: Int) -> Int {
    var (x, y) = (x, y)
    var distance = 0
    var side = cells / 2
    while side > 0 {
        let right = x & side != 0
        let lower = y & side != 0
        distance += side * side * ((right ? 3 : 0) ^ (lower ? 1 : 0))
        if !lower {
            if right {
                x = cells - 1 - x
                y = cells - 1 - y
            }
            swap(&x, &y)
        }
        side /= 2
    }
    return distance
}
