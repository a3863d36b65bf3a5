import Foundation
import Postgres
import Provenance
import Registry
import Storage
import TestSupport
import Testing

/// Who hears of what.
@Suite("Subscriptions", .database)
struct SubscriptionTests {
    private let square = """
        {"type":"Polygon","coordinates":[[[138.0,31.0],[138.04,31.0],[138.04,31.04],[138.0,31.04],[138.0,31.0]]]}
        """

    private func heard(_ claims: [ClaimedDelivery], by endpoint: Endpoint) -> [EventType] {
        claims.filter { $0.endpoint.id == endpoint.id }.map(\.event.type)
    }

    @Test("Own events by default, those of others only with the whole registry; types and urgency narrow them")
    func whatIsHeard() async throws {
        try await Fixture.with { fixture in
            let other = try await fixture.store.createAgency(name: "Prefecture")
            let own = try await fixture.endpoint()
            let stranger = try await fixture.endpoint(of: other)
            let everybody = try await fixture.endpoint(of: other, Subscription(scope: .registry))
            let unknown = try await fixture.endpoint(Subscription(types: [.animalUnknown]))
            let urgent = try await fixture.endpoint(Subscription(minimumUrgency: .immediate))
            try await fixture.answer()
            try await fixture.answer(on: .seizure)
            let worker = try await fixture.worker()
            let claims = try await fixture.due(for: worker)
            let all: [EventType] = [.screeningCompleted, .animalUnknown, .screeningCompleted, .animalUnknown]
            #expect(heard(claims, by: own) == all && heard(claims, by: everybody) == all)
            #expect(heard(claims, by: stranger).isEmpty)
            #expect(heard(claims, by: unknown) == [.animalUnknown, .animalUnknown])
            #expect(heard(claims, by: urgent) == [.animalUnknown])
            #expect(claims.first { $0.endpoint.id == urgent.id }?.event.urgency == .immediate)
        }
    }

    @Test("A place is told as coarse as its agency shows it, and areas are compared with that cell alone")
    func areas() async throws {
        try await Fixture.with { fixture in
            let other = try await fixture.store.createAgency(name: "Prefecture")
            try await fixture.store.loadRivers(
                InventedRivers.network(), source: "invented", profile: .plain, by: "test")
            let inside = try await fixture.endpoint(
                of: other, Subscription(types: [.animalUnknown], scope: .registry, area: .polygon(geoJSON: square)))
            let system = try await fixture.endpoint(
                of: other,
                Subscription(types: [.animalUnknown], scope: .registry, area: .waterSystem("INVENTED-A")))
            let elsewhere = try await fixture.endpoint(
                of: other,
                Subscription(
                    types: [.animalUnknown], scope: .registry,
                    area: .polygon(geoJSON: square.replacing("138.", with: "136."))))
            // Outside the square, but in its cell of a tenth of a degree: a square tells nobody where in the cell.
            try await fixture.answer(at: try Position(latitude: 31.049, longitude: 137.96))
            try await fixture.answer(at: try Position(latitude: 33.5, longitude: 135))
            let worker = try await fixture.worker()
            let claims = try await fixture.due(for: worker)
            #expect(heard(claims, by: inside) == [.animalUnknown] && heard(claims, by: system) == [.animalUnknown])
            #expect(heard(claims, by: elsewhere).isEmpty)
            let place = try #require(claims.first { $0.endpoint.id == inside.id }?.event.place)
            #expect(place == GeneralizedPlace(latitude: 31, longitude: 138, precision: 0.1))
        }
    }

    @Test("What has no place that may be shown reaches every area if it is immediate, or the agency's own")
    func withoutPlace() async throws {
        try await Fixture.with { fixture in
            let other = try await fixture.store.createAgency(name: "Prefecture")
            try await fixture.store.setPositionGeneralization(.withheld, of: fixture.agency.id, by: "test")
            let area = Subscription.Area.polygon(geoJSON: square)
            let theirs = try await fixture.endpoint(
                of: other, Subscription(types: [.animalUnknown], scope: .registry, area: area))
            let own = try await fixture.endpoint(Subscription(types: [.animalUnknown], area: area))
            try await fixture.answer(at: try Position(latitude: 31.02, longitude: 138.02))
            try await fixture.answer(at: try Position(latitude: 35, longitude: 135), on: .seizure)
            let claims = try await fixture.due(for: fixture.worker())
            #expect(claims.allSatisfy { $0.event.place == nil })
            #expect(claims.filter { $0.endpoint.id == theirs.id }.map(\.event.urgency) == [.immediate])
            #expect(heard(claims, by: own) == [.animalUnknown, .animalUnknown])
        }
    }

    @Test("A municipality is an area once its boundary is loaded, and stays while an endpoint names it")
    func municipality() async throws {
        try await Fixture.with { fixture in
            let boundary = MunicipalityBoundary(
                code: "99001", name: "虚町", prefecture: "架空県",
                geoJSON: square.replacing("Polygon", with: "MultiPolygon").replacing("[[[", with: "[[[[")
                    .replacing("]]]", with: "]]]]"))
            try await fixture.store.loadMunicipalities([boundary], source: "test")
            _ = try await fixture.endpoint(Subscription(types: [.animalUnknown], area: .municipality("99001")))
            try await fixture.answer(at: try Position(latitude: 31.02, longitude: 138.02))
            try await fixture.answer(at: try Position(latitude: 35, longitude: 135))
            #expect(try await fixture.due(for: fixture.worker()).count == 1)
            try await fixture.store.loadMunicipalities([], source: "test")
            #expect(try await fixture.store.municipalities().map(\.code) == ["99001"])
        }
    }

