import Foundation
import Hybrids
import Identification
import Imaging
import Registry

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

    /// Learns from the photographs; those that cannot be used are told.
    ///
    /// - Parameter folder: The folder that file names are relative to.
    /// - Returns: The model, and how each photograph fared by what other animals taught.
    /// - Throws: `CommandError`, `LandmarkLearningRefusal`.
    func learned(photos folder: URL) async throws -> (model: LandmarkModel, trials: [LandmarkTrial]) {
        let read = try await inParallel(rows, label: "reading") { try photograph($0, in: folder) }
        for case .failure(let refusal) in read { note(refusal.description) }
        let data = try LandmarkTrainingData(read.compactMap { try? $0.get() }, isDrawn: isDrawn)
        note("Learning from \(data.animals) animals on \(data.photographs.count) photographs, six times over.")
        return try await LandmarkModel.learned(from: data, madeAt: Date())
    }

    /// A photograph that cannot be used is told, a missing file ends everything.
    private func photograph(_ row: Row, in folder: URL) throws -> Result<LandmarkedPhotograph, CommandError> {
        guard let bytes = FileManager.default.contents(atPath: folder.appending(path: row.file).path) else {
            throw CommandError("Line \(row.line): \(row.file) is not in \(folder.path). Check --photos.")
        }
        func refused(_ reason: String) -> Result<LandmarkedPhotograph, CommandError> {
            .failure(CommandError("Line \(row.line), \(row.file): \(reason)"))
        }
        do {
            guard let region = try locateRegion(in: [UInt8](bytes), mark: nil) else {
                return refused("The photograph is of one colour and shows nothing.")
            }
            let placed = zip(HeadLandmark.allCases, row.points).map { ($0.rawValue, region.point($1)) }
            return .success(
                LandmarkedPhotograph(
                    animal: row.animal, image: region.image, mask: region.mask,
                    head: try DorsalHead(placed, width: region.image.width, height: region.image.height)))
        } catch let error as LandmarkRejection {
            return refused(error.description)
        } catch {
            return refused("\(error)")
        }
    }
}

extension LocatedRegion {
    /// A point of the photograph in fractions of the region.
    func point(_ point: PhotoPoint) -> PhotoPoint {
        PhotoPoint(x: (point.x - frame.x) / frame.width, y: (point.y - frame.y) / frame.height)
    }

    /// A point in pixels of the region in fractions of the photograph.
    func photoPoint(_ pixel: SIMD2<Double>) -> PhotoPoint {
        PhotoPoint(
            x: frame.x + pixel.x / Double(image.width) * frame.width,
            y: frame.y + pixel.y / Double(image.height) * frame.height)
    }
}
