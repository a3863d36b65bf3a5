import Foundation
import Registry

/// A translocation on the wire.
struct TranslocationDocument: Encodable {
    let id: Identifier<Translocation>
    let agencyId: Identifier<Agency>
    let individualId: Identifier<Individual>
    let movedAt: Date
    let from: End
    let to: End
    let permit: String?
    let authority: String?
    let recordedBy: String
    let informationWithheld: String?
    let createdAt: Date
    let links: LinksDocument

    /// One end of it.
    struct End: Encodable {
        let decimalLatitude: Double?
        let decimalLongitude: Double?
        let coordinateUncertaintyInMeters: Double?
        let coordinatePrecision: Double?
        let dataGeneralizations: String?
        let waterSystem: String?
        let locality: String?

        init(_ end: Translocation.End, _ detail: PositionDetail) {
            let place = PlaceDocument(end.position, detail)
            decimalLatitude = place.decimalLatitude
            decimalLongitude = place.decimalLongitude
            coordinateUncertaintyInMeters = place.coordinateUncertaintyInMeters
            coordinatePrecision = place.coordinatePrecision
            dataGeneralizations = place.dataGeneralizations
            waterSystem = detail.isExact ? end.system : nil
            locality = detail.isExact ? end.locality : nil
        }
    }

    init(_ record: Translocation, _ detail: PositionDetail) {
        id = record.id
        agencyId = record.agency
        individualId = record.individual
        movedAt = record.movedAt
        from = End(record.from, detail)
        to = End(record.to, detail)
        // A permit names the works it was given for.
        permit = detail.isExact ? record.permit : nil
        authority = detail.isExact ? record.authority : nil
        recordedBy = record.recordedBy
        informationWithheld =
            PlaceDocument(nil, detail, withheld: ["localities", "water systems", "permit", "authority"])
            .informationWithheld
        createdAt = record.createdAt
        links = LinksDocument(self: Self.path(of: record))
    }

    static func path(of record: Translocation) -> String { "/v1/translocations/\(record.id)" }
}

/// Recorded high water on the wire; it tells of a river and of no animal.
struct HighWaterDocument: Encodable {
    let id: Identifier<HighWater>
    let agencyId: Identifier<Agency>
    let waterSystem: String
    let river: String?
    let from: Date
    let to: Date
    let source: String
    let createdAt: Date
    let links: LinksDocument

    init(_ record: HighWater) {
        id = record.id
        agencyId = record.agency
        waterSystem = record.system
        river = record.river
        from = record.from
        to = record.to
        source = record.source
        createdAt = record.createdAt
        links = LinksDocument(self: Self.path(of: record))
    }

    static func path(of record: HighWater) -> String { "/v1/high-waters/\(record.id)" }
}

/// A movement parameter on the wire.
struct MovementParameterDocument: Encodable {
    let name: String
    let value: Double
    let unit: String
    let source: String
    let isOwn: Bool
    let setBy: String
    let validSince: Date

    init(_ parameter: MovementParameter) {
        name = parameter.name.rawValue
        value = parameter.value
        unit = parameter.unit
        source = parameter.source
        isOwn = parameter.agency != nil
        setBy = parameter.setBy
        validSince = parameter.validSince
    }
}
