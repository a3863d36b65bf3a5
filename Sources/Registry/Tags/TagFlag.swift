import Foundation

/// What is remarkable about a code that was read; never a reason to refuse it.
public enum TagFlag: String, CaseIterable, Codable, Sendable {
    /// Country 999: tags for tests, which are sold nevertheless.
    case testCode = "test_code"
    /// Country 000, which nobody was given.
    case noCountry = "country_000"
    /// 900 … 998: a manufacturer numbers, so that no country vouches for the code being unique.
    case manufacturer
    /// A country's code after ISO 3166.
    case country
    /// Below 900 and none of the countries this program knows by name.
    case unfamiliarCountry = "unfamiliar_country"
    /// Bit 1 does not say animal.
    case animalBitUnset = "animal_bit_unset"
    /// One of the bits 2 to 15 is set.
    case reservedBitsSet = "reserved_bits_set"
    /// Bit 16 says that extra data follow.
    case extraData = "extra_data"
    /// 900.215.000000000 … 900.215.010999999, of which tags were sold twice.
    case knownDuplicateRange = "known_duplicate_range"
    /// Sixteen hexadecimal digits that make sense from either end; read from the left.
    case orderAmbiguous = "order_ambiguous"
    /// Ten hexadecimal digits: nothing told Trovan from FDX-A.
    case trovanOrFDXA = "trovan_or_fdx_a"
}

extension ISOTagCode {
    /// What is remarkable about the code.
    public var flags: [TagFlag] {
        var flags: [TagFlag] = []
        switch country {
        case 0: flags.append(.noCountry)
        case 999: flags.append(.testCode)
        case 900...: flags.append(.manufacturer)
        default: flags.append(region == nil ? .unfamiliarCountry : .country)
        }
        if country == 900, (215_000_000_000...215_010_999_999).contains(identification) {
            flags.append(.knownDuplicateRange)
        }
        if !isAnimal { flags.append(.animalBitUnset) }
        if hasReservedBits { flags.append(.reservedBitsSet) }
        if hasExtraData { flags.append(.extraData) }
        return flags
    }

    /// The country's name in a language; `nil` for manufacturers, tests, and countries not listed here.
    public func countryName(in language: Language) -> String? {
        region.flatMap { Locale(identifier: language.rawValue).localizedString(forRegionCode: $0) }
    }

    /// ISO 3166 alpha-2.
    private var region: String? { Self.regions[country] }

    /// ISO 3166 numeric to alpha-2, of countries whose tags are met with.
    private static let regions: [UInt16: String] = [
        36: "AU", 40: "AT", 56: "BE", 76: "BR", 124: "CA", 156: "CN", 158: "TW", 203: "CZ", 208: "DK", 246: "FI",
        250: "FR", 276: "DE", 344: "HK", 348: "HU", 356: "IN", 360: "ID", 372: "IE", 380: "IT", 392: "JP", 410: "KR",
        458: "MY", 484: "MX", 528: "NL", 554: "NZ", 578: "NO", 608: "PH", 616: "PL", 620: "PT", 643: "RU", 702: "SG",
        704: "VN", 710: "ZA", 724: "ES", 752: "SE", 756: "CH", 764: "TH", 792: "TR", 826: "GB", 840: "US",
    ]
}
