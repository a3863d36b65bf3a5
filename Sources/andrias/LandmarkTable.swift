import Foundation
import Hybrids
import Registry
import Screening
import Storage

/// A table of photographs with landmarks placed by people, as `andrias hybrid landmarks train` reads it.
struct LandmarkTable: Sendable {
    private let rows: [Row]
    /// Whether the animals are drawn and not real.
    let isDrawn: Bool

    private struct Row: Sendable {
        let line: Int
        let file: String
        let animal: String
        let points: [PhotoPoint]
    }

    /// Reads a table.
    ///
    /// - Throws: `CommandError` that names the line.
    init(_ table: URL) throws {
        let columns = HeadLandmark.allCases.flatMap { ["\($0.rawValue)_x", "\($0.rawValue)_y"] }
        let cells = try readTable(table, columns: ["file", "individual"] + columns)
        rows = try cells.enumerated().map { index, cell in
            let line = index + 2
            func text(_ column: String) throws -> String {
                guard let text = cell[column] else {
                    throw CommandError("Line \(line): the column “\(column)” needs a value.")
                }
                return text
            }
            func number(_ column: String) throws -> Double {
                guard let number = Double(try text(column)), number.isFinite else {
                    throw CommandError("Line \(line): “\(try text(column))” in the column “\(column)” is no number.")
                }
                return number
            }
            return Row(
                line: line, file: try text("file"), animal: try text("individual"),
                points: try HeadLandmark.allCases.map {
                    PhotoPoint(x: try number("\($0.rawValue)_x"), y: try number("\($0.rawValue)_y"))
                })
        }
        let drawn = Set(cells.map { $0["drawn"]?.lowercased() == "yes" })
        guard drawn.count < 2 else {
            throw CommandError(
                "\(table.lastPathComponent) mixes drawn and real animals (column “drawn”). Keep them in tables of their "
                    + "own: nothing is learned from both.")
        }
        isDrawn = drawn.contains(true)
    }

    /// Reads the photographs; those that cannot be used are told, a missing file ends everything.
    ///
    /// - Parameter folder: The folder that file names are relative to.
    /// - Returns: Those that can be used, in the order of the table.
    /// - Throws: `CommandError`.
    func photographs(in folder: URL) async throws -> [LandmarkedPhotograph] {
        try await usable(rows) { row in
            guard let bytes = FileManager.default.contents(atPath: folder.appending(path: row.file).path) else {
                throw CommandError("Line \(row.line): \(row.file) is not in \(folder.path). Check --photos.")
            }
            return Result {
                try LandmarkedPhotograph(animal: row.animal, on: [UInt8](bytes), placed: row.points)
            }.named("Line \(row.line), \(row.file)")
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
            guard let photo = try await store.photo(head.photo) else { continue }
            heads.append((head, individual.description, photo))
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
