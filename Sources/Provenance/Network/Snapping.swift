import Foundation
public import Registry

/// How a position becomes places on the network.
///
/// Where the animal was is held to be spread around the position as a Gaussian of two dimensions. Its standard
/// deviation joins half the stated uncertainty, which holds 95 % along each axis, with that of snapping: how far
/// drawings of rivers, their banks and finders' feet are off. A metre of water is as likely a place as
/// ``landPerMeter`` square metres of land. So long reaches weigh more, every water system in reach appears, and far
/// from water the position is off the network.
public struct Snapping: Sendable {
    /// Standard deviation in metres of an exact position from the drawn line of its river; an assumption.
    public static let sigmaMeters = 50.0
    /// Square metres of land that are as likely a place as one metre of water; an assumption: at 1 km of water in each
    /// square kilometre a position known to many kilometres is on the network in 99 of 100 cases, and an exact one is
    /// off it from about 190 m on.
    public static let landPerMeter = 100_000.0
    /// Most places that stand for all, unless there are more water systems.
    public static let placeLimit = 64
    /// Standard deviations beyond which nothing is looked at.
    static let reach = 3.0

    private let center: Coordinate
    private let plane: LocalPlane
    private let sigma: Double

    /// The spread around a position; one that states no uncertainty is taken as exact.
    public init(_ position: Position) {
        center = Coordinate(longitude: position.longitude, latitude: position.latitude)
        plane = LocalPlane(latitude: position.latitude)
        sigma = hypot((position.uncertaintyMeters ?? 0) / 2, Self.sigmaMeters)
    }

    /// Least and greatest longitude and latitude of what is looked at.
    public var box: (west: Double, south: Double, east: Double, north: Double) {
        let east = Self.reach * sigma / plane.metersPerDegreeEast
        let north = Self.reach * sigma / plane.metersPerDegreeNorth
        return (center.longitude - east, center.latitude - north, center.longitude + east, center.latitude + north)
    }

    /// A segment that the box touches.
    public struct Water: Sendable {
        /// The segment.
        public let segment: Int64
        /// The river.
        public let river: String?
        /// Code of the water system.
        public let system: String
        /// Its path and place on it, by which neighbours are told.
        public let order: (path: Int64, rank: Int64)
        /// Its course.
        public let course: [Coordinate]

        /// A segment.
        public init(
            segment: Int64, river: String?, system: String, order: (path: Int64, rank: Int64), course: [Coordinate]
        ) {
            self.segment = segment
            self.river = river
            self.system = system
            self.order = order
            self.course = course
        }
    }

    private struct Stretch {
        var water: Int
        var alongMeters: Double
        var distance: Double
        var weight: Double
    }

    /// Where on these waters the position may lie.
    public func location(on waters: [Water]) -> WaterLocation {
        let lengths = waters.map(\.course.meters)
        var stretches = waters.indices.flatMap { self.stretches($0, waters[$0].course, lengths[$0]) }
        let total = stretches.reduce(0) { $0 + $1.weight } + 1 / Self.landPerMeter
        for index in stretches.indices { stretches[index].weight /= total }
        let off = 1 / Self.landPerMeter / total
        let bySystem = Dictionary(grouping: stretches) { waters[$0.water].system }
        let onNetwork = stretches.reduce(0) { $0 + $1.weight }
        var kept: [Stretch] = []
        for stretches in bySystem.values {
            let weight = stretches.reduce(0) { $0 + $1.weight }
            let places = max(
                1, Int((Double(Self.placeLimit) * weight / max(onNetwork, .leastNonzeroMagnitude)).rounded(.down)))
            kept += Self.standing(for: stretches, atMost: places, waters)
        }
        // What is less likely than one in a thousand tells nothing and goes with the rest, water or land.
        let told = kept.filter { $0.weight >= 0.001 * min(1, 16 / Double(max(1, kept.count))) }
        let scale = 1 / (off + told.reduce(0) { $0 + $1.weight })
        let candidates = told.sorted { ($1.weight, $0.distance) < ($0.weight, $1.distance) }.map { stretch in
            let water = waters[stretch.water]
            return WaterLocation.Candidate(
                place: NetworkPlace(
                    segment: water.segment, fraction: min(1, max(0, stretch.alongMeters / lengths[stretch.water])),
                    river: water.river, system: water.system),
                distanceMeters: stretch.distance, likelihood: stretch.weight * scale)
        }
        return WaterLocation(candidates: candidates, offNetwork: off * scale)
    }

