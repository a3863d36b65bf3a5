/// A mail address that can stand in an envelope and a header as it is: the dot-atom form of RFC 5321, in ASCII.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address.
    public let description: String

    /// The text is no such address.
    public struct Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// What an address is.
        public var description: String {
            "Not a mail address: give name@domain in ASCII, at most 254 characters, domains of other scripts as xn--…."
        }
    }

    /// Reads an address.
    ///
    /// - Throws: ``Rejection``.
    public init(_ text: String) throws(Rejection) {
        guard text.utf8.count <= 254 else { throw Rejection() }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count),
            parts[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy(Self.isAtom),
            case let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false),
            labels.allSatisfy(Self.isLabel)
        else { throw Rejection() }
        description = text
    }

    /// The part behind the sign.
    public var domain: String { String(description.drop { $0 != "@" }.dropFirst()) }

    private static func isAtom(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }

    private static func isLabel(_ text: Substring) -> Bool {
        (1...63).contains(text.utf8.count) && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            && text.first != "-" && text.last != "-"
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
