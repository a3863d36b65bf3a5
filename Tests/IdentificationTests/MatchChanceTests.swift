import Foundation
import Identification
import Registry
import Testing

@Suite struct MatchChanceTests {
    private func quality(
        sharpness: Double = 0.6, luminance: Double = 90, glare: Double = 0, bright: Double = 0, pixels: Double = 500,
        features: Int = 400
    ) -> QualityReport {
        QualityReport(
            photo: Identifier(), region: "mask", sharpness: sharpness, meanLuminance: luminance, darkFraction: 0,
            brightFraction: bright, glareFraction: glare, animalPixels: pixels, features: features)
    }

    /// Photographs of thirty animals that match with a probability that falls with blur alone, drawn at random; their
    /// size varies and means nothing.
    private func blurred(seed: UInt64 = 1) -> [GradedPhotograph] {
        var state = seed
        func unit() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) * 0x1p-31
        }
        return (0..<1500).map { index in
            let shortfall = unit() * 3
            let chance = 1 / (1 + exp(-4 + 4 * shortfall))
            return GradedPhotograph(
                quality: quality(sharpness: 0.8 * exp(-shortfall), pixels: 300 + unit() * 600),
                isMatched: unit() < chance, animal: "animal \(index % 30)")
        }
    }

    @Test func whatCostsMatchesIsLearnedAndNamed() throws {
        let chance = try MatchChance.learned(from: blurred(), source: "blurred")
        #expect(chance.probes == 1500 && chance.animals == 30 && chance.matched > 300)
        let sharp = chance.estimate(quality(sharpness: 0.8))
        #expect(sharp.chance > 0.8 && sharp.advice.isEmpty && !sharp.isHopeless)
        #expect(sharp.low < sharp.chance && sharp.chance < sharp.high)
        let soft = chance.estimate(quality(sharpness: 0.8 * exp(-1.0)))
        #expect(abs(soft.chance - 0.5) < 0.1)
        #expect(soft.advice.first == .sharpness)
        let gone = chance.estimate(quality(sharpness: 0.04))
        #expect(gone.isHopeless && gone.high < MatchChance.least)
        #expect(chance.fit.ece < 0.05 && chance.fit.brier < 0.15)
    }

    @Test func aBetterMeasureNeverLowersTheChance() throws {
        let chance = try MatchChance.learned(from: blurred(), source: "blurred")
        for learned in [chance, .standard] {
            let chances = [0.05, 0.1, 0.2, 0.4, 0.8].map { learned.estimate(quality(sharpness: $0)).chance }
            #expect(zip(chances, chances.dropFirst()).allSatisfy { $0 <= $1 })
            let glare = [0, 0.2, 0.5, 0.9].map { learned.estimate(quality(glare: $0)).chance }
            #expect(zip(glare, glare.dropFirst()).allSatisfy { $0 >= $1 })
        }
    }

    @Test func equalListsGiveEqualChancesAndStorageKeepsThem() throws {
        let chance = try MatchChance.learned(from: blurred(), source: "blurred")
        #expect(try MatchChance.learned(from: blurred(), source: "blurred") == chance)
        #expect(try JSONDecoder().decode(MatchChance.self, from: JSONEncoder().encode(chance)) == chance)
    }

    @Test func tooFewPhotographsAreRefusedWithTheCount() {
        let found = blurred().filter(\.isMatched)
        let few = Array(found.prefix(100)) + Array(blurred().filter { !$0.isMatched }.prefix(29))
        let error = #expect(throws: TooFewGradedPhotographs.self) {
            try MatchChance.learned(from: few, source: "few")
        }
        #expect(error?.description.contains("100 photographs that found their animal and 29 that did not") == true)
    }

    @Test func theStandardSaysWhatToChange() {
        let good = MatchChance.standard.estimate(quality())
        #expect(good.chance > 0.8, "\(good)")
        let blurred = MatchChance.standard.estimate(quality(sharpness: 0.03, features: 15))
        #expect(blurred.isHopeless, "\(blurred)")
        #expect(!blurred.advice.isEmpty)
    }
}
