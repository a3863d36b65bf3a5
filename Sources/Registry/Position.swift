/// A place on the Earth: WGS 84 degrees with an uncertainty, Darwin Core's `decimalLatitude` and companions.
public struct Position: Hashable, Sendable, Codable {
    /// Degrees north, −90 … 90.
    public let latitude: Double
    /// Degrees east, −180 … 180.
    public let longitude: Double
    /// Radius in metres within which the place lies (`coordinateUncertaintyInMeters`), where it is known.
    public let uncertaintyMeters: Double?

    /// Why coordinates are not a place.
    public enum Rejection: Error, Hashable, Sendable {
        /// Latitude or longitude beyond the globe, or not a number.
        case outOfRange
        /// Latitude and longitude of a place in Japan, the wrong way round.
        case swapped
        /// Exactly 0° N 0° E: what devices write that know no position.
        case nullIsland
        /// An uncertainty that is negative, zero or not a number.
        case uncertainty
    }

    /// Checks coordinates and makes a position of them.
    ///
    /// - Throws: ``Rejection`` where they cannot be a place; a missing position is `nil`, never 0.
    public init(latitude: Double, longitude: Double, uncertaintyMeters: Double? = nil) throws(Rejection) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else {
            throw Self.isInJapan(latitude: longitude, longitude: latitude) ? .swapped : .outOfRange
        }
        guard latitude != 0 || longitude != 0 else { throw .nullIsland }
        if let uncertaintyMeters, !(uncertaintyMeters > 0 && uncertaintyMeters.isFinite) { throw .uncertainty }
        self.latitude = latitude
        self.longitude = longitude
        self.uncertaintyMeters = uncertaintyMeters
    }

    private enum CodingKeys: String, CodingKey { case latitude, longitude, uncertaintyMeters }

    /// Reads and checks.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            try self.init(
                latitude: container.decode(Double.self, forKey: .latitude),
                longitude: container.decode(Double.self, forKey: .longitude),
                uncertaintyMeters: container.decodeIfPresent(Double.self, forKey: .uncertaintyMeters))
        } catch let rejection as Rejection {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "Not a position: \(rejection)."))
        }
    }
}
