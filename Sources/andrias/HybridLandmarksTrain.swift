import ArgumentParser
import Foundation
import Hybrids

extension HybridCommand.Landmarks {
    /// `andrias hybrid landmarks train`: learns to suggest landmarks from those people placed.
    struct Train: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Learn to suggest landmarks from photographs on which people placed them.",
            discussion: """
                With --from-registry it learns from the registry's photographs on which a person placed landmarks, where \
                people say which animal they show. Otherwise it reads a table and needs no database; `andrias hybrid model \
                add` keeps what it learned.

                The table has one line a photograph: file, individual, drawn (yes for drawn animals) and the landmarks as \
                fractions of the photograph (snout_tip_x, snout_tip_y, nostril_left_x, … in the scheme \
                \(HeadLandmark.scheme)); `andrias hybrid sample` writes one of drawn animals. Fewer than \
                \(LandmarkTrainingData.leastAnimals) animals are refused.
                """)

        @OptionGroup var source: TrainingSource
        @Option(help: "File to write the model to, as JSON.") var out: String

        func run() async throws {
            let (model, _) = try await source.learnedLandmarks()
            try model.json().write(to: URL(fileURLWithPath: out), options: .atomic)
            print(LandmarkFiguresText(model: model).text)
            note("Model: \(out)")
        }
    }

    /// `andrias hybrid landmarks evaluate`: how well landmarks are suggested on animals not learned from.
    struct Evaluate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cross-validate suggestions by animal: errors, abstention, and what they do to the measures.",
            discussion: "Reads the table of `andrias hybrid landmarks train`. Errors are in head lengths.")

        @OptionGroup var source: TrainingSource
        @Flag(help: "Print the figures as JSON.") var json = false

        private struct Document: Encodable {
            let data: LandmarkModel.Source
            let figures: LandmarkFigures
            let measures: [MeasureAgreement]
        }

        func run() async throws {
            let (model, trials) = try await source.learnedLandmarks()
            let measures = MeasureAgreement.of(trials)
            if json {
                let document = Document(data: model.data, figures: model.figures, measures: measures)
                print(String(decoding: try hybridJSON(document), as: UTF8.self), terminator: "")
                return
            }
            print(LandmarkFiguresText(model: model).text)
            var table = TextTable(header: ["measure", "change in standard deviations", "ICC placed – suggested"])
            for one in measures {
                table.append([
                    one.measure.name(in: .user), fixed(one.change, 2),
                    one.agreement.map { "\(fixed($0.value, 2)) ± \(fixed($0.standardError, 2))" } ?? "–",
                ])
            }
            if !measures.isEmpty { print("\n" + table.text) }
        }
    }
}

extension TrainingSource {
    /// Learns from the photographs; those that cannot be used are told.
    ///
    /// - Returns: The model, and how each photograph fared by what other animals taught.
    /// - Throws: `CommandError`, `LandmarkLearningRefusal`.
    func learnedLandmarks() async throws -> (model: LandmarkModel, trials: [LandmarkTrial]) {
        let data = try await landmarkData()
        note("Learning from \(data.animals) animals on \(data.photographs.count) photographs, six times over.")
        return try await LandmarkModel.learned(from: data, madeAt: Date())
    }

    private func landmarkData() async throws -> LandmarkTrainingData {
        switch place {
        case .registry:
            let held = try await OpenRegistry.with(registry) { try await RegistryLandmarks($0.store) }
            return try LandmarkTrainingData(held.photographs, isDrawn: held.isDrawn)
        case .table(let file, let folder):
            let list = try LandmarkTable(file)
            let photographs = try await list.photographs(in: folder ?? file.deletingLastPathComponent())
            return try LandmarkTrainingData(photographs, isDrawn: list.isDrawn)
        }
    }
}

/// Figures of suggested landmarks for a person at a terminal.
struct LandmarkFiguresText {
    let model: LandmarkModel

    var text: String {
        let figures = model.figures
        var table = TextTable(header: ["landmark", "median", "90 %"])
        for one in figures.landmarks {
            table.append([one.landmark.name(in: .user), fixed(one.median, 3), fixed(one.ninetieth, 3)])
        }
        return [figures.notice, heading, rates, figures.landmarks.isEmpty ? nil : table.text].compactMap(\.self)
            .joined(separator: "\n\n")
    }

    private var heading: String {
        "\(model.data.animals) animals on \(model.data.photographs) photographs; every animal tried by what was learned "
            + "from others. Errors in head lengths. Data \(model.data.fingerprint.prefix(12))."
    }

    private var rates: String {
        let figures = model.figures
        var table = TextTable(header: ["what", "value (95 %)"])
        if let error = figures.error, let low = figures.errorInterval.first, let high = figures.errorInterval.last {
            table.append(["mean error over animals", "\(fixed(error, 3)) (\(fixed(low, 3))–\(fixed(high, 3)))"])
        }
        if let error = figures.meanShapeError {
            table.append(["mean shape on the true snout and neck", fixed(error, 3)])
        }
        table.append(["off by more than \(LandmarkFigures.failure)", figures.failures.text])
        table.append(["nothing suggested", figures.abstentions.text])
        table.append(["suggested without the head", figures.falseFinds.text])
        return table.text
    }
}
