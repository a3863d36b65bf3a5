import Foundation

/// A diagram with two axes, drawn as SVG; colours come from ``ChartStyle``.
struct Chart {
    struct Axis {
        let title: String
        let domain: ClosedRange<Double>
        var isLogarithmic = false
        let ticks: [(value: Double, label: String)]

        func fraction(_ value: Double) -> Double {
            let inside = min(max(value, domain.lowerBound), domain.upperBound)
            guard isLogarithmic else { return (inside - domain.lowerBound) / (domain.upperBound - domain.lowerBound) }
            return log(inside / domain.lowerBound) / log(domain.upperBound / domain.lowerBound)
        }
    }

    let title: String
    let x: Axis
    let y: Axis
    /// Lines below the figure.
    var remarks: [String] = []
    private var marks: [String] = []
    private var legend: [(style: String, text: String)] = []

    static let width = 640.0
    static let height = 420.0
    private static let left = 72.0
    private static let right = 30.0
    private static let top = 44.0
    private static let bottom = 62.0

    init(title: String, x: Axis, y: Axis) {
        self.title = title
        self.x = x
        self.y = y
    }

    func place(_ horizontal: Double, _ vertical: Double) -> (x: Double, y: Double) {
        (
            Self.left + x.fraction(horizontal) * (Self.width - Self.left - Self.right),
            Self.height - Self.bottom - y.fraction(vertical) * (Self.height - Self.top - Self.bottom)
        )
    }

    mutating func line(_ points: [(Double, Double)], style: String) {
        let path = points.map { point in
            let place = place(point.0, point.1)
            return "\(number(place.x)),\(number(place.y))"
        }
        marks.append("<polyline class=\"\(style)\" points=\"\(path.joined(separator: " "))\"/>")
    }

    mutating func area(_ points: [(Double, Double)], style: String) {
        let path = points.map { point in
            let place = place(point.0, point.1)
            return "\(number(place.x)),\(number(place.y))"
        }
        marks.append("<polygon class=\"\(style)\" points=\"\(path.joined(separator: " "))\"/>")
    }

    mutating func dot(_ horizontal: Double, _ vertical: Double, radius: Double, style: String, title: String) {
        let place = place(horizontal, vertical)
        marks.append(
            "<circle class=\"\(style)\" cx=\"\(number(place.x))\" cy=\"\(number(place.y))\" r=\"\(number(radius))\">"
                + "<title>\(escaped(title))</title></circle>")
    }

    /// A bar between two values of the x axis, standing on its low end.
    mutating func bar(from: Double, to: Double, height: Double, style: String, title: String) {
        let low = place(from, y.domain.lowerBound)
        let high = place(to, height)
        marks.append(
            "<rect class=\"\(style)\" x=\"\(number(low.x))\" y=\"\(number(high.y))\" "
                + "width=\"\(number(max(0, high.x - low.x)))\" height=\"\(number(max(0, low.y - high.y)))\">"
                + "<title>\(escaped(title))</title></rect>")
    }

    enum Anchor: String {
        case start
        case middle
        case end
    }

    mutating func label(
        _ horizontal: Double, _ vertical: Double, _ text: String, dx: Double = 0, dy: Double = 0,
        anchor: Anchor = .start
    ) {
        let place = place(horizontal, vertical)
        marks.append(
            "<text class=\"label\" x=\"\(number(place.x + dx))\" y=\"\(number(place.y + dy))\" "
                + "text-anchor=\"\(anchor.rawValue)\">\(escaped(text))</text>")
    }

    mutating func explain(_ style: String, _ text: String) {
        legend.append((style, text))
    }

