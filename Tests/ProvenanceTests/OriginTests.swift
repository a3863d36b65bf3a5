import Foundation
import Provenance
import Registry
import Testing

/// Where animals belong, on an invented network: two waters, one of them a line with a weir at 5 km.
@Suite struct OriginTests {
    /// Segment 1 runs 10 km down the Hatsuka; segment 2 is the Yasu.
    private let network = WaterNetwork(
        locate: { position in
            let isYasu = position.longitude > 136
            guard position.latitude > 34.9 else { return WaterLocation(candidates: [], offNetwork: 1) }
            let place = NetworkPlace(
                segment: isYasu ? 2 : 1, fraction: min(1, max(0, (35.1 - position.latitude) * 10)),
                river: isYasu ? "Yasu" : "Hatsuka", system: isYasu ? "860400" : "860700")
            return WaterLocation(
                candidates: [.init(place: place, distanceMeters: 3, likelihood: 0.99)], offNetwork: 0.01)
        },
        way: { from, to in
            guard from.system == to.system else { return .otherSystem(from: from.system, to: to.system) }
            let meters = (to.fraction - from.fraction) * 10_000
            let passes = from.fraction > 0.5 && to.fraction < 0.5
            return .route(
                WaterRoute(
                    downstreamMeters: max(0, meters), upstreamMeters: max(0, -meters), weirsDown: [],
                    weirsUp: passes ? [weir("Nakagawa weir", height: 1.2)] : []))
        })

    private func met(_ date: String?, _ latitude: Double, _ longitude: Double = 134.85) async throws -> Sighting {
        try await network.sighting(
            at: try date.map(day), try Position(latitude: latitude, longitude: longitude, uncertaintyMeters: 10))
    }

    @Test("A stranded animal goes to the nearest reach of its home, weirs named")
    func stranded() async throws {
        let sightings = [
            try await met("2007-06-01", 35.08), try await met("2010-06-01", 35.07), try await met("2012-06-01", 35.075),
            try await met("2022-06-01", 35.05, 136.05),
        ]
        let rule = OriginRule(network, parameters: shipped)
        let origin = try await rule.origin(of: "H-1", sightings: sightings, found: met("2023-09-01", 35.01))
        let home = try #require(origin.home)
        #expect(home.system == "860700" && home.rivers == ["Hatsuka"] && home.count == 3)
        #expect(abs(home.meters - 1_000) < 1)
        let release = try #require(origin.release)
        #expect(abs(release.place.fraction - 0.3) < 1e-9)
        #expect(abs(try #require(release.meters) - 6_000) < 1)
        #expect(release.weirs == ["Nakagawa weir (1.2 m)"])
        let text = origin.reasons.map { $0.text(in: .en) }.joined(separator: " ")
        #expect(
            text.contains("1 km of Hatsuka") && text.contains("from 2007 to 2012") && text.contains("6 km"), "\(text)")
    }

    @Test("Found where no water leads home, or nowhere, it belongs to the middle of its home")
    func elsewhere() async throws {
        let sightings = [
            try await met("2007-06-01", 35.09), try await met("2010-06-01", 35.06), try await met(nil, 35.05),
        ]
        let rule = OriginRule(network, parameters: shipped)
        for found in [try await met("2022-06-01", 35.05, 136.05), try await met("2022-06-01", 34.6), nil] {
            let origin = try await rule.origin(of: "H-1", sightings: sightings, found: found)
            #expect(abs(try #require(origin.release).place.fraction - 0.4) < 1e-9)
            #expect(origin.release?.meters == nil)
            #expect(origin.reasons.contains { $0.code == .originOffHome } == (found != nil))
        }
    }

    @Test("Without a home on the network nothing is invented")
    func unknown() async throws {
        let rule = OriginRule(network, parameters: shipped)
        let nowhere = try await rule.origin(
            of: "H-1", sightings: [Sighting(date: nil, position: nil)], found: met("2022-06-01", 35.05))
        #expect(nowhere.home == nil && nowhere.reasons.map(\.code) == [.originNoPlace])
        let dry = try await rule.origin(of: "H-1", sightings: [met("2022-06-01", 34.6)], found: nil)
        #expect(dry.home == nil && dry.reasons.map(\.code) == [.originNoWater])
        #expect(Origin.unnamed(isUnknown: true).reasons.map(\.code) == [.originUnknownAnimal])
        #expect(Origin.unnamed(isUnknown: false).reasons.map(\.code) == [.originNotNamed])
    }

    @Test("A journey joins the likeliest candidates of both ends")
    func journey() async throws {
        let candidates = (0..<6).map { index in
            WaterLocation.Candidate(
                place: NetworkPlace(
                    segment: 1, fraction: Double(index) / 10, river: nil, system: index == 5 ? "860800" : "860700"),
                distanceMeters: 1, likelihood: [0.4, 0.2, 0.1, 0.1, 0.05, 0.05][index])
        }
        let water = WaterLocation(candidates: candidates, offNetwork: 0.1)
        let sighting = Sighting(date: nil, position: nil, water: water)
        let journey = try await network.journey(from: sighting, to: sighting, candidates: 3)
        #expect(journey.ways.count == 16, "Three, and the likeliest of the other water.")
        #expect(abs(journey.ways.map(\.weight).reduce(0, +) - 0.75 * 0.75) < 1e-9)
        #expect(try await WaterNetwork.none.journey(from: sighting, to: met("2022-06-01", 35)).ways.count == 5)
    }
}
