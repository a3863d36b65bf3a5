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
            sentences.append(
                question.responsible.map { Finding(.hybridHold, ["agency": $0.agency, "contact": $0.contact]) }
                    ?? Finding(.hybridHoldNoContact))
        case .likelyNative: sentences.append(Finding(.hybridLikelyNative, posterior.values))
        case .insufficientEvidence: sentences.append(Finding(.hybridInsufficient, posterior.values))
        }
        sentences.append(
            Finding(
                .hybridThresholds,
                [
                    "suspect": content.policy.suspicionThreshold.percent,
                    "native": content.policy.nativeThreshold.percent,
                ]))
        sentences += Self.sentences(of: content.prior)
        sentences += content.evidence.compactMap(Self.sentence)
        sentences += question.learned?.reasons ?? []
        if weighing.count > 1 {
            sentences.append(
                Finding(
                    .hybridTogether,
                    [
                        "ratio": ratio.ratio.words, "low": exp(ratio.logRatio - 1.96 * ratio.standardError).words,
                        "high": exp(ratio.logRatio + 1.96 * ratio.standardError).words, "percent": share.percent,
                        "correlation": question.parameters[.evidenceCorrelation].words,
                    ]))
        }
        if weighing.isEmpty { sentences.append(Finding(.hybridNothingWeighs)) }
        if missing > 0 { sentences.append(Finding(.hybridUnseen, ["count": String(missing)])) }
        if let next = content.next.first, let bits = next.bits, bits > 0 {
            sentences.append(
                Finding(.hybridLookNext, ["character": next.name.findingValue, "bits": bits.words]))
        }
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
        let values = ["tested": String(tested), "others": String(others), "weight": weight.words]
        return [Finding(.hybridPriorCounted, share.merging(values) { $1 })]
            + prior.counts.prefix(3).map { counted in
                Finding(
                    .hybridPriorSource,
                    [
                        "water": counted.label, "years": counted.years, "tested": String(counted.tested),
                        "others": String(counted.notNative), "percent": counted.weight.percent,
                        "source": counted.source,
                    ])
            }
    }

    /// What one piece says; pieces of which the place was not seen say nothing.
    private static func sentence(_ evidence: HybridAssessment.Evidence) -> Finding? {
        switch evidence.kind {
        case .learned(let model):
            guard let ratio = evidence.ratio else { return nil }
            return Finding(.hybridLearned, ["model": model, "ratio": ratio.ratio.words])
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
                code, ["character": name.findingValue, "times": exp(abs(ratio.logRatio)).words])
        }
    }

    /// The sentences that DNA speaks.
    static let ofDNA: Set<Texts.Code> = [
        .hybridDNANative, .hybridDNANotNative, .hybridDNADisputed, .hybridDNAUndetermined, .hybridDNAMaternal,
    ]

    /// The sentences that ask to hold an animal.
    static let hold: Set<Texts.Code> = [.hybridHold, .hybridHoldNoContact]

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
    fileprivate var values: [String: String] { ["percent": mean.percent, "low": low.percent, "high": high.percent] }
}

extension Double {
    /// A probability in percent for reading; never 0 and never 100, for nothing here is certain.
    fileprivate var percent: String {
        let hundred = self * 100
        if hundred < 0.1 { return "<0.1" }
        if hundred > 99.9 { return ">99.9" }
        return hundred < 10 || hundred > 90
            ? String((hundred * 10).rounded() / 10) : String(Int(hundred.rounded()))
    }

    /// Two digits that count.
    var words: String {
        guard self > 0, isFinite else { return "0" }
        let scale = pow(10, 1 - floor(log10(self)))
        let rounded = (self * scale).rounded() / scale
        return rounded == rounded.rounded() && rounded < 1e9 ? String(Int(rounded)) : String(rounded)
    }
}
