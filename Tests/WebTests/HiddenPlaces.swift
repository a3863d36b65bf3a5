import Foundation
import Provenance
import Registry
import Screening
import Storage
import TestSupport
import Testing

/// A registry in which everything that could tell where an animal lives is a word that stands nowhere else.
struct HiddenPlaces {
    static let latitude = 35.23456
    static let longitude = 134.56789
    static let locality = "Below Secretstone"
    static let population = "Secretpopulation"
    static let river = "Secretriver"
    static let tag = "392141000123456"

    /// What may be in no answer: digits beyond 0.001°, names, a tag.
    let secrets = [
        "35.2345", "134.5678", "Secretstone", "Secretpopulation", "Secretriver", "392141000123456", "Secretpermit",
        "Secretnote",
    ]
    /// An agency without records.
    let other: Agency
    let individual: Identifier<Individual>
    let photo: Identifier<Photo>
    let screening: Identifier<Screening>
    /// An address that shows each template with parameters.
    private let addresses: [String: String]

    /// Fills a registry.
    ///
    /// - Parameters:
    ///   - registry: The registry.
    ///   - isDrawn: Whether one photograph can be looked at, which takes a second.
    /// - Throws: What the registry throws.
    init(in registry: RunningRegistry, isDrawn: Bool = false) async throws {
        let store = registry.store
        other = try await store.createAgency(name: "Other Office \(UUID())")
        let position = try Position(
            latitude: Self.latitude, longitude: Self.longitude, uncertaintyMeters: 12)
        let enrolled = try await Self.enroll("One", at: position, isDrawn: isDrawn, in: registry)
        let twin = try await Self.enroll("Two", at: position, in: registry)
        individual = enrolled.individual.id
        photo = enrolled.photo.id
        let reviewer = Reviewer(name: "Sato")
        let proposal = try await Self.proposal(enrolled, twin, in: store)
        try await store.review(proposal.id, .undecided, note: "Secretnote", by: reviewer)
        let stray = try await Self.enroll("Three", at: position, in: registry)
        let change = try await store.merge(
            stray.individual.id, into: twin.individual.id, reason: "Secretnote", by: reviewer
        ).record
        let key = try #require(try await registry.client(.reviewer).key)
        // The tag says Two, the photograph One: a case is opened.
        let tag = try TagReading(Self.tag).code
        try await store.assignTag(tag, to: twin.individual.id, evidence: "Secretnote", by: reviewer)
        try await store.assignTag(
            TagReading("392000012345678").code, to: individual, evidence: "Secretnote", by: reviewer)
        screening = try await Self.screening(of: enrolled, at: position, key: key, in: registry)
        _ = try await store.decide(on: screening, .confirmed, individual: individual, by: key.id, note: "Secretnote")
        let opened = try #require(try await store.cases().items.first)
        try await store.resolveCase(opened.id, .undecided, note: "Secretnote", by: reviewer)
        let translocation = try await store.addTranslocation(
            of: individual, agency: registry.agency.id, movedAt: Date(timeIntervalSince1970: 1_600_000_000),
            from: .init(position: position, system: "Secretriver 1", locality: Self.locality),
            to: .init(position: position, system: "Secretriver 2", locality: Self.locality), permit: "Secretpermit",
            authority: "Secretpermit", by: "Sato"
        ).record
        let highWater = try await store.addHighWater(
            in: "860604", from: Date(timeIntervalSince1970: 1_600_000_000),
            to: Date(timeIntervalSince1970: 1_600_086_400), source: "gauge", agency: registry.agency.id
        ).record
        _ = try await store.addCalibration(Self.calibration, by: "Sato")
        try await store.loadRivers(InventedRivers.network(), source: "invented", profile: .plain, by: "Sato")
        let model = try await Self.model(of: enrolled.photo, in: store)
        let (sample, result) = try await Self.hybrid(screening, of: individual, at: position, in: registry)
        let event = try #require(try await store.events(after: 0).first { $0.place != nil })
        let delivery = try await Self.delivery(to: other, in: store)
        addresses = [
            "/v1/endpoints/{id}": "/v1/endpoints/\(delivery.endpoint)",
            "/v1/endpoints/{id}/deliveries": "/v1/endpoints/\(delivery.endpoint)/deliveries",
            "/v1/endpoints/{id}/deliveries/{event}/attempts":
                "/v1/endpoints/\(delivery.endpoint)/deliveries/\(delivery.event)/attempts",
            "/v1/event-types/{type}": "/v1/event-types/animal.relocated.v1",
            "/v1/events/{id}": "/v1/events/\(event.id)",
            "/v1/events/{id}/cap": "/v1/events/\(event.id)/cap",
            "/v1/rivers/locate": "/v1/rivers/locate?decimalLatitude=31.059&decimalLongitude=138.0065",
            "/v1/rivers/distance": "/v1/rivers/distance?from=Uso%20Weir&to=Soragoto%20Weir",
            "/v1/photos/{id}": "/v1/photos/\(photo)",
            "/v1/photos/{id}/file": "/v1/photos/\(photo)/file",
            "/v1/screenings/{id}": "/v1/screenings/\(screening)",
            "/v1/screenings/{id}/candidates/{rank}/explanation": "/v1/screenings/\(screening)/candidates/1/explanation",
            "/v1/screenings/{id}/decisions": "/v1/screenings/\(screening)/decisions",
            "/v1/individuals/{id}": "/v1/individuals/\(individual)",
            "/v1/individuals/{id}/origin": "/v1/individuals/\(individual)/origin?screening=\(screening)",
            "/v1/encounters/{id}": "/v1/encounters/\(enrolled.encounter.id)",
            "/v1/identity-changes/{id}": "/v1/identity-changes/\(change.id)",
            "/v1/duplicates/{id}": "/v1/duplicates/\(proposal.id)",
            "/v1/duplicates/{id}/reviews": "/v1/duplicates/\(proposal.id)/reviews",
            "/v1/individuals/{id}/tags": "/v1/individuals/\(individual)/tags",
            "/v1/tags/{code}": "/v1/tags/\(Self.tag)",
            "/v1/tags/{code}/assignments": "/v1/tags/\(Self.tag)/assignments",
            "/v1/tags/{code}/reads": "/v1/tags/\(Self.tag)/reads",
            "/v1/cases/{id}": "/v1/cases/\(opened.id)",
            "/v1/cases/{id}/resolutions": "/v1/cases/\(opened.id)/resolutions",
            "/v1/translocations/{id}": "/v1/translocations/\(translocation.id)",
            "/v1/high-waters/{id}": "/v1/high-waters/\(highWater.id)",
            "/v1/hybrid-characters/{code}/drawing": "/v1/hybrid-characters/jaw_tubercles/drawing",
            "/v1/screenings/{id}/characters": "/v1/screenings/\(screening)/characters",
            "/v1/screenings/{id}/hybrid-assessment": "/v1/screenings/\(screening)/hybrid-assessment",
            "/v1/photos/{id}/head-landmarks": "/v1/photos/\(photo)/head-landmarks",
            "/v1/photos/{id}/head-landmarks/suggestion": "/v1/photos/\(photo)/head-landmarks/suggestion",
            "/v1/photos/{id}/head-measures": "/v1/photos/\(photo)/head-measures",
            "/v1/hybrid-models/{id}": "/v1/hybrid-models/\(model)",
            "/v1/dna-samples/{id}": "/v1/dna-samples/\(sample)",
            "/v1/dna-samples/{id}/custody": "/v1/dna-samples/\(sample)/custody",
            "/v1/dna-results/{id}": "/v1/dna-results/\(result)",
        ]
    }

