import Foundation
import Identification

/// Makes any number of different templates from a few, for galleries larger than can be drawn.
///
/// Bytes of the stored form are moved a little towards zero, one in four at random, wherever the result can still be
/// read. Descriptors stay what they were for the matcher, so a variation costs what a real template costs to hold, to
/// read and to compare; it says nothing about accuracy.
struct TemplateVariations: Sendable {
    private let originals: [[UInt8]]
    private let changeable: [[Range<Int>]]

    init(of templates: [Template]) async throws {
        originals = templates.map(\.encoded)
        changeable = try await concurrentMap(originals) { Self.changeable(in: $0) }
    }

    /// The variation of a number; the same number gives the same template.
    func encoded(_ number: Int) -> [UInt8] {
        let which = number % originals.count
        var bytes = originals[which]
        var dice = Dice(state: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        for range in changeable[which] { Self.change(&bytes, in: range, with: &dice) }
        return (try? Template(decoding: bytes)) == nil ? originals[which] : bytes
    }

    /// The parts of a stored template that may be changed, found by trying.
    private static func changeable(in bytes: [UInt8]) -> [Range<Int>] {
        func parts(_ range: Range<Int>) -> [Range<Int>] {
            var changed = bytes
            for place in range { changed[place] = towardsZero(changed[place], by: 127) }
            if (try? Template(decoding: changed)) != nil { return [range] }
            guard range.count > 8 else { return [] }
            let middle = (range.lowerBound + range.upperBound) / 2
            return parts(range.lowerBound..<middle) + parts(middle..<range.upperBound)
        }
        // The name of the extractor, the frame and the sizes stand before the features and stay.
        return parts(43 + Int(bytes[4])..<bytes.count)
    }

    private static func change(_ bytes: inout [UInt8], in range: Range<Int>, with dice: inout Dice) {
        for place in range {
            let roll = dice.next()
            if roll & 3 == 0 { bytes[place] = towardsZero(bytes[place], by: UInt8(1 + (roll >> 2 & 1))) }
        }
    }

    private static func towardsZero(_ byte: UInt8, by step: UInt8) -> UInt8 {
        let value = Int(Int8(bitPattern: byte))
        return UInt8(bitPattern: Int8(value > 0 ? max(0, value - Int(step)) : min(0, value + Int(step))))
    }

    /// The generator xorshift64* (Marsaglia 2003), four bits better than needed here.
    private struct Dice {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return (state &* 0x2545_F491_4F6C_DD1D) >> 32
        }
    }
}
