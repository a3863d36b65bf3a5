import ArgumentParser
import Foundation
import Hybrids
import Statistics

/// `andrias hybrid compare`: models side by side, and whether their difference is more than chance.
struct HybridCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare models over the animals that all of them judged.",
        discussion: """
            Every model judges animals that it did not learn from. The difference of the logarithmic loss from the first \
            model's is given with a 95 % interval over draws of the animals: one that holds 0 is no difference shown.
            """)

    @Argument(help: "Models as andrias hybrid train writes them, two or more.") var models: [String]
    @Flag(help: "Print the comparison as JSON.") var json = false

    func validate() throws {
        guard models.count >= 2 else { throw ValidationError("Give two models or more.") }
    }

    func run() async throws {
        let records = try models.map { try readHybridModel($0) }
        guard Set(records.map(\.model.data.isDrawn)).count == 1 else {
            throw CommandError("Some of the models are of drawn animals, others of real ones. They cannot be compared.")
        }
        let comparison = try HybridComparison(zip(models, records).map { (name: $0, model: $1.model) })
        if json {
            print(String(decoding: try hybridJSON(comparison), as: UTF8.self), terminator: "")
        } else {
            print(comparison.text)
        }
    }
}

/// Models over the animals that all of them judged.
struct HybridComparison: Encodable {
    struct Row: Encodable {
        let model: String
        let method: LinearMethod
        let measures: Int
        /// Mean logarithmic loss, each class weighing alike, in nats.
        let logLoss: Double
        /// Its difference from the first model's.
        let difference: Double?
        /// 95 % interval of the difference.
        let interval: [Double]?
        let calibrationError: Double
        let foundAtFivePercent: HybridFigures.Rate
    }

    let animals: Int
    let notice: String?
    let rows: [Row]

    init(_ models: [(name: String, model: HybridModel)]) throws {
        let judged = models.map { one in
            Dictionary(uniqueKeysWithValues: one.model.predictions.map { ($0.animal, $0) })
        }
        let shared = judged.dropFirst().reduce(Set(judged[0].keys)) { $0.intersection($1.keys) }.sorted()
        guard let first = judged.first, shared.contains(where: { first[$0]?.dna == .native }),
            shared.contains(where: { first[$0]?.dna == .notNative })
        else {
            throw CommandError("The models share no natives and others. Train them from the same animals.")
        }
        if let torn = shared.first(where: { name in Set(judged.map { $0[name]?.dna }).count > 1 }) {
            throw CommandError("The models disagree about the DNA of \(torn). Train them from the same results.")
        }
        let truths = shared.map { first[$0]?.dna == .notNative ? 1.0 : 0 }
        let parts = [0.0, 1].map { truth in Double(truths.count { $0 == truth }) }
        let losses = judged.map { predictions in
            zip(shared, truths).map { name, truth -> Double in
                let ratio = predictions[name]?.logRatio ?? 0
                // Both classes weigh alike: the odds of a sample are no merit of a model.
                let weight = Double(shared.count) / 2 / parts[Int(truth)]
                return weight * (max(ratio, 0) + log1p(exp(-abs(ratio))) - truth * ratio)
            }
        }
        let figures = models.map { HybridFigures(of: $0.model) }
        animals = shared.count
        notice = figures.first?.notice
        rows = models.indices.map { place in
            let differences = zip(losses[place], losses[0]).map { $0 - $1 }
            return Row(
                model: models[place].name, method: models[place].model.method,
                measures: models[place].model.names.count, logLoss: losses[place].reduce(0, +) / Double(shared.count),
                difference: place == 0 ? nil : differences.reduce(0, +) / Double(shared.count),
                interval: place == 0
                    ? nil
                    : AnimalBootstrap(animals: shared.count).interval(
                        ofMean: differences.enumerated().map { (animal: $0, value: $1) }),
                calibrationError: figures[place].calibration.ece,
                foundAtFivePercent: figures[place].sensitivity.first { $0.wanted == 0.05 }?.found
                    ?? figures[place].sensitivity[0].found)
        }
    }

    var text: String {
        var table = TextTable(
            header: ["model", "method", "measures", "log loss", "difference (95 %)", "ECE", "others found at 5 %"])
        for row in rows {
            let difference = row.difference.map { difference in
                String(format: "%+.4f", difference)
                    + (row.interval.map { String(format: " (%+.4f … %+.4f)", $0[0], $0[1]) } ?? "")
            }
            table.append([
                row.model, row.method.rawValue, "\(row.measures)", String(format: "%.4f", row.logLoss),
                difference ?? "–", String(format: "%.3f", row.calibrationError), row.foundAtFivePercent.text,
            ])
        }
        return ([notice, "\(animals) animals that all models judged without having learned from them", table.text])
            .compactMap(\.self).joined(separator: "\n\n")
    }
}