    @Test(
        "An area that is none is refused with what is wrong and where, and nothing is entered",
        arguments: [
            (
                "{\"type\":\"Polygon\",\"coordinates\":[[[138,31],[138.1,31.1],[138.1,31],[138,31.1],[138,31]]]}",
                "Self-intersection at longitude 138.05, latitude 31.05"
            ),
            ("{\"type\":\"Point\",\"coordinates\":[138,31]}", "A polygon is needed here, not Point."),
            ("{\"type\":\"Polygon\",\"coordinates\":[[[138,31],[138.1,31],[138,31]]]}", "A ring needs four points"),
            (
                "{\"type\":\"Polygon\",\"coordinates\":[[[31,138],[31.1,138],[31.1,138.1],[31,138]]]}",
                "looks swapped"
            ),
            ("{\"type\":\"Polygon\",\"coordinates\":[]}", "The area has no corners."), ("no", "not JSON"),
            (String(repeating: " ", count: 2 << 20), "at most 1024 are taken"),
        ])
    func badArea(_ geoJSON: String, _ reason: String) async throws {
        try await Fixture.with { fixture in
            let error = await #expect(throws: EndpointError.self) {
                _ = try await fixture.endpoint(Subscription(area: .polygon(geoJSON: geoJSON)))
            }
            #expect(error?.description.contains(reason) == true, "\(error as Any)")
            let entered = try await fixture.store.endpoints()
            #expect(entered.isEmpty)
        }
    }

    @Test("Waters and municipalities that nobody loaded are refused, and so is one address twice")
    func refusals() async throws {
        try await Fixture.with { fixture in
            await #expect(throws: EndpointError.waterSystemUnknown("860604")) {
                _ = try await fixture.endpoint(Subscription(area: .waterSystem("860604")))
            }
            await #expect(throws: EndpointError.municipalityUnknown("26100")) {
                _ = try await fixture.endpoint(Subscription(area: .municipality("26100")))
            }
            let url = "https://receiver.example/hook"
            let first = try await fixture.endpoint(channel: .webhook(url: url))
            await #expect(throws: EndpointError.addressTaken(url)) {
                _ = try await fixture.endpoint(channel: .webhook(url: url))
            }
            let other = try await fixture.store.createAgency(name: "Prefecture")
            _ = try await fixture.endpoint(of: other, channel: .webhook(url: url))
            try await fixture.store.removeEndpoint(first.id)
            let again = try await fixture.endpoint(channel: .webhook(url: url))
            #expect(try await fixture.store.endpoints(of: fixture.agency.id).map(\.id) == [again.id])
        }
    }

    @Test("An endpoint comes back as it was entered and as it was changed")
    func roundTrip() async throws {
        try await Fixture.with { fixture in
            let polygon = Subscription.Area.polygon(
                geoJSON: "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[138,31],[138.1,31],[138.1,31.1],[138,31]]]]}")
            let endpoint = try await fixture.endpoint(
                Subscription(
                    types: [.animalRelocated, .tagConflict], minimumUrgency: .prompt, scope: .registry, area: polygon,
                    isQuiet: true),
                DeliverySettings(parallel: 3, isOrdered: true, allowsPrivateAddresses: true, language: .en))
            #expect(endpoint.subscription.types == [.animalRelocated, .tagConflict])
            #expect(endpoint.subscription.area == polygon && endpoint.subscription.isQuiet)
            #expect(endpoint.delivery.parallel == 3 && endpoint.delivery.isOrdered && endpoint.disabled == nil)
            #expect(try await fixture.store.endpoint(endpoint.id) == endpoint)
            let draft = EndpointDraft(
                agency: fixture.agency.id, channel: .email(address: "warden@example.org"), label: "wardens")
            let changed = try await fixture.store.updateEndpoint(endpoint.id, draft)
            #expect(changed.channel == .email(address: "warden@example.org") && changed.subscription == Subscription())
            #expect(changed.createdAt == endpoint.createdAt)
            let stranger = try await fixture.store.createAgency(name: "Prefecture")
            await #expect(throws: StorageError.self) {
                _ = try await fixture.store.updateEndpoint(
                    endpoint.id, EndpointDraft(agency: stranger.id, channel: .feed, label: "mine"))
            }
        }
    }

    @Test("A feed reads what it would be sent, from the beginning on, and nothing is sent to it")
    func feed() async throws {
        try await Fixture.with { fixture in
            try await fixture.answer()
            let feed = try await fixture.endpoint(Subscription(types: [.animalUnknown]), channel: .feed)
            try await fixture.answer()
            #expect(try await fixture.due(for: fixture.worker()).isEmpty)
            let events = try await fixture.store.events(of: feed.id, after: 0)
            #expect(events.map(\.type) == [.animalUnknown, .animalUnknown])
            let last = try #require(events.last)
            #expect(try await fixture.store.events(of: feed.id, after: events[0].position) == [last])
            await #expect(throws: EndpointError.isFeed(feed.id)) {
                try await fixture.store.replay(.event(last.id), to: feed.id)
            }
        }
    }
}
