import ArgumentParser
import Evaluation
import Foundation
import Hybrids

/// `andrias hybrid report`: how well a model tells animals apart that it did not learn from.
struct HybridReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print a model's figures, counted over animals with exact bounds.",
        discussion: """
            Every animal is judged by models that were learned without it. Bounds of rates are exact (Clopper and \
            Pearson), 95 %. What was learned from drawn animals says so in every output.
            """)

    @Argument(help: "A model as andrias hybrid train writes it.") var model: String
    @Flag(help: "Print the figures as JSON.") var json = false
    @Flag(help: "Print the model's card, in Japanese and English.") var card = false
    @Option(help: "Folder to write the figures to as SVG; made where it is missing.") var figures: String?

    func validate() throws {
        guard !(json && card) else { throw ValidationError("Give --json or --card, not both.") }
    }

    func run() async throws {
        let record = try readHybridModel(model)
        if json {
            print(String(decoding: try hybridJSON(record.figures), as: UTF8.self), terminator: "")
        } else if card {
            print(record.card.sorted { $0.key > $1.key }.map(\.value).joined(separator: "\n"), terminator: "")
        } else {
            print(HybridFiguresText(figures: record.figures).text)
        }
        guard let figures else { return }
        let folder = URL(fileURLWithPath: figures, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, content) in record.charts {
            try Data(content.utf8).write(to: folder.appending(path: name), options: .atomic)
        }
        note("Figures: \(folder.path)")
    }
}

/// Reads a model from its file.
///
/// - Throws: `CommandError` where it is none.
func readHybridModel(_ path: String) throws -> HybridModelRecord {
    let json = try modelBytes(path)
    do {
        return try HybridModelRecord(reading: json)
    } catch let error as HybridModelRecord.OtherForm {
        throw CommandError("\(path): \(error.description)")
    } catch let error as HybridModelRecord.Damaged {
        throw CommandError("\(path): \(error.description)")
    } catch {
        throw CommandError("\(path) is no model of `andrias hybrid train`: \(error).")
    }
}
