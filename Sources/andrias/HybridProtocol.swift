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
        let line: LandmarkLine
        let animal: String
        let dna: DNAClass
        let landmarks: [PhotoPoint?]
        let values: [Double]
        let sharpness: Double?
        let headPixels: Double?

        init(_ line: LandmarkLine, _ dna: DNAClass, _ valueNames: [String]) throws {
            self.line = line
            self.dna = dna
            animal = try line.text("individual")
            landmarks = try line.landmarks()
            values = try valueNames.compactMap { name in
                _ = try line.text(name)
                return try line.number(name)
            }
            sharpness = try line.number("sharpness")
            headPixels = try line.number("head_pixels")
        }
    }

    static let valuePrefix = "value_"

    /// Reads a table.
    ///
    /// - Throws: `CommandError` that names the line.
    init(_ table: URL) throws {
        let lines = try [LandmarkLine](reading: table, columns: ["individual", "dna"])
        let header = Set(lines.flatMap(\.cells.keys))
        valueNames = header.filter { $0.hasPrefix(Self.valuePrefix) }.sorted()
        hasLandmarks = header.contains("\(HeadLandmark.snoutTip.rawValue)_x")
        guard hasLandmarks || !valueNames.isEmpty else {
            throw CommandError(
                "\(table.lastPathComponent) has neither landmarks (\(HeadLandmark.snoutTip.rawValue)_x, …) nor values "
                    + "(\(Self.valuePrefix)…). Place landmarks, or give what was measured.")
        }
        var rows: [Row] = []
        var undetermined = 0
        for line in lines {
            guard let dna = try Self.dna(line.cells["dna"], line.number) else {
                undetermined += 1
                continue
            }
            rows.append(try Row(line, dna, valueNames))
        }
        self.rows = rows
        self.undetermined = undetermined
        isDrawn = try lines.areDrawn(in: table)
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

    /// Measures the photographs where landmarks are given, and gathers everything to learn from.
    ///
    /// - Parameter folder: The folder that file names are relative to.
    /// - Returns: The data, and one sentence for each photograph that could not be measured.
    /// - Throws: `CommandError`, `HybridLearningRefusal`.
    func data(photos folder: URL) async throws -> (data: HybridTrainingData, refused: [String]) {
        let own = valueNames.map { String($0.dropFirst(Self.valuePrefix.count)) }
        guard hasLandmarks else {
            let photographs = try rows.map { row in
                guard let sharpness = row.sharpness, let headPixels = row.headPixels else {
                    throw CommandError(
                        "Line \(row.line.number): values need the columns “sharpness” and “head_pixels”.")
                }
                return tested(row, row.values, sharpness, headPixels)
            }
            return (try HybridTrainingData(names: own, photographs: photographs, isDrawn: isDrawn), [])
        }
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
        let bytes = try row.line.photograph(in: folder)
        do {
            let placed = zip(HeadLandmark.allCases, row.landmarks).compactMap { landmark, point in
                point.map { (name: landmark.rawValue, point: $0) }
            }
            let measured = try MeasuredHead(on: bytes) { image throws(LandmarkRejection) in
                try DorsalHead(placed, width: image.width, height: image.height)
            }
            return .success(
                tested(
                    row, measured.values + row.values, measured.sharpness, measured.headPixels))
        } catch {
            return .failure(
                CommandError("Line \(row.line.number), \(try row.line.text("file")): \(error.description)"))
        }
    }

    private func tested(
        _ row: Row, _ values: [Double], _ sharpness: Double, _ headPixels: Double
    ) -> DNATestedPhotograph {
        DNATestedPhotograph(
            animal: row.animal, river: row.line.cells["river"], camera: row.line.cells["camera"], dna: row.dna,
            values: values,
            sharpness: sharpness, headPixels: headPixels)
    }

    /// Version of the measures; `nil` where all values were measured elsewhere.
    var measures: String? { hasLandmarks ? HeadMeasurement.scheme : nil }
}
