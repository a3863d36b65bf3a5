import Statistics
import Testing

@testable import Evaluation

@Suite struct CountingTests {
    @Test func equalScoresCountAsExpectedValues() throws {
        let scores = ["a": 5.0, "b": 3, "c": 3, "d": 3, "e": 1]
        let tied = try #require(Ranking(of: "c", in: scores))
        #expect(tied.hit(within: 1) == 0)
        #expect(abs(tied.hit(within: 2) - 1.0 / 3) < 1e-12)
        #expect(abs(tied.hit(within: 3) - 2.0 / 3) < 1e-12)
        #expect(tied.hit(within: 4) == 1)
        let reciprocals: [Double] = [1.0 / 2, 1.0 / 3, 1.0 / 4]
        #expect(abs(tied.reciprocal - reciprocals.reduce(0, +) / 3) < 1e-12)
        let allZero = try #require(Ranking(of: "x", in: ["x": 0, "y": 0, "z": 0, "w": 0]))
        #expect(allZero.hit(within: 1) == 0.25)
        #expect(Ranking(of: "nobody", in: scores) == nil)
    }

    @Test func aThresholdNeverLetsMorePassThanWanted() throws {
        let scores = [9.0, 8, 8, 8, 5, 4, 3, 2, 1, 0]
        let tenth = try #require(IdentificationThreshold.forRate(0.1, nonMated: scores))
        #expect(tenth > 8 && tenth < 8.001)
        let third = try #require(IdentificationThreshold.forRate(0.3, nonMated: scores))
        // Three may pass, but the third and fourth of the tie cannot be told apart.
        #expect(scores.count { $0 >= third } == 1)
        let none = try #require(IdentificationThreshold.forRate(0.01, nonMated: scores))
        #expect(none > 9)
        #expect(IdentificationThreshold.forRate(0.1, nonMated: []) == nil)
        for rate in [0.003, 0.05, 0.1, 0.2, 0.5, 0.9] {
            let threshold = try #require(IdentificationThreshold.forRate(rate, nonMated: scores))
            let passing = scores.count { $0 >= threshold }
            #expect(Double(passing) <= rate * Double(scores.count))
        }
    }

    @Test func theAreaCountsEqualScoresHalf() {
        let positives = [(animal: 0, score: 3.0), (animal: 1, score: 1)]
        let negatives = [(animal: 0, score: 1.0), (animal: 1, score: 0)]
        // 3 beats both, 1 beats 0 and ties with 1: 3.5 of 4.
        #expect(Discrimination(positives: positives, negatives: negatives).area() == 3.5 / 4)
        #expect(Discrimination(positives: positives, negatives: []).area() == nil)
        // Animal 1 alone: 1 beats 0.
        #expect(Discrimination(positives: positives, negatives: negatives).area([0, 1]) == 1)
    }

    @Test func intervalsAreOverAnimalsAndNotPhotographs() throws {
        // One animal with 99 hits and one with a single miss: drawn with replacement, either can be all there is.
        let values = [(animal: 1, value: 0.0)] + [(animal: Int, value: Double)](repeating: (0, 1), count: 99)
        #expect(AnimalBootstrap(animals: 2).interval(ofMean: values) == [0, 1])
        let interval = try #require(
            AnimalBootstrap(animals: 100).interval(ofMean: (0..<100).map { ($0, $0 < 80 ? 1 : 0) }))
        // A binomial part of 0.8 of 100 has a standard error of 0.04.
        #expect(abs(interval[0] - 0.72) <= 0.02 && abs(interval[1] - 0.88) <= 0.02)
    }

    @Test func calibrationErrorAndBrierOfKnownStatements() throws {
        let right = (0..<60).map { Statement(animal: $0 % 5, confidence: 0.9, truth: $0 < 48 ? 1 : 0) }
        let wrong = (0..<60).map { Statement(animal: $0 % 5, confidence: 0.1, truth: $0 < 6 ? 1 : 0) }
        let reliability = Reliability(right + wrong)
        // 0.9 said and 0.8 right; 0.1 said and 0.1 right; half of the statements each.
        #expect(abs(try #require(reliability.expectedError()) - 0.05) < 1e-12)
        let squares: [Double] = [48 * 0.01, 12 * 0.81, 6 * 0.81, 54 * 0.01]
        let brier = squares.reduce(0, +) / 120
        #expect(abs(try #require(reliability.brier()) - brier) < 1e-12)
        #expect(reliability.bins.map(\.count) == [60, 60])
        // Bins of equal mass part what bins of equal width take together.
        let near = Reliability(
            (0..<40).map { Statement(animal: 0, confidence: $0 < 20 ? 0.81 : 0.85, truth: $0 < 20 ? 1 : 0.66) })
        #expect(abs(try #require(near.expectedError(.equalWidth))) < 1e-12)
        #expect(abs(try #require(near.expectedError(.equalMass)) - 0.19) < 1e-12)
    }

    @Test func foldsKeepAnAnimalTogetherAndAreEven() {
        let names = (0..<43).map { "animal \($0)" }
        let folds = AnimalFolds(names)
        let counts = Dictionary(grouping: names) { folds[$0] }.mapValues(\.count)
        #expect(counts.count == 10)
        #expect(counts.values.allSatisfy { $0 == 4 || $0 == 5 })
        #expect(names.allSatisfy { AnimalFolds(names.reversed())[$0] == folds[$0] })
    }

    @Test func theTradeBetweenErrorsIsMonotone() {
        let searches = Population.searches(animals: 12, photos: 4, new: 2).map { Search($0, animal: 0, fold: 0) }
        let points = detCurve(mated: searches.filter(\.isMated), nonMated: searches.map(\.bestOther))
        #expect(points.first?.fpir == 0)
        #expect(points.last?.fpir == 1)
        for (before, after) in zip(points, points.dropFirst()) {
            #expect(after.fpir > before.fpir && after.fnir <= before.fnir && after.threshold < before.threshold)
            let named = searches.count { $0.bestOther >= after.threshold }
            #expect(after.fpir == Double(named) / Double(searches.count))
        }
    }
}
