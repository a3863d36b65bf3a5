import Foundation

/// A point in degrees of WGS 84; JGD2000 and JGD2011 differ from it by less than their own precision.
public struct Coordinate: Hashable, Sendable, Codable {
    /// Degrees east.
    public let longitude: Double
    /// Degrees north.
    public let latitude: Double

    /// A point.
    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }

    /// Metres to a point nearby, on the ellipsoid by its radii of curvature halfway: within 10⁻⁵ up to 10 km.
    public func meters(to other: Coordinate) -> Double {
        let plane = LocalPlane(latitude: (latitude + other.latitude) / 2)
        return hypot(
            (other.longitude - longitude) * plane.metersPerDegreeEast,
            (other.latitude - latitude) * plane.metersPerDegreeNorth)
    }

    /// The point a fraction of the straight way to another.
    func toward(_ other: Coordinate, _ fraction: Double) -> Coordinate {
        Coordinate(
            longitude: longitude + (other.longitude - longitude) * fraction,
            latitude: latitude + (other.latitude - latitude) * fraction)
    }
}

/// How many metres a degree is at a latitude, on the WGS 84 ellipsoid.
public struct LocalPlane: Sendable {
    /// Metres in a degree of longitude.
    public let metersPerDegreeEast: Double
    /// Metres in a degree of latitude.
    public let metersPerDegreeNorth: Double

    /// The plane that touches the ellipsoid at a latitude in degrees.
    public init(latitude: Double) {
        let equator = 6_378_137.0
        let eccentricitySquared = 0.006_694_379_990_14
        let sine = sin(latitude * .pi / 180)
        let bend = 1 - eccentricitySquared * sine * sine
        metersPerDegreeNorth = equator * (1 - eccentricitySquared) / (bend * bend.squareRoot()) * .pi / 180
        metersPerDegreeEast = equator / bend.squareRoot() * cos(latitude * .pi / 180) * .pi / 180
    }
}

extension [Coordinate] {
    /// The length of the line in metres.
    public var meters: Double { zip(self, dropFirst()).reduce(0) { $0 + $1.0.meters(to: $1.1) } }

    /// The point a fraction of the length along the line, 0 … 1.
    public func point(at fraction: Double) -> Coordinate? {
        var left = meters * Swift.min(1, Swift.max(0, fraction))
        for (start, end) in zip(self, dropFirst()) {
            let length = start.meters(to: end)
            if left <= length, length > 0 { return start.toward(end, left / length) }
            left -= length
        }
        return last
    }

    /// The part of the line between two fractions of its length.
    public func part(from low: Double, to high: Double) -> [Coordinate] {
        guard let start = point(at: low), let end = point(at: high) else { return [] }
        let whole = meters
        var walked = 0.0
        var inner: [Coordinate] = []
        for (from, to) in zip(self, dropFirst()) {
            walked += from.meters(to: to)
            if walked > low * whole, walked < high * whole { inner.append(to) }
        }
        return [start] + inner + [end]
    }

    /// Where the line comes nearest to a point: metres between, and the fraction of the length.
    public func nearest(to point: Coordinate) -> (meters: Double, fraction: Double) {
        let plane = LocalPlane(latitude: point.latitude)
        var best = (meters: Double.infinity, along: 0.0)
        var walked = 0.0
        for (start, end) in zip(self, dropFirst()) {
            let x = (end.longitude - start.longitude) * plane.metersPerDegreeEast
            let y = (end.latitude - start.latitude) * plane.metersPerDegreeNorth
            let px = (point.longitude - start.longitude) * plane.metersPerDegreeEast
            let py = (point.latitude - start.latitude) * plane.metersPerDegreeNorth
            let square = x * x + y * y
            let t = square > 0 ? Swift.min(1, Swift.max(0, (px * x + py * y) / square)) : 0
            let distance = hypot(px - t * x, py - t * y)
            let length = start.meters(to: end)
            if distance < best.meters { best = (distance, walked + t * length) }
            walked += length
        }
        return (best.meters, walked > 0 ? best.along / walked : 0)
    }
}
