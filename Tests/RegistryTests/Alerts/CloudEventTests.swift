import Foundation
import Testing

@testable import Registry

@Suite struct CloudEventTests {
    private let source = "https://registry.example"

    @Test("Every type of event reads as agreed, byte for byte")
    func everyTypeReadsAsAgreed() throws {
        let told = try SampleEvents.all.map { try $0.cloudEvent(source: source) }
        let found = told.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n") + "\n"
        #expect(try golden("cloudevents.jsonl", found) == found)
        let again = try SampleEvents.all.map { try $0.cloudEvent(source: source) }
        #expect(again == told)
    }

    @Test("Every schema reads as agreed, and names what its events hold")
    func everySchemaReadsAsAgreed() throws {
        let lines = try EventType.allCases.map {
            String(decoding: try $0.schema(source: source).bytes, as: UTF8.self)
        }
        let found = lines.joined(separator: "\n") + "\n"
        #expect(try golden("schemas.jsonl", found) == found)
    }

    @Test("Attributes are those of CloudEvents 1.0, and sequences sort as texts")
    func attributesAreThoseOfCloudEvents() throws {
        var sequences: [String] = []
        for event in SampleEvents.all {
            let document = try #require(
                try JSONSerialization.jsonObject(with: Data(event.cloudEvent(source: source))) as? [String: Any])
            for name in document.keys { #expect(name.wholeMatch(of: /[a-z0-9]{1,20}/) != nil, "\(name)") }
            #expect(document["specversion"] as? String == "1.0")
            #expect(document["id"] as? String == event.id.description)
            #expect(document["type"] as? String == "\(event.type.rawValue).v1")
            #expect(document["time"] as? String == "2026-05-01T00:30:00.250Z")
            #expect(document["dataschema"] as? String == "\(source)/v1/event-types/\(event.type.rawValue).v1")
            sequences.append(try #require(document["sequence"] as? String))
        }
        #expect(sequences == sequences.sorted())
    }

    @Test("A registry without an address names itself by a URN and writes no relative schema")
    func withoutAnAddress() throws {
        let text = String(
            decoding: try SampleEvents.event(.animalRelocated).cloudEvent(source: Event.source(of: nil)), as: UTF8.self)
        #expect(text.contains(#""source":"urn:andrias:registry""#))
        #expect(!text.contains("dataschema"))
    }

    @Test("What the payload holds beyond its type's particulars is told nobody")
    func unknownParticularsAreNotTold() throws {
        let event = event(payload: #"{"verdict":"different_water_system","locality":"Secretstone"}"#)
        let text = String(decoding: try event.cloudEvent(source: source), as: UTF8.self)
        #expect(text.contains("different_water_system"))
        #expect(!text.contains("Secretstone"))
    }

    @Test("A payload that nobody can read is an error, not an empty event", arguments: ["", "[]", #"{"verdict":7}"#])
    func unreadablePayloadIsAnError(payload: String) {
        let event = event(payload: payload)
        #expect(throws: EventError.payloadUnreadable(event.id)) { try event.cloudEvent(source: source) }
    }

    private func event(payload: String) -> Event {
        Event(
            id: SampleEvents.id(1), position: 1, type: .animalRelocated, urgency: .immediate,
            agency: SampleEvents.id(1), screening: SampleEvents.id(2), individual: SampleEvents.id(3), endpoint: nil,
            place: nil, payload: Array(payload.utf8), createdAt: Date(timeIntervalSince1970: 0))
    }
}
