import Evaluation
import Foundation
import Identification
import Registry
import Testing

@Suite struct CalibrationTrainingTests {
    /// A thousand scores that follow a logistic law in the score to a hundredth, of animals in turn.
    private func scores(intercept: Double, slope: Double) -> [LabelledScore] {
        (0..<40).flatMap { step in
            let score = Double(step)
            let genuine = Int((100 / (1 + exp(-intercept - slope * score))).rounded())
            return (0..<100).map { index in
                LabelledScore(score: score, isSame: index < genuine, animal: "animal \((index * 7 + step) % 25)")
            }
        }
    }

    /// Searches of 25 animals whose best scores follow a Gumbel law at 50 photographs.
    private func searches(count: Int) -> [NonMatedSearch] {
        var drawn = Population(seed: 11)
        let tail = ImpostorTail(location: 6, scale: 1.5, searches: 0)
        return (0..<count).map { index in
            let best = tail.score(atRate: min(1 - 1e-9, max(1e-9, drawn.unit())), comparisons: 50)
            return NonMatedSearch(best: max(0, best), comparisons: 50, animal: "animal \(index % 25)")
        }
    }

    @Test func whatWasLearnedFitsBetterThanWhatWasBorrowed() throws {
        let evidence = CalibrationEvidence(
            pairs: scores(intercept: -8, slope: 0.5), searches: searches(count: 2000))
        let content = try CalibrationTraining(evidence).learn(
            population: "Hatsuka", region: .head, scorer: "a b", before: .newts)
        #expect(content.figures.after.ece < 0.03)
        #expect(content.figures.after.brier < content.figures.before.brier)
        #expect(content.figures.after.logLoss < content.figures.before.logLoss)
        let checks = try #require(content.figures.falsePositives)
        #expect(checks.map(\.wanted) == [0.1, 0.01, 0.003])
        #expect(checks.allSatisfy { $0.obtained > $0.wanted / 2 && $0.obtained < $0.wanted * 2 })
        #expect(try #require(content.tail).searches == 2000)
        #expect(content.animals == 25 && content.genuinePairs + content.impostorPairs == 4000)
    }

    @Test func threePairsAreRefusedWithTheCountNeeded() throws {
        let three = (0..<3).map { LabelledScore(score: 50, isSame: true, animal: "animal \($0)") }
        let error = #expect(throws: CalibrationError.self) {
            _ = try CalibrationTraining(CalibrationEvidence(pairs: three))
        }
        #expect(try #require(error).description.contains("30 from 10 animals and 300 are needed"))
    }

    @Test(arguments: [(29, 10, 300), (30, 9, 300), (30, 10, 299)])
    func tooFewPairsAreRefusedWithTheCount(_ counts: (genuine: Int, animals: Int, impostors: Int)) throws {
        let genuine = (0..<counts.genuine).map {
            LabelledScore(score: 50, isSame: true, animal: "animal \($0 % counts.animals)")
        }
        let impostors = (0..<counts.impostors).map {
            LabelledScore(score: 2, isSame: false, animal: "animal \($0 % 50)")
        }
        let error = #expect(throws: CalibrationError.self) {
            _ = try CalibrationTraining(CalibrationEvidence(pairs: genuine + impostors))
        }
        let words = try #require(error).description
        #expect(words.contains("\(counts.genuine) pairs of the same animal (\(counts.animals) animals)"))
        #expect(words.contains("30 from 10 animals and 300 are needed"))
        let further =
            (0..<10).map { LabelledScore(score: 50, isSame: true, animal: "further \($0)") } + [
                LabelledScore(score: 2, isSame: false, animal: "further")
            ]
        #expect(throws: Never.self) {
            _ = try CalibrationTraining(CalibrationEvidence(pairs: genuine + impostors + further))
        }
    }
}
