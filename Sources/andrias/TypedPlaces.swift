import Foundation
import Registry
import Storage

/// Reads a day in Japan or a moment with an offset that a person typed.
///
/// - Throws: `CommandError` where it is neither, or lies after today.
func parsePastMoment(_ text: String, of option: String) throws -> Date {
    let zone = TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt
    let day = Date.ISO8601FormatStyle(timeZone: zone).year().month().day()
    guard let moment = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: day)) else {
        throw CommandError("\(option) “\(text)” is not a day such as 2015-10-01 or a moment with an offset.")
    }
    guard moment <= Date() + 60 else { throw CommandError("\(option) “\(text)” lies in the future.") }
    return moment
}

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
    fileprivate var words: String {
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
