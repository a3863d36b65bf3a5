public import Foundation

/// Reads GeoJSON (RFC 7946) of one of the profiles; everything that cannot be is refused, feature by feature.
///
/// The plain profile is a FeatureCollection whose features have a property `kind`: `river` (LineString, MultiLineString;
/// `id`, `name`, `reading`, `latin`, `system`, `direction` = `known` or `unknown`, `from` and `to` = ids of nodes), `node`
/// (Point; `id`, `elevation` in metres, `mouth`), `weir` (Point; `name`, `reading`, `latin`, `height` in metres, `detour`,
/// `passable`), `basin` (Polygon, MultiPolygon; `system`), `system` (no geometry; `code`, `name`, `latin`, `sea`). Lines
/// are drawn with the flow unless their direction is unknown. Without a kind lines are rivers.
public struct RiverReading: Sendable {
    /// Bytes taken of one file; GeoJSON needs about ten times as much memory while it is read.
    public static let byteLimit = 256 << 20

    let profile: RiverProfile

    /// A reader of a profile.
    public init(_ profile: RiverProfile) {
        self.profile = profile
    }

    /// Reads files in order; features are counted through all of them.
    ///
    /// - Throws: ``NetworkRefusal`` with everything that cannot be.
    public func read(_ files: Data...) throws(NetworkRefusal) -> RiverMaterial { try read(files) }

    /// Reads files in order; features are counted through all of them.
    ///
    /// - Throws: ``NetworkRefusal`` with everything that cannot be.
    public func read(_ files: [Data]) throws(NetworkRefusal) -> RiverMaterial {
        var material = RiverMaterial()
        var findings: [NetworkFinding] = []
        var count = 0
        for file in files {
            for feature in try Self.features(of: file) {
                count += 1
                do throws(NetworkFinding) {
                    try take(RiverFeature(feature, number: count), into: &material)
                } catch {
                    findings.append(error)
                }
            }
        }
        findings += duplicates(material)
        guard findings.isEmpty else { throw NetworkRefusal(findings) }
        return material
    }

    static func features(of file: Data) throws(NetworkRefusal) -> [Any] {
        guard file.count <= Self.byteLimit else {
            throw NetworkRefusal([
                NetworkFinding(
                    .tooLarge,
                    "The file has \(file.count >> 20) MiB; at most \(Self.byteLimit >> 20) are taken: load region by "
                        + "region.")
            ])
        }
        let object: Any
        do {
            object = try JSONSerialization.jsonObject(with: file)
        } catch {
            throw NetworkRefusal([
                NetworkFinding(.notGeoJSON, "This is not JSON in UTF-8 (\(error.localizedDescription)).")
            ])
        }
        guard let collection = object as? [String: Any], let features = collection["features"] as? [Any] else {
            throw NetworkRefusal([NetworkFinding(.notGeoJSON, "This is JSON, but not a GeoJSON FeatureCollection.")])
        }
        return features
    }

    private func duplicates(_ material: RiverMaterial) -> [NetworkFinding] {
        var seen: [String: Int] = [:]
        return material.lines.compactMap { line in
            guard let first = seen.updateValue(line.feature, forKey: line.sourceID), first != line.feature else {
                return nil
            }
            return NetworkFinding(
                .duplicate, feature: line.feature, "Feature \(first) has the number \(line.sourceID) too.")
        }
    }

    private func take(_ feature: RiverFeature, into material: inout RiverMaterial) throws(NetworkFinding) {
        switch profile {
        case .plain: try takePlain(feature, into: &material)
        case .w05: try takeW05(feature, into: &material)
        case .hydrorivers: try takeHydroRIVERS(feature, into: &material)
        case .osm: try takeOSM(feature, into: &material)
        }
    }

