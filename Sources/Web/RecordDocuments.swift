import Foundation
import Registry

/// An animal on the wire.
struct IndividualDocument: Encodable {
    let id: Identifier<Individual>
    let name: String
    let scientificName: String
    let population: String?
    let informationWithheld: String?
    let mergedIntoId: Identifier<Individual>?
    let createdAt: Date
    let links: LinksDocument

    /// - Parameters:
    ///   - individual: The animal.
    ///   - exact: Whether the reader sees where animals live, which a population's name tells.
    init(_ individual: Individual, exact: Bool) {
        id = individual.id
        name = individual.name
        scientificName = individual.species
        population = exact ? individual.population : nil
        informationWithheld = exact ? nil : "Withheld: population."
        mergedIntoId = individual.mergedInto
        createdAt = individual.createdAt
        links = LinksDocument(self: "/v1/individuals/\(individual.id)")
    }
}

/// An encounter on the wire.
struct EncounterDocument: Encodable {
    let id: Identifier<Encounter>
    let agencyId: Identifier<Agency>
    let individualId: Identifier<Individual>?
    let eventDate: Date?
    let decimalLatitude: Double?
    let decimalLongitude: Double?
    let coordinateUncertaintyInMeters: Double?
    let coordinatePrecision: Double?
    let locality: String?
    let recordedBy: String?
    let dataGeneralizations: String?
    let informationWithheld: String?
    let createdAt: Date
    let links: LinksDocument

    /// An encounter, its exact place only for those who may see it.
    init(_ encounter: Encounter, _ detail: PositionDetail) {
        let place = PlaceDocument(encounter.position, detail, withheld: ["locality"])
        id = encounter.id
        agencyId = encounter.agency
        individualId = encounter.individual
        eventDate = encounter.observedAt
        decimalLatitude = place.decimalLatitude
        decimalLongitude = place.decimalLongitude
        coordinateUncertaintyInMeters = place.coordinateUncertaintyInMeters
        coordinatePrecision = place.coordinatePrecision
        locality = detail.isExact ? encounter.locality : nil
        recordedBy = encounter.observer
        dataGeneralizations = place.dataGeneralizations
        informationWithheld = place.informationWithheld
        createdAt = encounter.createdAt
        links = LinksDocument(self: "/v1/encounters/\(encounter.id)")
    }
}

/// A decision on the wire.
struct DecisionDocument: Encodable {
    let id: Identifier<Decision>
    let screeningId: Identifier<Screening>
    let kind: String
    let individualId: Identifier<Individual>?
    let decidedBy: Identifier<APIKey>
    let note: String?
    let createdAt: Date

    /// - Parameters:
    ///   - decision: The decision.
    ///   - exact: Whether the reader sees exact places, which a note may name.
    init(_ decision: Decision, exact: Bool) {
        id = decision.id
        screeningId = decision.screening
        kind = decision.kind.rawValue
        individualId = decision.individual
        decidedBy = decision.decidedBy
        note = exact ? decision.note : nil
        createdAt = decision.createdAt
    }
}

/// One page of records on the wire.
struct PageDocument<Item: Encodable>: Encodable {
    let items: [Item]
    /// What to ask for the next page after; missing on the last one.
    let next: String?
}
