import Foundation
@testable import Hybrids
import Imaging
import Registry
import SampleAnimals
import Statistics
import Testing

@Suite("Suggested landmarks", .serialized)
struct LandmarkSuggestionTests {
    /// A drawn head in any heading, with its landmarks as a person would place them, and as they are.
    private struct Drawn: Sendable {
        let photograph: LandmarkedPhotograph
        let truth: DorsalHead
    }

    private static func conditions(_ number: Int) -> SampleConditions {
        var conditions = SampleConditions.random(seed: UInt64(number) + 500, difficulty: .good)
        conditions.headingRadians = Double(number) * 2.399_963
        (conditions.width, conditions.height) = (200, 150)
        return conditions
    }

    private static func drawn(_ numbers: Range<Int>) async throws -> [Drawn] {
        try await withThrowingTaskGroup(of: (Int, Drawn?).self) { group in
            for number in numbers {
                group.addTask {
                    let photo = try renderPhoto(of: SampleAnimal(seed: UInt64(number)), under: conditions(number))
                    guard let truth = try? markedHead(photo),
                        let placed = try? markedHead(photo, deviation: 0.015, seed: UInt64(number))
                    else { return (number, nil) }
                    let photograph = LandmarkedPhotograph(animal: "\(number)", image: photo.image, head: placed)
                    return (number, Drawn(photograph: photograph, truth: truth))
                }
            }
            return try await group.reduce(into: [(Int, Drawn?)]()) { $0.append($1) }.sorted { $0.0 < $1.0 }
                .compactMap(\.1)
        }
    }

    private static let learned = Task {
        try await LandmarkModel.learned(
            from: LandmarkTrainingData(drawn(0..<22).map(\.photograph), isDrawn: true),
            madeAt: Date(timeIntervalSince1970: 1_700_000_000))
    }

    @Test("Heads of other animals are found in any heading, nearer than the mean shape on their frame, or not at all")
    func accuracy() async throws {
        let (model, trials) = try await Self.learned.value
        let others = try await Self.drawn(100..<110)
        var (errors, meanShape): ([Double], [Double]) = ([], [])
        for one in others {
            guard let suggestion = model.suggestion(on: one.photograph.image) else { continue }
            errors.append(one.truth.error(of: suggestion.head.points))
            // What lies in the middle of a photograph with its snout up is what there is without looking.
            let image = one.photograph.image
            let blind = HeadFrame(
                middle: SIMD2(Double(image.width), Double(image.height)) / 2, length: one.truth.headLength, heading: 0)
            meanShape.append(one.truth.error(of: blind.places(model.search.cascade.mean)))
        }
        #expect(errors.count >= 5, "found \(errors.count) of \(others.count)")
        #expect(errors.reduce(0, +) / Double(max(1, errors.count)) < 0.1, "\(errors)")
        #expect(errors.count { $0 > 0.15 } <= 1, "\(errors)")
        #expect(errors.reduce(0, +) * 3 < meanShape.reduce(0, +))

        let figures = model.figures
        #expect(figures.notice?.contains("Drawn, not real") == true)
        #expect(trials.count == model.data.photographs && model.data.animals == trials.count)
        #expect(figures.abstentions.count + figures.failures.of == trials.count)
        #expect((figures.error ?? 1) < 0.1)
        #expect(figures.landmarks.map(\.landmark) == HeadLandmark.allCases)
        #expect(figures.landmarks.allSatisfy { $0.median <= $0.ninetieth })
    }

    @Test("Where snout and neck were placed, the other landmarks are suggested round them")
    func axis() async throws {
        let (model, _) = try await Self.learned.value
        let one = try #require(try await Self.drawn(100..<101).first)
        let suggestion = try #require(
            model.suggestion(
                on: one.photograph.image, axis: (one.truth[.snoutTip], one.truth[.neckMiddle])))
        #expect(one.truth.error(of: suggestion.head.points) < 0.12)
    }

    @Test("On a river bed without an animal, and on a plain picture, nothing is suggested")
    func abstention() async throws {
        let (model, _) = try await Self.learned.value
        var suggested = 0
        for number in 200..<205 {
            let bed = try renderPhoto(of: nil, under: Self.conditions(number)).image
            if model.suggestion(on: bed) != nil { suggested += 1 }
        }
        #expect(suggested <= 1)
        #expect(model.suggestion(on: PixelImage(width: 200, height: 150, repeating: (90, 90, 90))) == nil)
        #expect(model.suggestion(on: PixelImage(width: 2, height: 1, repeating: (90, 90, 90))) == nil)
    }

    @Test("A model read from its file suggests the same; a changed file is refused")
    func file() async throws {
        let (model, _) = try await Self.learned.value
        let json = try model.json()
        #expect(try LandmarkModel(reading: json) == model)
        #expect(throws: LandmarkModelRejection.self) { try LandmarkModel(reading: Data("{}".utf8)) }
        #expect(throws: LandmarkModelRejection.tooLarge(bytes: LandmarkModel.mostBytes + 1)) {
            try LandmarkModel(reading: Data(count: LandmarkModel.mostBytes + 1))
        }
        let text = String(decoding: json, as: UTF8.self)
        #expect(throws: LandmarkModelRejection.otherForm("landmark-model-9, dorsal-head-1")) {
            try LandmarkModel(reading: Data(text.replacing("landmark-model-1", with: "landmark-model-9").utf8))
        }
        let weights = try #require(text.firstMatch(of: /"weights" : "[^"]+"/))
        #expect(throws: LandmarkModelRejection.damaged) {
            try LandmarkModel(reading: Data(text.replacing(weights.output, with: "\"weights\" : \"AAAA\"").utf8))
        }
    }

    @Test("The same photographs teach the same steps, in whatever order they come")
    func sameAgain() async throws {
        let photographs = try await Self.drawn(0..<3).map(\.photograph)
        let twenty = (0..<20).map { number in
            LandmarkedPhotograph(
                animal: "\(number)", image: photographs[number % 3].image, head: photographs[number % 3].head)
        }
        let data = try LandmarkTrainingData(twenty, isDrawn: true)
        let turned = try LandmarkTrainingData(twenty.reversed(), isDrawn: true)
        #expect(data.fingerprint == turned.fingerprint)
        #expect(data.photographs.map(\.animal) == turned.photographs.map(\.animal))
        #expect(try LandmarkTrainingData(twenty, isDrawn: false).fingerprint != data.fingerprint)
        let steps = try #require(LandmarkCascade(from: photographs, lengths: 0.2...0.6))
        #expect(LandmarkCascade(from: photographs, lengths: 0.2...0.6) == steps)
    }

    @Test("With too few animals nothing is learned, and it is said how many are missing")
    func tooFew() async throws {
        let photographs = try await Self.drawn(0..<2).map(\.photograph)
        #expect(throws: LandmarkLearningRefusal.tooFewAnimals(missing: 18)) {
            try LandmarkTrainingData(photographs + photographs, isDrawn: true)
        }
        #expect(LandmarkLearningRefusal.tooFewAnimals(missing: 18).description.contains("18 are missing"))
    }
}
