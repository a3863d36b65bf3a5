import Foundation
import Identification
import Imaging
import Registry
import SwiftCSV

/// Photographs of known animals over several sessions, as `andrias sample --study` writes them.
struct Study: Sendable {
    struct Photo: Sendable {
        let file: String
        let individual: String
        let session: Int
        let difficulty: String
        let mark: RegionMark?
        /// Since the animal's first photograph; `nil` where it has no other.
        let months: Double?
        let isUnknown: Bool
    }

    let folder: URL
    let photos: [Photo]

    init(folder: URL) throws {
        self.folder = folder
        let table = { (name: String) in
            try CSV<Named>(url: folder.appending(path: name), loadColumns: false).rows
        }
        let probes = Dictionary(
            try table("protocol.csv").map { ($0["probe"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        photos = try table("metadata.csv").map { row in
            guard let file = row["file"], let individual = row["individual"],
                let session = row["session"].flatMap(Int.init)
            else { throw BenchmarkError("A line of metadata.csv lacks file, individual or session.") }
            return Photo(
                file: file, individual: individual, session: session, difficulty: row["difficulty"] ?? "",
                mark: try Self.mark(of: row),
                months: probes[file]?["months"].flatMap(Double.init), isUnknown: probes[file]?["new_animal"] == "yes")
        }
    }

    private static func mark(of row: [String: String]) throws -> RegionMark? {
        let numbers = { (columns: [String]) in columns.compactMap { row[$0].flatMap(Double.init) } }
        let edges = numbers(["box_x", "box_y", "box_width", "box_height"])
        guard edges.count == 4 else { return nil }
        let places = numbers(["snout_x", "snout_y", "neck_x", "neck_y"])
        let axis =
            places.count == 4
            ? try HeadAxis(
                snout: PhotoPoint(x: places[0], y: places[1]), neck: PhotoPoint(x: places[2], y: places[3])) : nil
        return RegionMark(
            .box(try RegionBox(x: edges[0], y: edges[1], width: edges[2], height: edges[3])), axis: axis)
    }

    func bytes(of photo: Photo) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: photo.file)))
    }

    func region(of photo: Photo) throws -> LocatedRegion {
        guard let region = try locateRegion(in: try bytes(of: photo), mark: photo.mark) else {
            throw BenchmarkError("\(photo.file) shows nothing.")
        }
        return region
    }
}
