import Foundation
import Identification

/// Probabilities stated by the decider under calibrations that did not see the probe's animal.
struct PosteriorCheck {
    /// “The first animal is right”, once for every mated and non-mated search of a usable photograph.
    let statements: [Statement]
    /// “This pair is the same animal”, once for every pair of probe and animal.
    let pairStatements: [Statement]
    /// Answers to mated searches.
    let known: AnswerCounts
    /// Answers to non-mated searches.
    let unknown: AnswerCounts
    /// One calibration a fold.
    let calibrations: [Calibration]
    /// The calibration from all pairs; `nil` where it or that of a fold could not be learned.
    let learned: Calibration?
    /// Why it could not.
    let refusal: CalibrationError?

    init(_ searches: [Search], folds: AnimalFolds, population: String) {
        let pairs = searches.flatMap { search in
            search.candidates.map { candidate in
                let pair = LabelledScore(
                    score: candidate.score, isSame: candidate.name == search.individual, animal: search.individual)
                return (fold: search.fold, animal: search.animal, pair: pair)
            }
        }
        do throws(CalibrationError) {
            var calibrations: [Calibration] = []
            for fold in 0..<folds.count {
                calibrations.append(
                    try .learned(from: pairs.filter { $0.fold != fold }.map(\.pair), population: population))
            }
            learned = try .learned(from: pairs.map(\.pair), population: population)
            self.calibrations = calibrations
            refusal = nil
        } catch {
            calibrations = [Calibration](repeating: .newts, count: folds.count)
            learned = nil
            refusal = error
        }
        let sample = CalibrationSample(of: pairs.map(\.pair))
        let odds = log(Double(max(1, sample.genuinePairs)) / Double(max(1, sample.impostorPairs)))
        pairStatements = pairs.map { [calibrations] pair in
            let logit = calibrations[pair.fold].logLikelihoodRatio(pair.pair.score) + odds
            return Statement(
                animal: pair.animal, confidence: 1 / (1 + exp(-logit)), truth: pair.pair.isSame ? 1 : 0)
        }
        var statements: [Statement] = []
        var known = AnswerCounts()
        var unknown = AnswerCounts()
        for search in searches {
            let decider = Decider.posterior(calibrations[search.fold])
            let others = search.candidates.filter { $0.name != search.individual }.map(\.score)
            if search.isMated {
                known.count(decider, search.candidates.map(\.score), right: search.top1, usable: search.isUsable) {
                    statements.append(Statement(animal: search.animal, confidence: $0, truth: search.top1))
                }
            }
            unknown.count(decider, others, right: 0, usable: search.isUsable) {
                statements.append(Statement(animal: search.animal, confidence: $0, truth: 0))
            }
        }
        self.statements = statements
        self.known = known
        self.unknown = unknown
    }
}

extension AnswerCounts {
    fileprivate mutating func count(
        _ decider: Decider, _ scores: [Double], right: Double, usable: Bool, state: (Double) -> Void
    ) {
        guard usable else {
            unusable += 1
            return
        }
        let judgement = decider.judge(scores)
        switch judgement.call {
        case .first where right > 0.5: namedRight += 1
        case .first: namedWrong += 1
        case .open: undecided += 1
        case .none: calledUnknown += 1
        }
        state(judgement.probabilities.first ?? 0)
    }
}
