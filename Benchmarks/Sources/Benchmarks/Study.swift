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
        let box: RegionBox?
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
            let edges = ["box_x", "box_y", "box_width", "box_height"].compactMap { row[$0].flatMap(Double.init) }
            return Photo(
                file: file, individual: individual, session: session, difficulty: row["difficulty"] ?? "",
                box: edges.count == 4
                    ? try RegionBox(x: edges[0], y: edges[1], width: edges[2], height: edges[3]) : nil,
                months: probes[file]?["months"].flatMap(Double.init), isUnknown: probes[file]?["new_animal"] == "yes")
        }
    }

    func bytes(of photo: Photo) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: photo.file)))
    }

    func region(of photo: Photo) throws -> LocatedRegion {
        guard let region = try locateRegion(in: try bytes(of: photo), box: photo.box) else {
            throw BenchmarkError("\(photo.file) shows nothing.")
        }
        return region
    }
}
