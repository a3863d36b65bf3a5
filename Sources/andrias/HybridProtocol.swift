import Foundation
import Hybrids
import Imaging
import Registry

/// A table of photographs of DNA-tested animals, as `andrias hybrid train` reads it.
struct HybridProtocol: Sendable {
    /// Landmarks to be measured by, or values that were measured before.
    private let rows: [Row]
    private let valueNames: [String]
    private let hasLandmarks: Bool
    /// Whether the animals are drawn and not real.
    let isDrawn: Bool
    /// Photographs of animals whose DNA says nothing yet.
    let undetermined: Int

    private struct Row: Sendable {
        let line: Int
        let file: String?
        let animal: String
        let river: String?
        let camera: String?
        let dna: DNAClass
        let landmarks: [PhotoPoint?]
        let values: [Double]
        let sharpness: Double?
        let headPixels: Double?
    }

    static let valuePrefix = "value_"

    /// Reads a table.
    ///
    /// - Throws: `CommandError` that names the line.
    init(_ table: URL) throws {
        let cells = try readTable(table, columns: ["individual", "dna"])
        let header = Set(cells.flatMap(\.keys))
        valueNames = header.filter { $0.hasPrefix(Self.valuePrefix) }.sorted()
        hasLandmarks = header.contains("\(HeadLandmark.snoutTip.rawValue)_x")
        guard hasLandmarks || !valueNames.isEmpty else {
            throw CommandError(
                "\(table.lastPathComponent) has neither landmarks (\(HeadLandmark.snoutTip.rawValue)_x, …) nor values "
                    + "(\(Self.valuePrefix)…). Place landmarks, or give what was measured.")
        }
        var rows: [Row] = []
        var undetermined = 0
        for (index, cell) in cells.enumerated() {
            let line = index + 2
            guard let dna = try Self.dna(cell["dna"], line) else {
                undetermined += 1
                continue
            }
            rows.append(try Self.row(cell, line, dna, valueNames))
        }
        self.rows = rows
        self.undetermined = undetermined
        let drawn = Set(cells.map { $0["drawn"]?.lowercased() == "yes" })
        guard drawn.count < 2 else {
            throw CommandError(
                "\(table.lastPathComponent) mixes drawn and real animals (column “drawn”). Keep them in tables of their "
                    + "own: nothing is learned from both.")
        }
        isDrawn = drawn.contains(true)
    }

    /// What the laboratory found; `nil` for an animal that nothing is known of.
    private static func dna(_ text: String?, _ line: Int) throws -> DNAClass? {
        switch text?.lowercased() {
        case nil, "undetermined", "untested": nil
        case "native": .native
        case "hybrid", "f1", "f2", "backcross", "exotic", "davidianus", "not_native": .notNative
        case let other?:
            throw CommandError(
                "Line \(line): “\(other)” is no class of DNA results. Write native, hybrid, f1, f2, backcross, davidianus, "
                    + "exotic, not_native or undetermined.")
        }
    }

    private static func row(
        _ cell: [String: String], _ line: Int, _ dna: DNAClass, _ valueNames: [String]
    ) throws -> Row {
        func number(_ name: String) throws -> Double? {
            guard let text = cell[name] else { return nil }
            guard let number = Double(text), number.isFinite else {
                throw CommandError("Line \(line): “\(text)” in the column “\(name)” is no number.")
            }
            return number
        }
        guard let animal = cell["individual"] else {
            throw CommandError("Line \(line): the column “individual” needs a value.")
        }
        let values = try valueNames.map { name in
            guard let value = try number(name) else {
                throw CommandError("Line \(line): the column “\(name)” needs a value.")
            }
            return value
        }
        return Row(
            line: line, file: cell["file"], animal: animal, river: cell["river"], camera: cell["camera"], dna: dna,
            landmarks: try HeadLandmark.allCases.map { landmark in
                guard let x = try number("\(landmark.rawValue)_x"), let y = try number("\(landmark.rawValue)_y") else {
                    return nil
                }
                return PhotoPoint(x: x, y: y)
            }, values: values, sharpness: try number("sharpness"), headPixels: try number("head_pixels"))
    }

    /// Measures the photographs where landmarks are given, and gathers everything to learn from.
    ///
    /// - Parameter folder: The folder that file names are relative to; needed with landmarks.
    /// - Returns: The data, and one sentence for each photograph that could not be measured.
    /// - Throws: `CommandError`, `HybridLearningRefusal`.
    func data(photos folder: URL?) async throws -> (data: HybridTrainingData, refused: [String]) {
        let own = valueNames.map { String($0.dropFirst(Self.valuePrefix.count)) }
        guard hasLandmarks else {
            let photographs = try rows.map { row in
                guard let sharpness = row.sharpness, let headPixels = row.headPixels else {
                    throw CommandError("Line \(row.line): values need the columns “sharpness” and “head_pixels”.")
                }
                return tested(row, row.values, sharpness, headPixels)
            }
            return (try HybridTrainingData(names: own, photographs: photographs, isDrawn: isDrawn), [])
        }
        guard let folder else { throw CommandError("Landmarks need --photos, the folder of the photographs.") }
        let measured = try await inParallel(rows, label: "measuring") { try measure($0, in: folder) }
        return (
            try HybridTrainingData(
                names: HeadMeasure.allCases.map(\.rawValue) + own, photographs: measured.compactMap { try? $0.get() },
                isDrawn: isDrawn),
            measured.compactMap { result in
                if case .failure(let refusal) = result { refusal.description } else { nil }
            }
        )
    }

    /// One photograph's measures; a photograph that cannot be measured is told, a missing file ends everything.
    private func measure(_ row: Row, in folder: URL) throws -> Result<DNATestedPhotograph, CommandError> {
        guard let file = row.file else { throw CommandError("Line \(row.line): the column “file” needs a value.") }
        guard let bytes = FileManager.default.contents(atPath: folder.appending(path: file).path) else {
            throw CommandError("Line \(row.line): \(file) is not in \(folder.path). Check --photos.")
        }
        func refused(_ reason: String) -> Result<DNATestedPhotograph, CommandError> {
            .failure(CommandError("Line \(row.line), \(file): \(reason)"))
        }
        do {
            let placed = zip(HeadLandmark.allCases, row.landmarks).compactMap { landmark, point in
                point.map { (name: landmark.rawValue, point: $0) }
            }
            let measured = try MeasuredHead(on: [UInt8](bytes)) { image throws(LandmarkRejection) in
                try DorsalHead(placed, width: image.width, height: image.height)
            }
            return .success(
                tested(
                    row, measured.values + row.values, measured.sharpness, measured.headPixels))
        } catch {
            return refused(error.description)
        }
    }

    private func tested(
        _ row: Row, _ values: [Double], _ sharpness: Double, _ headPixels: Double
    ) -> DNATestedPhotograph {
        DNATestedPhotograph(
            animal: row.animal, river: row.river, camera: row.camera, dna: row.dna, values: values,
            sharpness: sharpness, headPixels: headPixels)
    }

    /// Version of the measures; `nil` where all values were measured elsewhere.
    var measures: String? { hasLandmarks ? HeadMeasurement.scheme : nil }
}
