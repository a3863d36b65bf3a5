import Foundation

/// How names of waters are compared.
public enum PlaceName {
    /// A name as it is looked up: one width, katakana as hiragana, no case, spaces, hyphens or macrons, and without the
    /// word for river or weir at its end.
    ///
    /// Compatibility forms follow Unicode NFKC, which joins half-width katakana with their sound marks too.
    public static func key(_ name: String) -> String {
        let compatible = name.precomposedStringWithCompatibilityMapping.lowercased()
        var folded = ""
        for scalar in compatible.unicodeScalars {
            switch scalar.value {
            case 0x30A1...0x30F6: Unicode.Scalar(scalar.value - 0x60).map { folded.unicodeScalars.append($0) }
            // The mark of a long vowel is part of a word; hyphens, dots and spaces are not.
            case 0x30FC: folded.unicodeScalars.append(scalar)
            default:
                if CharacterSet.alphanumerics.contains(scalar)
                    || scalar.properties.canonicalCombiningClass.rawValue != 0
                {
                    folded.unicodeScalars.append(scalar)
                }
            }
        }
        // Marks of Latin letters go, the sound marks of kana stay.
        let plain = String(
            String.UnicodeScalarView(
                folded.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
                    !(0x300...0x36F).contains($0.value)
                })
        )
        .precomposedStringWithCanonicalMapping
        for ending in ["かわ", "がわ", "川", "河", "river", "gawa", "kawa", "えんてい", "堰堤", "堰", "せき", "ぜき", "weir", "zeki"]
        where plain.hasSuffix(ending) && plain.count > ending.count {
            return String(plain.dropLast(ending.count))
        }
        return plain
    }

    /// The names nearest in spelling, the nearest first.
    ///
    /// - Parameters:
    ///   - name: What was asked for.
    ///   - names: Keys and the names they stand for.
    /// - Returns: At most five names within a third of the letters.
    public static func nearest(to name: String, among names: [(key: String, name: String)]) -> [String] {
        let wanted = Array(key(name))
        var best: [String: Int] = [:]
        for candidate in names {
            let letters = Array(candidate.key)
            let allowed = max(1, max(wanted.count, letters.count) / 3)
            guard abs(letters.count - wanted.count) <= allowed else { continue }
            let distance = edits(wanted, letters)
            if distance <= allowed { best[candidate.name] = min(best[candidate.name] ?? .max, distance) }
        }
        return best.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(5).map(\.key)
    }

    /// Letters to insert, drop or change (Levenshtein).
    private static func edits(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (i, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, target) in other.enumerated() {
                let changed = diagonal + (letter == target ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[other.count]
    }
}