    /// An address that a template of the OpenAPI document stands for; `nil` where nobody has given one.
    func address(of template: String) -> String? {
        addresses[template] ?? (template.contains("{") ? nil : template)
    }

    /// The pages that a screening's link opens to anybody who has it.
    func pages(of reader: Client) async throws -> [String] {
        let page = try #require(try await reader.get("/v1/screenings/\(screening)").string("links.page"))
        let parts = page.split(separator: "?", maxSplits: 1).map(String.init)
        return [
            "/", page, page + "&lang=ja", "\(parts[0])/photos/\(photo)?\(parts[1])",
            "\(parts[0])/candidates/1/explanation?\(parts[1])",
        ]
    }

    /// What an answer gives away, in its words or its header.
    func secrets(in reply: Reply) -> [String] {
        let text = reply.text + (reply.header("Link") ?? "") + (reply.header("Location") ?? "")
        return secrets.filter(text.contains)
    }

    /// Whether a picture of an answer, itself or within a drawing, carries a position.
    func hasPosition(in reply: Reply) throws -> Bool {
        var pictures = reply.header("Content-Type")?.hasPrefix("image/jpeg") == true ? [reply.bytes] : []
        for match in reply.text.matches(of: /base64,([A-Za-z0-9+\/=]+)/) {
            pictures.append(Array(try #require(Data(base64Encoded: String(match.output.1)))))
        }
        return pictures.contains { (try? describePhoto($0))?.position != nil }
    }
}
