import Foundation
import Identification
import Registry
import Statistics

extension EvaluationReport {
    /// Both errors against each other on logarithmic axes, the cross-validated operating points marked.
    func detChart() -> Chart {
        let floorX = decade(below: 1 / Double(max(10, nonMated.searches)))
        let floorY = decade(below: 1 / Double(max(10, probes)))
        let ticks = { (floor: Double) in
            Array(sequence(first: 1.0) { $0 > floor * 1.5 ? $0 / 10 : nil }).map {
                (value: $0, label: $0 <= floor * 1.5 ? "≤ \(percent($0))" : percent($0))
            }
        }
        var chart = Chart(
            title: "Detection error trade-off",
            x: Chart.Axis(
                title: "FPIR: part of non-mated searches that name an animal", domain: floorX...1,
                isLogarithmic: true, ticks: ticks(floorX)),
            y: Chart.Axis(
                title: "FNIR: part of mated searches missed", domain: floorY...1, isLogarithmic: true,
                ticks: ticks(floorY)))
        // A step curve: between two thresholds that differ, nothing changes.
        var steps: [(Double, Double)] = []
        for point in detPoints {
            if let last = steps.last { steps.append((point.fpir, last.1)) }
            steps.append((point.fpir, point.fnir))
        }
        chart.line(steps, style: "curve")
        chart.explain("curve", "all searches")
        for (rate, _) in Self.rates {
            guard let missed = fnir[rate], let obtained = fpirObtained[rate] else { continue }
            chart.dot(
                obtained, missed, radius: 5, style: "mark",
                title: "wanted \(rate): FPIR \(fixed(obtained, 4)), FNIR \(fixed(missed, 4))")
        }
        if !fnir.isEmpty { chart.explain("mark", "cross-validated thresholds for FPIR 0.1, 0.01, 0.003") }
        return chart
    }

    /// The part of non-mated searches that names an animal against the part wanted, on logarithmic axes; `nil` where no
    /// tail was learned.
    func falsePositiveChart() -> Chart? {
        guard !fpirCurve.isEmpty else { return nil }
        let floor = decade(below: 1 / Double(max(10, nonMated.searches)))
        let ticks = Array(sequence(first: 1.0) { $0 > floor * 1.5 ? $0 / 10 : nil }).map {
            (value: $0, label: $0 <= floor * 1.5 ? "≤ \(percent($0))" : percent($0))
        }
        var chart = Chart(
            title: "Rate of false names",
            x: Chart.Axis(
                title: "FPIR wanted: the score set by the learned tail", domain: floor...1, isLogarithmic: true,
                ticks: ticks),
            y: Chart.Axis(
                title: "FPIR obtained on other animals", domain: floor...1, isLogarithmic: true, ticks: ticks))
        chart.line([(floor, floor), (1, 1)], style: "ideal")
        var steps: [(Double, Double)] = []
        for point in fpirCurve {
            let wanted = max(floor, point.wanted)
            if let last = steps.last { steps.append((wanted, last.1)) }
            steps.append((wanted, point.obtained))
        }
        chart.line(steps, style: "curve")
        chart.explain("curve", "\(nonMated.searches) searches, the tail learned on the other animals")
        return chart
    }

    /// What was said against what was right, with 95 % intervals and the number of statements.
    func calibrationChart() -> Chart {
        reliabilityChart(
            calibrationBins, stated: "probability stated that the first animal is right",
            obtained: "part that was right", of: "statements")
    }

    /// The scores of the same animal over the years, with the fitted line; `nil` without a fit.
    func driftChart() -> Chart? {
        guard let drift, let last = drift.points.map(\.years).max() else { return nil }
        let highest = max(1, drift.points.map { $0.score }.max() ?? 1) * 1.05
        let end = last * 1.05
        let unit = last <= 3 ? (name: "month", size: 1.0 / 12) : (name: "year", size: 1)
        let step = max(1, (end / unit.size / 8).rounded(.up))
        var chart = Chart(
            title: "Drift of the score",
            x: Chart.Axis(
                title: "\(unit.name)s between probe and reference", domain: 0...end,
                ticks: stride(from: 0, through: end / unit.size, by: step).map { ($0 * unit.size, fixed($0, 0)) }),
            y: scoreAxis(highest))
        let line = { (years: Double) in drift.intercept + drift.slopePerYear * years }
        // The band turns the line about the middle of the photographs by the slope's interval.
        let middle = drift.points.map(\.years).reduce(0, +) / Double(drift.points.count)
        let turned = { (years: Double, slope: Double) in line(middle) + slope * (years - middle) }
        chart.area(
            [
                (0, turned(0, drift.interval[0])), (end, turned(end, drift.interval[1])),
                (end, turned(end, drift.interval[0])), (0, turned(0, drift.interval[1])),
            ], style: "band")
        for point in drift.points {
            chart.dot(
                point.years, point.score, radius: 4, style: "point",
                title: "\(fixed(point.years * 12, 1)) months: score \(fixed(point.score, 1))")
        }
        chart.line([(0, line(0)), (end, line(end))], style: "curve")
        chart.explain("point", "the probe's own animal")
        chart.explain(
            "curve",
            "\(fixed(drift.slopePerYear * unit.size, 2)) ± \(fixed(drift.standardError * unit.size, 2)) in "
                + "score a \(unit.name)")
        return chart
    }

