import Foundation
import Registry

/// One feature of a GeoJSON file, its place in the file, and its fields as they are needed.
struct RiverFeature {
    let number: Int
    private let properties: [String: Any]
    private let kind: String?
    private let coordinates: Any?
    private let id: String?

    init(_ object: Any, number: Int) throws(NetworkFinding) {
        self.number = number
        guard let feature = object as? [String: Any], feature["type"] as? String == "Feature" else {
            throw NetworkFinding(.notGeoJSON, feature: number, "This is not a GeoJSON feature.")
        }
        properties = feature["properties"] as? [String: Any] ?? [:]
        let geometry = feature["geometry"] as? [String: Any]
        kind = geometry?["type"] as? String
        coordinates = geometry?["coordinates"]
        id = feature["id"].map { "\($0)" }
    }

    /// A field as text, numbers too; blanks are nothing.
    func text(_ field: String) -> String? {
        let text: String? =
            switch properties[field] {
            case let value as String: value
            case let value as Int: String(value)
            case let value as Double: String(value)
            case let value as Bool: String(value)
            default: nil
            }
        guard let text = text?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else { return nil }
        return text
    }

    /// A reference to another feature, with or without the mark that XML puts before it.
    func reference(_ field: String) -> String? {
        text(field).map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
    }

    func number(_ field: String) throws(NetworkFinding) -> Double? {
        guard let text = text(field) else { return nil }
        guard let value = Double(text), value.isFinite else { throw wrong(field, "“\(text)” is not a number") }
        return value
    }

    /// A height in metres, with or without its unit.
    func height(_ field: String) throws(NetworkFinding) -> Double? {
        guard var text = text(field) else { return nil }
        if text.hasSuffix("m") { text = text.dropLast().trimmingCharacters(in: .whitespaces) }
        guard let value = Double(text), value > 0, value < 200 else {
            throw wrong(field, "“\(text)” is not a height in metres above 0 and below 200")
        }
        return value
    }

    func flag(_ field: String) throws(NetworkFinding) -> Bool? {
        switch text(field)?.lowercased() {
        case nil: nil
        case "true", "yes", "1": true
        case "false", "no", "0": false
        case let text?: throw wrong(field, "“\(text)” is neither true nor false")
        }
    }

    func name(_ name: String, _ reading: String = "", _ latin: String = "") -> RiverName? {
        text(name).map { RiverName($0, reading: text(reading), latin: text(latin)) }
    }

    func wrong(_ field: String, _ what: String) -> NetworkFinding {
        NetworkFinding(.wrongField, feature: number, "The field \(field) \(what).")
    }

    /// Adds the line, or each part of a line of many parts.
    func addLines(
        to material: inout RiverMaterial, id field: String?, name: RiverName?, system: String?, isDirectionKnown: Bool,
        ends: (from: String?, to: String?) = (nil, nil), stated: RiverLine.Stated? = nil
    ) throws(NetworkFinding) {
        let parts: [Any]
        switch (kind, coordinates) {
        case ("LineString", let line?): parts = [line]
        case ("MultiLineString", let lines as [Any]): parts = lines
        default:
            throw NetworkFinding(.wrongGeometry, feature: number, "A river needs a line, not \(kind ?? "nothing").")
        }
        for part in parts {
            let course = try line(part)
            guard course.count >= 2 else {
                throw NetworkFinding(.wrongGeometry, feature: number, "A line needs two points or more.")
            }
            material.lines.append(
                RiverLine(
                    feature: number, sourceID: field.flatMap(text) ?? id ?? "feature \(number)", course: course,
                    river: name,
                    system: system, isDirectionKnown: isDirectionKnown, ends: parts.count == 1 ? ends : (nil, nil),
                    stated: stated))
        }
    }

    func point() throws(NetworkFinding) -> Coordinate {
        guard kind == "Point", let coordinates else {
            throw NetworkFinding(.wrongGeometry, feature: number, "A point is needed here, not \(kind ?? "nothing").")
        }
        return try coordinate(coordinates)
    }

    /// The point itself, or the middle of a line.
    func middle() throws(NetworkFinding) -> Coordinate {
        guard kind == "LineString", let coordinates else { return try point() }
        guard let middle = try line(coordinates).point(at: 0.5) else {
            throw NetworkFinding(.wrongGeometry, feature: number, "A line needs two points or more.")
        }
        return middle
    }

    func polygons() throws(NetworkFinding) -> [[[Coordinate]]] {
        let polygons: [Any]
        switch (kind, coordinates) {
        case ("Polygon", let polygon?): polygons = [polygon]
        case ("MultiPolygon", let many as [Any]): polygons = many
        default:
            throw NetworkFinding(.wrongGeometry, feature: number, "A polygon is needed here, not \(kind ?? "nothing").")
        }
        var read: [[[Coordinate]]] = []
        for polygon in polygons {
            var rings: [[Coordinate]] = []
            for ring in polygon as? [Any] ?? [] {
                let points = try line(ring)
                guard points.count >= 4, points.first == points.last else {
                    throw NetworkFinding(
                        .wrongGeometry, feature: number, "A ring needs four points and ends where it begins.")
                }
                rings.append(points)
            }
            read.append(rings)
        }
        return read
    }

    private func line(_ coordinates: Any) throws(NetworkFinding) -> [Coordinate] {
        guard let points = coordinates as? [Any] else {
            throw NetworkFinding(.wrongGeometry, feature: number, "Coordinates are not a list of points.")
        }
        var line: [Coordinate] = []
        line.reserveCapacity(points.count)
        for point in points {
            let next = try coordinate(point)
            if line.last != next { line.append(next) }
        }
        return line
    }

    private func coordinate(_ pair: Any) throws(NetworkFinding) -> Coordinate {
        guard let pair = pair as? [Any], pair.count >= 2, let x = pair[0] as? Double, let y = pair[1] as? Double else {
            throw NetworkFinding(.wrongGeometry, feature: number, "A point needs a longitude and a latitude.")
        }
        if x == 0, y == 0 {
            throw NetworkFinding(.nullIsland, feature: number, "A point at 0, 0: the position was not known.")
        }
        if Position.isInJapan(latitude: y, longitude: x) { return Coordinate(longitude: x, latitude: y) }
        if Position.isInJapan(latitude: x, longitude: y) {
            throw NetworkFinding(
                .swappedAxes, feature: number,
                "(\(x), \(y)) looks swapped: GeoJSON has the longitude first, so (\(y), \(x)).")
        }
        throw NetworkFinding(
            .outsideJapan, feature: number,
            "(\(x), \(y)) lies outside Japan (122–154° E, 20–46° N): are these degrees of WGS 84 or JGD2011?")
    }
}