    /// Stretches of a segment, four standard deviations long at most and one of them around its nearest point, each with
    /// the Gaussian's integral over it and its own nearest point.
    private func stretches(_ index: Int, _ course: [Coordinate], _ meters: Double) -> [Stretch] {
        let nearest = course.nearest(to: center).fraction * meters
        let long = 4 * sigma
        var found: [Int: Stretch] = [:]
        var walked = 0.0
        for (start, end) in zip(course, course.dropFirst()) {
            let x = (start.longitude - center.longitude) * plane.metersPerDegreeEast
            let y = (start.latitude - center.latitude) * plane.metersPerDegreeNorth
            let dx = (end.longitude - center.longitude) * plane.metersPerDegreeEast - x
            let dy = (end.latitude - center.latitude) * plane.metersPerDegreeNorth - y
            let length = hypot(dx, dy)
            guard length > 0 else { continue }
            // Metres from the piece's start to the foot of the perpendicular, and along the perpendicular.
            let foot = -(x * dx + y * dy) / length
            let aside = abs(x * dy - y * dx) / length
            defer { walked += length }
            guard aside < Self.reach * sigma else { continue }
            let low = max(0, foot - Self.reach * sigma)
            let high = min(length, foot + Self.reach * sigma)
            guard low < high else { continue }
            let density = exp(-aside * aside / (2 * sigma * sigma)) / (sigma * (2 * .pi).squareRoot())
            let first = Int(((walked + low - nearest) / long).rounded())
            let last = Int(((walked + high - nearest) / long).rounded())
            for number in first...max(first, last) {
                let from = max(low, nearest + (Double(number) - 0.5) * long - walked)
                let to = min(high, nearest + (Double(number) + 0.5) * long - walked)
                guard from < to else { continue }
                let weight = density * (Self.normal((to - foot) / sigma) - Self.normal((from - foot) / sigma))
                let at = min(to, max(from, foot))
                let distance = hypot(aside, at - foot)
                if var stretch = found[number] {
                    stretch.weight += weight
                    if distance < stretch.distance { (stretch.distance, stretch.alongMeters) = (distance, walked + at) }
                    found[number] = stretch
                } else {
                    found[number] = Stretch(water: index, alongMeters: walked + at, distance: distance, weight: weight)
                }
            }
        }
        return Array(found.values)
    }

    private static func normal(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

    /// A few stretches for many: along the rivers, cut into parts of equal weight, each stood for by its middle.
    private static func standing(for stretches: [Stretch], atMost places: Int, _ waters: [Water]) -> [Stretch] {
        guard stretches.count > places else { return stretches }
        let ordered = stretches.sorted {
            let (one, other) = (waters[$0.water].order, waters[$1.water].order)
            return (one.path, one.rank, $1.alongMeters) < (other.path, other.rank, $0.alongMeters)
        }
        let share = ordered.reduce(0) { $0 + $1.weight } / Double(places)
        var kept: [Stretch] = []
        var walked = 0.0
        for stretch in ordered {
            // Each part's middle that the stretch covers.
            let before = Int((walked / share + 0.5).rounded(.down))
            walked += stretch.weight
            let after = Int((walked / share + 0.5).rounded(.down))
            guard after > before else { continue }
            var standing = stretch
            standing.weight = share * Double(after - before)
            kept.append(standing)
        }
        return kept
    }
}
