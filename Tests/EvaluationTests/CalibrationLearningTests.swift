import Foundation
import Identification
import Testing

@Suite struct CalibrationLearningTests {
    /// Pairs whose posterior odds are those of a known line, drawn at random.
    func pairs(intercept: Double, slope: Double, odds: Double, count: Int, seed: UInt64) -> [LabelledScore] {
        var drawn = Population(seed: seed)
        return (0..<count).map { index in
            let score = drawn.unit() * 5
            let logit = intercept + slope * score + odds
            return LabelledScore(
                score: score, isSame: drawn.unit() < 1 / (1 + exp(-logit)), animal: "animal \(index % 60)")
        }
    }

    @Test func aKnownLineIsRecovered() throws {
        let pairs = pairs(intercept: -6, slope: 3, odds: 0, count: 40_000, seed: 3)
        let learned = try Calibration.learned(from: pairs, population: "drawn")
        let genuine = Double(pairs.count(where: \.isSame))
        // What was drawn has the classes' odds in it; what is learned has not.
        let expected = -6 - log(genuine / (Double(pairs.count) - genuine))
        #expect(abs(learned.slope - 3) < 0.15)
        #expect(abs(learned.intercept - expected) < 0.3)
        #expect(learned.genuinePairs == Int(genuine))
        #expect(learned.impostorPairs == pairs.count - Int(genuine))
        #expect(learned.animals == 60)
        #expect(learned.population == "drawn")
    }

    @Test func threePairsAreRefusedWithTheCountNeeded() throws {
        let three = [
            LabelledScore(score: 40, isSame: true, animal: "a"), LabelledScore(score: 2, isSame: false, animal: "a"),
            LabelledScore(score: 3, isSame: false, animal: "b"),
        ]
        let error = #expect(throws: CalibrationError.self) {
            try Calibration.learned(from: three, population: "three")
        }
        #expect(
            error
                == .tooFewPairs(CalibrationSample(genuinePairs: 1, genuineAnimals: 1, impostorPairs: 2)))
        let text = try #require(error).description
        #expect(text.contains("30 from 10 animals and 300 are needed"))
        // Enough pairs of too few animals are too few.
        let nine = (0..<400).map { (index: Int) -> LabelledScore in
            let isSame = index % 4 == 0
            return LabelledScore(score: isSame ? 30 : 2, isSame: isSame, animal: "animal \(index % 9)")
        }
        #expect(throws: CalibrationError.self) { try Calibration.learned(from: nine, population: "nine") }
    }

    /// 100 genuine and 500 impostor pairs whose scores do not overlap: 0 … 4 and 30 … 36.
    func apart(genuineAbove: Bool) -> [LabelledScore] {
        (0..<600).map { (index: Int) -> LabelledScore in
            let isSame = index % 6 == 0
            let score = isSame == genuineAbove ? 30 + Double(index % 7) : Double(index % 5)
            return LabelledScore(score: score, isSame: isSame, animal: "animal \(index % 25)")
        }
    }

    @Test func classesThatDoNotOverlapStayFinite() throws {
        let learned = try Calibration.learned(from: apart(genuineAbove: true), population: "apart")
        #expect(learned.slope.isFinite && learned.slope > 0 && learned.slope < 200)
        #expect(learned.logLikelihoodRatio(4) < 0)
        #expect(learned.logLikelihoodRatio(30) > 0)
    }

    @Test func lookAlikesRaiseTheirRateAndLeaveTheLine() throws {
        var drawn = Population(seed: 4)
        // Sums of four draws, 50 ± 8 and 28 ± 5: as scores of one animal and of two are.
        func score(_ middle: Double, _ deviation: Double) -> Double {
            let sum = drawn.unit() + drawn.unit() + drawn.unit() + drawn.unit()
            return middle + deviation * (sum - 2) * 3.0.squareRoot()
        }
        let clean = (0..<4200).map { (index: Int) -> LabelledScore in
            let isSame = index % 21 == 0
            return LabelledScore(
                score: isSame ? score(50, 8) : score(28, 5), isSame: isSame, animal: "animal \(index % 40)")
        }
        let before = try Calibration.learned(from: clean, population: "clean")
        // One pair of different animals in a thousand scores as if it were the same: what a double entry does.
        let lookAlikes = (0..<4).map { LabelledScore(score: 58, isSame: false, animal: "animal \($0)") }
        let after = try Calibration.learned(from: clean + lookAlikes, population: "double entries")
        #expect(abs(after.slope / before.slope - 1) < 0.1)
        #expect(before.lookAlikeRate < 3e-4)
        #expect((5e-4...2e-3).contains(after.lookAlikeRate))
        #expect(after.logLikelihoodRatio(100) < before.logLikelihoodRatio(100))
    }

    @Test func anAnimalWithManyPhotographsWeighsNoMoreThanOthers() throws {
        let base = pairs(intercept: -6, slope: 3, odds: 0, count: 3000, seed: 9)
        let own = base.filter { $0.animal == "animal 0" }
        let repeated = base + (0..<20).flatMap { _ in own }
        let before = try Calibration.learned(from: base, population: "once")
        let after = try Calibration.learned(from: repeated, population: "often")
        #expect(abs(before.slope - after.slope) < 0.05)
    }

    @Test func scoresThatDoNotRiseOrAreImpossibleAreRefused() {
        #expect(throws: CalibrationError.noSeparation) {
            try Calibration.learned(from: apart(genuineAbove: false), population: "backwards")
        }
        #expect(throws: CalibrationError.impossibleScore("-1.0")) {
            try Calibration.learned(
                from: [LabelledScore(score: -1, isSame: true, animal: "a")], population: "negative")
        }
    }
}
