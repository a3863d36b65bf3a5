import Foundation
import Hybrids
import Registry
import Screening
import Storage

/// A table of photographs with landmarks placed by people, as `andrias hybrid landmarks train` reads it.
struct LandmarkTable: Sendable {
    private let rows: [(line: LandmarkLine, animal: String, points: [PhotoPoint])]
    /// Whether the animals are drawn and not real.
    let isDrawn: Bool

    /// Reads a table.
    ///
    /// - Throws: `CommandError` that names the line.
    init(_ table: URL) throws {
        let lines = try [LandmarkLine](reading: table, columns: ["file", "individual"] + LandmarkLine.columns)
        rows = try lines.map { ($0, try $0.text("individual"), try $0.allLandmarks()) }
        isDrawn = try lines.areDrawn(in: table)
    }

    /// Reads the photographs; those that cannot be used are told, a missing file ends everything.
    ///
    /// - Parameter folder: The folder that file names are relative to.
    /// - Returns: Those that can be used, in the order of the table.
    /// - Throws: `CommandError`.
    func photographs(in folder: URL) async throws -> [LandmarkedPhotograph] {
        try await usable(rows) { line, animal, points in
            let bytes = try line.photograph(in: folder)
            let file = try line.text("file")
            return Result { try LandmarkedPhotograph(animal: animal, on: bytes, placed: points) }
                .named("Line \(line.number), \(file)")
        }
    }
}

/// What the registry holds to learn landmarks from: photographs with landmarks that a person placed.
struct RegistryLandmarks: Sendable {
    let photographs: [LandmarkedPhotograph]
    /// Whether the animals are drawn and not real.
    let isDrawn: Bool

    /// Reads all photographs with landmarks that a person placed, of animals that people named.
    ///
    /// - Throws: `CommandError` where some of them are drawn and others real.
    init(_ store: RegistryStore) async throws {
        var heads: [(head: PlacedHead, animal: String, photo: Photo)] = []
        for (individual, head) in try await store.headsPlacedByPeople() {
            heads.append((head, individual.description, try await store.photo(of: head)))
        }
        isDrawn = try areDrawn(heads.map(\.photo.camera))
        photographs = try await usable(heads) { head, animal, photo in
            let bytes = try await store.bytes(of: photo)
            let mark = try await store.headMark(of: photo.id)
            let size = SIMD2(Double(photo.width), Double(photo.height))
            let points = head.points.map { $0 / size }.map { PhotoPoint(x: $0.x, y: $0.y) }
            return Result {
                try LandmarkedPhotograph(animal: animal, on: bytes, mark: mark, placed: points)
            }.named("Photograph \(photo.id)")
        }
    }
}

/// The photographs that can be used; the others are told.
private func usable<Source: Sendable>(
    _ sources: [Source],
    read: @escaping @Sendable (Source) async throws -> Result<LandmarkedPhotograph, CommandError>
) async throws -> [LandmarkedPhotograph] {
    let read = try await inParallel(sources, label: "reading", read)
    for case .failure(let refusal) in read { note(refusal.description) }
    return read.compactMap { try? $0.get() }
}

extension Result<LandmarkedPhotograph?, any Error> {
    /// The photograph, or why it cannot be used.
    fileprivate func named(_ name: String) -> Result<LandmarkedPhotograph, CommandError> {
        switch self {
        case .success(let photograph?): .success(photograph)
        case .success(nil): .failure(CommandError("\(name): The photograph is of one colour and shows nothing."))
        case .failure(let error as LandmarkRejection): .failure(CommandError("\(name): \(error.description)"))
        case .failure(let error): .failure(CommandError("\(name): \(error)"))
        }
    }
}
