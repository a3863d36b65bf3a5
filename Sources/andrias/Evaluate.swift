import ArgumentParser
import Evaluation
import Foundation
import Registry
import Screening

/// `andrias evaluate`: measures identification on photographs of known animals.
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure identification on photographs of known animals: a protocol's, or the registry's own.",
        discussion: """
            --protocol: the table has one line a probe: probe, individual, new_animal (yes or no), months, and \
            gallery_rolling or gallery_single, the files to search, separated by spaces. Who is on a gallery photograph \
            stands in metadata.csv (file, individual) beside the protocol or with the photographs; its box_x, box_y, \
            box_width and box_height say where the animal is. Without gallery columns a probe is searched among the \
            metadata's photographs of every earlier session (rolling) or of the first (single). Needs no database.

            --history: every photograph whose animal people have settled is searched among those of earlier encounters \
            (rolling), or of the first encounter with each animal (single); an animal met for the first time is a \
            search that must find nobody.

            Reported after NIST FRTE 1:N; the same figures at every run, what was timed aside. Quality is the \
            photograph's sharpness.
            """)

    @Option(name: .customLong("protocol"), help: "CSV table of probes and what they are searched among.")
    var table: String?
    @Option(help: "Folder that the protocol's file names are relative to.") var photos: String?
    @Option(help: "CSV table of who is on which photograph.") var metadata: String?
    @Flag(help: "Replay the registry's own reviewed history.") var history = false
    @Option(help: "Body region of the history: head, trunk, belly or tail (default: head).") var region: String?
    @Option(help: "Population of the history (default: the whole registry).") var population: String?
    @Option(help: "Which gallery is searched: rolling or single.") var gallery: GalleryKind = .rolling
    @Option(help: "File to write all figures to as JSON.") var json: String?
    @Option(help: "Folder to write report.html and its charts to; made where it is missing.") var report: String?
    @OptionGroup var data: DataOptions

    enum GalleryKind: String, ExpressibleByArgument, CaseIterable {
        case rolling
        case single
    }

    func validate() throws {
        switch (table, history) {
        case (nil, false), (_?, true):
            throw ValidationError("Give exactly one of --protocol (with --photos) and --history.")
        case (_?, false):
            guard photos != nil else {
                throw ValidationError("--protocol needs --photos, the folder of its photographs.")
            }
            try refuse("--protocol", ["--region": region, "--population": population, "--data": data.path])
        case (nil, true):
            try refuse("--history", ["--photos": photos, "--metadata": metadata])
        }
        guard let json else { return }
        let folder = URL(fileURLWithPath: json).deletingLastPathComponent()
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw ValidationError("The folder \(folder.path) of --json is missing. Make it first.")
        }
    }

    private func refuse(_ kind: String, _ options: [String: String?]) throws {
        let given = options.filter { $0.value != nil }.keys.sorted()
        guard given.isEmpty else {
            throw ValidationError("\(given.joined(separator: ", ")) means nothing with \(kind). Leave it out.")
        }
    }

    func run() async throws {
        let figures =
            if let table, let photos {
                try await protocolFigures(URL(fileURLWithPath: table), photos: URL(fileURLWithPath: photos))
            } else {
                try await historyFigures()
            }
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

    private func protocolFigures(_ list: URL, photos: URL) async throws -> EvaluationReport {
        let probes = try EvaluationProtocol(
            list: list, gallery: gallery, folder: photos,
            metadata: metadata.map { URL(fileURLWithPath: $0) })
        let engine = ScreeningEngine()
        let plan = try await EvaluationPlan(probes, engine: engine)
        let outcome = try await EvaluationRun(plan: plan, engine: engine).run()
        remarkOnContradictions(probes, outcome.results)
        return try evaluate(
            outcome.results, protocolName: list.deletingPathExtension().lastPathComponent, gallery: gallery.rawValue,
            failures: outcome.failures, costs: outcome.costs, versions: outcome.versions)
    }

    private func historyFigures() async throws -> EvaluationReport {
        let region = try parseRegion(region ?? BodyRegion.head.rawValue)
        return try await OpenRegistry.with(data) { registry in
            let history = try await ReviewedPhotographs(registry, population: population, region: region)
            guard !history.photographs.isEmpty else {
                throw CommandError(
                    "The registry holds no reviewed photograph of the \(region.rawValue)"
                        + "\(population.map { " in the population \($0)" } ?? ""). Check --data, --region and "
                        + "--population; `andrias individuals` lists the animals.")
            }
            let (reviewed, step) = try await history.assessed(registry)
            let plan = EvaluationPlan(
                reviewed, gallery: gallery == .rolling ? .rolling : .single, registry: registry, steps: [step])
            let outcome = try await EvaluationRun(plan: plan, engine: registry.engine).run()
            return try evaluate(
                outcome.results, protocolName: "\(population ?? "registry") \(region.rawValue)",
                gallery: gallery.rawValue, failures: outcome.failures, costs: outcome.costs,
                versions: outcome.versions, aged: try await reviewed.agedScores())
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
