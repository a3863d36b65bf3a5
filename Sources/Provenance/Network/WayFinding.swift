/// The part of a network in which the way between two places lies.
public struct NetworkExtract: Sendable {
    /// A segment with the nodes it joins.
    public struct Segment: Hashable, Sendable {
        /// The segment.
        public let id: Int64
        /// Upper node.
        public let from: Int64
        /// Lower node.
        public let to: Int64
        /// Metres.
        public let meters: Double

        /// A segment.
        public init(id: Int64, from: Int64, to: Int64, meters: Double) {
            (self.id, self.from, self.to, self.meters) = (id, from, to, meters)
        }
    }

    private let segments: [Int64: Segment]

    /// A part of these segments.
    public init(_ segments: [Segment]) {
        self.segments = Dictionary(segments.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The shortest way between two places, or `nil` where they do not hang together (Dijkstra).
    public func way(
        from start: (segment: Int64, fraction: Double), to end: (segment: Int64, fraction: Double)
    ) -> [WayLeg]? {
        guard let first = segments[start.segment], let last = segments[end.segment] else { return nil }
        var best: (meters: Double, legs: [WayLeg])?
        if first.id == last.id {
            let leg = WayLeg(segment: first.id, from: start.fraction, to: end.fraction, meters: first.meters)
            best = (leg.meters, [leg])
        }
        var places: [Int64: Int] = [:]
        var joined: [[(segment: Segment, other: Int)]] = []
        func place(_ node: Int64) -> Int {
            if let known = places[node] { return known }
            places[node] = joined.count
            joined.append([])
            return joined.count - 1
        }
        for segment in segments.values {
            let (from, to) = (place(segment.from), place(segment.to))
            joined[from].append((segment, to))
            joined[to].append((segment, from))
        }
        var cost = [Double](repeating: .infinity, count: joined.count)
        var came = [WayLeg?](repeating: nil, count: joined.count)
        var previous = [Int?](repeating: nil, count: joined.count)
        var open = Heap()
        for (node, fraction) in [(first.from, 0.0), (first.to, 1.0)] {
            let leg = WayLeg(segment: first.id, from: start.fraction, to: fraction, meters: first.meters)
            let index = place(node)
            if leg.meters < cost[index] {
                (cost[index], came[index]) = (leg.meters, leg)
                open.push(leg.meters, index)
            }
        }
        while let (meters, node) = open.pop() {
            guard meters <= cost[node], meters < best?.meters ?? .infinity else { continue }
            for (segment, other) in joined[node] {
                let isDown = places[segment.from] == node
                if segment.id == last.id {
                    let leg = WayLeg(segment: last.id, from: isDown ? 0 : 1, to: end.fraction, meters: last.meters)
                    if meters + leg.meters < best?.meters ?? .infinity {
                        var legs = [leg]
                        var at: Int? = node
                        while let index = at {
                            if let leg = came[index] { legs.append(leg) }
                            at = previous[index]
                        }
                        best = (meters + leg.meters, legs.reversed())
                    }
                }
                if meters + segment.meters < cost[other] {
                    cost[other] = meters + segment.meters
                    came[other] = WayLeg(
                        segment: segment.id, from: isDown ? 0 : 1, to: isDown ? 1 : 0, meters: segment.meters)
                    previous[other] = node
                    open.push(cost[other], other)
                }
            }
        }
        return best?.legs
    }
}

/// A piece of a way: along one segment, from one fraction to another.
public struct WayLeg: Hashable, Sendable, Codable {
    /// The segment.
    public let segment: Int64
    /// Where it begins, 0 … 1 with the flow.
    public let from: Double
    /// Where it ends.
    public let to: Double
    /// Metres of the piece.
    public let meters: Double

    /// A piece of a segment whose whole length is given.
    init(segment: Int64, from: Double, to: Double, meters whole: Double) {
        self.segment = segment
        self.from = from
        self.to = to
        meters = abs(to - from) * whole
    }

    /// Whether it goes with the flow.
    public var isDownstream: Bool { to >= from }
}

extension WaterRoute {
    /// A way of these pieces past these weirs.
    public init(legs: [WayLeg], weirs: [Int64: [(fraction: Double, weir: PassedWeir)]]) {
        var down: [PassedWeir] = []
        var up: [PassedWeir] = []
        for leg in legs {
            // A weir at an end of a piece belongs to the segment it is stored with; the places themselves may stand on it.
            let passed = (weirs[leg.segment] ?? []).filter {
                min(leg.from, leg.to) < $0.fraction && $0.fraction < max(leg.from, leg.to)
                    || leg.from != leg.to && ($0.fraction == 0 || $0.fraction == 1)
                        && ($0.fraction == leg.from || $0.fraction == leg.to)
            }.sorted { leg.isDownstream ? $0.fraction < $1.fraction : $0.fraction > $1.fraction }.map(\.weir)
            if leg.isDownstream { down += passed } else { up += passed }
        }
        self.init(
            downstreamMeters: legs.filter(\.isDownstream).reduce(0) { $0 + $1.meters },
            upstreamMeters: legs.filter { !$0.isDownstream }.reduce(0) { $0 + $1.meters }, weirsDown: down, weirsUp: up)
    }
}

/// Where the ways from two places to the mouth meet, in paths.
public enum PathChains {
    /// A place on a path.
    public struct Step: Hashable, Sendable {
        /// The path.
        public let path: Int64
        /// The place, from 0 at the lowest.
        public let rank: Int64

        /// A place on a path.
        public init(path: Int64, rank: Int64) { (self.path, self.rank) = (path, rank) }
    }

    /// A part of a path, both ends in it.
    public struct Stretch: Hashable, Sendable {
        /// The path.
        public let path: Int64
        /// Its lowest place.
        public let low: Int64
        /// Its highest place.
        public let high: Int64
    }

    /// The stretches between two places: down to the first path that both ways use, and along that.
    public static func between(_ one: [Step], _ other: [Step]) -> [Stretch] {
        let places = Dictionary(other.map { ($0.path, $0.rank) }, uniquingKeysWith: { first, _ in first })
        guard let meeting = one.first(where: { places[$0.path] != nil }), let rank = places[meeting.path] else {
            return (one + other).map { Stretch(path: $0.path, low: 0, high: $0.rank) }
        }
        let above = [one, other].flatMap { $0.prefix { $0.path != meeting.path } }
        return above.map { Stretch(path: $0.path, low: 0, high: $0.rank) }
            + [Stretch(path: meeting.path, low: min(rank, meeting.rank), high: max(rank, meeting.rank))]
    }
}
