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

    @Test func generalizingHidesTheStreamAndSaysSo() throws {
        let exact = try Position(latitude: 35.0278, longitude: 135.7721, uncertaintyMeters: 8)
        let shown = try #require(exact.generalized)
        #expect(shown.latitude == 35.0)
        #expect(shown.longitude == 135.8)
        #expect(shown.uncertaintyMeters == 15_699)
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
