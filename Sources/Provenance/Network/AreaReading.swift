public import Foundation

/// Reads areas from GeoJSON (RFC 7946): Polygon or MultiPolygon, WGS 84, longitude first.
public enum AreaReading {
    /// Corners taken of one area.
    public static let cornerLimit = 10_000
    /// Bytes taken of one area.
    public static let byteLimit = 1 << 20

    /// One area, as a GeoJSON MultiPolygon.
    ///
    /// - Parameter geoJSON: A geometry, or a Feature that has one.
    /// - Returns: The geometry alone.
    /// - Throws: `NetworkFinding` with what is wrong; whether rings cross themselves is the database's question.
    public static func area(_ geoJSON: Data) throws(NetworkFinding) -> String {
        guard geoJSON.count <= byteLimit else {
            throw NetworkFinding(
                .tooLarge, "The area has \(geoJSON.count >> 10) KiB; at most \(byteLimit >> 10) are taken: simplify it."
            )
        }
        let object: Any
        do {
            object = try JSONSerialization.jsonObject(with: geoJSON)
        } catch {
            throw NetworkFinding(.notGeoJSON, "This is not JSON in UTF-8.")
        }
        guard let geometry = object as? [String: Any] else {
            throw NetworkFinding(.notGeoJSON, "This is JSON, but not a GeoJSON geometry.")
        }
        let isFeature = geometry["type"] as? String == "Feature"
        let feature = try RiverFeature(isFeature ? geometry : ["type": "Feature", "geometry": geometry], number: 1)
        let polygons = try feature.polygons()
        let corners = polygons.joined().reduce(0) { $0 + $1.count }
        guard corners <= cornerLimit else {
            throw NetworkFinding(
                .tooLarge, "The area has \(corners) corners; at most \(cornerLimit) are taken: simplify it.")
        }
        guard corners > 0 else { throw NetworkFinding(.wrongGeometry, "The area has no corners.") }
        return multiPolygon(polygons)
    }

    /// Municipalities of the national data of administrative areas (N03: `N03_001` prefecture, `N03_003` … `N03_005`
    /// names, `N03_007` code); the parts of one are joined, land that belongs to none yet is left out.
    ///
    /// - Throws: `NetworkRefusal` with everything that cannot be.
    public static func municipalities(_ file: Data) throws(NetworkRefusal) -> [MunicipalityBoundary] {
        var parts: [String: (name: String, prefecture: String, polygons: [[[Coordinate]]])] = [:]
        var findings: [NetworkFinding] = []
        for (index, object) in try RiverReading.features(of: file).enumerated() {
            do throws(NetworkFinding) {
                let feature = try RiverFeature(object, number: index + 1)
                guard let code = feature.text("N03_007") else { continue }
                guard code.wholeMatch(of: /[0-9]{5}/) != nil else {
                    throw feature.wrong("N03_007", "“\(code)” is not a code of five digits")
                }
                guard let prefecture = feature.text("N03_001") else {
                    throw feature.wrong("N03_001", "is missing: it names the prefecture")
                }
                let name = ["N03_003", "N03_004", "N03_005"].compactMap(feature.text).joined()
                let polygons = try feature.polygons()
                parts[code, default: (name.isEmpty ? prefecture : name, prefecture, [])].polygons += polygons
            } catch {
                findings.append(error)
            }
        }
        if parts.isEmpty, findings.isEmpty {
            findings = [NetworkFinding(.notGeoJSON, "No feature has a code in N03_007: is this the N03 data?")]
        }
        guard findings.isEmpty else { throw NetworkRefusal(findings) }
        return parts.sorted { $0.key < $1.key }.map { code, part in
            MunicipalityBoundary(
                code: code, name: part.name, prefecture: part.prefecture, geoJSON: multiPolygon(part.polygons))
        }
    }

    private static func multiPolygon(_ polygons: [[[Coordinate]]]) -> String {
        let texts = polygons.map { rings in
            rings.map { ring in
                ring.map { "[\($0.longitude),\($0.latitude)]" }.joined(separator: ",")
            }.map { "[\($0)]" }.joined(separator: ",")
        }
        return "{\"type\":\"MultiPolygon\",\"coordinates\":[\(texts.map { "[\($0)]" }.joined(separator: ","))]}"
    }
}

/// A municipality with its boundary.
public struct MunicipalityBoundary: Hashable, Sendable {
    /// Five digits: prefecture (JIS X 0401) and municipality (JIS X 0402).
    public let code: String
    /// Name, with its district or city where it has one.
    public let name: String
    /// Name of the prefecture.
    public let prefecture: String
    /// A GeoJSON MultiPolygon.
    public let geoJSON: String

    /// A municipality.
    public init(code: String, name: String, prefecture: String, geoJSON: String) {
        self.code = code
        self.name = name
        self.prefecture = prefecture
        self.geoJSON = geoJSON
    }
}
