/// What it means that a known animal was met where it was.
///
/// It advises: who moved an animal, and whether that was allowed, people find out.
public struct MovementVerdict: Hashable, Sendable, Codable {
    /// What the movement is.
    public let kind: Kind
    /// Probability that people moved it, 0 … 1, the doubt about which animal it is included; `nil` where too little is
    /// known to say.
    public let peopleProbability: Double?
    /// Whether the place fits an earlier sighting, though not the latest one: it was brought back.
    public let isReturn: Bool
    /// Why, the most important first.
    public let reasons: [Finding]
    /// What would change the verdict.
    public let wouldChange: [Finding]

    /// What a movement is.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// Where it lives.
        case withinHomeRange = "within_home_range"
        /// As far as such animals go by themselves.
        case plausibleMovement = "plausible_movement"
        /// Downstream, with recorded high water between the sightings.
        case possibleFloodDisplacement = "possible_flood_displacement"
        /// Farther, or over more weirs, than such animals go by themselves.
        case implausibleWithoutPeople = "implausible_without_people"
        /// In water that does not connect with where it was.
        case differentWaterSystem = "different_water_system"
        /// Where a recorded translocation took it.
        case authorisedTranslocation = "authorised_translocation"
        /// Places, dates or the identity are known too roughly.
        case insufficientData = "insufficient_data"

        /// Whether an agency has to be told.
        public var isAlert: Bool { self == .implausibleWithoutPeople || self == .differentWaterSystem }
    }

    /// Whether an agency has to be told.
    public var isAlert: Bool { kind.isAlert }

    /// A verdict.
    public init(
        kind: Kind, peopleProbability: Double?, isReturn: Bool = false, reasons: [Finding],
        wouldChange: [Finding] = []
    ) {
        self.kind = kind
        self.peopleProbability = peopleProbability
        self.isReturn = isReturn
        self.reasons = reasons
        self.wouldChange = wouldChange
    }
}
