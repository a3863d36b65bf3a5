import Foundation
import Registry
import Testing

@Suite struct PositionTests {
    @Test func nullIslandIsNotAPlace() {
        #expect(throws: Position.Rejection.nullIsland) { try Position(latitude: 0, longitude: 0) }
    }

    @Test(arguments: [(91.0, 0.0), (-90.1, 10), (35, 180.5), (.nan, 135), (35, .infinity)])
    func placesBeyondTheGlobeAreRefused(latitude: Double, longitude: Double) {
        #expect(throws: Position.Rejection.outOfRange) { try Position(latitude: latitude, longitude: longitude) }
    }

    @Test(arguments: [0, -5, .nan, Double.infinity])
    func uncertaintyIsAPositiveLength(meters: Double) {
        #expect(throws: Position.Rejection.uncertainty) {
            try Position(latitude: 35, longitude: 135, uncertaintyMeters: meters)
        }
    }

    @Test(arguments: [
        (PositionGeneralization.tenth, 35.0, 135.8, 15_699.0), (.hundredth, 35.03, 135.77, 1_578),
        (.thousandth, 35.028, 135.772, 165),
    ])
    func generalizingHidesTheStreamAndSaysSo(
        by generalization: PositionGeneralization, latitude: Double, longitude: Double, uncertainty: Double
    ) throws {
        let exact = try Position(latitude: 35.0278, longitude: 135.7721, uncertaintyMeters: 8)
        let shown = try #require(exact.generalized(to: generalization))
        #expect(shown.latitude == latitude)
        #expect(shown.longitude == longitude)
        #expect(shown.uncertaintyMeters == uncertainty)
        #expect(generalization.degrees == Double(generalization.rawValue))
    }

    @Test func aWithheldPositionIsNoneAtAll() throws {
        #expect(try Position(latitude: 35.0278, longitude: 135.7721).generalized(to: .withheld) == nil)
    }

    @Test func swappedAxesOfAPlaceInJapanAreRecognised() throws {
        #expect(throws: Position.Rejection.swapped) { try Position(latitude: 135.77, longitude: 35.03) }
        #expect(try Position(latitude: 35.03, longitude: 135.77).isInJapan)
        #expect(try !Position(latitude: 48.9, longitude: 2.3).isInJapan)
    }

    @Test func distancesAreThoseOfTheGlobe() throws {
        let one = try Position(latitude: 35, longitude: 135)
        #expect(abs(one.meters(to: try Position(latitude: 36, longitude: 135)) - 111_195) < 1)
        #expect(abs(one.meters(to: try Position(latitude: 35, longitude: 136)) - 91_085) < 5)
        #expect(one.meters(to: one) == 0)
    }

    @Test func impossiblePlacesInJSONAreRefused() {
        let decoder = JSONDecoder()
        #expect(throws: DecodingError.self) {
            try decoder.decode(Position.self, from: Data(#"{"latitude": 0, "longitude": 0}"#.utf8))
        }
        #expect(throws: DecodingError.self) {
            try decoder.decode(RegionBox.self, from: Data(#"{"x": 0.5, "y": 0, "width": 0.6, "height": 1}"#.utf8))
        }
    }
}