    /// How the scores of pairs of the same and of different animals are distributed.
    func histogramChart() -> Chart {
        let highest = histogram.limits.last ?? 1
        let share = { (counts: [Int]) -> [Double] in
            let total = Double(max(1, counts.reduce(0, +)))
            return counts.map { Double($0) / total }
        }
        let genuine = share(histogram.genuine)
        let impostor = share(histogram.impostor)
        let top = max(0.01, (genuine + impostor).max() ?? 1) * 1.05
        let step = [0.01, 0.02, 0.05, 0.1, 0.2].first { top / $0 <= 6 } ?? 0.2
        let axis = scoreAxis(highest)
        var chart = Chart(
            title: "Scores of pairs",
            x: Chart.Axis(title: "best score of a probe and an animal", domain: axis.domain, ticks: axis.ticks),
            y: Chart.Axis(
                title: "part of the pairs of its kind", domain: 0...top,
                ticks: stride(from: 0, through: top, by: step).map { ($0, percent($0)) }))
        for (style, shares, counts) in [
            ("impostor", impostor, histogram.impostor), ("genuine", genuine, histogram.genuine),
        ] {
            for (index, share) in shares.enumerated() where share > 0 {
                chart.bar(
                    from: histogram.limits[index], to: histogram.limits[index + 1], height: share, style: style,
                    title: "\(counts[index]) pairs")
            }
        }
        chart.explain("genuine", "same animal (\(histogram.genuine.reduce(0, +)))")
        chart.explain("impostor", "different animals (\(histogram.impostor.reduce(0, +)))")
        return chart
    }

    private func scoreAxis(_ highest: Double) -> Chart.Axis {
        let power = pow(10, log10(max(highest, 1)).rounded(.down))
        let step = max(1, [0.1, 0.2, 0.5, 1, 2].map { $0 * power }.first { highest / $0 <= 8 } ?? 2 * power)
        return Chart.Axis(
            title: "score", domain: 0...highest,
            ticks: stride(from: 0, through: highest, by: step).map { ($0, fixed($0, 0)) })
    }
}

/// Stated probabilities against the truth in bins, with 95 % intervals and the number of statements.
func reliabilityChart(_ bins: [ReliabilityBin], stated: String, obtained: String, of what: String) -> Chart {
    let ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map { (value: $0, label: fixed($0, 1)) }
    var chart = Chart(
        title: "Calibration", x: Chart.Axis(title: stated, domain: 0...1, ticks: ticks),
        y: Chart.Axis(title: obtained, domain: 0...1, ticks: ticks))
    chart.line([(0, 0), (1, 1)], style: "ideal")
    for bin in bins {
        let limits = wilson(bin.right, of: bin.count)
        chart.line([(bin.confidence, limits.low), (bin.confidence, limits.high)], style: "whisker")
    }
    for bin in bins {
        chart.dot(
            bin.confidence, bin.right, radius: 3 + 2 * log10(Double(bin.count)), style: "bin",
            title: "\(bin.count) \(what): \(fixed(bin.confidence, 3)) stated, \(fixed(bin.right, 3)) right")
    }
    let count = bins.reduce(0) { $0 + $1.count }
    chart.explain("bin", "\(count) \(what) in bins of equal width; 95 % intervals; larger dots, more")
    return chart
}

/// The power of ten at or below a number.
private func decade(below value: Double) -> Double { pow(10, (log10(value) + 1e-9).rounded(.down)) }

/// A part as a percentage without idle zeros.
func percent(_ value: Double) -> String {
    let number = value * 100
    let digits = number >= 1 || number == 0 ? 0 : number >= 0.1 ? 1 : number >= 0.01 ? 2 : 3
    return "\(fixed(number, digits)) %"
}

/// The 95 % interval of a part of `count` (Wilson 1927).
private func wilson(_ part: Double, of count: Int) -> (low: Double, high: Double) {
    let n = Double(max(1, count))
    let z = 1.96
    let centre = (part + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (part * (1 - part) / n + z * z / (4 * n * n)).squareRoot()
    return (max(0, centre - half), min(1, centre + half))
}
