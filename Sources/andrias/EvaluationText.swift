import Evaluation
import Foundation

/// The figures of an evaluation for a person at a terminal.
struct EvaluationText {
    let report: EvaluationReport

    var text: String {
        [heading, figures, answers, strata, costs, doubles, drift, remarks].filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }

    private var heading: String {
        let size = { (range: [Int]) in
            range.first == range.last ? "\(range.first ?? 0)" : "\(range[0])–\(range.last ?? 0)"
        }
        return "\(report.protocolName), \(report.gallery) gallery of \(size(report.galleryAnimals)) animals on "
            + "\(size(report.galleryPhotos)) photographs: \(report.probes) mated searches of \(report.animals) animals, "
            + "\(report.nonMated.searches) non-mated (\(report.nonMated.newAnimals) of new animals)"
    }

    private var figures: String {
        var table = TextTable(header: ["figure", "value", "95 % interval", ""])
        func add(_ name: String, _ value: Double?, _ key: String, _ remark: String = "", digits: Int = 3) {
            let interval = report.intervals[key].map { "\(fixed($0[0], digits)) – \(fixed($0[1], digits))" } ?? ""
            table.append([name, value.map { fixed($0, digits) } ?? "–", interval, remark])
        }
        add("top-1", report.top1, "top1")
        add("top-5", report.top5, "top5")
        add("top-10", report.top10, "top10")
        add("mAP", report.map, "map")
        let reallyNew = report.aurocNewAnimals.map {
            "\(fixed($0, 3)) against the \(report.nonMated.newAnimals) searches of really new animals"
        }
        add("AUROC of new animals", report.aurocNew, "auroc_new", reallyNew ?? "")
        for (count, remark) in [("1", ""), ("10", ""), ("50", "what a person finds who looks through them")] {
            add("found within \(count)", report.investigation[count], "", remark)
        }
        for (rate, _) in EvaluationReport.rates {
            let shown = report.fpirShown[rate] == true ? "" : "; too few non-mated searches to show the rate"
            let obtained = report.fpirObtained[rate].map { "FPIR obtained \(fixed($0, 4))" } ?? ""
            let threshold = report.thresholds[rate].map { "score \(fixed($0, 2)), " } ?? ""
            add("FNIR at FPIR \(rate)", report.fnir[rate], "fnir_\(rate)", threshold + obtained + shown)
        }
        let mass = report.equalMassECE.map { ", \(fixed($0, 4)) in bins of equal mass" } ?? ""
        add("ECE", report.ece, "ece", "calibration \(report.calibration.rawValue)\(mass)", digits: 4)
        add("Brier", report.brier, "brier", digits: 4)
        add("BAKS", report.baks, "")
        add("BAUS", report.baus, "")
        add("√(BAKS · BAUS)", report.balanced, "")
        return table.text
    }

    private var costs: String {
        let value = { (value: Double?, digits: Int) in value.map { fixed($0, digits) } ?? "–" }
        var table = TextTable(header: ["cost", "value", ""])
        table.append(["one extraction, ms", value(report.extractMilliseconds, 1), "median, processor time"])
        table.append(["one pair, µs", value(report.pairMicroseconds, 1), "mean, processor time"])
        table.append(["one search, ms", value(report.queryMilliseconds, 1), "median, all cores"])
        table.append(["one template, bytes", report.templateBytes.map(String.init) ?? "–", "median"])
        for step in report.steps {
            table.append(["\(step.step) \(step.count), s", fixed(step.seconds, 1), memory(step.peakMemoryBytes)])
        }
        table.append(["peak memory, MB", report.peakMemoryBytes.map { String($0 / 1_000_000) } ?? "–", ""])
        return table.text
    }

    private func memory(_ bytes: Int?) -> String { bytes.map { "all cores; memory \($0 / 1_000_000) MB" } ?? "" }

    /// What contradicting names cost, beside the figures as they are.
    private var doubles: String {
        guard let cleared = report.asOneAnimal else { return "" }
        let lines = report.suspectedDoubleEntries.map {
            "\($0.first) and \($0.second) may be one animal: \($0.probes.count) searches without the one find the other "
                + "(score \(fixed($0.score, 1)), \($0.probes.joined(separator: ", ")))."
        }
        let value = { (value: Double?, digits: Int) in value.map { fixed($0, digits) } ?? "–" }
        var table = TextTable(header: ["data quality", "as it is", "each taken as one animal"])
        table.append(["top-1", value(report.top1, 3), value(cleared.top1, 3)])
        table.append(["AUROC of new animals", value(report.aurocNew, 3), value(cleared.aurocNew, 3)])
        for (rate, _) in EvaluationReport.rates {
            table.append(["FNIR at FPIR \(rate)", value(report.fnir[rate], 3), value(cleared.fnir[rate], 3)])
        }
        table.append(["ECE", value(report.ece, 4), value(cleared.ece, 4)])
        table.append(["Brier", value(report.brier, 4), value(cleared.brier, 4)])
        return (lines + [table.text]).joined(separator: "\n")
    }

    private var drift: String {
        guard report.populationDrift.isEmpty else { return report.populationDrift.text }
        guard let drift = report.drift else { return report.driftRefusal ?? "" }
        return "The score changes by \(fixed(drift.slopePerYear, 3)) ± \(fixed(drift.standardError, 3)) a year, "
            + "from intervals of \(fixed(drift.shortest * 12, 0)) to \(fixed(drift.longest * 12, 0)) months "
            + "(\(drift.probes) searches of \(drift.animals) animals)."
            + (report.gallery == "rolling"
                ? " Later probes have more photographs to resemble, which hides a fall: --gallery single shows it."
                : "")
    }

    private var answers: String {
        var table = TextTable(
            header: ["answers", "named rightly", "named wrongly", "undecided", "called unknown", "unusable"])
        for (name, counts) in [("known animals", report.answersKnown), ("unknown animals", report.answersUnknown)] {
            table.append(
                [name]
                    + [
                        counts.namedRight, counts.namedWrong, counts.undecided, counts.calledUnknown, counts.unusable,
                    ].map(String.init))
        }
        return table.text
    }

    private var strata: String {
        guard !report.strata.isEmpty else { return "" }
        var table = TextTable(header: ["by", "part", "probes", "animals", "top-1", "FNIR at 0.01"])
        for row in report.strata {
            table.append([
                row.by, row.stratum, String(row.probes), String(row.animals), fixed(row.top1, 3),
                row.fnir.map { fixed($0, 3) } ?? "–",
            ])
        }
        return table.text
    }

    private var remarks: String {
        var lines = report.lookAlikes.prefix(3).map {
            "\($0.probe) of \($0.individual) resembles \($0.resembles) with a score of \(fixed($0.score, 1))."
        }
        if let refusal = report.calibrationRefusal {
            lines.append("The calibration is borrowed, for without a tenth of the animals: \(refusal)")
        }
        if !report.failures.isEmpty {
            lines.append("\(report.failures.count) photographs could not be compared:")
            lines += report.failures.prefix(10).map { "  \($0.file): \($0.reason)" }
            if report.failures.count > 10 { lines.append("  and \(report.failures.count - 10) more") }
        }
        return lines.joined(separator: "\n")
    }
}

/// A number with a fixed count of decimals.
private func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
}
