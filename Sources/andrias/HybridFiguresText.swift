import Foundation
import Hybrids

/// A model's figures for a person at a terminal.
struct HybridFiguresText {
    let figures: HybridFigures

    var text: String {
        [figures.notice, heading, confusion, rates, calibration, strata].compactMap(\.self).joined(separator: "\n\n")
    }

    private var heading: String {
        let data = figures.data
        return "\(data.natives) natives and \(data.others) others by DNA on \(data.photographs) photographs, "
            + "\(figures.method.rawValue); every animal judged without it. Data \(data.fingerprint.prefix(12))."
    }

    private var confusion: String {
        var table = TextTable(header: ["by DNA", "answered", "animals (95 %)"])
        for one in figures.confusion { table.append([one.dna.rawValue, one.answer.rawValue, one.rate.text]) }
        return table.text + "\nConformal error rate \(percent(figures.errorRate)); nothing said of "
            + "\(figures.abstentions.text)."
    }

    private var rates: String {
        var table = TextTable(header: ["natives wrongly flagged", "obtained (95 %)", "others found (95 %)", ""])
        for one in figures.sensitivity {
            table.append([
                percent(one.wanted), one.flagged.text, one.found.text,
                one.isShown ? "" : "too few natives to show this rate",
            ])
        }
        return table.text
    }

    private var calibration: String {
        var table = TextTable(header: ["judged by", "animals", "ECE", "Brier", "log loss", "wrong at even odds (95 %)"])
        func add(_ name: String, _ one: HybridFigures.Calibration?) {
            guard let one else {
                table.append([name, "–", "–", "–", "–", "too few rivers or animals"])
                return
            }
            table.append(
                [name, "\(one.animals)"] + [one.ece, one.brier, one.logLoss].map { String(format: "%.3f", $0) }
                    + [one.wrong.text])
        }
        add("other animals", figures.calibration)
        add("other rivers", figures.otherRivers)
        return table.text
    }

    private var strata: String {
        var table = TextTable(header: ["stratum", "", "natives flagged", "others found", "nothing said"])
        for one in figures.strata {
            table.append([one.by, one.name, one.flagged.text, one.found.text, one.abstentions.text])
        }
        return table.text + "\nFlagged where 5 % of all natives are."
    }
}

extension HybridFigures.Rate {
    /// The rate with its bounds and count.
    var text: String {
        guard let value else { return "–" }
        return String(format: "%d/%d %.1f %% (%.1f–%.1f)", count, of, 100 * value, 100 * low, 100 * high)
    }
}

private func percent(_ value: Double) -> String { String(format: "%g %%", 100 * value) }
