import Foundation
import Registry
import Testing

@Suite struct TagCodeTests {
    @Test(
        "One code in all of its printed forms",
        arguments: [
            "999123456789012", "999.123456789012", "999 123 456 789 012", "3E7.1CBE991A14", "3E71CBE991A14",
            "8000F9DCBE991A14", "8000 F9DC BE99 1A14", "2858997D3B9F0001", "LA 999123456789012",
            "LA 00000 0 999 123456789012",
            "９９９１２３４５６７８９０１２", "タグ番号：999-123456789012", "ﾀｸﾞ 999.123456789012", "999ｰ123456789012",
            "TAG 02 08/08/2010 12:33:15.440 3E7.1CBE991A14", "iso: 999123456789012", "3e7.1cbe991a14",
            "\u{FEFF}999123456789012\r\n",
        ])
    func goldenForms(text: String) throws {
        let reading = try TagReading(text)
        #expect(reading.code.canonical == "999123456789012" && reading.code.kind == .iso)
        #expect(reading.flags.contains(.testCode))
        let iso = try #require(reading.iso)
        #expect(iso.dottedHex == "3E7.1CBE991A14")
        #expect(iso.leftHex == "8000F9DCBE991A14" && iso.reversedHex == "2858997D3B9F0001")
    }

    @Test(
        "Manufacturers and countries of the reference",
        arguments: [
            ("3DD.003BC12345", "989001002513221", TagFlag.manufacturer),
            ("3D9.1BF1A9919D", "985120018538909", .manufacturer),
            ("384.0000000001", "900000000000001", .manufacturer), ("392000012345678", "392000012345678", .country),
            ("000123456789012", "000123456789012", .noCountry),
            ("900215010999999", "900215010999999", .knownDuplicateRange),
            ("900215000000000", "900215000000000", .knownDuplicateRange),
            ("001000000000000", "001000000000000", .unfamiliarCountry),
        ])
    func flagsNeverRefuse(text: String, decimal: String, flag: TagFlag) throws {
        let reading = try TagReading(text)
        #expect(reading.code.canonical == decimal && reading.flags.contains(flag))
    }

    @Test func neighboursOfTheDuplicateRangeAreNotInIt() throws {
        for text in ["900215011000000", "900214999999999", "901215000000000"] {
            #expect(try !TagReading(text).flags.contains(.knownDuplicateRange))
        }
    }

    @Test func japanHasItsNameInBothLanguages() throws {
        let iso = try #require(try TagReading("392000012345678").iso)
        #expect(iso.countryName(in: .ja) == "日本" && iso.countryName(in: .en) == "Japan")
        #expect(try TagReading("999123456789012").iso?.countryName(in: .en) == nil)
    }

    @Test func bitsThatAreUnusualAreFlagged() throws {
        let flags = { (header: UInt16) in
            try #require(ISOTagCode(country: 392, identification: 12_345_678, header: header)).flags
        }
        #expect(try flags(0x8000) == [.country])
        #expect(try flags(0x0000) == [.country, .animalBitUnset])
        #expect(try flags(0x8002) == [.country, .reservedBitsSet])
        #expect(try flags(0xC001) == [.country, .reservedBitsSet, .extraData])
        let left = try #require(ISOTagCode(country: 392, identification: 12_345_678, header: 0xC001)).leftHex
        let reading = try TagReading(left)
        #expect(reading.code.canonical == "392000012345678")
        #expect(reading.flags == [.country, .reservedBitsSet, .extraData])
    }

    @Test(
        "Codes that are not ISO's",
        arguments: [
            ("AVID*012*345*678", "012345678", TagCode.Kind.avid, "AVID*012*345*678"),
            ("012345678", "012345678", .avid, "AVID*012*345*678"),
            ("012 345 678", "012345678", .avid, "AVID*012*345*678"),
            ("00-0612-3A56", "0006123A56", .trovan, "00-0612-3A56"),
            ("TROVAN 0612345678", "0612345678", .trovan, "06-1234-5678"),
            ("00 0612 3A56", "0006123A56", .trovan, "00-0612-3A56"),
            ("0006123A56", "0006123A56", .trovan, "00-0612-3A56"),
            ("FDX-A 7F7D123A56", "7F7D123A56", .fdxA, "7F7D123A56"),
            ("7F7D123A56", "7F7D123A56", .trovanOrFDXA, "7F7D123A56"),
        ])
    func others(text: String, canonical: String, kind: TagCode.Kind, printed: String) throws {
        let reading = try TagReading(text)
        #expect(reading.code.canonical == canonical && reading.code.kind == kind && reading.code.printed == printed)
        #expect(reading.flags == (kind == .trovanOrFDXA ? [.trovanOrFDXA] : []) && reading.iso == nil)
        #expect(try TagReading(reading.code.printed).code.canonical == canonical)
        #expect(TagCode(canonical: canonical, kind: kind) == reading.code)
    }

