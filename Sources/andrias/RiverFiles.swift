import Foundation
import Provenance

/// Files of rivers, GeoJSON or whatever `ogr2ogr` turns into it.
struct RiverFiles {
    let paths: [String]
    let profile: RiverProfile

    /// The network and what was noticed.
    ///
    /// - Throws: `NetworkRefusal`, `CommandError`.
    func network(source: String) throws -> (network: RiverNetwork, findings: [NetworkFinding]) {
        let files = try paths.map { try geoJSON(URL(fileURLWithPath: $0)) }
        return try RiverNetwork.built(from: RiverReading(profile).read(files), source: source)
    }

    /// The profile of that name.
    static func profile(_ name: String) throws -> RiverProfile {
        guard let profile = RiverProfile(rawValue: name) else {
            throw CommandError(
                "“\(name)” is no profile: there are \(RiverProfile.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return profile
    }

    private func geoJSON(_ file: URL) throws -> Data {
        try checkMapFile(file)
        guard ["shp", "gpkg", "gml", "kml", "zip"].contains(file.pathExtension.lowercased()) else {
            return try Data(contentsOf: file)
        }
        return try converted(file)
    }

    /// What shapefiles of the national data leave unsaid where the files beside them are missing: Shift_JIS, JGD2000.
    private func unsaid(of file: URL) -> [String] {
        guard profile == .w05, file.pathExtension.lowercased() == "shp" else { return [] }
        let beside = { (name: String) in
            FileManager.default.fileExists(atPath: file.deletingPathExtension().appendingPathExtension(name).path)
        }
        return (beside("cpg") ? [] : ["-oo", "ENCODING=CP932"]) + (beside("prj") ? [] : ["-s_srs", "EPSG:4612"])
    }

    private func converted(_ file: URL) throws -> Data {
        let output = FileManager.default.temporaryDirectory.appending(path: "andrias-\(UUID().uuidString).geojson")
        let messages = FileManager.default.temporaryDirectory.appending(path: "andrias-\(UUID().uuidString).txt")
        defer {
            for file in [output, messages] { unlink(file.path) }
        }
        guard FileManager.default.createFile(atPath: messages.path, contents: nil) else {
            throw CommandError("\(messages.path) cannot be written: make room, or set TMPDIR.")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let path = file.pathExtension.lowercased() == "zip" ? "/vsizip/\(file.path)" : file.path
        process.arguments =
            ["ogr2ogr", "-f", "GeoJSON", "-t_srs", "EPSG:4326", "-lco", "RFC7946=YES"] + unsaid(of: file)
            + [output.path, path]
        process.standardError = try FileHandle(forWritingTo: messages)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: return try Data(contentsOf: output)
        case 127:
            throw CommandError(
                "\(file.lastPathComponent) needs ogr2ogr, which is not installed: install gdal-bin, or give GeoJSON.")
        default:
            let said = String(decoding: try Data(contentsOf: messages).prefix(2000), as: UTF8.self)
            throw CommandError("ogr2ogr could not read \(file.path): \(said)")
        }
    }
}

/// - Throws: `CommandError` where there is no such file, or it is larger than maps are taken.
func checkMapFile(_ file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else {
        throw CommandError("There is no file \(file.path).")
    }
    let size = (try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? NSNumber)?.intValue ?? 0
    guard size <= RiverReading.byteLimit else {
        throw CommandError(
            "\(file.path) has \(size >> 20) MiB; at most \(RiverReading.byteLimit >> 20) are taken: load region by region."
        )
    }
}
