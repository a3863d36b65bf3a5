import Foundation

/// Markup of a drawing in which everything interpolated is escaped, unless it is markup itself.
struct SVG: ExpressibleByStringInterpolation, Sendable {
    let markup: String

    init(stringLiteral value: String) { markup = value }

    init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    init(_ parts: [SVG]) { markup = parts.map(\.markup).joined(separator: "\n") }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { markup += literal }

        mutating func appendInterpolation(_ text: String) { markup += SVG.escaped(text) }

        /// A length, to a hundredth of a unit.
        mutating func appendInterpolation(_ number: Double) { markup += SVG.decimal(number, digits: 2) }

        /// A factor, to six digits.
        mutating func appendInterpolation(factor: Double) { markup += SVG.decimal(factor, digits: 6) }

        mutating func appendInterpolation(_ svg: SVG) { markup += svg.markup }

        mutating func appendInterpolation(_ parts: [SVG]) { markup += SVG(parts).markup }

        /// A JPEG within the drawing.
        mutating func appendInterpolation(jpeg bytes: [UInt8]) {
            markup += "data:image/jpeg;base64," + Data(bytes).base64EncodedString()
        }
    }

    /// A number rounded to some digits, without zeros at its end.
    static func decimal(_ number: Double, digits: Int) -> String {
        let factor = pow(10, Double(digits))
        let rounded = (number * factor).rounded() / factor
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }

    /// XML 1.0 knows no control characters but tab and line ends, not even escaped.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
