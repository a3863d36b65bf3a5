/// Digits without separators, understood by how many there are.
struct DecodedTag {
    let code: TagCode
    var iso: ISOTagCode?
    var flags: [TagFlag]
    var alternative: TagCode?

    /// - Throws: ``TagRefusal/Reason``.
    init(_ digits: [Character], maker: TagText.Maker?) throws(TagRefusal.Reason) {
        let strangers = digits.filter { !$0.isHexDigit || !$0.isASCII }
        guard strangers.isEmpty else { throw .characters(String(strangers)) }
        let text = String(digits)
        switch digits.count {
        case 0: throw .empty
        case 9:
            try Self.requireDecimal(digits)
            self.init(TagCode(kind: .avid, canonical: text))
        case 10:
            let kind = Self.kindOfTen(text, maker: maker)
            self.init(TagCode(kind: kind, canonical: text), flags: kind == .trovanOrFDXA ? [.trovanOrFDXA] : [])
        case 13: try self.init(country: text.prefix(3), identification: text.dropFirst(3), radix: 16)
        case 15:
            try Self.requireDecimal(digits)
            try self.init(country: text.prefix(3), identification: text.dropFirst(3), radix: 10)
        case 16: try self.init(word: text, isDecimal: digits.allSatisfy(\.isNumber))
        case 20: try self.init(word: String(text.prefix(16)), check: String(text.suffix(4)))
        default: throw .length(digits.count)
        }
    }

    private init(_ code: TagCode, flags: [TagFlag]) {
        self.code = code
        self.flags = flags
    }

    private init(_ code: TagCode) { self.init(code, flags: []) }

    private init(_ iso: ISOTagCode) {
        self.init(TagCode(iso), flags: iso.flags)
        self.iso = iso
    }

    private init(
        country: some StringProtocol, identification: some StringProtocol, radix: Int
    ) throws(TagRefusal.Reason) {
        guard let number = UInt16(country, radix: radix), number <= 999 else {
            throw .countryTooLarge(Int(country, radix: radix) ?? 0)
        }
        guard let own = UInt64(identification, radix: radix),
            let iso = ISOTagCode(country: number, identification: own)
        else { throw .identificationTooLarge(String(identification)) }
        self.init(iso)
    }

    /// 64 bits from the end that makes more sense: animal bit set, reserved bits free, a country of three digits.
    private init(word text: String, isDecimal: Bool) throws(TagRefusal.Reason) {
        guard let word = UInt64(text, radix: 16) else { throw .characters(text) }
        let ends = [word, word.bitsReversed].map { ISOTagCode(word: $0) }
        let oddities = ends.map { code in
            code.map { ($0.isAnimal ? 0 : 1) + ($0.hasReservedBits ? 2 : 0) } ?? Int.max
        }
        // Sixteen decimal digits with reserved bits set from either end are a code of fifteen with one too many.
        if isDecimal, oddities.allSatisfy({ $0 >= 2 }) { throw .length(16) }
        let isReversed = oddities[1] < oddities[0]
        guard let chosen = ends[isReversed ? 1 : 0] else { throw .countryTooLarge(Int(word >> 38 & 0x3FF)) }
        self.init(chosen)
        if oddities[0] == oddities[1], ends[0]?.decimal != ends[1]?.decimal {
            flags.append(.orderAmbiguous)
            alternative = ends[1].map(TagCode.init)
        }
    }

    /// 64 bits with the CRC of the telegram, which also tells from which end they were printed.
    private init(word text: String, check: String) throws(TagRefusal.Reason) {
        guard let word = UInt64(text, radix: 16), let printed = UInt16(check, radix: 16) else {
            throw .characters(text)
        }
        for (telegram, bits) in [(word.bitsReversed, word), (word, word.bitsReversed)]
        where ISOTagCode.crc(ofTelegram: telegram) == printed {
            guard let iso = ISOTagCode(word: bits) else { throw .countryTooLarge(Int(bits >> 38 & 0x3FF)) }
            self.init(iso)
            return
        }
        let isReversed = word & 0x7FFE == 0
        let expected = ISOTagCode.crc(ofTelegram: isReversed ? word : word.bitsReversed)
        throw .checkFails(printed: check, expected: String(expected, radix: 16, uppercase: true).leftPadded(to: 4))
    }

    private static func requireDecimal(_ digits: [Character]) throws(TagRefusal.Reason) {
        let letters = digits.filter { !$0.isNumber }
        guard letters.isEmpty else { throw .characters(String(letters)) }
    }

    private static func kindOfTen(_ text: String, maker: TagText.Maker?) -> TagCode.Kind {
        switch maker {
        case .trovan: .trovan
        case .fdxA: .fdxA
        case nil: text.hasPrefix("00") ? .trovan : .trovanOrFDXA
        }
    }
}
