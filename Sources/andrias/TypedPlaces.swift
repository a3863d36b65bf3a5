import Foundation
import Registry
import Storage

/// Checks coordinates that a person typed for a place in Japan; `nil` where none were.
///
/// - Throws: `CommandError` with what is wrong about them.
func parsePlaceInJapan(_ latitude: Double?, _ longitude: Double?, uncertainty: Double? = nil) throws -> Position? {
    switch (latitude, longitude) {
    case (nil, nil):
        guard uncertainty == nil else { throw CommandError("An uncertainty needs latitude and longitude.") }
        return nil
    case (let latitude?, let longitude?):
        let position: Position
        do {
            position = try Position(latitude: latitude, longitude: longitude, uncertaintyMeters: uncertainty)
        } catch {
            throw CommandError("\(latitude), \(longitude): \(error.words)")
        }
        guard position.isInJapan else {
            throw CommandError("\(latitude), \(longitude) lies outside Japan: check latitude and longitude.")
        }
        return position
    default: throw CommandError("Latitude and longitude belong together: give both or none.")
    }
}

extension Position.Rejection {
    /// What is wrong, for the person who typed it.
    var words: String {
        let reason: ValueText =
            switch self {
            case .outOfRange: .outOfRange
            case .swapped: .swappedAxes
            case .nullIsland: .nullIsland
            case .uncertainty: .uncertainty
            }
        return reason.text(in: .en)
    }
}

extension OpenRegistry {
    /// The agency of that name.
    ///
    /// - Throws: `CommandError` where there is none.
    func knownAgency(named name: String) async throws -> Agency {
        guard let agency = try await store.agency(named: name) else {
            throw CommandError("No agency is named “\(name)”. Enter it with `andrias agency add`.")
        }
        return agency
    }
}
