import Foundation
import Registry
import Testing

@testable import andrias

@Suite struct CalibrationCommandTests {
    private func calibration(
        _ population: String?, scorer: String, tail: Bool = true, active: Bool = true
    ) -> LearnedCalibration {
        let fit = LearnedCalibration.Fit(ece: 0, brier: 0, logLoss: 0)
        return LearnedCalibration(
            id: Identifier(),
            content: .init(
                population: population, region: .head, scorer: scorer, intercept: -30, slope: 1, lookAlikeRate: 1e-5,
                genuinePairs: 40, impostorPairs: 400, animals: 12,
                tail: tail ? ImpostorTail(location: 27, scale: 1.5, searches: 40) : nil,
                figures: .init(before: fit, after: fit, falsePositives: nil)), madeAt: .now, madeBy: "Sato",
            activeSince: active ? .now : nil)
    }

    @Test func whatAnotherScorerWasCalibratedForIsLearnedAgain() {
        let all = [
            calibration("Hatsuka", scorer: "old"), calibration("Kiso", scorer: "old"),
            calibration("Kiso", scorer: "this"), calibration(nil, scorer: "this", tail: false),
            calibration("Yodo", scorer: "old", active: false),
        ]
        #expect(all.placesToLearnAgain(for: "this") == ["Hatsuka, head", "the whole registry, head"])
    }
}
