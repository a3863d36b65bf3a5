import Foundation
import Identification
import Imaging
import Registry
import SampleAnimals
import Screening

/// Spoils photographs of known animals step by step, and learns from which of them still find their animal what quality
/// is worth: the table and the numbers of `MatchChance.standard`.
///
/// Noise, stones and murky water are in the table and not learned from: no measure of quality tells them, so they would
/// only lower the chance of good photographs. Newts of later sessions are searched among the first session's of their cohort; drawn heads among two good
/// photographs of each animal. A photograph counts as matched where its own animal is named.
struct GradedQuality {
    /// The folder of the newts.
    let newts: URL
    private let engine = ScreeningEngine()

    func run() async throws {
        let spoiled = try await newtPhotographs() + drawnPhotographs()
        print("spoiled by                        photographs  matched  stated   of newts  of drawn heads")
        let graded = spoiled.filter(\.isMeasured).map {
            GradedPhotograph(quality: $0.quality, isMatched: $0.isMatched, animal: $0.animal)
        }
        let chance = try MatchChance.learned(
            from: graded, source: "graded newt bellies and drawn giant salamander heads")
        let order = spoiled.map(\.grade).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        for grade in order {
            let part = spoiled.filter { $0.grade == grade }
            let rate = { (photographs: [Spoiled]) in
                photographs.isEmpty
                    ? "–" : fixed(Double(photographs.count(where: \.isMatched)) / Double(photographs.count), 2)
            }
            let stated = part.reduce(0) { $0 + chance.estimate($1.quality).chance } / Double(part.count)
            let cells = [
                "\(part.count)", rate(part), fixed(stated, 2), rate(part.filter { !$0.isDrawn }),
                rate(part.filter(\.isDrawn)),
            ]
            print(
                grade.padding(toLength: 36, withPad: " ", startingAt: 0)
                    + cells.map { $0.padding(toLength: 10, withPad: " ", startingAt: 0) }.joined())
        }
        let hopeless = spoiled.filter(\.isMeasured).filter { chance.estimate($0.quality).isHopeless }
        print(
            "\(chance.probes) photographs of \(chance.animals) animals, \(chance.matched) matched; cross-validated by "
                + "animal: ECE \(fixed(chance.fit.ece, 4)), Brier \(fixed(chance.fit.brier, 4))")
        print("not worth comparing: \(hopeless.count), of which \(hopeless.count(where: \.isMatched)) matched")
        print(try literal(of: chance))
    }

    private struct Spoiled: Sendable {
        let grade: String
        let animal: String
        let isDrawn: Bool
        let isMeasured: Bool
        let quality: QualityReport
        let isMatched: Bool
    }

    private func newtPhotographs() async throws -> [Spoiled] {
        var spoiled: [Spoiled] = []
        for cohort in ["TK", "PW"] {
            let rows = try table("protocol_\(cohort).csv")
            let names = Dictionary(
                try table("metadata.csv").map { ($0["file"] ?? "", $0["individual"] ?? "") },
                uniquingKeysWith: { first, _ in first })
            let files = (rows.first?["gallery_single"] ?? "").split(separator: " ").map(String.init)
            let gallery = try await entries(
                files.map { (names[$0] ?? $0, try bytes($0), nil) })
            let known = Set(gallery.map(\.name))
            let probes = rows.filter { known.contains($0["individual"] ?? "") }
            let pictures = try probes.map { row -> (animal: String, image: PixelImage) in
                (row["individual"] ?? "", try decodePhoto(try bytes(row["probe"] ?? ""), longestSide: 512).image)
            }
            for (index, degradation) in Degradation.newts.enumerated() {
                // Each degradation spoils every third photograph, another third each, so that all kinds have all animals.
                let chosen = pictures.enumerated().filter { degradation == .none || $0.offset % 3 == index % 3 }
                    .map(\.element)
                spoiled += try await concurrently(chosen) { picture in
                    let image = degradation.apply(to: picture.image, seed: UInt64(index))
                    return try await grade(
                        try encodeJPEG(image, quality: 92), mark: nil, animal: picture.animal, among: gallery,
                        as: degradation.name, isMeasured: degradation.isMeasured, isDrawn: false)
                }
            }
        }
        return spoiled
    }

