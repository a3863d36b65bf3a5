import HTTPTypes
import Hummingbird
import NIOCore
import Registry

/// Markup in which everything interpolated is escaped, unless it is markup itself.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    let markup: String

    init(stringLiteral value: String) { markup = value }

    init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    init(_ parts: [HTML]) { markup = parts.map(\.markup).joined() }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { markup += literal }

        mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

        mutating func appendInterpolation(_ number: Int) { markup += String(number) }

        /// A length in a drawing, to a tenth.
        mutating func appendInterpolation(_ number: Double) { markup += String((number * 10).rounded() / 10) }

        mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        mutating func appendInterpolation(_ html: HTML?) { markup += html?.markup ?? "" }

        mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { markup += part.markup } }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension Response {
    /// A page.
    static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "private, no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html.markup)))
    }
}

/// The frame that all pages share.
func frame(
    title: String, language: Language, otherLanguage: String, refresh: Int? = nil, script: String? = nil, _ body: HTML
) -> HTML {
    let other: Language = language == .ja ? .en : .ja
    let refreshing: HTML? = refresh.map { "<meta http-equiv=\"refresh\" content=\"\($0)\">" }
    let scripting: HTML? = script.map { "<script src=\"/assets/\($0)\" defer></script>" }
    return """
        <!DOCTYPE html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title)</title>
        \(refreshing)<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/style.css">
        \(scripting)
        </head>
        <body>
        <header><a class="home" href="/?lang=\(language.rawValue)"><img src="/assets/icon.svg" alt="" width="28" \
        height="28">\(PageText.product.text(in: language))</a>
        <a class="language" href="\(otherLanguage)" lang="\(other.rawValue)" \
        hreflang="\(other.rawValue)">\(PageText.language.text(in: language))</a></header>
        <main>
        \(body)
        </main>
        </body>
        </html>
        """
}
