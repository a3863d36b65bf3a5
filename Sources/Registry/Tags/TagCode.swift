/// The code of a PIT tag in the one form in which the registry compares it.
///
/// It names a tag and never an animal: tags are lost, moved to other animals, misread, and some were sold twice.
public struct TagCode: Hashable, Sendable {
    /// Which family of transponders the code belongs to.
    public let kind: Kind
    /// What two readings of one tag have in common: 15 digits (ISO), 9 digits (AVID) or 10 hexadecimal digits.
    public let canonical: String

    /// The families of transponders.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// ISO 11784, read at 134.2 kHz.
        case iso
        /// AVID with nine digits, read at 125 kHz.
        case avid
        /// Trovan with ten hexadecimal digits, read at 128 kHz.
        case trovan
        /// FDX-A with ten hexadecimal digits, read at 125 kHz.
        case fdxA = "fdx_a"
        /// Ten hexadecimal digits without anything that tells Trovan from FDX-A; both are compared as one code.
        case trovanOrFDXA = "trovan_or_fdx_a"

        /// The frequencies at which a reader must work to be sure to find such a tag.
        public var frequencies: Set<ReaderFrequency> {
            switch self {
            case .iso: [.khz134]
            case .avid, .fdxA: [.khz125]
            case .trovan: [.khz128]
            case .trovanOrFDXA: [.khz125, .khz128]
            }
        }
    }

    init(_ iso: ISOTagCode) {
        kind = .iso
        canonical = iso.decimal
    }

    init(kind: Kind, canonical: String) {
        self.kind = kind
        self.canonical = canonical
    }

    /// Takes a code that storage keeps; `nil` where it is not in canonical form.
    public init?(canonical text: String, kind: Kind) {
        let isHexadecimal = text.utf8.allSatisfy { (48...57).contains($0) || (65...70).contains($0) }
        let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) }
        let fits =
            switch kind {
            case .iso: ISOTagCode(decimal: text) != nil
            case .avid: text.utf8.count == 9 && isDecimal
            case .trovan, .fdxA, .trovanOrFDXA: text.utf8.count == 10 && isHexadecimal
            }
        guard fits else { return nil }
        self.init(kind: kind, canonical: text)
    }

    /// The code after ISO 11784, where it is one.
    public var iso: ISOTagCode? { kind == .iso ? ISOTagCode(decimal: canonical) : nil }

    /// The form in which people and readers usually print it: `392.000012345678`, `AVID*012*345*678`, `06-1234-5678`.
    public var printed: String {
        let groups = { (lengths: [Int], separator: String) in
            var rest = canonical[...]
            return lengths.map { length in
                defer { rest = rest.dropFirst(length) }
                return String(rest.prefix(length))
            }.joined(separator: separator)
        }
        return switch kind {
        case .iso: groups([3, 12], ".")
        case .avid: "AVID*" + groups([3, 3, 3], "*")
        case .trovan: groups([2, 4, 4], "-")
        case .fdxA, .trovanOrFDXA: canonical
        }
    }

    /// What a slip of the hand makes of this code: one digit changed, or two neighbours swapped; canonical forms.
    public var slips: [String] {
        let digits = Array(canonical)
        let alphabet = Array(kind == .iso || kind == .avid ? "0123456789" : "0123456789ABCDEF")
        var slips = digits.indices.flatMap { place in
            alphabet.filter { $0 != digits[place] }.map { digits.replacing($0, at: place) }
        }
        for place in digits.indices.dropLast() where digits[place] != digits[place + 1] {
            slips.append(digits.swapping(place))
        }
        return slips.map { String($0) }
    }
}

/// The frequencies at which readers of animal transponders work.
public enum ReaderFrequency: String, CaseIterable, Codable, Sendable {
    /// 125 kHz: FDX-A and AVID.
    case khz125 = "125"
    /// 128 kHz: Trovan.
    case khz128 = "128"
    /// 134.2 kHz: ISO 11784.
    case khz134 = "134.2"
}

extension ISOTagCode {
    /// Reads 15 digits; `nil` for anything else.
    public init?(decimal digits: String) {
        guard digits.utf8.count == 15, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let country = UInt16(digits.prefix(3)), let identification = UInt64(digits.dropFirst(3))
        else { return nil }
        self.init(country: country, identification: identification)
    }
}

extension Array where Element == Character {
    func replacing(_ character: Character, at place: Int) -> [Character] {
        var copy = self
        copy[place] = character
        return copy
    }

    /// The characters with the one at a place and its right neighbour exchanged.
    func swapping(_ place: Int) -> [Character] {
        var copy = self
        copy.swapAt(place, place + 1)
        return copy
    }
}
