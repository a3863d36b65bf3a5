import Foundation
import Identification
import Registry
import Testing

@Suite struct DeciderTests {
    func judge(
        _ scores: [Double], by decider: Decider = Decider(), animals: Int? = nil, photos: Int = 1, unsearched: Int = 0
    ) -> Judgement {
        let animals = animals ?? scores.count
        return decider.judge(
            scores.map { AnimalScore($0, comparisons: photos) },
            among: SearchedGallery(animals: animals, comparisons: animals * photos, unsearched: unsearched))
    }

    func policy(rate: Double = 0.003, wrong: Double = 20, missed: Double = 20) throws -> DecisionPolicy {
        try DecisionPolicy(
            falsePositiveIdentificationRate: rate, costWrongName: wrong, costMissedAnimal: missed, costReview: 1)
    }

    @Test func probabilitiesAndUnknownSumToOne() {
        for scores in [
            [0.0], [50, 25, 22], [38, 38, 38, 21], [90, 90], (0..<5000).map { Double($0 % 7) }.sorted(by: >),
        ] {
            let judgement = judge(scores)
            let sum = judgement.probabilities.reduce(judgement.unknownProbability, +)
            #expect(abs(sum - 1) < 1e-9)
            #expect(judgement.probabilities.count == scores.count)
        }
    }

    @Test func aHigherScoreNeverLowersTheProbability() {
        var before = 0.0
        for score in stride(from: 0.0, through: 80, by: 0.5) {
            let probability = judge([score, 23, 22, 21]).probabilities[0]
            #expect(probability >= before)
            before = probability
        }
    }

    @Test(arguments: [15.0, 28, 31, 35, 45])
    func moreAnimalsOrPhotographsNeverMakeANameMoreProbable(score: Double) throws {
        var before = (probability: 1.0, rate: 0.0)
        for animals in [1, 3, 10, 100, 1000, 10_000] {
            let judgement = judge([score] + [Double](repeating: 12, count: min(animals - 1, 200)), animals: animals)
            let rate = try #require(judgement.falsePositiveRate)
            #expect(judgement.probabilities[0] <= before.probability && rate >= before.rate)
            before = (judgement.probabilities[0], rate)
        }
        before = (1, 0)
        for photos in [1, 2, 5, 50] {
            let judgement = judge([score, 12], photos: photos)
            let rate = try #require(judgement.falsePositiveRate)
            #expect(judgement.probabilities[0] <= before.probability && rate >= before.rate)
            before = (judgement.probabilities[0], rate)
        }
        #expect(judge([score, 12], unsearched: 50).probabilities[0] <= judge([score, 12]).probabilities[0])
    }

    @Test func animalsThatCouldNotBeComparedAreNotExcluded() {
        let all = judge([15, 12, 12])
        let some = judge([15, 12, 12], unsearched: 3)
        #expect(all.call == .none && some.call == .none)
        // Half of the known animals speak neither way: ½ against ¼.
        #expect(abs(some.unknownProbability - 2.0 / 3) < 0.001)
        #expect(all.unknownProbability > 0.999)
    }

    @Test func noResemblanceIsUnknownAndATieIsOpen() {
        #expect(judge([25, 20, 20]).call == .none)
        #expect(judge([60, 60, 22]).call == .open)
        #expect(judge([60, 23, 22]).call == .first)
        #expect(judge([]).call == .none)
    }

    @Test func aStricterPolicyNamesLessAndCallsLessUnknown() throws {
        for score in stride(from: 20.0, through: 60, by: 1) {
            var named = true
            for wrong in [3.0, 20, 100, 100_000] {
                let names = judge([score, 23], by: Decider(policy: try policy(wrong: wrong))).call == .first
                #expect(named || !names)
                named = names
            }
            named = true
            for rate in [0.1, 0.01, 0.003, 1e-6] {
                let names = judge([score, 23], by: Decider(policy: try policy(rate: rate, wrong: 3))).call == .first
                #expect(named || !names)
                named = names
            }
            var unknown = true
            for missed in [3.0, 20, 100, 100_000] {
                let calls = judge([score, 23], by: Decider(policy: try policy(missed: missed))).call == .none
                #expect(unknown || !calls)
                unknown = calls
            }
        }
    }

    @Test func aNameNeedsTheRateOfFalseNamesToo() throws {
        let loose = judge([50, 22], by: Decider(policy: try policy(rate: 0.1)), photos: 100)
        let strict = judge([50, 22], by: Decider(policy: try policy(rate: 1e-6)), photos: 100)
        #expect(loose.call == .first && !loose.isHeldByRate)
        #expect(strict.call == .open && strict.isHeldByRate)
        #expect(loose.probabilities == strict.probabilities)
    }

    @Test func anAnimalAmongTwentyThousandCanBeNamed() {
        let others = [Double](repeating: 30, count: 200)
        #expect(judge([66] + others, animals: 20_000, photos: 5).call == .first)
        #expect(judge([50] + others, animals: 20_000, photos: 5).call != .first)
    }

    @Test func everyAnimalIsWeighedByTheCalibrationOfItsPopulation() throws {
        func learned(_ population: String?, intercept: Double, location: Double) -> LearnedCalibration {
            let fit = LearnedCalibration.Fit(ece: 0, brier: 0, logLoss: 0)
            return LearnedCalibration(
                id: Identifier(),
                content: .init(
                    population: population, region: .head, scorer: "a b", intercept: intercept, slope: 1,
                    lookAlikeRate: 1e-5, genuinePairs: 40, impostorPairs: 400, animals: 12,
                    tail: ImpostorTail(location: location, scale: 1.5, searches: 40),
                    figures: .init(before: fit, after: fit, falsePositives: [])), madeAt: .now, madeBy: "Sato",
                activeSince: .now)
        }
        let hatsuka = learned("Hatsuka", intercept: -30, location: 20)
        let whole = learned(nil, intercept: -50, location: 35)
        let set = CalibrationSet([whole, hatsuka])
        #expect(set.calibration(of: "Hatsuka").id == hatsuka.id)
        #expect(set.calibration(of: "Kiso").id == whole.id && set.calibration(of: nil).id == whole.id)
        #expect(CalibrationSet([hatsuka]).calibration(of: "Kiso") == .newts)

        let decider = Decider(calibrations: set)
        let searched = SearchedGallery(animals: 2, comparisons: 2)
        let judgement = decider.judge(
            [AnimalScore(46, population: "Kiso"), AnimalScore(44, population: "Hatsuka")], among: searched)
        // The lower score is of the population whose animals resemble each other less.
        #expect(judgement.call == .first && judgement.probabilities[1] > judgement.probabilities[0])
        #expect(judgement.calibrations.map(\.id) == [hatsuka.id, whole.id])
        #expect(judgement.version.contains(hatsuka.id.description) && judgement.version.contains("0.003,20.0,20.0,1.0"))
    }
}