    private func takePlain(_ feature: RiverFeature, into material: inout RiverMaterial) throws(NetworkFinding) {
        switch feature.text("kind") ?? "river" {
        case "river":
            let direction = feature.text("direction") ?? "known"
            guard ["known", "unknown"].contains(direction) else {
                throw feature.wrong("direction", "must be known or unknown")
            }
            try feature.addLines(
                to: &material, id: "id", name: feature.name("name", "reading", "latin"), system: feature.text("system"),
                isDirectionKnown: direction == "known", ends: (feature.text("from"), feature.text("to")))
        case "node":
            material.junctions.append(
                RiverJunction(
                    sourceID: feature.text("id"), position: try feature.point(),
                    elevation: try feature.number("elevation"),
                    isMouth: try feature.flag("mouth") ?? false))
        case "weir":
            material.weirs.append(
                RiverWeir(
                    feature: feature.number, position: try feature.point(),
                    name: feature.name("name", "reading", "latin"), height: try feature.height("height"),
                    hasDetour: try feature.flag("detour"), isPassable: try feature.flag("passable")))
        case "basin":
            guard let system = feature.text("system") else { throw feature.wrong("system", "is missing") }
            material.basins.append(
                UnitBasin(feature: feature.number, system: system, polygons: try feature.polygons()))
        case "system":
            guard let code = feature.text("code") else { throw feature.wrong("code", "is missing") }
            material.systems.append(
                WaterSystem(
                    code: code, name: feature.text("name"), latinName: feature.text("latin"),
                    reachesSea: try feature.flag("sea")))
        case let kind: throw feature.wrong("kind", "“\(kind)” is none of river, node, weir, basin, system")
        }
    }

    private func takeW05(_ feature: RiverFeature, into material: inout RiverMaterial) throws(NetworkFinding) {
        if let id = feature.text("W05_000") {
            material.junctions.append(
                RiverJunction(
                    sourceID: id, position: try feature.point(), elevation: try feature.number("W05_011")))
            return
        }
        guard let system = feature.text("W05_001") else { throw feature.wrong("W05_001", "is missing") }
        guard system.count == 6, system.allSatisfy(\.isNumber) else {
            throw feature.wrong("W05_001", "“\(system)” is not a code of six digits")
        }
        // Names of rivers without one stand as 名称不明.
        let name = feature.name("W05_004").flatMap { $0.name == "名称不明" ? nil : $0 }
        try feature.addLines(
            to: &material, id: nil, name: name, system: system,
            isDirectionKnown: ["1", "true"].contains(feature.text("W05_006")?.lowercased()),
            ends: (feature.reference("W05_007"), feature.reference("W05_008")))
    }

    private func takeHydroRIVERS(_ feature: RiverFeature, into material: inout RiverMaterial) throws(NetworkFinding) {
        guard let system = feature.text("MAIN_RIV") else { throw feature.wrong("MAIN_RIV", "is missing") }
        guard feature.text("HYRIV_ID") != nil else { throw feature.wrong("HYRIV_ID", "is missing") }
        guard let next = feature.text("NEXT_DOWN") else { throw feature.wrong("NEXT_DOWN", "is missing") }
        let stated = RiverLine.Stated(
            next: next == "0" ? nil : next, isLowest: next == "0",
            meters: try feature.number("LENGTH_KM").map { $0 * 1000 })
        try feature.addLines(
            to: &material, id: "HYRIV_ID", name: nil, system: "hydrorivers:\(system)", isDirectionKnown: true,
            stated: stated)
        if next == "0", let mouth = material.lines.last?.course.last {
            material.junctions.append(RiverJunction(position: mouth, isMouth: true))
        }
    }

    private func takeOSM(_ feature: RiverFeature, into material: inout RiverMaterial) throws(NetworkFinding) {
        guard let waterway = feature.text("waterway") else { return }
        let name = feature.name("name", "name:ja_kana", "name:en") ?? feature.name("name:en")
        switch waterway {
        case "weir":
            material.weirs.append(
                RiverWeir(
                    feature: feature.number, position: try feature.middle(), name: name,
                    height: try feature.height("height")))
        case "river", "stream", "canal", "drain", "ditch", "tidal_channel":
            try feature.addLines(
                to: &material, id: feature.text("@id") == nil ? "id" : "@id", name: name, system: nil,
                isDirectionKnown: true)
        // Dams, docks, locks, fuel stations and banks are no way for water.
        default: return
        }
    }
}
