import Foundation
import Imaging
import Registry
import Storage
import TestSupport
import Testing
import Web

/// Every address that the OpenAPI document offers for reading, asked by those who may not see where animals live.
///
/// An endpoint that is new fails the walk until ``HiddenPlaces`` holds a record for it to show, and, where it takes
/// parameters, an address that shows it.
@Suite(.database)
struct PrivacyWalkTests {
    @Test("No role without exact positions finds a place, a name of one, a tag or an EXIF position anywhere")
    func nobodyElseFindsAPlace() async throws {
        try await RunningRegistry.with { registry in
            let hidden = try await HiddenPlaces(in: registry, isDrawn: true)
            let description = try await registry.visitor.get("/openapi.yaml").text
            let templates = Self.readable(in: description)
            #expect(templates.count > 20)
            let administrator = try await registry.client(.administrator, of: hidden.other)
            var found: Set<String> = []
            var addresses: [String] = []
            for template in templates {
                let address = try #require(hidden.address(of: template), "Give HiddenPlaces an address of \(template).")
                let reply = try await administrator.get(address)
                #expect(reply.status == 200, "\(address) shows nothing to compare with: \(reply.text.prefix(300))")
                if let count = reply.count("items") { #expect(count > 0, "HiddenPlaces holds nothing for \(address).") }
                found.formUnion(hidden.secrets(in: reply))
                addresses.append(address)
            }
            #expect(found == Set(hidden.secrets), "Who may see everything sees everything, or the walk proves nothing.")
            for role in Role.allCases where !role.allows(.exactPositions) {
                let reader = try await registry.client(role, of: hidden.other)
                for address in addresses {
                    for language in Language.allCases {
                        let reply = try await reader.get(address, ["Accept-Language": language.rawValue])
                        // A refusal repeats the address, which the reader knew.
                        let told = hidden.secrets(in: reply).filter { !address.contains($0) }
                        #expect(told == [], "\(role) at \(address)")
                        #expect(try !hidden.hasPosition(in: reply), "\(role) at \(address)")
                    }
                }
            }
            for page in try await hidden.pages(of: administrator) {
                let reply = try await registry.visitor.get(page)
                #expect(reply.status == 200, "\(page)")
                #expect(hidden.secrets(in: reply) == [], "\(page)")
                #expect(try !hidden.hasPosition(in: reply), "\(page)")
            }
        }
    }

    @Test("An agency chooses how coarse its places are shown", arguments: PositionGeneralization.allCases)
    func agenciesChoose(generalization: PositionGeneralization) async throws {
        try await RunningRegistry.with { registry in
            let hidden = try await HiddenPlaces(in: registry)
            try await registry.store.setPositionGeneralization(.withheld, of: registry.agency.id, by: "Sato")
            try await registry.store.setPositionGeneralization(generalization, of: registry.agency.id, by: "Sato")
            let screener = try await registry.client(.screener, of: hidden.other)
            for path in ["/v1/encounters?individual=\(hidden.individual)", "/v1/screenings"] {
                let reply = try await screener.get(path)
                let item = try #require(reply.json("items.0"))
                #expect(item["coordinatePrecision"] == generalization.degrees.map(JSON.number))
                let latitude: Double? =
                    switch generalization {
                    case .withheld: nil
                    case .tenth: 35.2
                    case .hundredth: 35.23
                    case .thousandth: 35.235
                    }
                #expect(item["decimalLatitude"] == latitude.map(JSON.number), "\(path)")
                #expect((item["dataGeneralizations"] == nil) == (generalization == .withheld))
                #expect(reply.string("items.0.informationWithheld")?.contains("locality") == true)
                #expect(
                    reply.string("items.0.informationWithheld")?.contains("coordinates")
                        == (generalization == .withheld))
            }
            let own = try await registry.client(.observer).get("/v1/screenings")
            #expect(own.number("items.0.decimalLatitude") == HiddenPlaces.latitude)
            #expect(own.json("items.0.coordinatePrecision") == nil)
        }
    }

    @Test("One's own screening does not tell where another agency met the animal")
    func ownScreening() async throws {
        try await RunningRegistry.with { registry in
            _ = try await HiddenPlaces(in: registry)
            let own = try await registry.client(.observer).get("/v1/screenings")
            #expect(own.string("items.0.locality") == HiddenPlaces.locality)
            #expect(own.text.contains("decision.yours"))
            for secret in [HiddenPlaces.river, HiddenPlaces.population] { #expect(!own.text.contains(secret)) }
            let reviewer = try await registry.client(.reviewer).get("/v1/screenings")
            #expect(reviewer.text.contains(HiddenPlaces.river))
        }
    }

    @Test("Refusals do not repeat what they refuse to show")
    func problems() async throws {
        try await RunningRegistry.with { registry in
            let hidden = try await HiddenPlaces(in: registry)
            let screener = try await registry.client(.screener, of: hidden.other)
            for (path, status) in [
                ("/v1/photos/\(hidden.photo)/file", 403), ("/v1/encounters?individual=x", 400),
                ("/v1/screenings/\(hidden.screening)/nothing", 404),
            ] {
                let reply = try await screener.get(path)
                #expect(reply.status == status)
                #expect(hidden.secrets(in: reply) == [])
            }
        }
    }

    /// The paths of the document that have a `get`.
    static func readable(in document: String) -> [String] {
        var path: String?
        var readable: [String] = []
        for line in document.split(separator: "\n") {
            if line.hasPrefix("components:") { break }
            if line.hasPrefix("  /"), line.hasSuffix(":") { path = String(line.dropFirst(2).dropLast()) }
            if line == "    get:", let path { readable.append(path) }
        }
        return readable
    }
}
