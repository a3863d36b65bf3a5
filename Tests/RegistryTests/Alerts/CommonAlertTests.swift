import Foundation
import FoundationXML
import Registry
import Testing

@Suite struct CommonAlertTests {
    private let source = "https://registry.example"

    @Test("An alert in CAP reads as agreed")
    func readsAsAgreed() throws {
        let found = String(
            decoding: SampleEvents.event(.animalRelocated).commonAlert(source: source), as: UTF8.self)
        #expect(try golden("alert.cap.xml", found) == found)
    }

    @Test("Every type is well-formed, its elements in the order of CAP 1.2 and its words those of the standard")
    func followsTheStandard() throws {
        for event in SampleEvents.all {
            let alert = try CAPReading(event.commonAlert(source: source)).root
            #expect(alert.name == "alert")
            #expect(alert.isInOrder(Self.alertOrder), "\(event.type): \(alert.children.map(\.name))")
            #expect(["Actual", "Exercise", "System", "Test", "Draft"].contains(alert["status"]))
            #expect(alert["msgType"] == "Alert" && alert["scope"] == "Restricted" && alert["restriction"] != "")
            #expect(alert["sent"] == "2026-05-01T09:30:00+09:00")
            let infos = alert.children.filter { $0.name == "info" }
            #expect(infos.map { $0["language"] } == ["ja-JP", "en"])
            for info in infos {
                #expect(info.isInOrder(Self.infoOrder), "\(event.type): \(info.children.map(\.name))")
                #expect(info["category"] == "Env")
                #expect(["Immediate", "Expected", "Future", "Past", "Unknown"].contains(info["urgency"]))
                #expect(["Extreme", "Severe", "Moderate", "Minor", "Unknown"].contains(info["severity"]))
                #expect(["Observed", "Likely", "Possible", "Unlikely", "Unknown"].contains(info["certainty"]))
                for area in info.children where area.name == "area" {
                    #expect(area.isInOrder(["areaDesc", "polygon"]))
                    let corners = area["polygon"].split(separator: " ")
                    #expect(corners.count == 5 && corners.first == corners.last)
                }
            }
        }
    }

    @Test("The area is the generalised cell, and there is none where the place is not told")
    func areaIsTheCell() throws {
        let fine = SampleEvents.event(
            .tagConflict, place: GeneralizedPlace(latitude: 35.123, longitude: 134.568, precision: 0.001))
        let text = String(decoding: fine.commonAlert(source: source), as: UTF8.self)
        #expect(
            text.contains(
                "<polygon>35.1225,134.5675 35.1225,134.5685 35.1235,134.5685 35.1235,134.5675 35.1225,134.5675</polygon>"
            ))
        let withheld = SampleEvents.event(.tagConflict, place: nil)
        #expect(!String(decoding: withheld.commonAlert(source: source), as: UTF8.self).contains("<area>"))
    }

    @Test("A name with markup in it stays a name")
    func markupIsEscaped() throws {
        let alert = try CAPReading(SampleEvents.event(.tagLost).commonAlert(source: "urn:a <b>&c,d")).root
        #expect(alert["sender"] == "urn:ab>cd")
    }

    private static let alertOrder = [
        "identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "code",
        "note", "references", "incidents", "info",
    ]
    private static let infoOrder = [
        "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode",
        "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact",
        "parameter", "resource", "area",
    ]
}

/// An XML document as a tree.
private final class CAPReading: NSObject, XMLParserDelegate {
    final class Element {
        let name: String
        var text = ""
        var children: [Element] = []

        init(_ name: String) { self.name = name }

        subscript(name: String) -> String { children.first { $0.name == name }?.text ?? "" }

        /// Whether all children are of these names, in this order.
        func isInOrder(_ names: [String]) -> Bool {
            let places = children.map { names.firstIndex(of: $0.name) ?? -1 }
            return places.allSatisfy { $0 >= 0 } && places == places.sorted()
        }
    }

    private(set) var root = Element("")
    private var open: [Element] = []

    init(_ bytes: [UInt8]) throws {
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = self
        #expect(parser.parse(), "\(String(decoding: bytes, as: UTF8.self))")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        let element = Element(name)
        open.last?.children.append(element)
        if open.isEmpty { root = element }
        open.append(element)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }
}
