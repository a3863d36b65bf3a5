import Registry

/// A place as one reader may see it, in the terms of Darwin Core.
struct PlaceDocument {
    let decimalLatitude: Double?
    let decimalLongitude: Double?
    let coordinateUncertaintyInMeters: Double?
    /// `dataGeneralizations`: what was made coarser.
    let dataGeneralizations: String?
    /// Whether what names or betrays the place is left out.
    let isGeneralized: Bool

    init(_ position: Position?, exact: Bool) {
        let shown = exact ? position : position?.generalized
        decimalLatitude = shown?.latitude
        decimalLongitude = shown?.longitude
        coordinateUncertaintyInMeters = shown?.uncertaintyMeters
        dataGeneralizations = exact || position == nil ? nil : "Coordinates rounded to 0.1 degrees."
        isGeneralized = !exact
    }
}

/// Where a record's own address and its pages stand.
struct LinksDocument: Encodable {
    let `self`: String
    var file: String?
    var decisions: String?
    var page: String?
}

/// An animal by identifier and name.
struct IndividualReference: Encodable {
    let id: Identifier<Individual>
    let name: String
}
