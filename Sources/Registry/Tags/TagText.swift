import Foundation

/// A reader's text without what is no part of the code.
struct TagText {
    /// Letters and digits in upper case, labels and separators gone.
    let digits: [Character]
    /// The maker that the text names or its grouping shows.
    let maker: Maker?

    /// Makers whose codes look alike.
    enum Maker { case trovan, fdxA }

    init(_ text: String) {
        // Full-width digits become plain ones; half-width kana become kana, which are words beside the code.
        let plain = text.precomposedStringWithCompatibilityMapping.uppercased()
        var rest = String(String.UnicodeScalarView(plain.unicodeScalars.map { Self.isWord($0) ? " " : $0 }))
            .trimmingCharacters(in: Self.separators)
        if let dotted = rest.matches(of: /\b[0-9A-F]{3}\.[0-9A-F]{10}\b/).onlyElement {
            rest = String(dotted.output)
        }
        var maker: Maker?
        var isLong = false
        while let label = rest.prefixMatch(of: Self.label) {
            switch label.output.1 {
            case "TROVAN": maker = .trovan
            case "FDX-A", "FDXA": maker = .fdxA
            case "LA": isLong = true
            default: break
            }
            rest = String(rest[label.range.upperBound...]).trimmingCharacters(in: Self.separators)
        }
        if rest.wholeMatch(of: /[0-9A-F]{2}[- ][0-9A-F]{4}[- ][0-9A-F]{4}/) != nil || rest.hasPrefix("00-") {
            maker = maker ?? .trovan
        }
        var digits = rest.filter { !$0.unicodeScalars.allSatisfy(Self.separators.contains) }.map(\.self)
        // Readers that print LA put fields of zeros between it and the fifteen digits.
        if isLong, digits.count > 15, digits.dropLast(15).allSatisfy({ $0 == "0" }) { digits = digits.suffix(15) }
        self.digits = digits
        self.maker = maker
    }

    /// Codes that the digits would be after one slip of the hand, those of a kind a reason suggests.
    func nearest(to reason: TagRefusal.Reason) -> [TagCode] {
        let alike = digits.map { Self.lookAlikes[$0] ?? $0 }
        let decimal = digits.map { Self.lookAlikes[$0] ?? ($0 == "B" ? "8" : $0) }
        let likely = [alike, decimal].filter { $0 != digits }.compactMap { try? DecodedTag($0, maker: maker).code }
        // A letter that looks like a digit explains itself: a wrong digit elsewhere is a guess beside it.
        guard likely.isEmpty else { return likely.first == likely.last ? [likely[0]] : likely }
        var attempts: [[Character]] = []
        if case .length = reason {
            attempts += digits.indices.dropFirst().filter { digits[$0] == digits[$0 - 1] }.map { place in
                Array(digits[..<place] + digits[(place + 1)...])
            }
        }
        attempts += digits.indices.dropLast().map { digits.swapping($0) }
        for place in digits.indices {
            attempts += "0123456789ABCDEF".filter { $0 != digits[place] }.map { digits.replacing($0, at: place) }
        }
        var found: [TagCode] = []
        for attempt in attempts where found.count < 10 {
            guard let code = try? DecodedTag(attempt, maker: maker).code, !found.contains(code) else { continue }
            found.append(code)
        }
        return found
    }

    /// Letters that are taken for digits; B and 8 are both digits in hexadecimal.
    private static let lookAlikes: [Character: Character] = ["O": "0", "I": "1", "L": "1", "S": "5"]

    /// Kana, ideographs, and what has no width: words beside the code, or nothing at all.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3040...0x30FB, 0x30FD...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x200B...0x200F, 0xFEFF: true
        default: CharacterSet.controlCharacters.contains(scalar)
        }
    }

    /// Spaces and marks; U+30FC is the dash that a Japanese keyboard gives.
    private static let separators = CharacterSet.whitespacesAndNewlines.union(
        CharacterSet(charactersIn: ".,-*:;_/'\"#=()[]<>|~・ー‐‑‒–—―−"))

    // Computed, for a regular expression cannot be shared between threads.
    private static var label: Regex<(Substring, Substring)> {
        /(LA|TAG|TROVAN|AVID|FDX-?A|FDX-?B|HDX|ISO|PIT|ID|CODE|NO|UNIQUE)(?![A-Z])/
    }
}

extension Array {
    /// The element of an array that has exactly one.
    fileprivate var onlyElement: Element? { count == 1 ? first : nil }
}
