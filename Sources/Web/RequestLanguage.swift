import Foundation
import HTTPTypes
import Hummingbird
import Registry

extension Request {
    /// The language the sender prefers: `?lang=`, or else the first of ours in `Accept-Language` (RFC 9110, 12.5.4), or
    /// else English.
    var language: Language {
        if let asked = uri.queryParameters["lang"].flatMap({ Language(rawValue: String($0)) }) { return asked }
        let ranges = (headers[.acceptLanguage] ?? "").split(separator: ",").prefix(20).map(LanguageRange.init)
        // Stable among equals: the order of the header counts then.
        let best = ranges.enumerated().filter { $0.element.weight > 0 && $0.element.language != nil }
            .max { ($0.element.weight, -$0.offset) < ($1.element.weight, -$1.offset) }
        return best?.element.language ?? .en
    }
}

/// One entry of `Accept-Language`.
private struct LanguageRange {
    let language: Language?
    let weight: Double

    init(_ text: Substring) {
        let parts = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        language = parts.first.flatMap { $0.split(separator: "-").first }.flatMap {
            Language(rawValue: $0.lowercased())
        }
        let quality = parts.dropFirst().first { $0.hasPrefix("q=") }
        weight = quality.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
    }
}