    private func table(_ name: String) throws -> [[String: String]] {
        let text = try String(contentsOf: newts.appending(path: name), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        guard let header = lines.first else { throw BenchmarkError("\(name) is empty") }
        return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: newts.appending(path: name)))
    }

    private static let heads = 48

    private func drawnPhotographs() async throws -> [Spoiled] {
        let good = try await concurrently(Array(0..<Self.heads).flatMap { [($0, 0), ($0, 1)] }) { animal, session in
            try draw(animal, session) { _ in }
        }
        let gallery = try await entries(good.map { ($0.animal, $0.jpeg, $0.mark) })
        var spoiled: [Spoiled] = []
        for (index, change) in DrawnChange.all.enumerated() {
            let animals = Array(0..<Self.heads).filter { $0 % 2 == index % 2 }
            spoiled += try await concurrently(animals) { animal in
                let photo = try draw(animal, 100 + index, change.apply)
                return try await grade(
                    photo.jpeg, mark: photo.mark, animal: photo.animal, among: gallery, as: change.name,
                    isMeasured: change.isMeasured, isDrawn: true)
            }
        }
        return spoiled
    }

    private func draw(
        _ animal: Int, _ session: Int, _ change: (inout SampleConditions) -> Void
    ) throws -> (animal: String, jpeg: [UInt8], mark: RegionMark?) {
        var conditions = SampleConditions.random(
            seed: UInt64(animal) &* 10_007 &+ UInt64(session), difficulty: .good)
        conditions.width = 960
        conditions.height = 720
        change(&conditions)
        let photo = try renderPhoto(
            of: SampleAnimal(seed: UInt64(5_000 + animal)), under: conditions, capturedAt: nil, position: nil)
        let mark = try photo.headBox.map {
            RegionMark(.box(try RegionBox(x: $0.x, y: $0.y, width: $0.width, height: $0.height)))
        }
        return ("drawn \(animal)", photo.jpeg, mark)
    }

    private func entries(_ photos: [(animal: String, jpeg: [UInt8], mark: RegionMark?)]) async throws -> [GalleryEntry]
    {
        let animals = Dictionary(
            photos.map { ($0.animal, Identifier<Individual>()) }, uniquingKeysWith: { first, _ in first })
        return try await concurrently(photos) { photo in
            let submitted = SubmittedPhoto(id: Identifier(), sha256: "", bytes: photo.jpeg, mark: photo.mark)
            guard let template = try await engine.examine(submitted).template, let animal = animals[photo.animal] else {
                return nil
            }
            return GalleryEntry(
                id: Identifier(), photo: submitted.id, sha256: "\(submitted.id)", individual: animal,
                name: photo.animal, region: .head, template: template)
        }.compactMap(\.self)
    }

    private func grade(
        _ jpeg: [UInt8], mark: RegionMark?, animal: String, among gallery: [GalleryEntry], as name: String,
        isMeasured: Bool,
        isDrawn: Bool
    ) async throws -> Spoiled {
        let photo = SubmittedPhoto(id: Identifier(), sha256: "probe", bytes: jpeg, mark: mark)
        let examined = try await engine.examine(photo)
        guard let quality = examined.quality else { throw BenchmarkError("\(name): \(animal) was not located") }
        var isMatched = false
        if let template = examined.template {
            let found = try await search(
                [Query(photo: photo.id, sha256: "probe", template: template)], among: gallery, lanes: 1)
            let judgement = Decider(calibrations: .borrowed).judge(found, queries: 1, among: gallery)
            isMatched = judgement.call == .first && found.first?.reference.name == animal
        }
        return Spoiled(
            grade: name, animal: animal, isDrawn: isDrawn, isMeasured: isMeasured, quality: quality,
            isMatched: isMatched)
    }

    private func concurrently<Element: Sendable, Result: Sendable>(
        _ elements: [Element], _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [Int: Result] = [:]
            for (index, element) in elements.enumerated() {
                if index >= ProcessInfo.processInfo.activeProcessorCount, let (done, result) = try await group.next() {
                    results[done] = result
                }
                group.addTask { (index, try await transform(element)) }
            }
            for try await (done, result) in group { results[done] = result }
            return elements.indices.compactMap { results[$0] }
        }
    }

    /// The learned numbers as they stand in the source.
    private func literal(of chance: MatchChance) throws -> String {
        guard
            let numbers = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(chance)) as? [String: Any],
            let typical = numbers["typical"] as? [String: Double], let line = numbers["line"] as? [String: Any],
            let causes = numbers["causes"] as? [String: Any], let others = numbers["withoutSome"] as? [[String: Any]]
        else { throw BenchmarkError("the learned chance has another form") }
        let list = { (values: [String: Double]) in
            "["
                + values.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \(fixed($0.value, 4))" }
                .joined(separator: ", ") + "]"
        }
        let words = { (line: [String: Any]) in
            "Line(intercept: \(fixed(line["intercept"] as? Double ?? .nan, 4)), "
                + "costs: \(list(line["costs"] as? [String: Double] ?? [:])))"
        }
        return """
            MatchChance(
                source: "\(chance.source)", probes: \(chance.probes), matched: \(chance.matched), \
            animals: \(chance.animals),
                typical: \(list(typical)),
                line: \(words(line)),
                causes: \(words(causes)),
                withoutSome: [
            \(others.map { "        \(words($0))," }.joined(separator: "\n"))
                ],
                fit: LearnedCalibration.Fit(ece: \(fixed(chance.fit.ece, 4)), brier: \(fixed(chance.fit.brier, 4)), \
            logLoss: \(fixed(chance.fit.logLoss, 4))))
            """
    }
}
