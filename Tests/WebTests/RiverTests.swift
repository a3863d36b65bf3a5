import Provenance
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite("Rivers over HTTP", .database)
struct RiverTests {
    @Test("Places are located and ways measured; what cannot be is said in words")
    func rivers() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.screener)
            let nothing = try await client.get("/v1/rivers/distance?from=Uso&to=Soragoto")
            #expect(nothing.status == 400 && nothing.string("errors.0.code") == "noNetwork")
            try await registry.store.loadRivers(
                InventedRivers.network(), source: "invented", profile: .plain, by: "test")
            let way = try await client.get("/v1/rivers/distance?from=Uso%20Weir&to=Soragoto%20Weir")
            #expect(way.status == 200 && way.string("ways.0.kind") == "route")
            #expect(way.number("ways.0.downstreamMeters") == 0)
            #expect(try #require(way.number("ways.0.upstreamMeters")) > 3000)
            let other = try await client.get("/v1/rivers/distance?from=Uso&to=Yumemi%201")
            #expect(other.string("ways.0.kind") == "other_system")
            let place = try await client.get("/v1/rivers/locate?decimalLatitude=31.04&decimalLongitude=138.004")
            #expect(place.string("candidates.0.place.system") == "INVENTED-A")
            let refused = [
                ("distance?from=Uso", "missing"), ("distance?from=Uso&to=Nosuch%20Creek", "unknownWater"),
                ("distance?from=Uso&to=Yumemi%20900", "beyondRiver"), ("distance?from=Uso&to=35,135", "offNetwork"),
                ("distance?from=Uso&to=138,31", "swappedAxes"),
                ("locate?decimalLatitude=1&decimalLongitude=2", "outsideJapan"),
                ("locate?decimalLatitude=0&decimalLongitude=0", "nullIsland"),
                ("locate?decimalLatitude=35&decimalLongitude=135&coordinateUncertaintyInMeters=-1", "uncertainty"),
            ]
            for (question, code) in refused {
                let reply = try await client.get("/v1/rivers/\(question)")
                #expect(reply.status == 400 && reply.string("errors.0.code") == code, "\(question)")
            }
            let observer = try await registry.client(.observer)
            #expect(try await observer.get("/v1/rivers/locate?decimalLatitude=35&decimalLongitude=135").status == 403)
        }
    }
}
