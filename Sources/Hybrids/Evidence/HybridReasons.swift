internal import Foundation
import Registry

/// Words an assessment, sentence by sentence.
struct HybridReasons {
    let sentences: [Finding]

    /// The sentences of a question and what it came to.
    init(_ question: HybridQuestion, _ content: HybridAssessment.Content, share: Double, missing: Int) {
        let weighing = content.evidence.filter { $0.ratio != nil }
        let posterior = content.posterior
        let ratio = content.combined
        var sentences: [Finding] = []
        switch content.photoOutcome {
        case .suspectNonNative:
            sentences += [Finding(.hybridSuspect, content.posterior.values)]
            switch content.review {
            case .knownNative: sentences.append(Finding(.hybridReviewKnownNative))
            case .noRecordOfWater: sentences.append(Finding(.hybridReviewNoRecord))
            case nil: break
            }
        case .likelyNative: sentences.append(Finding(.hybridLikelyNative, posterior.values))
        case .insufficientEvidence: sentences.append(Finding(.hybridInsufficient, posterior.values))
        }
        sentences.append(
            Finding(
                .hybridThresholds,
                [
                    "suspect": content.policy.suspicionThreshold.inPercent,
                    "native": content.policy.nativeThreshold.inPercent,
                ]))
        sentences += Self.sentences(of: content.prior)
        sentences += content.evidence.compactMap(Self.sentence)
        sentences += question.learned?.reasons ?? []
        if weighing.count > 1 {
            sentences.append(
                Finding(
                    .hybridTogether,
                    [
                        "ratio": ratio.ratio.inTwoDigits, "low": ratio.interval.low.inTwoDigits,
                        "high": ratio.interval.high.inTwoDigits, "percent": share.inPart,
                        "correlation": question.parameters[.evidenceCorrelation].inTwoDigits,
                    ]))
        }
        if weighing.isEmpty { sentences.append(Finding(.hybridNothingWeighs)) }
        if missing > 0 { sentences.append(Finding(.hybridUnseen, ["count": String(missing)])) }
        self.sentences = sentences
    }

    private static func sentences(of prior: HybridAssessment.Prior) -> [Finding] {
        let share = prior.share.values
        guard prior.basis == .counted else {
            let code: Texts.Code =
                switch prior.basis {
                case .noNetwork: .hybridPriorNoNetwork
                case .noPlace: .hybridPriorNoPlace
                case .noCounts, .counted: .hybridPriorNoCounts
                }
            return [Finding(code, share)]
        }
        let weight = prior.counts.reduce(0) { $0 + $1.weight * Double($1.tested) }
        let tested = prior.counts.reduce(0) { $0 + $1.tested }
        let others = prior.counts.reduce(0) { $0 + $1.notNative }
        let values = ["tested": String(tested), "others": String(others), "weight": weight.inTwoDigits]
        return [Finding(.hybridPriorCounted, share.merging(values) { $1 })]
            + prior.counts.prefix(3).map { counted in
                Finding(
                    counted.years == TestedCount.unknownYears ? .hybridPriorSourceUndated : .hybridPriorSource,
                    [
                        "water": counted.label, "years": counted.years, "tested": String(counted.tested),
                        "others": String(counted.notNative), "percent": counted.weight.inPart,
                        "source": counted.source,
                    ])
            }
    }

    /// What one piece says; pieces of which the place was not seen say nothing.
    private static func sentence(_ evidence: HybridAssessment.Evidence) -> Finding? {
        switch evidence.kind {
        case .learned(let model):
            guard let ratio = evidence.ratio else { return nil }
            return Finding(.hybridLearned, ["model": model, "ratio": ratio.ratio.inTwoDigits])
        case .character(_, let name, let sight):
            guard sight != .notVisible else { return nil }
            guard let ratio = evidence.ratio else {
                return Finding(
                    sight == .present ? .hybridRecordedPresent : .hybridRecordedAbsent,
                    ["character": name.findingValue])
            }
            let speaksForOthers = ratio.logRatio >= 0
            let code: Texts.Code =
                switch (sight == .present, speaksForOthers) {
                case (true, true): .hybridPresentOther
                case (true, false): .hybridPresentNative
                case (false, true): .hybridAbsentOther
                case (false, false): .hybridAbsentNative
                }
            return Finding(
                code, ["character": name.findingValue, "times": exp(abs(ratio.logRatio)).inTwoDigits])
        }
    }

    /// Sentences that follow from DNA and from what it leaves to be done, so that they change with it.
    static let besideThePhotograph: Set<Texts.Code> = [
        .hybridDNANative, .hybridDNANotNative, .hybridDNADisputed, .hybridDNAUndetermined, .hybridDNAMaternal,
        .hybridPhotographAlone, .hybridHold, .hybridHoldNoContact, .hybridHoldTested, .hybridHoldTestedNoContact,
        .hybridLookNext,
    ]

    /// What would tell most, if anything would.
    static func next(_ next: [HybridAssessment.Next]) -> [Finding] {
        guard let first = next.first, let bits = first.bits, bits > 0 else { return [] }
        return [Finding(.hybridLookNext, ["character": first.name.findingValue, "bits": bits.inTwoDigits])]
    }

    /// The sentence that asks to hold an animal, and says who decides.
    static func hold(isTested: Bool, _ responsible: HybridAssessment.Responsible?) -> Finding {
        guard let responsible else { return Finding(isTested ? .hybridHoldTestedNoContact : .hybridHoldNoContact) }
        return Finding(
            isTested ? .hybridHoldTested : .hybridHold,
            ["agency": responsible.agency, "contact": responsible.contact])
    }

    /// What results say, one sentence each.
    static func sentences(of standing: DNAStanding) -> [Finding] {
        let head = standing.kind == .disputed ? [Finding(.hybridDNADisputed)] : []
        return head
            + standing.records.map { record in
                let values = [
                    "class": record.dnaClass.rawValue, "markers": record.markers.rawValue,
                    "laboratory": record.laboratory, "day": record.day,
                ]
                guard record.markers != .mitochondrial else { return Finding(.hybridDNAMaternal, values) }
                return switch record.dnaClass {
                case .undetermined: Finding(.hybridDNAUndetermined, values)
                case .japonicus: Finding(.hybridDNANative, values)
                default: Finding(.hybridDNANotNative, values)
                }
            }
    }
}

extension HybridAssessment.Interval {
    fileprivate var values: [String: String] {
        ["percent": mean.inPercent, "low": low.inPercent, "high": high.inPercent]
    }
}

extension Double {
    /// A part in percent, which may be all.
    fileprivate var inPart: String { self > 0.9995 ? "100" : inPercent }
}
