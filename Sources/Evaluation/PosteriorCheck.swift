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
    /// Non-mated searches that more probably than not show another animal.
    let contradictions: [Contradiction]
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
        var contradictions: [Contradiction] = []
        for search in searches {
            guard search.isUsable else {
                if search.isMated { known.unusable += 1 }
                unknown.unusable += 1
                continue
            }
            let decider = Decider.posterior(calibrations[search.fold])
            if search.isMated {
                let judgement = decider.judge(search.candidates.map(\.score))
                known.count(judgement, right: search.top1)
                statements.append(
                    Statement(
                        animal: search.animal, confidence: judgement.probabilities.first ?? 0, truth: search.top1))
            }
            let others = search.candidates.filter { $0.name != search.individual }
            let judgement = decider.judge(others.map(\.score))
            unknown.count(judgement, right: 0)
            let confidence = judgement.probabilities.first ?? 0
            statements.append(Statement(animal: search.animal, confidence: confidence, truth: 0))
            if confidence >= 0.5 {
                contradictions.append(
                    Contradiction(search: search, resembles: others[0], probability: confidence))
            }
        }
        self.statements = statements
        self.known = known
        self.unknown = unknown
        self.contradictions = contradictions
    }
}

extension AnswerCounts {
    fileprivate mutating func count(_ judgement: Judgement, right: Double) {
        switch judgement.call {
        case .first where right > 0.5: namedRight += 1
        case .first: namedWrong += 1
        case .open: undecided += 1
        case .none: calledUnknown += 1
        }
    }
}