    @Test func everyFormOfEveryCodeReadsBack() throws {
        var random = SystemRandomNumberGenerator()
        let edges: [UInt64] = [
            0, 1, 2, 1 << 37, ISOTagCode.largestIdentification, ISOTagCode.largestIdentification - 1,
        ]
        var codes = edges.flatMap { id in
            [UInt16(0), 1, 8, 99, 100, 392, 899, 900, 998, 999].compactMap {
                ISOTagCode(country: $0, identification: id)
            }
        }
        for _ in 0..<1000 {
            codes.append(
                try #require(
                    ISOTagCode(
                        country: .random(in: 0...999, using: &random),
                        identification: .random(in: 0...ISOTagCode.largestIdentification, using: &random),
                        header: Bool.random(using: &random) ? 0x8000 : 0x8001)))
        }
        for iso in codes {
            #expect(ISOTagCode(word: iso.word) == iso)
            let usual = ISOTagCode(country: iso.country, identification: iso.identification)
            #expect(try TagReading(iso.decimal).iso == usual)
            #expect(try TagReading(iso.dottedHex).iso == usual)
            #expect(try TagReading(iso.leftHex).iso == iso, "\(iso)")
            let reversed = try TagReading(iso.reversedHex)
            // Where both ends make sense, the other one is told.
            #expect(reversed.iso == iso || reversed.alternative?.canonical == iso.decimal, "\(iso)")
            let check = String(format: "%04X", iso.crc)
            #expect(try TagReading(iso.reversedHex + " " + check).code.canonical == iso.decimal)
            #expect(try TagReading(iso.leftHex + check).code.canonical == iso.decimal)
        }
    }

    @Test("CRC-16 of FDX-B: one wrong bit never passes, and the telegram with its check leaves no remainder")
    func crc() throws {
        let iso = try #require(ISOTagCode(country: 999, identification: 123_456_789_012))
        let telegram = try #require(UInt64("2858997D3B9F0001", radix: 16))
        #expect(iso.crc == ISOTagCode.crc(ofTelegram: telegram))
        for bit in 0..<64 { #expect(ISOTagCode.crc(ofTelegram: telegram ^ 1 << UInt64(bit)) != iso.crc) }
        // Of the polynomial itself: the single lowest bit leaves 0x1021, reflected.
        #expect(ISOTagCode.crc(ofTelegram: 1) == 0x8408)
        #expect(ISOTagCode.crc(ofTelegram: 0) == 0)
    }

    @Test func aWrongCheckIsRefusedWithTheRightDigitAmongTheNearest() throws {
        let iso = try #require(ISOTagCode(country: 392, identification: 12_345_678))
        var digits = Array(iso.leftHex + String(format: "%04X", iso.crc))
        digits[12] = digits[12] == "0" ? "1" : "0"
        let wrong = String(digits)
        let refusal = try #require(throws: TagRefusal.self) { _ = try TagReading(wrong) }
        guard case .checkFails = refusal.reason else {
            Issue.record("\(refusal)")
            return
        }
        #expect(refusal.nearest.map(\.canonical) == ["392000012345678"])
    }

    @Test(
        "What cannot be read is refused with the nearest readings",
        arguments: [
            ("39200001234567O", "392000012345670"), ("392OO0012345678", "392000012345678"),
            ("39200001234567I", "392000012345671"),
            ("l92000012345678", "192000012345678"), ("39200001234S678", "392000012345678"),
            ("39200001234567B", "392000012345678"),
            ("3920000012345678", "392000012345678"), ("3E7.lCBE991A14", "999123456789012"), ("O12345678", "012345678"),
            ("392912345678901", "399212345678901"),
        ])
    func nearest(text: String, expected: String) throws {
        let refusal = try #require(throws: TagRefusal.self) { _ = try TagReading(text) }
        #expect(refusal.nearest.first?.canonical == expected, "\(refusal)")
        #expect(refusal.description.contains(expected))
    }

    @Test(
        "What is no code at all says why",
        arguments: [
            ("", TagRefusal.Reason.empty), ("タグなし", .empty), ("LA", .empty), ("12345", .length(5)),
            ("999999999999999", .identificationTooLarge("999999999999")),
            ("392274877906944", .identificationTooLarge("274877906944")),
            ("3E8.0000000001", .countryTooLarge(1000)), ("3E7.FFFFFFFFFF", .identificationTooLarge("FFFFFFFFFF")),
            ("hello world", .characters("HLLOWORL")), ("12345678901234567", .length(17)),
        ])
    func refused(text: String, reason: TagRefusal.Reason) throws {
        let refusal = try #require(throws: TagRefusal.self) { _ = try TagReading(text) }
        #expect(refusal.reason == reason && refusal.text == text)
    }

    @Test func anythingWhateverIsReadOrRefused() throws {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("0123456789ABCDEFOILS .-*:ｱｲタグ０９é👍\u{0}\n")
        for _ in 0..<300 {
            let text = String((0..<Int.random(in: 0...24, using: &random)).compactMap { _ in alphabet.randomElement() })
            switch Self.read(text) {
            case .success(let reading):
                let code = reading.code
                #expect(TagCode(canonical: code.canonical, kind: code.kind) == code)
                #expect(try TagReading(code.canonical).code.canonical == code.canonical)
            case .failure(let refusal): #expect(!refusal.description.isEmpty)
            }
        }
        #expect(throws: TagRefusal.self) { try TagReading(String(repeating: "9", count: 100_000)) }
    }

    private static func read(_ text: String) -> Result<TagReading, TagRefusal> {
        Result { () throws(TagRefusal) in try TagReading(text) }
    }

    @Test func slipsAreOneDigitOrOneSwapAway() throws {
        let slips = try TagReading("392000012345678").code.slips
        #expect(slips.contains("392000012345679") && slips.contains("392000012345687"))
        #expect(!slips.contains("392000012345678") && slips.allSatisfy { $0.count == 15 })
    }
}
