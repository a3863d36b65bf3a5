internal import Foundation

extension Position {
    /// Metres between two positions on a sphere of the Earth's mean radius, 6,371,008.8 m (haversine formula).
    ///
    /// Within Japan this differs from the ellipsoid by less than half a percent.
    public func meters(to other: Position) -> Double {
        let radians = Double.pi / 180
        let (north, otherNorth) = (latitude * radians, other.latitude * radians)
        let half = (otherNorth - north) / 2
        let halfEast = (other.longitude - longitude) * radians / 2
        let chord = sin(half) * sin(half) + cos(north) * cos(otherNorth) * sin(halfEast) * sin(halfEast)
        return 2 * 6_371_008.8 * asin(min(1, chord.squareRoot()))
    }
}
