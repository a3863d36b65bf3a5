import Foundation
public import Provenance
import Registry

extension RegistryStore {
    /// Where a place written by a person may be on the network.
    ///
    /// - Parameters:
    ///   - text: `latitude,longitude`, a river and kilometres from its lower end, or the name of a weir.
    ///   - uncertainty: Uncertainty of a position in metres.
    /// - Returns: Places with likelihoods; of a name that several waters have, each is as likely.
    /// - Throws: ``RiverError``, `PostgresError`; `Position.Rejection` for an uncertainty that is none.
    public func location(of text: String, uncertainty: Double? = nil) async throws -> WaterLocation {
        let text = text.precomposedStringWithCompatibilityMapping.trimmingCharacters(in: .whitespacesAndNewlines)
        if let match = text.wholeMatch(of: /(-?\d+(?:\.\d+)?)\s*[,、]\s*(-?\d+(?:\.\d+)?)/),
            let latitude = Double(match.1), let longitude = Double(match.2)
        {
            guard Position.isInJapan(latitude: latitude, longitude: longitude) else {
                throw RiverError.outsideJapan(
                    text, looksSwapped: Position.isInJapan(latitude: longitude, longitude: latitude))
            }
            guard try await isRiverNetworkLoaded() else { throw RiverError.noNetwork }
            return try await locate(Position(latitude: latitude, longitude: longitude, uncertaintyMeters: uncertainty))
        }
        let places: [NetworkPlace]
        if let match = text.wholeMatch(of: /(.*\S)\s+(\d+(?:\.\d+)?)\s*(?:km|キロ)?/), let kilometers = Double(match.2) {
            places = try await self.places(named: String(match.1), meters: kilometers * 1000)
        } else if text.isEmpty {
            throw RiverError.notAPlace(text)
        } else {
            places = try await self.places(named: text, meters: nil)
        }
        return WaterLocation(
            candidates: places.map {
                WaterLocation.Candidate(place: $0, distanceMeters: 0, likelihood: 1 / Double(places.count))
            }, offNetwork: 0)
    }

    /// The likeliest place of what a person wrote; every one where a name has several.
    ///
    /// - Throws: ``RiverError/offNetwork(_:)`` where it is more likely off the network; as ``location(of:uncertainty:)``.
    public func likeliestPlaces(of text: String, uncertainty: Double? = nil) async throws -> [NetworkPlace] {
        let location = try await location(of: text, uncertainty: uncertainty)
        guard let first = location.candidates.first, location.offNetwork < 0.5 else {
            throw RiverError.offNetwork(text)
        }
        return location.candidates.filter { $0.likelihood == first.likelihood }.map(\.place)
    }
}
