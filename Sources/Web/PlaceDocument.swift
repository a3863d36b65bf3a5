import Registry

/// A place as one reader may see it, in the terms of Darwin Core.
struct PlaceDocument {
    let decimalLatitude: Double?
    let decimalLongitude: Double?
    let coordinateUncertaintyInMeters: Double?
    /// `coordinatePrecision`: degrees to which they are rounded.
    let coordinatePrecision: Double?
    /// `dataGeneralizations`: what was made coarser.
    let dataGeneralizations: String?
    /// `informationWithheld`: what is left out.
    let informationWithheld: String?

    /// A place.
    ///
    /// - Parameters:
    ///   - position: Where.
    ///   - detail: What the reader sees.
    ///   - withheld: What is left out beside it where the reader does not see exact places, as a list of nouns.
    init(_ position: Position?, _ detail: PositionDetail, withheld: [String] = []) {
        let shown = detail.shown(position)
        decimalLatitude = shown?.latitude
        decimalLongitude = shown?.longitude
        coordinateUncertaintyInMeters = shown?.uncertaintyMeters
        switch detail {
        case .exact: (coordinatePrecision, dataGeneralizations, informationWithheld) = (nil, nil, nil)
        case .generalized(let generalization):
            let degrees = shown == nil ? nil : generalization.degrees
            coordinatePrecision = degrees
            dataGeneralizations = degrees.map { "Coordinates rounded to \($0) degrees." }
            let nouns = withheld + (generalization == .withheld ? ["coordinates"] : [])
            informationWithheld = nouns.isEmpty ? nil : "Withheld: \(nouns.joined(separator: ", "))."
        }
    }
}

/// Where a record's own address and its pages stand.
struct LinksDocument: Encodable {
    let `self`: String
    var file: String?
    var decisions: String?
    var page: String?
    var hybridAssessment: String?
}

/// An animal by identifier and name.
struct IndividualReference: Encodable {
    let id: Identifier<Individual>
    let name: String
}
