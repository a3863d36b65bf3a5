import Postgres
import Provenance
import Registry
import Storage
import TestSupport
import Testing

@Suite("Rivers in the database", .database)
struct RiverStoreTests {
    private func loaded() async throws -> RegistryStore {
        let store = try #require(TestDatabase.current).store
        try await store.loadRivers(InventedRivers.network(), source: "invented", profile: .plain, by: "test")
        return store
    }

    private func place(_ store: RegistryStore, _ name: String, _ meters: Double? = nil) async throws -> NetworkPlace {
        try #require(try await store.places(named: name, meters: meters).first)
    }

    private func route(_ store: RegistryStore, _ from: NetworkPlace, _ to: NetworkPlace) async throws -> WaterRoute {
        guard case .route(let route) = try await store.way(from: from, to: to) else {
            throw RiverError.notAPlace("no route")
        }
        return route
    }

    @Test("A point on the water is located there first, and the likelihoods add up")
    func onWater() async throws {
        let store = try await loaded()
        let weir = try await place(store, "そらごと堰")
        let location = try await store.locate(Position(latitude: 31.059, longitude: 138.0065, uncertaintyMeters: 20))
        let first = try #require(location.candidates.first)
        #expect(first.place.segment == weir.segment)
        #expect(first.place.river == "虚川" && first.place.system == "INVENTED-A")
        let sum = location.candidates.reduce(location.offNetwork) { $0 + $1.likelihood }
        #expect(abs(sum - 1) < 1e-9)
    }

    @Test("A position generalised near a divide may lie in either system; far from water it is off the network")
    func uncertain() async throws {
        let store = try await loaded()
        let location = try await store.locate(Position(latitude: 31.15, longitude: 138.1, uncertaintyMeters: 15_691))
        let systems = Dictionary(grouping: location.candidates, by: \.place.system).mapValues {
            $0.reduce(0) { $0 + $1.likelihood }
        }
        #expect(systems["INVENTED-A", default: 0] > 0.2 && systems["INVENTED-B", default: 0] > 0.2)
        #expect(location.candidates.count <= Snapping.placeLimit)
        #expect(abs(location.candidates.reduce(location.offNetwork) { $0 + $1.likelihood } - 1) < 1e-9)
        let far = try await store.locate(Position(latitude: 31.05, longitude: 138.1, uncertaintyMeters: 30))
        #expect(far.candidates.isEmpty && far.offNetwork == 1)
    }

    @Test("A way goes down to the confluence and up again, past the weirs in order, and back the other way round")
    func way() async throws {
        let store = try await loaded()
        let one = try await place(store, "虚川", 12_000)
        let other = try await place(store, "まぼろしがわ", 6_000)
        let there = try await route(store, one, other)
        #expect(there.upstreamMeters > 5_999 && there.upstreamMeters < 6_001)
        #expect(there.downstreamMeters > 2_500 && there.downstreamMeters < 4_000)
        #expect(there.weirsDown.map(\.name) == ["はりぼて堰"])
        #expect(there.weirsUp.map(\.name) == ["影絵堰"])
        let back = try await route(store, other, one)
        #expect(abs(back.downstreamMeters - there.upstreamMeters) < 1e-6)
        #expect(abs(back.upstreamMeters - there.downstreamMeters) < 1e-6)
        #expect(back.weirsUp == there.weirsDown && back.weirsDown == there.weirsUp)
    }

    @Test("Through a braid the way is straight down, on either side")
    func braid() async throws {
        let store = try await loaded()
        let above = try await place(store, "まやかし堰")
        let east = try await place(store, "Utsuro East Branch", 1_000)
        let down = try await route(store, above, east)
        #expect(down.upstreamMeters == 0 && down.downstreamMeters > 2_000)
        let below = try await route(store, east, place(store, "ハリボテ堰"))
        #expect(below.upstreamMeters == 0 && below.downstreamMeters > 1_000)
    }

    @Test("Two systems are told apart")
    func systems() async throws {
        let store = try await loaded()
        let way = try await store.way(from: place(store, "うそ堰"), to: place(store, "yumemi river", 3_000))
        #expect(way == .otherSystem(from: "INVENTED-A", to: "INVENTED-B"))
    }

    @Test("Names are found in any script; unknown ones get the nearest, beyond the source is an error")
    func names() async throws {
        let store = try await loaded()
        let spring = try await place(store, "ソラ沢", 500)
        for name in ["ｿﾗ沢", "sora sawa", "そらさわ"] {
            #expect(try await place(store, name, 500) == spring)
        }
        await #expect(throws: RiverError.unknownName("Utsoro", nearest: ["虚川"])) {
            try await store.places(named: "Utsoro", meters: 1)
        }
        await #expect(throws: RiverError.self) { try await store.places(named: "虚川", meters: 99_000) }
    }

    @Test("Loading a source again replaces it and nothing else; places of before are refused")
    func reload() async throws {
        let store = try await loaded()
        let before = try await place(store, "うそ堰")
        try await store.loadRivers(InventedRivers.network(), source: "other", profile: .plain, by: "test")
        try await store.loadRivers(InventedRivers.network(), source: "invented", profile: .plain, by: "test")
        let sources = try await store.riverSources()
        #expect(sources.map(\.name) == ["invented", "other"])
        #expect(sources.map(\.segments) == [13, 13] && sources.map(\.weirs) == [6, 6])
        await #expect(throws: RiverError.noSuchSegment(before.segment)) {
            try await store.way(from: before, to: before)
        }
    }

    @Test("Lengths are those of the ellipsoid as PostGIS measures them")
    func lengths() async throws {
        let store = try await loaded()
        let rows = try await store.pool.query(
            "SELECT max(abs(length_m / ST_Length(course::geography) - 1)) AS error FROM river_segments")
        #expect(try #require(rows.first).get("error", as: Double.self) < 1e-5)
    }
}
