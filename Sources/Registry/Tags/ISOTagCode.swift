/// The 64 bits of an animal's transponder after ISO 11784, bit 1 the most significant.
///
/// Bit 1 is the animal flag, 2 to 15 are reserved, 16 says that extra data follow, 17 to 26 are the country or
/// manufacturer, 27 to 64 the identification.
public struct ISOTagCode: Hashable, Sendable {
    /// Country (ISO 3166 numeric), manufacturer (900 … 998) or 999 for tests; 0 … 999.
    public let country: UInt16
    /// Identification within it, 38 bits.
    public let identification: UInt64
    /// Bits 1 to 16 as read; ``usualHeader`` where the printed form does not show them.
    public let header: UInt16

    /// The largest identification: 38 bits, 274,877,906,943.
    public static let largestIdentification: UInt64 = (1 << 38) - 1
    /// The animal flag set, nothing else.
    public static let usualHeader: UInt16 = 0x8000

    /// Checks a code.
    ///
    /// - Returns: `nil` for a country of more than three digits or an identification of more than 38 bits.
    public init?(country: UInt16, identification: UInt64, header: UInt16 = Self.usualHeader) {
        guard country <= 999, identification <= Self.largestIdentification else { return nil }
        self.country = country
        self.identification = identification
        self.header = header
    }

    /// Reads the 64 bits; `nil` where the country has more than three digits.
    public init?(word: UInt64) {
        self.init(
            country: UInt16(word >> 38 & 0x3FF), identification: word & Self.largestIdentification,
            header: UInt16(word >> 48))
    }

    /// All 64 bits.
    public var word: UInt64 { UInt64(header) << 48 | UInt64(country) << 38 | identification }

    /// Whether bit 1 says that the transponder is an animal's.
    public var isAnimal: Bool { header & 0x8000 != 0 }
    /// Whether one of the reserved bits 2 to 15 is set.
    public var hasReservedBits: Bool { header & 0x7FFE != 0 }
    /// Whether bit 16 says that extra data follow.
    public var hasExtraData: Bool { header & 1 != 0 }

    /// 15 digits: three of the country, twelve of the identification.
    public var decimal: String { String(country).leftPadded(to: 3) + String(identification).leftPadded(to: 12) }
    /// Three hexadecimal digits, a dot, ten more, for instance `3E7.1CBE991A14`.
    public var dottedHex: String {
        String(country, radix: 16, uppercase: true).leftPadded(to: 3) + "."
            + String(identification, radix: 16, uppercase: true).leftPadded(to: 10)
    }
    /// All 64 bits, most significant first, in 16 hexadecimal digits.
    public var leftHex: String { String(word, radix: 16, uppercase: true).leftPadded(to: 16) }
    /// All 64 bits in the order in which the transponder sends them, least significant first.
    public var reversedHex: String { String(word.bitsReversed, radix: 16, uppercase: true).leftPadded(to: 16) }

    /// The check of the telegram (FDX-B): see ``crc(ofTelegram:)``.
    public var crc: UInt16 { Self.crc(ofTelegram: word.bitsReversed) }

    /// CRC-16 of FDX-B: polynomial 0x1021, initial 0, bytes taken as sent, the remainder reflected.
    ///
    /// - Parameter telegram: The 64 bits as sent, so the number that ``reversedHex`` prints.
    /// - Returns: The check, 16 bits.
    public static func crc(ofTelegram telegram: UInt64) -> UInt16 {
        var remainder: UInt16 = 0
        for place in stride(from: 56, through: 0, by: -8) {
            remainder ^= UInt16(telegram >> UInt64(place) & 0xFF) << 8
            for _ in 0..<8 { remainder = remainder & 0x8000 != 0 ? remainder << 1 ^ 0x1021 : remainder << 1 }
        }
        return remainder.bitsReversed
    }
}

extension FixedWidthInteger {
    /// The number with its bits in the opposite order.
    var bitsReversed: Self {
        (0..<Self.bitWidth).reduce(0) { $0 << 1 | (self >> Self($1)) & 1 }
    }
}

extension String {
    /// The text with zeros before it up to a length.
    func leftPadded(to length: Int) -> String { String(repeating: "0", count: max(0, length - count)) + self }
}
