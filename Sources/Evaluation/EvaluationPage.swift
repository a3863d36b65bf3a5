/// The page that shows an evaluation: one file that needs no other, and its charts as files of their own.
public struct EvaluationPage: Sendable {
    private let report: EvaluationReport

    /// The page of a report.
    public init(report: EvaluationReport) {
        self.report = report
    }

    /// Names and contents: `report.html`, `det.svg`, `calibration.svg`, and `drift.svg` where there is a drift.
    public var files: [(name: String, content: String)] {
        var files = [
            ("report.html", page), ("det.svg", report.detChart().svg(standalone: true)),
            ("calibration.svg", report.calibrationChart().svg(standalone: true)),
        ]
        if let drift = report.driftChart() { files.append(("drift.svg", drift.svg(standalone: true))) }
        return files
    }

    private var page: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escaped(report.protocolName)) · \(escaped(report.gallery)) · andrias evaluate</title>
        <style>\(ChartStyle.colours)\(ChartStyle.shapes)\(Self.style)</style></head><body>
        <header><p>andrias evaluate</p><h1>\(escaped(report.protocolName)), \(escaped(report.gallery)) gallery</h1>
        <p class="lead">\(lead)</p></header>
        <main>
        <section class="cards">\(cards)</section>
        <section><h2>Figures</h2>\(figures)</section>
        <section><h2>Answers given</h2>\(answers)</section>
        <div class="pair">
        \(figure("Errors against each other", report.detChart(), detCaption))
        \(figure("Probabilities against what was right", report.calibrationChart(), calibrationCaption))
        \(figure("Scores of pairs", report.histogramChart(), histogramCaption))
        \(report.driftChart().map { figure("Score over the years", $0, driftCaption) } ?? noDrift)
        </div>
        \(populations)
        \(doubles)
        <section><h2>Strata</h2>\(strata)</section>
        <section><h2>The searches that went worst</h2>\(worst)</section>
        <section><h2>Other animals that resemble most</h2>\(lookAlikes)</section>
        \(failures)
        <section><h2>Time and memory</h2>\(costs)</section>
        <section><h2>How it is counted</h2>\(Self.method)\(versions)</section>
        </main></body></html>

        """
    }

    private var lead: String {
        let size = { (range: [Int]) in
            range.first == range.last ? "\(range.first ?? 0)" : "\(range[0])–\(range.last ?? 0)"
        }
        return "\(report.probes) mated searches of \(report.animals) animals among \(size(report.galleryAnimals)) "
            + "animals on \(size(report.galleryPhotos)) photographs; \(report.nonMated.searches) non-mated searches, "
            + "\(report.nonMated.newAnimals) of them of new animals."
    }

    private var cards: String {
        let cards: [(String, Double?, String, Int)] = [
            ("top-1", report.top1, "top1", 3), ("mAP", report.map, "map", 3),
            ("AUROC new", report.aurocNew, "auroc_new", 4),
            ("FNIR at FPIR 0.01", report.fnir["0.01"], "fnir_0.01", 3), ("ECE", report.ece, "ece", 4),
            ("Brier", report.brier, "brier", 4),
        ]
        return cards.map { name, value, key, digits in
            "<div><span>\(name)</span><strong>\(value.map { fixed($0, digits) } ?? "–")</strong>"
                + "<small>\(interval(key, digits))</small></div>"
        }.joined()
    }

    private func interval(_ key: String, _ digits: Int) -> String {
        report.intervals[key].map { "\(fixed($0[0], digits)) – \(fixed($0[1], digits))" } ?? ""
    }

    private var figures: String {
        let number = { (value: Double?) in value.map { fixed($0, 3) } ?? "–" }
        var rows = [
            ["top-5", number(report.top5), interval("top5", 3), ""],
            ["top-10", number(report.top10), interval("top10", 3), ""],
        ]
        rows += [("1", "first"), ("10", "within 10 candidates"), ("50", "within 50 candidates")].map { count, name in
            ["found \(name)", number(report.investigation[count]), "", "investigation, no threshold"]
        }
        if let area = report.aurocNewAnimals {
            rows.append([
                "AUROC, new animals only", number(area), "", "\(report.nonMated.newAnimals) searches",
            ])
        }
        for (rate, _) in EvaluationReport.rates {
            let shown = report.fpirShown[rate] == true ? "" : "; too few non-mated searches to show this rate"
            let threshold = report.thresholds[rate].map { "threshold \(fixed($0, 2)); " } ?? ""
            let obtained = report.fpirObtained[rate].map { "FPIR obtained \(fixed($0, 4))" } ?? ""
            rows.append([
                "FNIR at FPIR \(rate)", number(report.fnir[rate]), interval("fnir_\(rate)", 3),
                threshold + obtained + shown,
            ])
        }
        rows += [
            ["BAKS, known animals named", number(report.baks), "", "mean over animals at FPIR 0.01"],
            ["BAUS, unknown animals not named", number(report.baus), "", "mean over animals at FPIR 0.01"],
            ["√(BAKS · BAUS)", number(report.balanced), "", ""],
            ["top-1, each animal alike", number(report.perAnimal["top1"]), "", "mean over animals"],
            [
                "ECE, bins of equal mass", report.equalMassECE.map { fixed($0, 4) } ?? "–", "",
                "the figure above: equal width",
            ],
            ["ECE of pairs", number(report.pairECE), "", "“this pair is the same animal”"],
        ]
        return table(["figure", "value", "95 % interval", ""], rows, numeric: 1...2)
    }

    private var answers: String {
        let row = { (name: String, counts: AnswerCounts) in
            [name]
                + [
                    counts.namedRight, counts.namedWrong, counts.undecided, counts.calledUnknown, counts.unusable,
                ].map(String.init)
        }
        return table(
            ["", "named rightly", "named wrongly", "undecided", "called unknown", "unusable"],
            [row("known animals", report.answersKnown), row("unknown animals", report.answersUnknown)], numeric: 1...5)
    }

    private var strata: String {
        guard !report.strata.isEmpty else { return "<p>There is nothing to divide.</p>" }
        return table(
            ["by", "part", "probes", "animals", "top-1", "FNIR at FPIR 0.01"],
            report.strata.map {
                [
                    $0.by, $0.stratum, String($0.probes), String($0.animals), fixed($0.top1, 3),
                    $0.fnir.map { fixed($0, 3) } ?? "–",
                ]
            }, numeric: 2...5)
    }

    private var worst: String {
        table(
            ["probe", "animal", "score", "rank", "candidates: score, probability stated"],
            report.worst.map { search in
                let candidates = search.candidates.map {
                    ($0.individual == search.individual ? "✓ " : "")
                        + "\($0.individual) \(fixed($0.score, 1)), \(fixed($0.probability, 3))"
                }
                return [
                    search.probe, search.individual, search.score.map { fixed($0, 1) } ?? "unusable",
                    search.rank.map { fixed($0, $0 == $0.rounded() ? 0 : 1) } ?? "–",
                    candidates.joined(separator: " · "),
                ]
            }, numeric: 2...3)
    }

    private var lookAlikes: String {
        table(
            ["probe", "animal", "resembles", "score"],
            report.lookAlikes.map { [$0.probe, $0.individual, $0.resembles, fixed($0.score, 1)] }, numeric: 3...3)
            + "<p class=\"lead\">A false alarm, a look-alike, or an animal entered under two names: look at both.</p>"
    }

    private var costs: String {
        let value = { (value: Double?, unit: String) in value.map { "\(fixed($0, 1)) \(unit)" } ?? "–" }
        let memory = { (bytes: Int?) in bytes.map { "\($0 / 1_000_000) MB" } ?? "–" }
        let rows =
            [
                ["one extraction", value(report.extractMilliseconds, "ms"), "median, processor time"],
                ["one pair", value(report.pairMicroseconds, "µs"), "mean, processor time"],
                ["one search", value(report.queryMilliseconds, "ms"), "median, all cores"],
                ["one template", report.templateBytes.map { "\($0) bytes" } ?? "–", "median"],
            ]
            + report.steps.map {
                ["\($0.step) \($0.count)", value($0.seconds, "s"), "all cores; memory \(memory($0.peakMemoryBytes))"]
            } + [["peak memory", memory(report.peakMemoryBytes), ""]]
        return table(["step", "cost", ""], rows, numeric: 1...1)
    }

    private var populations: String {
        guard !report.populationDrift.isEmpty else { return "" }
        let rows = report.populationDrift.map { one in
            [one.population ?? "no population", String(one.animals), String(one.pairs)]
                + (one.drift.map { drift in
                    [
                        "\(fixed(drift.shortest, 1))–\(fixed(drift.longest, 1))", fixed(drift.intercept, 1),
                        "\(fixed(drift.slopePerYear, 2)) ± \(fixed(drift.standardError, 2))",
                        "\(fixed(drift.interval[0], 2)) to \(fixed(drift.interval[1], 2))",
                    ]
                } ?? ["–", "–", "–", one.refusal ?? "–"])
        }
        return "<section><h2>Score over the years, by population</h2>"
            + table(
                ["population", "animals", "pairs", "years", "score at 0", "change a year", "95 % interval"], rows,
                numeric: 1...5) + "</section>"
    }

    private var doubles: String {
        guard let cleared = report.asOneAnimal else { return "" }
        let value = { (value: Double?, digits: Int) in value.map { fixed($0, digits) } ?? "–" }
        var effects = [
            ["top-1", value(report.top1, 3), value(cleared.top1, 3)],
            ["AUROC of new animals", value(report.aurocNew, 4), value(cleared.aurocNew, 4)],
        ]
        for (rate, _) in EvaluationReport.rates {
            effects.append(["FNIR at FPIR \(rate)", value(report.fnir[rate], 3), value(cleared.fnir[rate], 3)])
        }
        effects.append(["ECE", value(report.ece, 4), value(cleared.ece, 4)])
        effects.append(["Brier", value(report.brier, 4), value(cleared.brier, 4)])
        let pairs = report.suspectedDoubleEntries.map {
            [$0.first, $0.second, fixed($0.score, 1), fixed($0.probability, 3), $0.probes.joined(separator: ", ")]
        }
        return "<section><h2>Data quality: names that contradict the photographs</h2><p class=\"lead\">Searches that "
            + "must not find their own animal find another more probable than not: an animal entered under two names, or "
            + "a look-alike. They count as errors; the second table shows what they cost, if the names are wrong.</p>"
            + table(["animal", "and", "score", "probability", "probes"], pairs, numeric: 2...3)
            + table(["figure", "as it is", "each taken as one animal"], effects, numeric: 1...2) + "</section>"
    }

    private var failures: String {
        guard !report.failures.isEmpty else { return "" }
        return "<section><h2>Photographs that could not be compared</h2>"
            + table(["file", "why"], report.failures.map { [$0.file, $0.reason] }, numeric: nil) + "</section>"
    }

    private func table(_ header: [String], _ rows: [[String]], numeric: ClosedRange<Int>?) -> String {
        let cell = { (tag: String, index: Int, text: String) in
            "<\(tag)\(numeric?.contains(index) == true ? " class=\"number\"" : "")>\(escaped(text))</\(tag)>"
        }
        let line = { (tag: String, cells: [String]) in
            "<tr>\(cells.enumerated().map { cell(tag, $0, $1) }.joined())</tr>"
        }
        return "<div class=\"scroll\"><table><thead>\(line("th", header))</thead><tbody>"
            + rows.map { line("td", $0) }.joined(separator: "\n") + "</tbody></table></div>"
    }

    private func figure(_ title: String, _ chart: Chart, _ caption: String) -> String {
        "<section><h2>\(escaped(title))</h2><figure>\(chart.svg(standalone: false))"
            + "<figcaption>\(escaped(caption))</figcaption></figure></section>"
    }

    private var detCaption: String {
        "Down and to the left is better. Nothing below one search in \(report.probes) or left of one in "
            + "\(report.nonMated.searches) can be seen."
    }

    private var calibrationCaption: String {
        switch report.calibration {
        case .learned:
            "On the diagonal, what was said came true as often as said. Learned on the pairs of the other animals."
        case .borrowed:
            "The calibration is borrowed, for without a tenth of the animals: \(report.calibrationRefusal ?? "")"
        }
    }

    private var histogramCaption: String {
        "Each kind of pair by itself adds up to 100 %. The score is a log-odds: what the calibration is linear in."
    }

    private var driftCaption: String {
        guard let drift = report.drift else { return "" }
        let band = "\(drift.animals) animals, each alike; band: 95 % interval of the slope."
        // The history compares single pairs of encounters, whatever the gallery.
        guard report.populationDrift.isEmpty else {
            return "\(drift.probes) pairs of a photograph and an earlier encounter of \(band)"
        }
        return "\(drift.probes) searches of \(band)"
            + (report.gallery == "rolling"
                ? " Later probes have more photographs to resemble, which hides a fall: a single gallery shows it."
                : "")
    }

    private var noDrift: String {
        "<section><h2>Score over the years</h2><p>\(escaped(report.driftRefusal ?? ""))</p></section>"
    }

    private var versions: String {
        let names = report.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "<p class=\"versions\">\(escaped(names.joined(separator: " · ")))</p>"
    }

    private static let method = """
        <p>After NIST FRTE 1:N and AnimalCLEF. A mated search is one whose animal is in the gallery. Non-mated searches \
        are those of new animals, and every mated one again without its own animal. An animal scores what the best of \
        its photographs scores. Equal scores count as expected values. A photograph that cannot be used finds \
        nothing.</p>
        <p>FNIR counts a mated search as missed where its own animal is not first or scores below the threshold. The \
        threshold for an animal comes from the non-mated searches of the animals in the other nine of ten folds, and \
        lies just above the first score that must not pass. The calibration behind every probability is learned on the \
        other folds as well. Intervals draw whole animals 2,000 times.</p>
        """

    private static let style = """
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, \
        "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; }
        header, main { max-width: 1160px; margin: 0 auto; padding: 0 20px; }
        header { padding-top: 28px; }
        header p:first-child { margin: 0; color: var(--deep); font-weight: 600; }
        h1 { margin: 2px 0 6px; font-size: 30px; line-height: 1.2; overflow-wrap: anywhere; }
        h2 { margin: 0 0 12px; font-size: 18px; }
        .lead { margin: 0 0 20px; color: var(--soft); }
        main { padding-bottom: 48px; }
        section { margin: 0 0 18px; padding: 18px; background: var(--paper); border-radius: 14px; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; padding: 0; \
        background: none; }
        .cards div { padding: 14px 16px; background: var(--paper); border-radius: 14px; }
        .cards span, .cards small { display: block; color: var(--soft); font-size: 14px; }
        .cards strong { display: block; font-size: 30px; line-height: 1.3; font-variant-numeric: tabular-nums; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 18px; \
        margin-bottom: 18px; }
        .pair section { margin: 0; }
        figure { margin: 0; }
        .chart { display: block; width: 100%; height: auto; }
        figcaption { margin-top: 6px; color: var(--soft); font-size: 14px; }
        .scroll { overflow-x: auto; }
        table { width: 100%; min-width: 540px; border-collapse: collapse; font-size: 15px; }
        th { color: var(--soft); font-weight: 600; text-align: left; }
        th, td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        tbody tr:last-child td { border-bottom: 0; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .versions { color: var(--soft); font-size: 14px; overflow-wrap: anywhere; }

        """
}
