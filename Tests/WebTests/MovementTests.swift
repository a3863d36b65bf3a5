import Foundation
import Provenance
import Registry
import Storage
import TestSupport
import Testing

/// What a submitter reads of an animal that was met far from home, on the invented rivers.
@Suite(.database)
struct MovementTests {
    private func submit(
        _ photo: TestPhoto, at place: (Double, Double), tag: String? = nil, as client: Client
    ) async throws -> Reply {
        let box = try #require(photo.box)
        let codes = tag.map { ",\"tagCodes\":[\"\($0)\"]" } ?? ""
        return try await client.post(
            "/v1/screenings",
            json: """
                {"photo":{"contentType":"image/jpeg","data":"\(Data(photo.jpeg).base64EncodedString())"},
                "box":{"x":\(box.x),"y":\(box.y),"width":\(box.width),"height":\(box.height)},
                "eventDate":"2026-06-01T09:30:00+09:00","decimalLatitude":\(place.0),"decimalLongitude":\(place.1),
                "coordinateUncertaintyInMeters":20\(codes)}
                """, ["Prefer": "wait=30", "Accept-Language": "en"])
    }

    private let home = (31.03, 138.003)
    private let headwaters = (31.18, 138.08)

    @Test func anAnimalFarUpstreamAlertsAndNamesNoPlaceToAFinder() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            try await registry.store.loadRivers(
                InventedRivers.network(), source: "invented", profile: .plain, by: "test")
            _ = try await registry.enroll(
                TestPhoto(animal: 2, take: 10), as: "Hanzaki 2",
                position: try Position(latitude: home.0, longitude: home.1, uncertaintyMeters: 20))
            let again = try TestPhoto(animal: 2, take: 20)

            let ranger = try await registry.client(.ranger)
            let found = try await submit(again, at: headwaters, as: ranger)
            #expect(found.string("outcome") == "matched")
            #expect(found.string("movement.kind") == "implausible_without_people")
            #expect(try #require(found.number("movement.peopleProbability")) > 0.9)
            #expect(found.text.contains("影絵堰") && found.text.contains("19 km by water"))
            let event = try #require(try await registry.store.events(after: 0).last)
            #expect(event.type == .animalRelocated)
            let payload = String(decoding: event.payload, as: UTF8.self)
            #expect(payload.contains("implausible_without_people") && !payload.contains("138"))

            let finder = try await registry.client(.observer, of: try await registry.store.createAgency(name: "Other"))
            let told = try await submit(again, at: headwaters, as: finder)
            #expect(told.string("movement.kind") == "implausible_without_people")
            #expect(!told.text.contains("影絵堰") && !told.text.contains("by water"))
            let page = try await registry.visitor.get(
                try #require(told.string("links.page")), ["Accept-Language": "ja"]
            ).text
            #expect(page.contains("自力では来られない場所です") && !page.contains("影絵堰"))

            let atHome = try await submit(try TestPhoto(animal: 2, take: 21), at: home, as: ranger)
            #expect(atHome.string("movement.kind") == "within_home_range")
            #expect(try await registry.store.events(after: event.position).count { $0.type == .animalRelocated } == 1)
        }
    }

    @Test func withoutANetworkNothingIsSaidOfTheWater() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            _ = try await registry.enroll(
                TestPhoto(animal: 2, take: 10), as: "Hanzaki 2",
                position: try Position(latitude: home.0, longitude: home.1, uncertaintyMeters: 20))
            let again = try TestPhoto(animal: 2, take: 20)
            let ranger = try await registry.client(.ranger)
            let bare = try await submit(again, at: headwaters, as: ranger)
            #expect(bare.string("movement.kind") == "implausible_without_people")
            #expect(bare.string("movement.reasons.0.code") == "movement.straight")
            try await registry.store.loadRivers(
                InventedRivers.network(), source: "invented", profile: .plain, by: "test")
            let ashore = try await submit(again, at: (31.18, 138.6), as: ranger)
            #expect(ashore.string("movement.reasons.0.code") == "movement.off_network")
        }
    }

    @Test func aTagAloneIsEnoughToAlert() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            let tailAlone = try await registry.enroll(
                TestPhoto(animal: 7, take: 10), as: "Hanzaki 7", region: .tail,
                position: try Position(latitude: home.0, longitude: home.1, uncertaintyMeters: 20))
            _ = try await registry.enroll(TestPhoto(animal: 9, take: 10), as: "Hanzaki 9")
            _ = try await registry.store.assignTag(
                try TagReading("392012345678001").code, to: tailAlone.individual.id,
                from: Date(timeIntervalSince1970: 1_700_000_000), evidence: "put in", by: Reviewer(name: "Sato"))
            let reply = try await submit(
                try TestPhoto(animal: 8, take: 20), at: headwaters, tag: "392012345678001",
                as: try await registry.client(.ranger))
            #expect(reply.string("outcome") == "undecided")
            #expect(reply.string("tags.agreement") == "tag_alone")
            #expect(reply.string("movement.kind") == "implausible_without_people")
            #expect(try await registry.store.events(after: 0).last?.type == .animalRelocated)
        }
    }

    @Test func anAnimalThatAPersonNamesAlertsToo() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            for animal in [2, 3] {
                _ = try await registry.enroll(
                    TestPhoto(animal: UInt64(animal), take: 10), as: "Hanzaki \(animal)",
                    position: try Position(latitude: home.0, longitude: home.1, uncertaintyMeters: 20))
            }
            let other = try #require(try await registry.store.individual(named: "Hanzaki 3"))
            _ = try await registry.store.assignTag(
                try TagReading("392012345678001").code, to: other.id,
                from: Date(timeIntervalSince1970: 1_700_000_000), evidence: "put in", by: Reviewer(name: "Sato"))
            let reviewer = try await registry.client(.reviewer)
            let conflict = try await submit(
                try TestPhoto(animal: 2, take: 20), at: headwaters, tag: "392012345678001", as: reviewer)
            #expect(conflict.string("tags.agreement") == "conflict")
            #expect(conflict.string("movement.kind") == nil)
            #expect(try await !registry.store.events(after: 0).contains { $0.type == .animalRelocated })

            let animal = try #require(try await registry.store.individual(named: "Hanzaki 2"))
            let decided = try await reviewer.post(
                try #require(conflict.string("links.decisions")),
                json: "{\"kind\":\"confirmed\",\"individualId\":\"\(animal.id)\"}")
            #expect(decided.status == 201)
            let events = try await registry.store.events(after: 0).suffix(2)
            #expect(events.map(\.type) == [.decisionMade, .animalRelocated])
            let payload = events.last.map { String(decoding: $0.payload, as: UTF8.self) } ?? ""
            #expect(events.last?.individual == animal.id && payload.contains("decision"))
        }
    }
}
