import Foundation
import Registry

/// A sample on the wire.
struct DNASampleDocument: Encodable {
    let id: Identifier<DNASample>
    let agencyId: Identifier<Agency>
    let label: String
    let individual: IndividualReference?
    let screeningId: Identifier<Screening>?
    let tissue: String?
    let takenBy: String
    let takenAt: Date
    let decimalLatitude: Double?
    let decimalLongitude: Double?
    let coordinateUncertaintyInMeters: Double?
    let coordinatePrecision: Double?
    let locality: String?
    let dataGeneralizations: String?
    let informationWithheld: String?
    let createdAt: Date
    let links: LinksDocument

    init(_ sample: DNASample, _ detail: PositionDetail) {
        let place = PlaceDocument(sample.position, detail, withheld: ["locality", "tissue"])
        id = sample.id
        agencyId = sample.agency
        label = sample.label
        individual = sample.individual.map { IndividualReference(id: $0, name: sample.individualName ?? "–") }
        screeningId = sample.screening
        // Free words may name a place.
        tissue = detail.isExact ? sample.tissue : nil
        takenBy = sample.takenBy
        takenAt = sample.takenAt
        decimalLatitude = place.decimalLatitude
        decimalLongitude = place.decimalLongitude
        coordinateUncertaintyInMeters = place.coordinateUncertaintyInMeters
        coordinatePrecision = place.coordinatePrecision
        locality = detail.isExact ? sample.locality : nil
        dataGeneralizations = place.dataGeneralizations
        informationWithheld = place.informationWithheld
        createdAt = sample.createdAt
        links = LinksDocument(self: Self.path(of: sample.id))
    }

    static func path(of id: Identifier<DNASample>) -> String { "/v1/dna-samples/\(id)" }
}

/// A step of custody on the wire.
struct CustodyDocument: Encodable {
    let id: Identifier<DNASample.CustodyStep>
    let sampleId: Identifier<DNASample>
    let step: DNASample.CustodyStep.Kind
    let person: String
    let counterpart: String?
    let seal: String?
    let note: String?
    let happenedAt: Date
    let recordedBy: String

    /// - Parameters:
    ///   - step: The step.
    ///   - exact: Whether the reader sees where animals live, which a note may name.
    init(_ step: DNASample.CustodyStep, exact: Bool) {
        id = step.id
        sampleId = step.sample
        self.step = step.kind
        person = step.person
        counterpart = step.counterpart
        seal = step.seal
        note = exact ? step.note : nil
        happenedAt = step.happenedAt
        recordedBy = step.recordedBy.name
    }
}

/// A laboratory's result on the wire.
struct DNAResultDocument: Encodable {
    let id: Identifier<DNAResult>
    let sampleId: Identifier<DNASample>
    let label: String
    let agencyId: Identifier<Agency>
    let individual: IndividualReference?
    let markers: DNAResult.Markers
    let `class`: DNAResult.Class
    let isConclusive: Bool
    let laboratory: String
    let reportedAt: Date
    let documentSha256: String?
    let note: String?
    let replacesId: Identifier<DNAResult>?
    let replacedById: Identifier<DNAResult>?
    let recordedBy: String
    let createdAt: Date
    let links: LinksDocument

    /// - Parameters:
    ///   - result: The result.
    ///   - exact: Whether the reader sees where animals live, which a note may name.
    init(_ result: DNAResult, exact: Bool) {
        id = result.id
        sampleId = result.sample
        label = result.label
        agencyId = result.agency
        individual = result.individual.map { IndividualReference(id: $0, name: result.individualName ?? "–") }
        markers = result.markers
        self.class = result.dnaClass
        isConclusive = result.isNative != nil
        laboratory = result.laboratory
        reportedAt = result.reportedAt
        documentSha256 = result.documentSHA256
        note = exact ? result.note : nil
        replacesId = result.replaces
        replacedById = result.replacedBy
        recordedBy = result.recordedBy.name
        createdAt = result.createdAt
        links = LinksDocument(self: Self.path(of: result.id))
    }

    static func path(of id: Identifier<DNAResult>) -> String { "/v1/dna-results/\(id)" }
}
