import Foundation
import Identification
import Registry
import Screening
import Statistics

/// Screens every photograph of a study among the photographs of earlier sessions, with the outcome people would get.
struct HeadStudy {
    let folder: URL
    /// File to write an answer a line to, for looking at single photographs.
    let answers: URL?

    func run() async throws {
        let study = try Study(folder: folder)
        let cache = try TemplateCache(in: folder)
        let engine = ScreeningEngine(extractor: cache.caching(.siftLightnessYellow))
        let registry = try await gallery(of: study, engine)
        let probes = study.photos.filter { $0.session > 1 }
        let results = try await concurrentMap(probes) { photo in
            let submitted = SubmittedPhoto(
                id: Identifier(), sha256: photo.file, bytes: try study.bytes(of: photo), mark: photo.mark)
            let verdict = try await engine.screen(
                [submitted], region: .head, gallery: registry.before[photo.session] ?? Gallery()
            ).verdict
            let animal = registry.animals[photo.individual]
            return Answer(
                photo: photo, verdict: verdict, animal: animal,
                isKnown: animal.map { registry.enrolled[photo.session]?.contains($0) == true } ?? false)
        }
        print(cache.summary)
        report(results)
        try answers.map { try write(results, to: $0) }
    }

    private struct Answer: Sendable {
        let photo: Study.Photo
        let verdict: Verdict
        let animal: Identifier<Individual>?
        /// Whether an earlier photograph of its animal is enrolled; without one the animal is as unknown as any.
        let isKnown: Bool

        var rank: Int? { verdict.candidates.firstIndex { $0.individual == animal }.map { $0 + 1 } }

        var word: String {
            switch verdict.outcome {
            case .matched(let named): named == animal ? "right" : "wrong"
            case .undecided: "undecided"
            case .unknown: "unknown"
            case .unusable: "unusable"
            case .failed: "failed"
            }
        }
    }

    private struct Registered: Sendable {
        /// What was enrolled before each session.
        let before: [Int: Gallery]
        /// Who was.
        let enrolled: [Int: Set<Identifier<Individual>>]
        let animals: [String: Identifier<Individual>]
    }

    private func gallery(of study: Study, _ engine: ScreeningEngine) async throws -> Registered {
        let known = study.photos.filter { !$0.isUnknown }
        let animals = Dictionary(
            known.map { ($0.individual, Identifier<Individual>()) }, uniquingKeysWith: { first, _ in first })
        let entries = try await concurrentMap(known) { photo -> (Int, GalleryEntry?) in
            let submitted = SubmittedPhoto(
                id: Identifier(), sha256: photo.file, bytes: try study.bytes(of: photo), mark: photo.mark)
            let template = try await engine.examine(submitted).template
            guard let template, let animal = animals[photo.individual] else { return (photo.session, nil) }
            return (
                photo.session,
                GalleryEntry(
                    id: Identifier(), photo: submitted.id, sha256: photo.file, individual: animal,
                    name: photo.individual, region: .head, template: template)
            )
        }
        let refused = entries.count { $0.1 == nil }
        print("\(entries.count - refused) photographs of \(animals.count) animals enrolled, \(refused) refused")
        var (gallery, before) = (Gallery(), [Int: Gallery]())
        var (seen, enrolled) = (Set<Identifier<Individual>>(), [Int: Set<Identifier<Individual>>]())
        for session in Set(study.photos.map(\.session)).sorted() {
            (before[session], enrolled[session]) = (gallery, seen)
            let added = entries.filter { $0.0 == session }.compactMap(\.1)
            gallery.advance(to: gallery.revision + 1, changed: added, removed: [])
            seen.formUnion(added.map(\.individual))
        }
        return Registered(before: before, enrolled: enrolled, animals: animals)
    }

    private func report(_ results: [Answer]) {
        let known = results.filter(\.isKnown)
        let new = results.filter { !$0.isKnown }
        let falsely = new.count { if case .matched = $0.verdict.outcome { true } else { false } }
        print(
            "FPIR of the standard policy: \(ExactBinomial(count: falsely, trials: new.count).text), "
                + "\(falsely) of \(new.count) searches for unknown animals")
        print("bounds: exact, 95 %\n")
        print(
            pad("known animals", 22) + pad("probes", 8) + pad("top-1", 26) + pad("top-1 of usable", 26)
                + pad("top-5", 8) + Self.words.map { pad($0, 10) }.joined())
        row("all", known)
        for (name, of) in strata(known) { row(name, of) }
        print("\n" + pad("unknown animals", 22) + pad("probes", 8) + Self.words.map { pad($0, 10) }.joined())
        for (name, of) in [("all", new)] + byDifficulty(new) {
            print(pad(name, 22) + pad("\(of.count)", 8) + counts(of))
        }
    }

    private static let words = ["right", "wrong", "undecided", "unknown", "unusable", "failed"]

    private func strata(_ known: [Answer]) -> [(String, [Answer])] {
        byDifficulty(known)
            + Dictionary(grouping: known) { ($0.photo.months ?? 0) / 12 }.sorted { $0.key < $1.key }
            .map { ("\(fixed($0.key, 1)) years", $0.value) }
    }

    private func byDifficulty(_ answers: [Answer]) -> [(String, [Answer])] {
        Dictionary(grouping: answers, by: \.photo.difficulty).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func row(_ name: String, _ answers: [Answer]) {
        let usable = answers.filter { $0.verdict.outcome != .unusable }
        let first = answers.count { $0.rank == 1 }
        let firstOfUsable = usable.count { $0.rank == 1 }
        let five = answers.count { ($0.rank ?? .max) <= 5 }
        print(
            pad(name, 22) + pad("\(answers.count)", 8)
                + pad(ExactBinomial(count: first, trials: answers.count).text, 26)
                + pad(ExactBinomial(count: firstOfUsable, trials: usable.count).text, 26)
                + pad(fixed(Double(five) / Double(max(1, answers.count)), 4), 8) + counts(answers))
    }

    private func counts(_ answers: [Answer]) -> String {
        let counted = Dictionary(grouping: answers, by: \.word).mapValues(\.count)
        return Self.words.map { pad("\(counted[$0] ?? 0)", 10) }.joined()
    }

    private func write(_ results: [Answer], to file: URL) throws {
        let lines = results.map { answer in
            let best = answer.verdict.candidates.first
            let own = answer.verdict.candidates.first { $0.individual == answer.animal }
            let cells: [String] = [
                answer.photo.file, answer.photo.individual, answer.photo.difficulty, answer.word,
                answer.rank.map { "\($0)" } ?? "", best?.name ?? "", best.map { fixed($0.score, 2) } ?? "",
                own.map { fixed($0.score, 2) } ?? "",
                answer.verdict.quality.first.map { fixed($0.sharpness, 2) } ?? "",
                answer.verdict.quality.first.map { "\($0.features)" } ?? "",
            ]
            return cells.joined(separator: ",")
        }
        let header = "file,individual,difficulty,answer,rank,best,best_score,own_score,sharpness,features"
        try Data(([header] + lines).joined(separator: "\n").utf8).write(to: file)
    }
}
