internal import Foundation
public import Registry

/// What a model says of a screening's photographs.
///
/// A model abstains where the photographs are unlike those it learned from: what it would have said is recorded among the
/// reasons and weighs nothing. In a river or with a camera it did not learn from it weighs, and the reasons say that its
/// error rate is not promised there. Where conformal prediction leaves both answers or neither, the ratio weighs too: it is
/// close to 1 in the first case, and calibrated in both.
public struct LearnedEvidence: Hashable, Sendable {
    /// The likelihood ratio; `nil` where the model is recorded and weighs nothing.
    public let ratio: LikelihoodRatio?
    /// The model's name and version.
    public let model: String
    /// What it weighed, why it abstains, and why its error rate may not hold.
    public let reasons: [Finding]

    /// A model's word, or its silence.
    public init(ratio: LikelihoodRatio?, model: String, reasons: [Finding] = []) {
        self.ratio = ratio
        self.model = model
        self.reasons = reasons
    }

    /// An opinion in sentences.
    ///
    /// - Parameters:
    ///   - opinion: What the model says of the photographs it was asked about.
    ///   - name: The model's name and version.
    ///   - model: The model.
    ///   - remarks: What else is to be known, such as photographs that could not be measured.
    public init(_ opinion: PhotoOpinion, named name: String, of model: HybridModel, remarks: [Finding] = []) {
        ratio = opinion.evidence
        self.model = name
        let rate = ["percent": String(format: "%g", 100 * model.ranks.errorRate), "model": name]
        var reasons = model.remarks(named: name)
        if opinion.evidence == nil {
            reasons.append(
                Finding(.hybridModelSilent, ["model": name, "ratio": exp(opinion.ratio.logRatio).inTwoDigits]))
        }
        reasons += Self.sentences(of: opinion.parts)
        switch opinion.answer {
        case .fitsBoth: reasons.append(Finding(.hybridFitsBoth, rate))
        case .fitsNeither: reasons.append(Finding(.hybridFitsNeither, rate))
        case .fitsNatives, .fitsOthers: break
        }
        self.reasons = reasons + opinion.doubts.map(\.finding) + remarks
    }

    /// The values that speak loudest for either side; one that shifts the odds by less than a tenth is left out.
    private static func sentences(of parts: [PhotoOpinion.Part]) -> [Finding] {
        func sentence(_ code: Texts.Code, _ own: [PhotoOpinion.Part]) -> [Finding] {
            guard !own.isEmpty else { return [] }
            func list(_ language: Language) -> String {
                own.prefix(3).map { part in
                    let name = HeadMeasure(rawValue: part.name)?.name(in: language) ?? part.name
                    return "\(name) × \(exp(abs(part.logRatio)).inTwoDigits)"
                }.joined(separator: language == .ja ? "、" : ", ")
            }
            return [Finding(code, ["measures": BilingualText(ja: list(.ja), en: list(.en)).findingValue])]
        }
        let loud = parts.filter { abs($0.logRatio) >= log(1.1) }
        return sentence(.hybridSpeakForOthers, loud.filter { $0.logRatio > 0 })
            + sentence(.hybridSpeakForNatives, loud.filter { $0.logRatio < 0 })
    }
}

extension HybridModel {
    /// What is to be known of the model wherever it is heard.
    public func remarks(named name: String) -> [Finding] {
        data.isDrawn ? [Finding(.hybridModelDrawn, ["model": name])] : []
    }
}
