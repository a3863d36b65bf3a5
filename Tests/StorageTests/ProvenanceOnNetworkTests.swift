import Foundation
import Postgres
import Provenance
import Registry
import Storage
import TestSupport
import Testing

/// Movements and origins on the invented network in the database.
@Suite("Provenance on the network", .database)
struct ProvenanceOnNetworkTests {
    /// Two places of one river with a weir below them, and one beyond the divide.
    private let upper = (31.12, 138.004)
    private let confluence = (31.08, 138.01)
    private let lower = (31.04, 138.004)
    private let beyond = (31.07, 138.195)

    private func with(_ body: (Fixture) async throws -> Void) async throws {
        try await Fixture.with { fixture in
            try await fixture.store.loadRivers(
                InventedRivers.network(), source: "invented", profile: .plain, by: "test")
            try await body(fixture)
        }
    }

    private func position(_ degrees: (Double, Double), _ uncertainty: Double = 20) throws -> Position {
        try Position(latitude: degrees.0, longitude: degrees.1, uncertaintyMeters: uncertainty)
    }

    private func year(_ year: Int) -> Date { Date(timeIntervalSince1970: Double(year - 1970) * 365.25 * 86_400) }

    private func meet(_ place: (Double, Double), _ year: Int, in fixture: Fixture) async throws -> Individual {
        try await fixture.store.enroll(
            Enrolment(
                individual: "H-1", species: "Andrias japonicus", agency: fixture.agency.id,
                observedAt: self.year(year), position: try position(place), photo: Array(UUID().uuidString.utf8),
                description: .plain, region: .head, template: [1], extractor: "sift/1")
        ).individual
    }

    private func judged(
        from start: Sighting, to place: Position, _ year: Int, highWaters: [HighWater] = [], in store: RegistryStore
    ) async throws -> MovementVerdict {
        let later = try await store.waters.sighting(at: self.year(year), place)
        let journey = try await store.waters.journey(from: start, to: later)
        return MovementJudge(try await store.movementParameters(of: nil)).verdict(
            on: MovementQuestion(journeys: [journey], later: later, highWaters: highWaters))
    }

    @Test("A stranded animal belongs to the nearest reach of its home, over the weir, and its agency decides")
    func origin() async throws {
        try await with { fixture in
            let store = fixture.store
            _ = try await meet(upper, 2012, in: fixture)
            _ = try await meet(beyond, 2022, in: fixture)
            let animal = try await meet(confluence, 2010, in: fixture)
            let board = try await store.createAgency(name: "Board", contact: "079-000-0000")
            try await store.setResponsible(board.id, forSystem: "INVENTED-A", by: "Sato")
            let origin = try await store.origin(of: animal.id, found: position(lower))
            let home = try #require(origin.home)
            #expect(home.system == "INVENTED-A" && home.count == 2)
            #expect((4_000...6_000).contains(home.meters))
            #expect(origin.release?.weirs.contains("そらごと堰 (1.2 m)") == true, "\(origin)")
            #expect((4_000...6_000).contains(try #require(origin.release?.meters)))
            let last = try #require(origin.reasons.last)
            #expect(last.text(in: .en) == "Decided by the agency responsible: Board (079-000-0000).")
            let carried = try await store.origin(of: animal.id, found: position(beyond))
            #expect(carried.release != nil && carried.reasons.contains { $0.code == .originOffHome })
        }
    }

    @Test("Beyond the divide it alerts, near it and roughly known it does not, and high water explains a way down")
    func movements() async throws {
        try await with { fixture in
            let store = fixture.store
            let home = try await store.waters.sighting(at: year(2012), position(upper))
            let across = try await judged(from: home, to: position(beyond), 2022, in: store)
            #expect(across.kind == .differentWaterSystem)
            let rough = try await judged(from: home, to: position((31.1, 138.1), 15_691), 2022, in: store)
            #expect(rough.kind == .insufficientData, "\(rough)")
            let stayed = try await judged(from: home, to: position((31.1201, 138.0041)), 2015, in: store)
            #expect(stayed.kind == .withinHomeRange, "\(stayed)")
            let down = try await judged(from: home, to: position((31.0, 138.0)), 2013, in: store)
            #expect(down.kind == .implausibleWithoutPeople, "\(down)")
            try await store.addHighWater(
                in: "INVENTED-A", from: year(2012) + 86_400, to: year(2012) + 172_800, source: "gauge",
                agency: fixture.agency.id)
            let recorded = try await store.highWaters(in: ["INVENTED-A"], from: year(2012), to: year(2013))
            let drifted = try await judged(
                from: home, to: position((31.0, 138.0)), 2013, highWaters: recorded, in: store)
            #expect(drifted.kind == .possibleFloodDisplacement, "\(drifted)")
            let road = try await judged(from: home, to: position((31.6, 138.4)), 2013, in: store)
            #expect(road.kind == .implausibleWithoutPeople, "\(road)")
        }
    }
}
