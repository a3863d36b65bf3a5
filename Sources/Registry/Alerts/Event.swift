public import Foundation

/// Something that happened and that others may have to be told; appended in the transaction in which it happened.
public struct Event: Hashable, Sendable {
    /// Identifier; the same in every delivery.
    public let id: Identifier<Event>
    /// Place in the order of events; whoever has read up to it never misses one.
    public let position: Int64
    /// What happened.
    public let type: EventType
    /// How soon somebody has to hear of it.
    public let urgency: Urgency
    /// The agency concerned; `nil` where the whole registry is.
    public let agency: Identifier<Agency>?
    /// The screening concerned; `nil` for events of animals and endpoints.
    public let screening: Identifier<Screening>?
    /// The animal concerned, where there is one.
    public let individual: Identifier<Individual>?
    /// The endpoint concerned; only for events of endpoints.
    public let endpoint: Identifier<Endpoint>?
    /// Where it happened, as coarse as the agency concerned shows its positions.
    public let place: GeneralizedPlace?
    /// The particulars of the type: a JSON object of texts.
    public let payload: [UInt8]
    /// When it happened.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(
        id: Identifier<Event>, position: Int64, type: EventType, urgency: Urgency, agency: Identifier<Agency>?,
        screening: Identifier<Screening>?, individual: Identifier<Individual>?, endpoint: Identifier<Endpoint>?,
        place: GeneralizedPlace?, payload: [UInt8], createdAt: Date
    ) {
        self.id = id
        self.position = position
        self.type = type
        self.urgency = urgency
        self.agency = agency
        self.screening = screening
        self.individual = individual
        self.endpoint = endpoint
        self.place = place
        self.payload = payload
        self.createdAt = createdAt
    }
}

/// A place made coarse enough for everybody who hears of an event.
public struct GeneralizedPlace: Hashable, Sendable, Codable {
    /// Degrees north of the middle of its cell.
    public let latitude: Double
    /// Degrees east of the middle of its cell.
    public let longitude: Double
    /// Width and height of the cell in degrees (`coordinatePrecision`).
    public let precision: Double

    /// A cell.
    public init(latitude: Double, longitude: Double, precision: Double) {
        self.latitude = latitude
        self.longitude = longitude
        self.precision = precision
    }
}

extension GeneralizedPlace {
    /// The cell of a position; `nil` where positions are withheld.
    public init?(_ position: Position, _ generalization: PositionGeneralization) {
        guard let precision = generalization.degrees, let cell = position.generalized(to: generalization) else {
            return nil
        }
        self.init(latitude: cell.latitude, longitude: cell.longitude, precision: precision)
    }
}
