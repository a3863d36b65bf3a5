import ArgumentParser
import Evaluation
import Foundation

/// `andrias evaluate`: measures identification on photographs of known animals.
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure identification on a protocol of photographs of known animals.",
        discussion: """
            The protocol has one line a probe: probe, individual, new_animal (yes or no), months, and gallery_rolling \
            or gallery_single, the files to search, separated by spaces. Who is on a gallery photograph stands in \
            metadata.csv (file, individual) beside the protocol or with the photographs; its box_x, box_y, box_width and \
            box_height say where the animal is. Without gallery columns a probe is searched among the metadata's \
            photographs of every earlier session (rolling) or of the first (single). Reported after NIST FRTE 1:N; \
            the same figures at every run. Quality is the photograph's sharpness. Needs no database.
            """)

    @Option(name: .customLong("protocol"), help: "CSV table of probes and what they are searched among.")
    var table: String
    @Option(help: "Folder that the protocol's file names are relative to.") var photos: String
    @Option(help: "Which gallery column is searched: rolling or single.") var gallery: GalleryKind = .rolling
    @Option(help: "File to write all figures to as JSON.") var json: String?
    @Option(help: "Folder to write report.html and its charts to; made where it is missing.") var report: String?
    @Option(help: "CSV table of who is on which photograph.") var metadata: String?

    enum GalleryKind: String, ExpressibleByArgument, CaseIterable {
        case rolling
        case single
    }

    func validate() throws {
        guard let json else { return }
        let folder = URL(fileURLWithPath: json).deletingLastPathComponent()
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw ValidationError("The folder \(folder.path) of --json is missing. Make it first.")
        }
    }

    func run() async throws {
        let list = URL(fileURLWithPath: table)
        let plan = try EvaluationProtocol(
            list: list, gallery: gallery,
            folder: URL(fileURLWithPath: photos, isDirectory: true),
            metadata: metadata.map { URL(fileURLWithPath: $0) })
        let outcome = try await EvaluationRun(plan: plan).run()
        remarkOnContradictions(plan, outcome.results)
        let figures = try evaluate(
            outcome.results, protocolName: list.deletingPathExtension().lastPathComponent, gallery: gallery.rawValue,
            failures: outcome.failures, costs: outcome.costs, versions: outcome.versions)
        print(EvaluationText(report: figures).text)
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(figures).write(to: URL(fileURLWithPath: json), options: .atomic)
            note("Figures: \(json)")
        }
        if let report {
            let folder = URL(fileURLWithPath: report, isDirectory: true)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, content) in EvaluationPage(report: figures).files {
                try Data(content.utf8).write(to: folder.appending(path: name), options: .atomic)
            }
            note("Report: \(folder.appending(path: "report.html").path)")
        }
    }

    /// Whether an animal is new is what the gallery holds; the column is only compared with it.
    private func remarkOnContradictions(_ plan: EvaluationProtocol, _ results: [SearchResult]) {
        let contradicting = zip(plan.probes, results).filter { $0.saysNew != $1.isNew }.map(\.0.file)
        if !contradicting.isEmpty {
            note(
                "The column new_animal contradicts the gallery for \(contradicting.count) probes, which are counted by "
                    + "the gallery: \(listing(contradicting)).")
        }
    }
}
