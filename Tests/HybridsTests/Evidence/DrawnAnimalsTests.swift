import Foundation
import Registry
import SampleAnimals
import Statistics
import Testing

@testable import Hybrids

/// The whole path on drawn animals: counts of each river, what a model learned, and the posterior of both.
@Suite("The posterior on drawn animals")
struct DrawnAnimalsTests {
    private let study = SampleMeasures()

    /// What is known of each river by animals tested there.
    private func priors(_ tested: [SampleMeasures.Photograph]) throws -> [String: HybridAssessment.Prior] {
        let parameters = try #require(Question.parameters)
        return Dictionary(grouping: tested, by: \.river).mapValues { animals in
            let native = animals.count { $0.kind.isNative }
            let count = Question.count(native: native, others: animals.count - native)
            return ReachPrior.prior(from: [count], in: 2020, parameters, otherwise: .noCounts)
        }
    }

    private func posterior(
        _ learned: LikelihoodRatio?, _ prior: HybridAssessment.Prior
    ) throws -> HybridAssessment.Content {
        HybridJudge().assessment(
            of: HybridQuestion(
                prior: prior, characters: [], scores: [],
                learned: learned.map { LearnedEvidence(ratio: $0, model: "drawn") }, policy: .standard,
                parameters: try #require(Question.parameters)))
    }

    @Test("Of animals called suspect with a probability, that part is not native, in rivers of four base rates")
    func calibrated() throws {
        let tested = study.photographs(animals: 0..<600, seed: 1)
        let (priors, model) = (try priors(tested), try model(0..<600))
        let fresh = study.photographs(animals: 700_000..<702_000, seed: 9)
        let parts = Dictionary(
            uniqueKeysWithValues: SamplePopulation.standardRivers.map { river in
                let total = river.shares.values.reduce(0, +)
                return (river.name, 1 - (river.shares[.native] ?? 0) / total)
            })
        var (stated, known) = ([Statement](), [Statement]())
        for (place, photograph) in fresh.enumerated() {
            let prior = try #require(priors[photograph.river])
            let ratio = try model.opinion(on: [asked(photograph)], names: characterNames).ratio
            let chance = HybridPosterior.probability(prior.share.mean, ratio.logRatio)
            // The interval takes a twentieth of a second: a few animals go the whole way.
            if place < 20 { #expect(try posterior(ratio, prior).posterior.mean == chance) }
            let truth = photograph.kind.isNative ? 0.0 : 1
            stated.append(Statement(animal: place, confidence: chance, truth: truth))
            let odds = log((parts[photograph.river] ?? 0.5) / (1 - (parts[photograph.river] ?? 0.5)))
            known.append(
                Statement(
                    animal: place, confidence: 1 / (1 + exp(-odds - study.logRatio(photograph.values))), truth: truth))
        }
        // The generator itself is off by chance; 600 tested animals may add as much as their standard error.
        let (error, least) = (
            try #require(Reliability(stated).expectedError()), try #require(Reliability(known).expectedError())
        )
        #expect(error < least + 0.03, "\(error), the generator \(least)")
        let (loss, optimum) = (
            try #require(Reliability(stated).logarithmicLoss), try #require(Reliability(known).logarithmicLoss)
        )
        #expect(loss > optimum - 0.01 && loss < optimum + 0.05, "\(loss), the generator \(optimum)")
    }

    @Test("With blur fewer animals are called anything")
    func blurred() throws {
        let tested = study.photographs(animals: 0..<600, seed: 1)
        let (priors, model) = (try priors(tested), try model(0..<600))
        let silent = try [0.0, 2].map { blur -> Double in
            let fresh = study.photographs(animals: 710_000..<710_080, seed: 9, blur: blur)
            let count = try fresh.count { photograph in
                let opinion = try model.opinion(on: [asked(photograph)], names: characterNames)
                let content = try posterior(opinion.evidence, #require(priors[photograph.river]))
                return content.outcome == .insufficientEvidence
            }
            return Double(count) / Double(fresh.count)
        }
        #expect(silent[1] > silent[0] + 0.1, "\(silent)")
    }
}
