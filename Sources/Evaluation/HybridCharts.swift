import Foundation
public import Hybrids
import Statistics

extension HybridModelRecord {
    /// Figures as files, names and SVG; drawn animals are said to be drawn in every one.
    public var charts: [(name: String, content: String)] {
        [
            ("calibration.svg", calibrationChart()), ("sensitivity.svg", sensitivityChart()),
            ("ratios.svg", ratioChart()), ("abstention.svg", abstentionChart()),
        ].map { name, chart in
            var chart = chart
            chart.remarks = figures.notice.map { $0.components(separatedBy: " / ") } ?? []
            return (name, chart.svg(standalone: true))
        }
    }

    private func calibrationChart() -> Chart {
        reliabilityChart(
            figures.calibration.bins, stated: "probability stated that an animal is not native",
            obtained: "part that is not, by DNA", of: "animals")
    }

    /// Others found against natives wrongly flagged, the stated rates marked with exact 95 % bounds.
    private func sensitivityChart() -> Chart {
        let ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map { (value: $0, label: percent($0)) }
        var chart = Chart(
            title: "Sensitivity",
            x: Chart.Axis(title: "natives wrongly flagged", domain: 0...1, ticks: ticks),
            y: Chart.Axis(title: "others found", domain: 0...1, ticks: ticks))
        chart.line([(0, 0), (1, 1)], style: "ideal")
        let natives = Double(max(1, model.data.natives))
        let others = Double(max(1, model.data.others))
        var (flagged, found) = (0.0, 0.0)
        var steps = [(0.0, 0.0)]
        for (_, level) in Dictionary(grouping: model.predictions, by: \.logRatio).sorted(by: { $0.key > $1.key }) {
            flagged += Double(level.count { $0.dna == .native }) / natives
            found += Double(level.count { $0.dna == .notNative }) / others
            steps.append((flagged, found))
        }
        chart.line(steps, style: "curve")
        for one in figures.sensitivity where one.isShown {
            guard let x = one.flagged.value, let y = one.found.value else { continue }
            chart.line([(x, one.found.low), (x, one.found.high)], style: "whisker")
            chart.dot(
                x, y, radius: 5, style: "mark",
                title: "\(percent(one.wanted)) wanted: \(one.found.count) of \(one.found.of) found")
        }
        chart.explain("curve", "\(model.predictions.count) animals")
        let shown = figures.sensitivity.filter(\.isShown).map { percent($0.wanted) }
        if !shown.isEmpty { chart.explain("mark", "at \(shown.joined(separator: ", ")); exact 95 % bounds") }
        return chart
    }

    /// How the ratios of both classes are distributed.
    private func ratioChart() -> Chart {
        let limits = model.bounds
        let low = (limits.lowerBound).rounded(.down)
        let high = (limits.upperBound).rounded(.up)
        let count = 24
        let width = (high - low) / Double(count)
        func shares(_ dna: DNAClass) -> [(share: Double, count: Int)] {
            let own = model.predictions.filter { $0.dna == dna }
            var counts = [Int](repeating: 0, count: count)
            for one in own { counts[min(count - 1, max(0, Int((one.logRatio - low) / width)))] += 1 }
            return counts.map { (Double($0) / Double(max(1, own.count)), $0) }
        }
        let (natives, others) = (shares(.native), shares(.notNative))
        let top = max(0.05, (natives + others).map(\.share).max() ?? 1) * 1.1
        let step = [0.02, 0.05, 0.1, 0.2].first { top / $0 <= 6 } ?? 0.2
        var chart = Chart(
            title: "Likelihood ratios",
            x: Chart.Axis(
                title: "natural logarithm of the likelihood ratio, not native against native", domain: low...high,
                ticks: stride(from: low, through: high, by: max(1, ((high - low) / 8).rounded())).map {
                    ($0, fixed($0, 0))
                }),
            y: Chart.Axis(
                title: "part of the animals of its class", domain: 0...top,
                ticks: stride(from: 0, through: top, by: step).map { ($0, percent($0)) }))
        for (style, parts) in [("genuine", natives), ("impostor", others)] {
            for (place, part) in parts.enumerated() where part.count > 0 {
                chart.bar(
                    from: low + width * Double(place), to: low + width * Double(place + 1), height: part.share,
                    style: style, title: "\(part.count) animals")
            }
        }
        chart.explain("genuine", "native by DNA (\(model.data.natives))")
        chart.explain("impostor", "not native by DNA (\(model.data.others))")
        return chart
    }

    /// Animals of which nothing was said, by part of the animals.
    private func abstentionChart() -> Chart {
        let parts = figures.strata
        let ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map { (value: $0, label: percent($0)) }
        var chart = Chart(
            title: "Abstention",
            x: Chart.Axis(title: "part of the animals of which nothing was said", domain: 0...1, ticks: ticks),
            y: Chart.Axis(title: "", domain: 0...Double(max(1, parts.count)), ticks: []))
        for (place, part) in parts.reversed().enumerated() {
            let (row, rate) = (Double(place) + 0.5, part.abstentions)
            guard let value = rate.value else { continue }
            chart.line([(rate.low, row), (rate.high, row)], style: "whisker")
            chart.dot(value, row, radius: 4, style: "bin", title: "\(rate.count) of \(rate.of)")
            // The text stands on the side where there is room.
            let isLeft = rate.high > 0.62
            chart.label(
                isLeft ? rate.low : rate.high, row, "\(part.by) \(part.name) (\(rate.of))", dx: isLeft ? -8 : 8, dy: 4,
                anchor: isLeft ? .end : .start)
        }
        chart.explain("bin", "conformal error rate \(percent(figures.errorRate)); exact 95 % bounds")
        return chart
    }
}
