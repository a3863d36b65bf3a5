import Foundation

/// A reader's text understood as a code.
public struct TagReading: Hashable, Sendable {
    /// The text as it came.
    public let text: String
    /// The code in it.
    public let code: TagCode
    /// What is remarkable about it.
    public let flags: [TagFlag]
    /// All bits, where the code is one after ISO 11784; those that the text does not show are the usual ones.
    public let iso: ISOTagCode?
    /// What the text says read from the other end, where that makes as much sense.
    public let alternative: TagCode?

    /// Reads what readers print and people write.
    ///
    /// Understood are 15 digits; dotted hexadecimal (13 digits, also within a line of a reader's log); the 64 bits in
    /// 16 hexadecimal digits from either end, with the telegram's CRC where four more follow; AVID (9 digits); Trovan
    /// and FDX-A (10 hexadecimal digits). Spaces, dots, dashes and stars between digits, labels before them (`LA`,
    /// `TAG`, `AVID`, `TROVAN`, `FDX-A` …), full-width digits and Japanese words beside them do not matter.
    ///
    /// Ten hexadecimal digits are Trovan where the text says so, is grouped 2-4-4 or begins with `00`; FDX-A where it
    /// says so; else the code is ``TagCode/Kind/trovanOrFDXA``. The canonical form is the same for all three.
    ///
    /// - Throws: ``TagRefusal`` with the reason and the nearest readings that make sense.
    public init(_ text: String) throws(TagRefusal) {
        guard text.unicodeScalars.count <= 200 else { throw TagRefusal(text: text, reason: .length(text.count)) }
        let cleaned = TagText(text)
        let decoded: DecodedTag
        do {
            decoded = try DecodedTag(cleaned.digits, maker: cleaned.maker)
        } catch {
            throw TagRefusal(text: text, reason: error, nearest: cleaned.nearest(to: error))
        }
        self.text = text
        code = decoded.code
        flags = decoded.flags
        iso = decoded.iso
        alternative = decoded.alternative
    }
}

/// Why a text is not read as a code, and what it may have been.
public struct TagRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text as it came.
    public let text: String
    /// Why.
    public let reason: Reason
    /// Codes that the text would be after one slip of the hand, the likeliest slip first, at most ten.
    public let nearest: [TagCode]

    /// The reasons.
    public enum Reason: Error, Hashable, Sendable {
        /// Nothing is left once labels and separators are gone.
        case empty
        /// Characters that no code holds, or no code of this length.
        case characters(String)
        /// As many digits as no code has.
        case length(Int)
        /// The identification needs more than 38 bits.
        case identificationTooLarge(String)
        /// The country or manufacturer has more than three digits.
        case countryTooLarge(Int)
        /// The check that follows the bits is another than theirs.
        case checkFails(printed: String, expected: String)

        /// The reason's stable name.
        public var name: String {
            switch self {
            case .empty: "empty"
            case .characters: "characters"
            case .length: "length"
            case .identificationTooLarge: "identification_too_large"
            case .countryTooLarge: "country_too_large"
            case .checkFails: "check_fails"
            }
        }
    }

    init(text: String, reason: Reason, nearest: [TagCode] = []) {
        self.text = text
        self.reason = reason
        self.nearest = nearest
    }

    /// What is wrong, and what was perhaps meant.
    public var description: String {
        let what =
            switch reason {
            case .empty: "holds no code"
            case .characters(let characters): "holds “\(characters)”, which no code of that length does"
            case .length(let count):
                "has \(count) digits; codes have 9 (AVID), 10 (Trovan, FDX-A), 13 (dotted hexadecimal), 15 (ISO) or 16 "
                    + "(64 bits in hexadecimal)"
            case .identificationTooLarge(let digits):
                "has the identification \(digits), above 274877906943, the largest of 38 bits"
            case .countryTooLarge(let country): "has the country \(country), above 999"
            case .checkFails(let printed, let expected):
                "ends with the check \(printed) where its bits give \(expected)"
            }
        let meant =
            nearest.isEmpty
            ? "Read the tag again." : "Perhaps it is \(nearest.map(\.canonical).joined(separator: " or ")): read again."
        return "“\(text)” \(what). \(meant)"
    }
}