    /// The diagram as an element of a page, or as a file of its own with its colours inside.
    func svg(standalone: Bool) -> String {
        let (right, bottom) = (Self.width - Self.right, Self.height - Self.bottom)
        let height = Int(Self.height) + 20 * remarks.count
        let size = standalone ? " width=\"\(Int(Self.width))\" height=\"\(height)\"" : ""
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(Self.width)) \(height)\"\(size) "
                + "class=\"chart\" role=\"img\"><title>\(escaped(title))</title>"
        ]
        if standalone {
            parts.append("<style>\(ChartStyle.colours)\(ChartStyle.shapes)</style>")
            parts.append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>")
        }
        for tick in x.ticks {
            let at = number(place(tick.value, y.domain.lowerBound).x)
            parts.append(
                "<line class=\"grid\" x1=\"\(at)\" x2=\"\(at)\" y1=\"\(number(Self.top))\" y2=\"\(number(bottom))\"/>"
                    + "<text class=\"tick\" x=\"\(at)\" y=\"\(number(bottom + 20))\" text-anchor=\"middle\">"
                    + "\(escaped(tick.label))</text>")
        }
        for tick in y.ticks {
            let at = place(x.domain.lowerBound, tick.value).y
            parts.append(
                "<line class=\"grid\" x1=\"\(number(Self.left))\" x2=\"\(number(right))\" y1=\"\(number(at))\" "
                    + "y2=\"\(number(at))\"/><text class=\"tick\" x=\"\(number(Self.left - 8))\" "
                    + "y=\"\(number(at + 4))\" text-anchor=\"end\">\(escaped(tick.label))</text>")
        }
        parts += marks
        parts.append(
            "<path class=\"axis\" d=\"M\(number(Self.left)),\(number(Self.top))V\(number(bottom))H\(number(right))\"/>")
        parts.append(
            "<text class=\"title\" x=\"\(number((Self.left + right) / 2))\" y=\"\(number(Self.height - 14))\" "
                + "text-anchor=\"middle\">\(escaped(x.title))</text>")
        let middle = number((Self.top + bottom) / 2)
        parts.append(
            "<text class=\"title\" transform=\"translate(18,\(middle)) rotate(-90)\" text-anchor=\"middle\">"
                + "\(escaped(y.title))</text>")
        var from = Self.left
        for (style, text) in legend {
            parts.append(
                "<rect class=\"\(style) key\" x=\"\(number(from))\" y=\"18\" width=\"14\" height=\"10\" rx=\"2\"/>"
                    + "<text class=\"label\" x=\"\(number(from + 20))\" y=\"27\">\(escaped(text))</text>")
            from += 44 + Double(text.count) * 7.2
        }
        for (line, text) in remarks.enumerated() {
            parts.append(
                "<text class=\"label\" x=\"\(number((Self.left + right) / 2))\" "
                    + "y=\"\(number(Self.height + 8 + 20 * Double(line)))\" text-anchor=\"middle\">"
                    + "\(escaped(text))</text>")
        }
        parts.append("</svg>")
        return parts.joined(separator: "\n")
    }

    private func number(_ value: Double) -> String { String(format: "%.1f", value) }
}

/// Colours and shapes of the charts, light and dark.
enum ChartStyle {
    static let colours = """
        :root { color-scheme: light dark; --ink: #17262b; --soft: #52656b; --line: #d5dfe1; --paper: #fff; \
        --ground: #eef3f3; --deep: #12505b; --genuine: #12707f; --impostor: #c4651b; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e3edef; --soft: #9fb3b8; --line: #2d3f45; \
        --paper: #16232a; --ground: #0e181c; --deep: #7fc6d2; --genuine: #4fb6c7; --impostor: #f0985a; } }

        """
    static let shapes = """
        .chart text { font-family: system-ui, -apple-system, "Hiragino Sans", "Noto Sans CJK JP", sans-serif; }
        .chart .paper { fill: var(--paper); }
        .chart .grid { stroke: var(--line); stroke-width: 1; }
        .chart .axis { fill: none; stroke: var(--soft); stroke-width: 1.2; }
        .chart .tick, .chart .label { fill: var(--soft); font-size: 14px; }
        .chart .title { fill: var(--ink); font-size: 15px; }
        .chart .curve { fill: none; stroke: var(--genuine); stroke-width: 2.4; stroke-linejoin: round; }
        .chart .ideal { fill: none; stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 5 5; }
        .chart .whisker { fill: none; stroke: var(--genuine); stroke-width: 1.4; }
        .chart .band { fill: var(--genuine); opacity: 0.15; }
        .chart .genuine { fill: var(--genuine); fill-opacity: 0.62; }
        .chart .impostor { fill: var(--impostor); fill-opacity: 0.62; }
        .chart .point { fill: var(--genuine); fill-opacity: 0.45; }
        .chart .bin { fill: var(--genuine); stroke: var(--paper); stroke-width: 1; }
        .chart .mark { fill: var(--paper); stroke: var(--impostor); stroke-width: 2.4; }
        .chart .curve.key, .chart .whisker.key { fill: var(--genuine); stroke: none; }
        .chart .mark.key { fill: var(--impostor); stroke: none; }

        """
}

/// Text made safe for XML and HTML.
func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        default: result.append(character)
        }
    }
}

/// A number with a fixed count of decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
}
