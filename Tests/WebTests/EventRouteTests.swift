import Foundation
import Registry
import Screening
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct EventRouteTests {
    @Test("Every type is listed with what to do, and its schema is where events say it is, without a key")
    func typesAndSchemas() async throws {
        try await RunningRegistry.with(configure: { $0.publicAddress = "https://registry.example" }) { registry in
            let client = registry.visitor
            let types = try await client.get("/v1/event-types", ["Accept-Language": "ja"])
            #expect(types.count("items") == EventType.allCases.count)
            #expect(types.string("items.6.type") == "animal.relocated" && types.text.contains("放さずに保護"))
            for index in EventType.allCases.indices {
                let path = try #require(types.string("items.\(index).links.self"))
                let schema = try await client.get(path)
                #expect(schema.status == 200 && schema.header("Content-Type") == "application/schema+json")
                #expect(schema.string("$id") == "https://registry.example" + path)
            }
            #expect(try await client.get("/v1/event-types/animal.relocated").status == 404)
        }
    }

    @Test("An event is for those who see its agency's records, as it is delivered and in CAP")
    func visibility() async throws {
        try await RunningRegistry.with(configure: { $0.publicAddress = "https://registry.example" }) { registry in
            let other = try await registry.store.createAgency(name: "Other Office")
            let own = try await registry.client(.observer)
            let photo = try #require(try await own.submit(try plainJPEG()).string("id"))
            let reply = try await own.post(
                "/v1/screenings",
                json: """
                    {"photoIds":["\(photo)"],"occasion":"seizure","decimalLatitude":35.23456,
                    "decimalLongitude":134.56789}
                    """, ["Prefer": "wait=0"])
            #expect(reply.status == 202 && reply.string("occasion") == "seizure")
            let store = registry.store
            let claim = try #require(
                try await store.claimScreening(lane: .interactive, worker: "w", lease: .seconds(60)))
            try await store.finishScreening(
                claim,
                Verdict(
                    outcome: .unknown, probability: 0.9, candidates: [], findings: [], extractor: "a", decider: "b",
                    photosSearched: 1, individualsSearched: 1, milliseconds: 1))
            let event = try #require(try await store.events(after: 0).first { $0.type == .animalUnknown })
            #expect(event.urgency == .immediate)

            let told = try await own.get("/v1/events/\(event.id)")
            #expect(told.header("Content-Type") == "application/cloudevents+json")
            let delivered = try event.cloudEvent(source: "https://registry.example")
            #expect(told.bytes == delivered)
            #expect(told.number("data.decimalLatitude") == 35.2)
            let alert = try await own.get("/v1/events/\(event.id)/cap")
            #expect(alert.header("Content-Type") == "application/cap+xml")
            #expect(alert.text.contains("<urgency>Immediate</urgency>"))
            #expect(alert.text.contains("35.15,134.55"))
            for path in ["/v1/events/\(event.id)", "/v1/events/\(event.id)/cap"] {
                #expect(try await registry.client(.observer, of: other).get(path).status == 404)
                #expect(try await registry.client(.screener, of: other).get(path).status == 200)
            }
            let unknown = try await own.post(
                "/v1/screenings", json: #"{"photoIds":["\#(photo)"],"occasion":"hunt"}"#)
            #expect(unknown.status == 422 && unknown.string("errors.0.field") == "/occasion")
            #expect(unknown.string("detail")?.contains("survey, find, rescue, seizure") == true)
        }
    }
}
