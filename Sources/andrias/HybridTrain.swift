import ArgumentParser
import Foundation
import Hybrids

/// `andrias hybrid train`: learns from photographs of DNA-tested animals.
struct HybridTrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Learn from photographs of DNA-tested animals how natives and others differ.",
        discussion: """
            The table has one line a photograph: individual, dna (native, hybrid, davidianus, …; undetermined is left \
            out), river, camera, drawn (yes for drawn animals), and either the file with its landmarks as fractions of the \
            photograph (snout_tip_x, snout_tip_y, nostril_left_x, … in the scheme \(HeadLandmark.scheme)), or values measured \
            elsewhere (value_NAME) with sharpness and head_pixels. Columns value_NAME beside landmarks, such as an \
            embedding's, are weighed too. Fewer than \(HybridModel.leastAnimals) animals of either class are refused. \
            Needs no database.
            """)

    @Argument(help: "CSV table of photographs of DNA-tested animals.") var table: String
    @Option(help: "Folder that the table's file names are relative to.") var photos: String?
    @Option(help: "File to write the model to, as JSON.") var model: String
    @Option(help: "How it is learned: discriminant or logistic.") var method = LinearMethod.discriminant.rawValue
    @Option(help: "Part of animals of a class whose true class may be left out, 0.01 to 0.5.") var errorRate = 0.1

    func validate() throws {
        guard LinearMethod(rawValue: method) != nil else {
            throw ValidationError("--method is \(LinearMethod.allCases.map(\.rawValue).joined(separator: " or ")).")
        }
        guard (0.01...0.5).contains(errorRate) else { throw ValidationError("--error-rate is 0.01 to 0.5.") }
    }

    func run() async throws {
        let list = try HybridProtocol(URL(fileURLWithPath: table))
        let (data, refused) = try await list.data(photos: photos.map { URL(fileURLWithPath: $0, isDirectory: true) })
        for sentence in refused { note(sentence) }
        if !refused.isEmpty { note("\(refused.count) photographs could not be measured and are left out.") }
        if list.undetermined > 0 {
            note("\(list.undetermined) photographs of animals without a DNA result are left out.")
        }
        let record = HybridModelRecord(
            of: try HybridModel.learned(
                from: data, method: LinearMethod(rawValue: method) ?? .discriminant, errorRate: errorRate,
                measures: list.measures, madeAt: Date()))
        try record.json().write(to: URL(fileURLWithPath: model), options: .atomic)
        print(HybridFiguresText(figures: record.figures).text)
        note("Model: \(model)")
    }
}
