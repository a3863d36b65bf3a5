import Foundation
import Registry

extension HybridAssessment {
    /// The assessment as a note for people.
    var text: String {
        let posterior = content.posterior
        var lines = [
            HybridText(content.outcome).text(in: .user)
                + (content.dna.kind == .untested ? "" : "  (DNA: \(content.dna.kind.rawValue))"),
            "screening \(screening), \(assessedAt.formatted(.iso8601)), \(assessedBy.name)", "",
        ]
        var numbers = TextTable(header: ["", "probability", "95 %", "odds or ratio"])
        numbers.append([
            "this water", content.prior.share.mean.probability, content.prior.share.range,
            content.prior.share.mean.odds,
        ])
        let ratio = content.combined
        numbers.append(["photograph", "", ratio.range, "× " + ratio.ratio.digits])
        numbers.append(["together", posterior.mean.probability, posterior.range, posterior.mean.odds])
        lines += [numbers.text, ""]
        if !content.evidence.isEmpty { lines += [content.evidence.table, ""] }
        lines += content.reasons.map { "• \($0.text(in: .user))" }
        let next = content.next.prefix(5)
        if !next.isEmpty {
            var table = TextTable(header: ["look at next", "bit", "how"])
            for each in next {
                table.append([
                    each.name.text(in: .user), each.bits.map(\.digits) ?? "–", each.howToSee.text(in: .user),
                ])
            }
            lines += ["", table.text]
        }
        return lines.joined(separator: "\n")
    }
}

extension [HybridAssessment.Evidence] {
    fileprivate var table: String {
        var table = TextTable(header: ["evidence", "seen", "ratio", "95 %", "by"])
        for piece in self {
            let (name, seen): (String, String) =
                switch piece.kind {
                case .character(_, let name, let sight):
                    (name.text(in: .user), HybridText(sight).text(in: .user))
                case .learned(let model): (model, "–")
                }
            table.append([
                name, seen, piece.ratio.map(\.ratio.digits) ?? "–", piece.ratio?.range ?? "–", piece.by,
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
                record.day, record.laboratory, record.markers.rawValue,
                HybridText(record.dnaClass).text(in: .user), record.result.description,
            ])
        }
        return table.text
    }
}

extension RegistryCase.HybridReview {
    /// Why somebody looks first.
    var text: String {
        "\(reason.rawValue): \(posterior.mean.probability) (\(posterior.range))\n\n\(dna.records.table)"
    }
}

extension HybridAssessment.Interval {
    fileprivate var range: String { "\(low.probability)–\(high.probability)" }
}

extension HybridAssessment.Ratio {
    fileprivate var range: String {
        "\(exp(logRatio - 1.96 * standardError).digits)–\(exp(logRatio + 1.96 * standardError).digits)"
    }
}

extension Double {
    /// Never a certainty that no photograph gives.
    fileprivate var probability: String {
        self > 0.9995 ? "> 0.999" : self < 0.0005 ? "< 0.001" : String(format: "%.3f", self)
    }

    fileprivate var odds: String { (self / (1 - self)).digits + " : 1" }

    fileprivate var digits: String { formatted(.number.precision(.significantDigits(1...3)).grouping(.never)) }
}
