import Foundation
import Registry

extension HybridAssessment {
    /// The assessment as a note for people.
    var text: String {
        let (prior, ratio, posterior) = (content.prior.share, content.combined, content.posterior)
        var lines = [
            HybridText(content).words,
            "\(HybridText.screening.words) \(screening), \(assessedAt.formatted(.iso8601)), \(assessedBy.name)", "",
        ]
        let (byDNA, byPhotograph) = content.answer
        if !byDNA.isEmpty { lines += byDNA.bullets + ["", Finding(.hybridPhotographAlone).text(in: .user), ""] }
        var numbers = TextTable(
            header: ["", HybridText.probability.words, HybridText.interval.words, HybridText.oddsOrRatio.words])
        numbers.append([
            HybridText.thisWater.words, "\(prior.mean.inPercent) %", prior.rangeInPercent, prior.mean.odds,
        ])
        numbers.append([
            HybridText.photograph.words, "", "× \(ratio.rangeInTwoDigits)", "× \(ratio.ratio.inTwoDigits)",
        ])
        numbers.append([
            HybridText.together.words, "\(posterior.mean.inPercent) %", posterior.rangeInPercent, posterior.mean.odds,
        ])
        lines += [numbers.text, ""]
        if !content.evidence.isEmpty { lines += [content.evidence.table, ""] }
        lines += byPhotograph.bullets
        if !content.worthALook.isEmpty { lines += ["", content.worthALook.table] }
        return lines.joined(separator: "\n")
    }
}

extension [Finding] {
    /// Each on a line of its own.
    fileprivate var bullets: [String] { map { "• \($0.text(in: .user))" } }
}

extension [HybridAssessment.Next] {
    /// What to look at, as far as anybody looks at once.
    fileprivate var table: String {
        let shown = prefix(5)
        let isCounted = shown.contains { $0.bits != nil }
        let information = isCounted ? [HybridText.information.words] : []
        var table = TextTable(
            header: [HybridText.photographNext.words] + information + [HybridText.howToSee.words])
        for each in shown {
            let bits = isCounted ? [each.bits.map(\.inTwoDigits) ?? "–"] : []
            table.append([each.name.text(in: .user)] + bits + [each.howToSee.text(in: .user)])
        }
        return table.text
    }
}

extension [HybridAssessment.Evidence] {
    fileprivate var table: String {
        var table = TextTable(
            header: [HybridText.evidence, .seen, .ratio, .interval, .seenBy].map(\.words))
        for piece in self {
            let (name, seen): (String, String) =
                switch piece.kind {
                case .character(_, let name, let sight): (name.text(in: .user), HybridText(sight).words)
                case .learned(let model): (model, "–")
                }
            table.append([
                name, seen, piece.ratio?.ratio.inTwoDigits ?? "–", piece.ratio?.rangeInTwoDigits ?? "–", piece.by,
            ])
        }
        return table.text
    }
}

extension [DNAStanding.Record] {
    /// Results side by side.
    var table: String {
        var table = TextTable(header: ["reported", "laboratory", "markers", "class", "result"])
        for record in self {
            table.append([
                record.day, record.laboratory, HybridText(record.markers).words, HybridText(record.dnaClass).words,
                record.result.description,
            ])
        }
        return table.text
    }
}

extension RegistryCase.HybridReview {
    /// Why somebody looks first.
    var text: String {
        "\(reason.rawValue): \(posterior.mean.inPercent) % (\(posterior.rangeInPercent))\n\n\(dna.records.table)"
    }
}

extension HybridText {
    /// The text in the language of the person at the terminal.
    fileprivate var words: String { text(in: .user) }
}

extension Double {
    /// The odds of a probability.
    fileprivate var odds: String { (self / (1 - self)).inTwoDigits + " : 1" }
}
