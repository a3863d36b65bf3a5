import Foundation
import Postgres
import Provenance
import Registry
import TestSupport
import Testing

@testable import Storage

@Suite("Movements", .database)
struct MovementTests {
    private let year = 365.25 * 86_400

    @Test("Parameters are rows with sources; an agency's own come before those of all")
    func parameters() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let shipped = try await store.movementParameterRows(of: fixture.agency.id)
            #expect(Set(shipped.map(\.name)) == Set(MovementParameters.Name.allCases))
            #expect(shipped.allSatisfy { $0.agency == nil && !$0.source.isEmpty && $0.name.range.contains($0.value) })
            #expect(try await store.movementParameters(of: nil)[.longestWay] == 3_969)

            try await store.setMovementParameter(
                .longestWay, to: 5_000, source: "own study", of: fixture.agency.id, by: "Sato")
            let set = try await store.setMovementParameter(
                .longestWay, to: 4_500, source: "typing error", of: fixture.agency.id, by: "Sato")
            #expect(set.unit == "m" && set.agency == fixture.agency.id)
            #expect(try await store.movementParameters(of: fixture.agency.id)[.longestWay] == 4_500)
            #expect(try await store.movementParameters(of: nil)[.longestWay] == 3_969)
            try await store.setMovementParameter(.longestWay, to: 6_000, source: "new study", of: nil, by: "Sato")
            #expect(try await store.movementParameters(of: fixture.agency.id)[.longestWay] == 4_500)
            #expect(try await store.movementParameters(of: nil)[.longestWay] == 6_000)
            await #expect(throws: MovementParameters.Rejection.outOfRange(.weirPassage, 2)) {
                try await store.setMovementParameter(.weirPassage, to: 2, source: "x", of: nil, by: "Sato")
            }
            await #expect(throws: StorageError.self) {
                try await store.setMovementParameter(.weirPassage, to: 0.4, source: " ", of: nil, by: "Sato")
            }
        }
    }

    @Test("A translocation is kept as it was recorded, follows merges, and is recorded once")
    func translocations() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual
            let to = Translocation.End(
                position: try Position(latitude: 35.02, longitude: 136.05, uncertaintyMeters: 30), system: "860400",
                locality: "below the dam")
            let key = try fixture.idempotencyKey("t")
            let added = try await store.addTranslocation(
                of: one.id, agency: fixture.agency.id, movedAt: Date() - year, from: .init(system: "860700"), to: to,
                permit: "Hyogo 12-3", authority: "Board of Education", by: "Sato", idempotency: key)
            let again = try await store.addTranslocation(
                of: one.id, agency: fixture.agency.id, movedAt: Date() - year, from: .init(system: "860700"), to: to,
                permit: "Hyogo 12-3", authority: "Board of Education", by: "Sato", idempotency: key)
            #expect(again.change == .replayed && again.record == added.record)
            #expect(added.record.to == to && added.record.from == .init(system: "860700"))
            #expect(try await store.translocation(added.record.id) == added.record)
            #expect(try await store.translocations(individual: two.id).items.isEmpty)
            try await store.merge(one.id, into: two.id, reason: "spots", by: Reviewer(name: "Ito"))
            #expect(try await store.translocations(individual: two.id).items == [added.record])
            for (moved, end) in [(Date() + 3 * 86_400, to), (Date() - year, Translocation.End(locality: "a river"))] {
                await #expect(throws: StorageError.self) {
                    try await store.addTranslocation(
                        of: two.id, agency: fixture.agency.id, movedAt: moved, from: .init(), to: end, permit: "x",
                        authority: "y", by: "Sato")
                }
            }
            await #expect(throws: StorageError.self) {
                try await store.addTranslocation(
                    of: Identifier(), agency: fixture.agency.id, movedAt: Date() - year, from: .init(), to: to,
                    permit: "x", authority: "y", by: "Sato")
            }
        }
    }

    @Test("High water is found by water and time")
    func highWaters() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let typhoon = Date(timeIntervalSince1970: 1_628_900_000)
            let added = try await store.addHighWater(
                in: "860604", river: "Kamo", from: typhoon, to: typhoon + 172_800, source: "gauge",
                agency: fixture.agency.id
            ).record
            _ = try await store.addHighWater(
                in: "860700", from: typhoon, to: typhoon, source: "report", agency: fixture.agency.id)
            #expect(try await store.highWaters(system: "860604").items == [added])
            #expect(try await store.highWaters().items.count == 2)
            #expect(
                try await store.highWaters(in: ["860604"], from: typhoon - year, to: typhoon + 3_600) == [added])
            #expect(try await store.highWaters(in: ["860604"], from: nil, to: nil) == [added])
            #expect(try await store.highWaters(in: ["860604"], from: typhoon + year, to: nil).isEmpty)
            #expect(try await store.highWaters(in: ["860604"], from: nil, to: typhoon - 1).isEmpty)
            await #expect(throws: StorageError.self) {
                try await store.addHighWater(
                    in: "860604", from: typhoon, to: typhoon - 1, source: "gauge", agency: fixture.agency.id)
            }
        }
    }

    @Test("Each water has the agency last named for it, and each agency the coarseness it last chose")
    func responsibility() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let board = try await store.createAgency(name: "Board", contact: "079-000-0000")
            #expect(try await store.responsible(forSystem: "860700") == nil)
            try await store.setResponsible(fixture.agency.id, forSystem: "860700", by: "Sato")
            try await store.setResponsible(board.id, forSystem: "860700", by: "Sato")
            #expect(try await store.responsible(forSystem: "860700") == board)
            #expect(try await store.responsibleAgencies().map(\.system) == ["860700"])
            #expect(try await store.positionGeneralizations().isEmpty)
            for chosen in PositionGeneralization.allCases {
                try await store.setPositionGeneralization(chosen, of: board.id, by: "Sato")
                #expect(try await store.positionGeneralizations() == [board.id: chosen])
            }
        }
    }

    @Test("Of an animal whose water is not known nothing is invented, and somebody decides all the same")
    func origin() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let animal = try await store.enroll(fixture.enrolment(of: "One")).individual
            let origin = try await store.origin(of: animal.id)
            #expect(origin.home == nil)
            #expect(origin.reasons.map(\.code) == [.originNoPlace, .originNoContact])
            _ = try await fixture.submit()
            try await store.finishScreening(fixture.claim(), .plain(.unknown))
            let screening = try #require(try await store.screenings(limit: 1).items.first)
            #expect(
                try await store.origin(of: screening).reasons.map(\.code) == [.originUnknownAnimal, .originNoContact])
            await #expect(throws: StorageError.self) { try await store.origin(of: Identifier<Individual>()) }
        }
    }
}
