import Foundation
import Identification
import Imaging
import Registry

/// Top-1 and top-5 on a protocol of photographs, each probe against the photographs its line names.
///
/// Ties count as their expected value; intervals are bootstrapped over animals (95 %, 2,000 draws).
struct Accuracy {
    let metadata: URL
    let protocolFile: URL

    func run() async throws {
        let photos = try individuals()
        let probes = try readProtocol()
        let files = Set(probes.flatMap { [$0.probe] + $0.rolling + $0.single }).sorted()
        let start = ContinuousClock.now
        let templates = try await extract(files)
        let extraction = (ContinuousClock.now - start) / .milliseconds(1)
        print(
            "\(protocolFile.lastPathComponent): \(probes.count) probes, \(files.count) photographs, "
                + "\(fixed(extraction / Double(files.count), 0)) ms of wall time a template")
        print("gallery   probes  animals  top-1                 top-5                 new animals: best score")
        for (name, gallery) in [("rolling", \Probe.rolling), ("single", \Probe.single)] {
            let results = try await concurrentMap(probes) { probe in
                try rank(probe, among: probe[keyPath: gallery], individuals: photos, templates: templates)
            }
            let known = results.filter { !$0.isNew }
            let cell = { (value: KeyPath<Ranking, Double>) in
                let interval = bootstrap(known, value)
                let mean = known.map { $0[keyPath: value] }.reduce(0, +) / Double(max(1, known.count))
                return "\(fixed(mean, 3)) (\(fixed(interval.0, 3))–\(fixed(interval.1, 3)))"
            }
            let calls = known.map { $0.answer }
            let new = results.filter(\.isNew).map { fixed($0.bestImpostor, 1) }.joined(separator: " ")
            print(
                name.padding(toLength: 10, withPad: " ", startingAt: 0)
                    + "\(known.count)".padding(toLength: 8, withPad: " ", startingAt: 0)
                    + "\(Set(known.map(\.individual)).count)".padding(toLength: 9, withPad: " ", startingAt: 0)
                    + cell(\.top1).padding(toLength: 22, withPad: " ", startingAt: 0)
                    + cell(\.top5).padding(toLength: 22, withPad: " ", startingAt: 0) + (new.isEmpty ? "–" : new))
            print(
                "          known animals: \(calls.count { $0 == .right }) named, \(calls.count { $0 == .wrong }) named "
                    + "wrongly, \(calls.count { $0 == .open }) undecided, \(calls.count { $0 == .missed }) called "
                    + "unknown; new animals: \(results.count { $0.isNew && $0.answer == .missed }) of "
                    + "\(results.count { $0.isNew }) called unknown, "
                    + "\(results.count { $0.isNew && $0.answer == .wrong }) named")
            if let file = ProcessInfo.processInfo.environment["ANDRIAS_SCORES"] {
                try dump(results, to: URL(fileURLWithPath: "\(file)-\(name).csv"))
            }
        }
    }

    private struct Probe: Sendable {
        let probe: String
        let individual: String
        let isNew: Bool
        let rolling: [String]
        let single: [String]
    }

    private struct Ranking: Sendable {
        let individual: String
        let isNew: Bool
        let scores: [String: Double]

        var own: Double { scores[individual] ?? -1 }
        var bestImpostor: Double { scores.filter { $0.key != individual }.values.max() ?? 0 }
        var top1: Double { expected(top: 1) }
        var top5: Double { expected(top: 5) }

        enum Answer { case right, wrong, open, missed }

        var answer: Answer {
            let ranked = scores.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
            return switch Decider.posterior(.newts).judge(ranked.map(\.value)).call {
            case .first: ranked.first?.key == individual ? .right : .wrong
            case .none: .missed
            case .open: .open
            }
        }

        private func expected(top: Int) -> Double {
            guard own >= 0 else { return 0 }
            let above = scores.values.count { $0 > own }
            let equal = scores.values.count { $0 == own }
            return min(1, max(0, Double(top - above) / Double(equal)))
        }
    }

    private func rank(
        _ probe: Probe, among gallery: [String], individuals: [String: String], templates: [String: Template]
    ) throws -> Ranking {
        guard let query = templates[probe.probe] else { throw BenchmarkError("no template of \(probe.probe)") }
        let compare = Matcher.similarity.against(query)
        var scores: [String: Double] = [:]
        for file in gallery {
            guard let template = templates[file], let individual = individuals[file] else {
                throw BenchmarkError("\(file) is not in the metadata")
            }
            scores[individual] = max(scores[individual] ?? 0, try compare(template).score)
        }
        return Ranking(individual: probe.individual, isNew: probe.isNew, scores: scores)
    }

    private func extract(_ files: [String]) async throws -> [String: Template] {
        let folder = metadata.deletingLastPathComponent()
        let templates = try await concurrentMap(files) { file in
            let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
            guard let region = try locateRegion(in: bytes, box: nil) else {
                throw BenchmarkError("\(file) shows nothing")
            }
            return try Extractor.siftLightnessYellow.extract(region)
        }
        return Dictionary(uniqueKeysWithValues: zip(files, templates))
    }

    private func bootstrap(_ rankings: [Ranking], _ value: KeyPath<Ranking, Double>) -> (Double, Double) {
        let animals = Dictionary(grouping: rankings, by: \.individual).sorted { $0.key < $1.key }.map(\.value)
        guard !animals.isEmpty else { return (0, 0) }
        var generator = SplitMix64(state: 1)
        let means = (0..<2000).map { _ in
            let drawn = (0..<animals.count).flatMap { _ in animals[Int(generator.next() % UInt64(animals.count))] }
            return drawn.map { $0[keyPath: value] }.reduce(0, +) / Double(drawn.count)
        }.sorted()
        return (means[50], means[1949])
    }

    private func dump(_ rankings: [Ranking], to file: URL) throws {
        let lines = rankings.flatMap { ranking in
            ranking.scores.sorted { $0.key < $1.key }.map {
                "\(ranking.individual),\($0.key),\($0.value),\(ranking.scores.count)"
            }
        }
        try Data((["individual,reference,score,searched"] + lines).joined(separator: "\n").utf8).write(to: file)
    }

    private func individuals() throws -> [String: String] {
        let rows = try table(metadata)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["file"] ?? "", $0["individual"] ?? "") })
    }

    private func readProtocol() throws -> [Probe] {
        try table(protocolFile).map { row in
            let files = { (column: String) in (row[column] ?? "").split(separator: " ").map(String.init) }
            return Probe(
                probe: row["probe"] ?? "", individual: row["individual"] ?? "", isNew: row["new_animal"] == "yes",
                rolling: files("gallery_rolling"), single: files("gallery_single"))
        }
    }

    /// These lists quote nothing.
    private func table(_ file: URL) throws -> [[String: String]] {
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return cells.dropFirst().map { Dictionary(zip(cells[0], $0), uniquingKeysWith: { first, _ in first }) }
    }
}
