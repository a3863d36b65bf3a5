import ArgumentParser
import Foundation
import Hybrids
import Registry
import Storage

/// `andrias hybrid train`: learns from photographs of DNA-tested animals.
struct HybridTrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Learn from photographs of DNA-tested animals how natives and others differ.",
        discussion: """
            With --from-registry it learns from the registry's animals that have a DNA result of nuclear markers and a \
            photograph with landmarks; what it learns can be kept with --keep. Otherwise it reads a table and needs no \
            database.

            The table has one line a photograph: individual, dna (native, hybrid, davidianus, …; undetermined is left \
            out), river, camera, drawn (yes for drawn animals), and either the file with its landmarks as fractions of the \
            photograph (snout_tip_x, snout_tip_y, nostril_left_x, … in the scheme \(HeadLandmark.scheme)), or values measured \
            elsewhere (value_NAME) with sharpness and head_pixels. Columns value_NAME beside landmarks, such as an \
            embedding's, are weighed too. Fewer than \(HybridModel.leastAnimals) animals of either class are refused.
            """)

    @OptionGroup var source: TrainingSource
    @Option(help: "File to write the model to, as JSON.") var model: String?
    @Option(help: "Keep the model in the registry as the next version of this name.") var keep: String?
    @Flag(help: "Keep it although it was learned from drawn animals, for a demonstration.") var drawn = false
    @Option(help: "Who keeps it.") var by: String = NSUserName()
    @Option(help: "How it is learned: discriminant or logistic.") var method = LinearMethod.discriminant.rawValue
    @Option(help: "Part of animals of a class whose true class may be left out, 0.01 to 0.5.") var errorRate = 0.1

    func validate() throws {
        guard LinearMethod(rawValue: method) != nil else {
            throw ValidationError("--method is \(LinearMethod.allCases.map(\.rawValue).joined(separator: " or ")).")
        }
        guard (0.01...0.5).contains(errorRate) else { throw ValidationError("--error-rate is 0.01 to 0.5.") }
        guard model != nil || keep != nil else {
            throw ValidationError("Say where the model goes: --model FILE, --keep NAME, or both.")
        }
    }

    func run() async throws {
        switch (source.place, keep) {
        case (.table(let table, let photos), nil): _ = try await learned(from: table, photos: photos)
        case (.table(let table, let photos), let name?):
            let record = try await learned(from: table, photos: photos)
            try await OpenRegistry.with(source.registry) { try await keep(record, as: name, in: $0.store) }
        case (.registry, let name):
            try await OpenRegistry.with(source.registry) { registry in
                let record = try await learned(from: registry.store)
                if let name { try await keep(record, as: name, in: registry.store) }
            }
        }
    }

    private func keep(_ record: HybridModelRecord, as name: String, in store: RegistryStore) async throws {
        let kept = try await store.addModel(record, named: name, keepsDrawn: drawn, by: by)
        note("Kept as \(kept.label): \(kept.id)")
    }

    private func learned(from store: RegistryStore) async throws -> HybridModelRecord {
        let training = try await RegistryTraining(store)
        tell(training.refused)
        let (natives, others) = training.unmeasured
        if natives + others > 0 {
            note(
                "DNA-tested animals without a photograph that has landmarks and could be measured: \(natives) natives, "
                    + "\(others) others.")
        }
        return try finish(training.data, measures: HeadMeasurement.scheme)
    }

    private func learned(from table: URL, photos: URL?) async throws -> HybridModelRecord {
        let list = try HybridProtocol(table)
        let (data, refused) = try await list.data(photos: photos ?? table.deletingLastPathComponent())
        tell(refused)
        if list.undetermined > 0 {
            note("\(list.undetermined) photographs of animals without a DNA result are left out.")
        }
        return try finish(data, measures: list.measures)
    }

    private func tell(_ refused: [String]) {
        for sentence in refused { note(sentence) }
        if !refused.isEmpty { note("\(refused.count) photographs could not be measured and are left out.") }
    }

    private func finish(_ data: HybridTrainingData, measures: String?) throws -> HybridModelRecord {
        let record = HybridModelRecord(
            of: try HybridModel.learned(
                from: data, method: LinearMethod(rawValue: method) ?? .discriminant, errorRate: errorRate,
                measures: measures, madeAt: Date()))
        if let model { try record.json().write(to: URL(fileURLWithPath: model), options: .atomic) }
        print(HybridFiguresText(figures: record.figures).text)
        if let model { note("Model: \(model)") }
        return record
    }
}
