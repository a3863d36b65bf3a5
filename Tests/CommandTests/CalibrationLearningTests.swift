import Foundation
import Identification
import Registry
import Testing

@testable import andrias

@Suite struct CalibrationLearningTests {
    /// A thousand scores that follow a logistic law in `ln(1 + score)` to a hundredth, of animals in turn.
    private func scores(intercept: Double, slope: Double) -> [LabelledScore] {
        (0..<40).flatMap { step in
            let score = Double(step)
            let genuine = Int((100 / (1 + exp(-intercept - slope * log1p(score)))).rounded())
            return (0..<100).map { index in (score, index < genuine, "animal \((index * 7 + step) % 25)") }
        }
    }

    @Test func theLawBehindTheScoresIsFoundWithTheOddsTakenOut() throws {
        let scores = scores(intercept: -6, slope: 2.5)
        let fit = CalibrationLearning.logisticFit(scores)
        let genuine = Double(scores.count { $0.isSame })
        #expect(abs(fit.slope - 2.5) < 0.1)
        #expect(abs(fit.intercept + log(genuine / (Double(scores.count) - genuine)) + 6) < 0.25)
    }

    @Test func scoresThatSeparatePerfectlyGiveFiniteNumbers() {
        let scores = (0..<400).map { index in
            let isSame = index < 40
            return LabelledScore(isSame ? 60 : 2, isSame, "animal \(index % 20)")
        }
        let fit = CalibrationLearning.logisticFit(scores)
        #expect(fit.slope > 0 && fit.slope.isFinite && fit.intercept.isFinite)
        let calibration = Calibration(
            population: "p", intercept: fit.intercept, slope: fit.slope, lookAlikeRate: fit.lookAlikeRate)
        #expect(calibration.logLikelihoodRatio(60) > 3 && calibration.logLikelihoodRatio(2) < -3)
    }

    @Test func whatWasLearnedFitsBetterThanWhatWasBorrowed() throws {
        let learning = try CalibrationLearning(scores(intercept: -6, slope: 2.5))
        let content = try learning.learn(population: "Hatsuka", region: .head, scorer: "a b", before: .newts)
        #expect(content.figures.after.ece < 0.03)
        #expect(content.figures.after.brier < content.figures.before.brier)
        #expect(content.figures.after.logLoss < content.figures.before.logLoss)
        #expect(content.animals == 25 && content.genuinePairs + content.impostorPairs == 4000)
    }

    @Test(arguments: [(29, 10, 300), (30, 9, 300), (30, 10, 299)])
    func tooFewPairsAreRefusedWithTheCount(_ counts: (genuine: Int, animals: Int, impostors: Int)) throws {
        let genuine = (0..<counts.genuine).map { LabelledScore(50, true, "animal \($0 % counts.animals)") }
        let impostors = (0..<counts.impostors).map { LabelledScore(2, false, "animal \($0 % 50)") }
        let error = #expect(throws: CommandError.self) { _ = try CalibrationLearning(genuine + impostors) }
        let words = try #require(error).description
        #expect(words.contains("\(counts.genuine) pairs of one animal, of \(counts.animals) animals"))
        #expect(words.contains("at least 30 of 10 animals and 300"))
        let further = (0..<10).map { LabelledScore(50, true, "further \($0)") } + [LabelledScore(2, false, "further")]
        #expect(throws: Never.self) { _ = try CalibrationLearning(genuine + impostors + further) }
    }
}
