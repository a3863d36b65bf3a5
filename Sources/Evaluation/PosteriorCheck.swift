import Foundation
import Identification
import Registry
import Statistics

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
    /// Part of the non-mated searches that reach the score which the learned tail gives for each wanted rate; empty where
    /// none was learned.
    private(set) var falsePositives: [String: Double] = [:]
    /// The same for every rate between those of two searches, thinned to about 200 even on a logarithmic axis.
    private(set) var falsePositiveCurve: [LearnedCalibration.RateCheck] = []
    /// One calibration a fold.
    let calibrations: [Calibration]
    /// The calibration from all pairs; `nil` where it or that of a fold could not be learned.
    let learned: Calibration?
    /// Why it could not.
    let refusal: CalibrationError?

    init(_ searches: [Search], folds: AnimalFolds, population: String) {
        do throws(CalibrationError) {
            var calibrations: [Calibration] = []
            for fold in 0..<folds.count {
                calibrations.append(
                    try .learned(from: CalibrationEvidence(searches.filter { $0.fold != fold }), population: population)
                )
            }
            learned = try .learned(from: CalibrationEvidence(searches), population: population)
            self.calibrations = calibrations
            refusal = nil
        } catch {
            calibrations = [Calibration](repeating: .newts, count: folds.count)
            learned = nil
            refusal = error
        }
        let pairs = searches.flatMap { search in search.pairs().map { (search: search, pair: $0) } }
        let sample = CalibrationSample(of: pairs.map(\.pair))
        let odds = log(Double(max(1, sample.genuinePairs)) / Double(max(1, sample.impostorPairs)))
        pairStatements = pairs.map { [calibrations] search, pair in
            let ratio = calibrations[search.fold].logLikelihoodRatio(pair.score, comparisons: pair.comparisons)
            return Statement(
                animal: search.animal, confidence: 1 / (1 + exp(-ratio - odds)), truth: pair.isSame ? 1 : 0)
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
            let decider = Decider(calibrations: CalibrationSet(everywhere: calibrations[search.fold]))
            if search.isMated {
                let judgement = decider.judge(search.pairs())
                known.count(judgement, right: search.top1)
                statements.append(
                    Statement(
                        animal: search.animal, confidence: judgement.probabilities.max() ?? 0, truth: search.top1))
            }
            let judgement = decider.judge(search.pairs(without: search.individual))
            unknown.count(judgement, right: 0)
            let confidence = judgement.probabilities.max() ?? 0
            statements.append(Statement(animal: search.animal, confidence: confidence, truth: 0))
            if confidence >= 0.5, let other = search.candidates.first(where: { $0.name != search.individual }) {
                contradictions.append(Contradiction(search: search, resembles: other, probability: confidence))
            }
        }
        if learned != nil {
            // As often as it is predicted to be reached, a score is reached: at a wanted rate all below it are false names.
            let predicted = searches.filter(\.isUsable).map { [calibrations] search in
                let photos = search.pairs(without: search.individual).reduce(0) { $0 + $1.comparisons }
                return calibrations[search.fold].tail.falsePositiveRate(at: search.bestOther, comparisons: photos)
            }.sorted()
            for (name, rate) in EvaluationReport.rates {
                falsePositives[name] = Double(predicted.count { $0 <= rate }) / Double(searches.count)
            }
            falsePositiveCurve = Self.curve(predicted, of: searches.count)
        }
        self.statements = statements
        self.known = known
        self.unknown = unknown
        self.contradictions = contradictions
    }
}

extension PosteriorCheck {
    private static func curve(_ predicted: [Double], of searches: Int) -> [LearnedCalibration.RateCheck] {
        var nextShown = 0.0
        return predicted.indices.compactMap { index in
            guard Double(index) >= nextShown || index == predicted.count - 1 else { return nil }
            nextShown = Double(index) * 1.035
            return LearnedCalibration.RateCheck(
                wanted: predicted[index], obtained: Double(index + 1) / Double(searches))
        }
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

extension CalibrationEvidence {
    fileprivate init(_ searches: [Search]) {
        self.init()
        for search in searches { add(search.pairs(), of: search.individual) }
    }
}

extension Decider {
    /// Judges a whole search of one photograph.
    func judge(_ pairs: [LabelledScore]) -> Judgement {
        judge(
            pairs.map { AnimalScore($0.score, comparisons: $0.comparisons) },
            among: SearchedGallery(animals: pairs.count, comparisons: pairs.reduce(0) { $0 + $1.comparisons }))
    }
}
