import Foundation
import Identification
import Registry
import Testing

@Suite struct CalibrationLearningTests {
    /// Pairs whose posterior odds are those of a known line, drawn at random.
    func pairs(
        intercept: Double, slope: Double, odds: Double, count: Int, seed: UInt64, photos: Int = 1
    ) -> [LabelledScore] {
        var drawn = SplitMix(state: seed)
        return (0..<count).map { index in
            let score = drawn.unit() * 5
            let logit = intercept + slope * score + odds - log(Double(photos))
            return LabelledScore(
                score: score, comparisons: photos, isSame: drawn.unit() < 1 / (1 + exp(-logit)),
                animal: "animal \(index % 60)")
        }
    }

    /// Searches whose best scores follow a Gumbel law.
    func searches(_ tail: ImpostorTail, comparisons: (Int) -> Int, count: Int, seed: UInt64) -> [NonMatedSearch] {
        var drawn = SplitMix(state: seed)
        return (0..<count).map { index in
            let photos = comparisons(index)
            let best = tail.location + tail.scale * (log(Double(photos)) - log(-log(max(1e-9, drawn.unit()))))
            return NonMatedSearch(best: max(0, best), comparisons: photos, animal: "animal \(index % 60)")
        }
    }

    func evidence(_ pairs: [LabelledScore]) -> CalibrationEvidence {
        let tail = ImpostorTail(location: 20, scale: 2, searches: 0)
        return CalibrationEvidence(
            pairs: pairs, searches: searches(tail, comparisons: { _ in 10 }, count: 120, seed: 4))
    }

    @Test(arguments: [1, 8]) func aKnownLineIsRecovered(photos: Int) throws {
        let pairs = pairs(intercept: -6, slope: 3, odds: 0, count: 40_000, seed: 3, photos: photos)
        let learned = try Calibration.learned(from: evidence(pairs), population: "drawn")
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
            try Calibration.learned(from: CalibrationEvidence(pairs: three), population: "three")
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
        #expect(throws: CalibrationError.self) { try Calibration.learned(from: evidence(nine), population: "nine") }
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
        let learned = try Calibration.learned(from: evidence(apart(genuineAbove: true)), population: "apart")
        #expect(learned.slope.isFinite && learned.slope > 0 && learned.slope < 200)
        #expect(learned.logLikelihoodRatio(4) < 0)
        #expect(learned.logLikelihoodRatio(30) > 0)
    }

    @Test func anAnimalWithManyPhotographsWeighsNoMoreThanOthers() throws {
        let base = pairs(intercept: -6, slope: 3, odds: 0, count: 3000, seed: 9)
        let own = base.filter { $0.animal == "animal 0" }
        let repeated = base + (0..<20).flatMap { _ in own }
        let before = try Calibration.learned(from: evidence(base), population: "once")
        let after = try Calibration.learned(from: evidence(repeated), population: "often")
        #expect(abs(before.slope - after.slope) < 0.05)
    }

    @Test func scoresThatDoNotRiseOrAreImpossibleAreRefused() {
        #expect(throws: CalibrationError.noSeparation) {
            try Calibration.learned(from: evidence(apart(genuineAbove: false)), population: "backwards")
        }
        #expect(throws: CalibrationError.impossibleScore("-1.0")) {
            try Calibration.learned(
                from: CalibrationEvidence(pairs: [LabelledScore(score: -1, isSame: true, animal: "a")]),
                population: "negative")
        }
    }

    @Test func theTailOfOtherAnimalsIsRecoveredAndTellsOfLargerRegistries() throws {
        let drawn = ImpostorTail(location: 22, scale: 1.7, searches: 0)
        let small = searches(drawn, comparisons: { 5 + $0 % 60 }, count: 4000, seed: 6)
        let learned = try ImpostorTail.learned(from: small)
        #expect(abs(learned.location - 22) < 0.2 && abs(learned.scale - 1.7) < 0.06)
        #expect(learned.searches == 4000)
        // A hundred times as many photographs as it was learned from.
        let large = searches(drawn, comparisons: { _ in 3000 }, count: 20_000, seed: 7)
        for rate in [0.1, 0.01, 0.003] {
            let threshold = learned.score(atRate: rate, comparisons: 3000)
            let obtained = Double(large.count { $0.best >= threshold }) / Double(large.count)
            #expect(obtained > rate / 2 && obtained < rate * 2, "\(rate)")
            #expect(abs(learned.falsePositiveRate(at: threshold, comparisons: 3000) - rate) < 1e-9)
        }
    }

    @Test func tooFewSearchesAmongOtherAnimalsAreRefusedWithTheCount() {
        let tail = ImpostorTail(location: 22, scale: 1.7, searches: 0)
        let few = CalibrationEvidence(
            pairs: evidence(pairs(intercept: -6, slope: 3, odds: 0, count: 2000, seed: 3)).pairs,
            searches: searches(tail, comparisons: { _ in 10 }, count: 29, seed: 1))
        let error = #expect(throws: CalibrationError.tooFewSearches(29, animals: 29)) {
            try Calibration.learned(from: few, population: "few")
        }
        #expect(error?.description.contains("30 of 10 animals are needed") == true)
    }
}

extension SplitMix {
    /// A number in 0 ..< 1.
    fileprivate mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
