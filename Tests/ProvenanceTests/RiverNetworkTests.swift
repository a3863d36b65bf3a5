import Foundation
import Provenance
import Registry
import Testing

@Suite("River networks")
struct RiverNetworkTests {
    /// A network in memory, asked as the database is asked.
    private struct Waters {
        let network: RiverNetwork

        func route(_ one: (Int, Double), _ other: (Int, Double)) throws -> WaterRoute {
            let chains = [one.0, other.0].map(chain)
            let stretches = PathChains.between(chains[0], chains[1])
            var ids = Set(
                network.segments.indices.filter { index in
                    stretches.contains {
                        $0.path == Int64(network.segments[index].path)
                            && ($0.low...$0.high).contains(Int64(network.segments[index].rank))
                    }
                })
            let braids = Set(ids.compactMap { network.segments[$0].braid })
            ids.formUnion(network.segments.indices.filter { network.segments[$0].braid.map(braids.contains) ?? false })
            return try Self.route(network, Array(ids), one, other)
        }

        /// Over the whole network, without its index.
        func exhaustive(_ one: (Int, Double), _ other: (Int, Double)) throws -> WaterRoute {
            try Self.route(network, Array(network.segments.indices), one, other)
        }

        private func chain(_ index: Int) -> [PathChains.Step] {
            var steps: [PathChains.Step] = []
            var at: Int? = index
            while let segment = at.map({ network.segments[$0] }) {
                steps.append(PathChains.Step(path: Int64(segment.path), rank: Int64(segment.rank)))
                at = network.segments[segment.path].next
            }
            return steps
        }

        private static func route(
            _ network: RiverNetwork, _ ids: [Int], _ one: (Int, Double), _ other: (Int, Double)
        ) throws -> WaterRoute {
            let extract = NetworkExtract(
                ids.map { id in
                    let segment = network.segments[id]
                    return .init(
                        id: Int64(id), from: Int64(segment.from), to: Int64(segment.to), meters: segment.meters)
                })
            let legs = try #require(extract.way(from: (Int64(one.0), one.1), to: (Int64(other.0), other.1)))
            return WaterRoute(legs: legs, weirs: [:])
        }
    }

    private static func random(_ segments: Int = 400, seed: UInt64) throws -> RiverNetwork {
        try RiverNetwork.built(from: RandomRivers(segments: segments, seed: seed).material(), source: "random").network
    }

    private static func places(_ network: RiverNetwork, _ count: Int, seed: Int) -> [(Int, Double)] {
        (0..<count).map { number in
            let mixed = (number * 7919 + seed * 104_729) % network.segments.count
            return (mixed, Double((number * 31 + seed) % 10) / 10 + 0.05)
        }
    }

    @Test(
        "Ways are symmetric, hold the triangle's rule, and are the shortest there are",
        arguments: [1, 2, 3] as [UInt64])
    func metric(seed: UInt64) throws {
        let waters = Waters(network: try Self.random(seed: seed))
        let places = Self.places(waters.network, 8, seed: Int(seed))
        for one in places {
            for other in places {
                let (there, back) = (try waters.route(one, other), try waters.route(other, one))
                #expect(abs(there.downstreamMeters - back.upstreamMeters) < 1e-6)
                #expect(abs(there.upstreamMeters - back.downstreamMeters) < 1e-6)
                #expect(abs(there.meters - (try waters.exhaustive(one, other)).meters) < 1e-6)
                let third = places[3]
                #expect(
                    there.meters <= (try waters.route(one, third).meters) + (try waters.route(third, other).meters)
                        + 1e-6)
            }
        }
    }

    @Test("The index finds the shortest way through braids as the whole network does")
    func braids() throws {
        let waters = Waters(network: try InventedRivers.network())
        for one in waters.network.segments.indices {
            for other in waters.network.segments.indices
            where waters.network.segments[one].system == waters.network.segments[other].system {
                let found = try waters.route((one, 0.3), (other, 0.8))
                let shortest = try waters.exhaustive((one, 0.3), (other, 0.8))
                #expect(abs(found.meters - shortest.meters) < 1e-6)
                #expect(abs(found.downstreamMeters - shortest.downstreamMeters) < 1e-6)
            }
        }
    }

    @Test("Cutting lines in two changes no distance")
    func splitting() throws {
        let material = RandomRivers(segments: 120, seed: 5).material()
        var cut = RiverMaterial()
        for line in material.lines {
            for (part, course) in [Array(line.course.prefix(3)), Array(line.course.dropFirst(2))].enumerated() {
                cut.lines.append(
                    RiverLine(
                        feature: line.feature * 2 + part, sourceID: "\(line.sourceID)/\(part)", course: course,
                        system: line.system))
            }
        }
        let whole = Waters(network: try RiverNetwork.built(from: material, source: "a").network)
        let halves = Waters(network: try RiverNetwork.built(from: cut, source: "b").network)
        func lower(_ waters: Waters, _ id: String) throws -> (Int, Double) {
            (try #require(waters.network.segments.firstIndex { $0.sourceID == id }), 1)
        }
        for (one, other) in [(3, 90), (17, 60), (44, 119), (1, 2)] {
            let ids = [material.lines[one].sourceID, material.lines[other].sourceID]
            let uncut = try whole.route(lower(whole, ids[0]), lower(whole, ids[1]))
            let parted = try halves.route(lower(halves, "\(ids[0])/1"), lower(halves, "\(ids[1])/1"))
            #expect(abs(uncut.downstreamMeters - parted.downstreamMeters) < 0.01)
            #expect(abs(uncut.upstreamMeters - parted.upstreamMeters) < 0.01)
        }
    }

    @Test("A point of a segment is located there first", arguments: [11, 12] as [UInt64])
    func locating(seed: UInt64) throws {
        let network = try Self.random(seed: seed)
        let waters = network.segments.enumerated().map { index, segment in
            Snapping.Water(
                segment: Int64(index), river: nil, system: segment.system,
                order: (Int64(segment.path), Int64(segment.rank)), course: segment.course)
        }
        for (index, fraction) in Self.places(network, 20, seed: Int(seed)) {
            let point = try #require(network.segments[index].course.point(at: 0.3 + 0.4 * fraction))
            let location = Snapping(try Position(latitude: point.latitude, longitude: point.longitude)).location(
                on: waters)
            let first = try #require(location.candidates.first)
            #expect(first.place.segment == Int64(index) && first.distanceMeters < 1)
            #expect(abs(first.place.fraction - (0.3 + 0.4 * fraction)) < 0.01)
        }
    }

    @Test("Names are one in every script and width")
    func names() {
        #expect(PlaceName.key("ﾊﾂｶｶﾞﾜ") == PlaceName.key("はつか 川"))
        #expect(PlaceName.key("Ōta-gawa") == PlaceName.key("OTA RIVER"))
        #expect(PlaceName.key("川") == "川")
        #expect(PlaceName.nearest(to: "Utsuru", among: [("utsuro", "虚川"), ("yumemi", "夢見川")]) == ["虚川"])
    }
}
