import Foundation
import Identification
import Imaging
import Registry
import SampleAnimals

/// Names drawn animals of a later session, and screens animals that were never enrolled.
struct DrawnHeads {
    let animals: Int
    let sessions: Int

    func run() async throws {
        print("difficulty   probes  top-1   named   wrongly  undecided  unknown | strangers: unknown  undecided  named")
        let enrolled = try await templates(of: Array(0..<animals), sessions: Array(0..<sessions), difficulty: .good)
        for difficulty in [SampleConditions.Difficulty.good, .ordinary, .poor] {
            let probes = try await templates(of: Array(0..<animals), sessions: [1000], difficulty: difficulty)
            let strangers = try await templates(
                of: Array(1_000_000..<(1_000_000 + animals)), sessions: [1000], difficulty: difficulty)
            let known = try await answers(probes, enrolled)
            let new = try await answers(strangers, enrolled)
            let first = known.count { $0.best == $0.animal }
            let named = known.count { $0.call == .first && $0.best == $0.animal }
            let wrong = known.count { $0.call == .first && $0.best != $0.animal }
            let counts = [
                "\(known.count)", fixed(Double(first) / Double(max(1, known.count)), 3), "\(named)", "\(wrong)",
                "\(known.count { $0.call == .open })", "\(known.count { $0.call == .none })",
                "\(new.count { $0.call == .none })", "\(new.count { $0.call == .open })",
                "\(new.count { $0.call == .first })",
            ]
            print(
                difficulty.rawValue.padding(toLength: 13, withPad: " ", startingAt: 0)
                    + counts.map { $0.padding(toLength: 9, withPad: " ", startingAt: 0) }.joined())
        }
    }

    private struct Drawn: Sendable {
        let animal: Int
        let template: Template
    }

    private struct Answer: Sendable {
        let animal: Int
        let best: Int
        let call: Judgement.Call
    }

    private func templates(
        of animals: [Int], sessions: [Int], difficulty: SampleConditions.Difficulty
    ) async throws -> [Drawn] {
        try await concurrentMap(animals.flatMap { animal in sessions.map { (animal, $0) } }) { animal, session in
            let conditions = SampleConditions.random(
                seed: UInt64(animal) &* 10_007 &+ UInt64(session), difficulty: difficulty)
            let photo = try renderPhoto(
                of: SampleAnimal(seed: UInt64(animal)), under: conditions, capturedAt: nil, position: nil)
            let box = try photo.headBox.map { try RegionBox(x: $0.x, y: $0.y, width: $0.width, height: $0.height) }
            guard let region = try locateRegion(in: photo.jpeg, box: box) else {
                throw BenchmarkError("animal \(animal) was not located")
            }
            return Drawn(animal: animal, template: try Extractor.siftLightnessYellow.extract(region))
        }
    }

    private func answers(_ probes: [Drawn], _ gallery: [Drawn]) async throws -> [Answer] {
        try await concurrentMap(probes) { probe in
            let matcher = Matcher(probe.template)
            var scores: [Int: Double] = [:]
            for reference in gallery {
                scores[reference.animal] = max(
                    scores[reference.animal] ?? -.infinity, try matcher.evidence(against: reference.template).score)
            }
            let photos = Dictionary(grouping: gallery, by: \.animal).mapValues(\.count)
            let ranked = scores.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
            return Answer(
                animal: probe.animal, best: ranked.first?.key ?? -1,
                call: Decider().judge(
                    ranked.map { AnimalScore($0.value, comparisons: photos[$0.key] ?? 1) },
                    among: SearchedGallery(animals: ranked.count, comparisons: gallery.count)
                ).call)
        }
    }
}
