import Registry

extension Position {
    /// The coordinates of a document; `nil` where it has none.
    ///
    /// - Throws: `Problem` with the field that is refused.
    static func submitted(
        _ latitude: Double?, _ longitude: Double?, _ uncertainty: Double?,
        fields latitudeField: String, _ longitudeField: String, _ uncertaintyField: String
    ) throws(Problem) -> Position? {
        switch (latitude, longitude) {
        case (nil, nil):
            guard uncertainty == nil else { throw .invalid(uncertaintyField, .halfAPosition) }
            return nil
        case (nil, .some): throw .invalid(latitudeField, .halfAPosition)
        case (.some, nil): throw .invalid(longitudeField, .halfAPosition)
        case (let latitude?, let longitude?):
            do {
                return try Position(latitude: latitude, longitude: longitude, uncertaintyMeters: uncertainty)
            } catch {
                switch error {
                case .outOfRange: throw .invalid(latitudeField, .outOfRange)
                case .swapped: throw .invalid(latitudeField, .swappedAxes)
                case .nullIsland: throw .invalid(latitudeField, .nullIsland)
                case .uncertainty: throw .invalid(uncertaintyField, .uncertainty)
                }
            }
        }
    }
}
