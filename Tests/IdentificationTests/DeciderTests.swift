import Identification
import Testing

@Suite struct DeciderTests {
    let decider = Decider.posterior(.newts)

    @Test func probabilitiesAndUnknownSumToOne() {
        for scores in [
            [0.0], [50, 25, 22], [38, 38, 38, 21], [90, 90], (0..<5000).map { Double($0 % 7) }.sorted(by: >),
        ] {
            let judgement = decider.judge(scores)
            let sum = judgement.probabilities.reduce(judgement.unknownProbability, +)
            #expect(abs(sum - 1) < 1e-9)
            #expect(judgement.probabilities.count == scores.count)
        }
    }

    @Test func aHigherScoreNeverLowersTheProbability() {
        var before = 0.0
        for score in stride(from: 0.0, through: 80, by: 0.5) {
            let probability = decider.judge([score, 23, 22, 21]).probabilities[0]
            #expect(probability >= before)
            before = probability
        }
    }

    @Test func moreAnimalsSearchedAskForMoreEvidence() {
        let few = decider.judge([44] + [Double](repeating: 22, count: 9)).probabilities[0]
        let many = decider.judge([44] + [Double](repeating: 22, count: 9999)).probabilities[0]
        #expect(many < few)
    }

    @Test func animalsWithoutAFullComparisonCountAsSearched() {
        let compared = [44.0, 22, 22]
        #expect(
            decider.judge(compared, among: 9999).probabilities[0] < decider.judge(compared).probabilities[0])
    }

    @Test func noResemblanceIsUnknownAndATieIsOpen() {
        #expect(decider.judge([25, 20, 20]).call == .none)
        #expect(decider.judge([60, 60, 22]).call == .open)
        #expect(decider.judge([60, 23, 22]).call == .first)
        #expect(decider.judge([]).call == .none)
    }
}
