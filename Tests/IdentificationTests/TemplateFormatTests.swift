@testable import Identification
import Registry
import Testing

@Suite struct TemplateFormatTests {
    static func template(keypoints: Int, seed: UInt64) throws -> Template {
        var generator = SplitMix(state: seed)
        func features(_ count: Int, onStrip: Bool) throws -> FeatureSet {
            let keypoints = (0..<count).map { _ in
                Keypoint(
                    x: Float(generator.below(512 * 32)) / 32, y: Float(generator.below(512 * 32)) / 32,
                    size: 1 + Float(generator.below(63 * 32)) / 32,
                    angle: Float(generator.below(65_536)) / 65_536 * 2 * .pi)
            }
            let along = (0..<count).map { _ in Int16(generator.below(16_384)) }
            let across = (0..<count).map { _ in Int16(generator.below(16_384)) - 8_192 }
            return FeatureSet(
                keypoints: keypoints, descriptors: try descriptors(count, &generator),
                strip: onStrip
                    ? StripPlaces(along: along, across: across, sizes: keypoints.map(\.size)) : nil)
        }
        return Template(
            extractor: "sift-lb-2", frame: try RegionBox(x: 0.1, y: 0.2, width: 0.5, height: 0.25), width: 512,
            height: 256,
            free: [try features(keypoints, onStrip: false), try features(keypoints / 2, onStrip: false)],
            strip: keypoints == 7 ? nil : [try features(keypoints / 3, onStrip: true)])
    }

    /// Random descriptors of a length that the kernel allows.
    static func descriptors(_ count: Int, _ generator: inout SplitMix) throws -> QuantisedDescriptors {
        var blocks = [Int8](repeating: 0, count: (count + 7) / 8 * 512)
        for index in 0..<count {
            for place in 0..<64 {
                blocks[index / 8 * 512 + place / 4 * 32 + index % 8 * 4 + place % 4] = Int8(generator.below(40)) - 20
            }
        }
        return try #require(QuantisedDescriptors(count: count, blocks: blocks))
    }

    @Test(arguments: [0, 1, 7, 300])
    func storedFormRoundTrips(keypoints: Int) throws {
        let template = try Self.template(keypoints: keypoints, seed: UInt64(keypoints))
        #expect(try Template(decoding: template.encoded) == template)
    }

    @Test func storedFormIsGolden() throws {
        let descriptors = try #require(
            QuantisedDescriptors(count: 1, blocks: (0..<512).map { $0 % 32 < 4 ? Int8($0 / 32) : 0 }))
        let point = Keypoint(x: 1, y: 2, size: 4, angle: .pi)
        let template = Template(
            extractor: "x", frame: .whole, width: 512, height: 384,
            free: [FeatureSet(keypoints: [point], descriptors: descriptors)],
            strip: [
                FeatureSet(
                    keypoints: [point], descriptors: descriptors,
                    strip: StripPlaces(along: [256], across: [-1], sizes: [4]))
            ])
        let head: [UInt8] = [
            0x41, 0x44, 0x54, 0x32, 1, 0x78, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0,
            0x3F, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 2, 0x80, 1, 1, 1,
        ]
        let free: [UInt8] = [1, 0, 32, 0, 64, 0, 128, 0, 0, 128]
        let strip: [UInt8] = free + [0, 1, 0xFF, 0xFF]
        let bytes = descriptors.blocks.map { UInt8(bitPattern: $0) }
        #expect(template.encoded == head + free + bytes + strip + bytes)
    }

    @Test func descriptorsTooLongForTheKernelAreRefused() {
        #expect(QuantisedDescriptors(count: 1, blocks: [Int8](repeating: 100, count: 512)) == nil)
        #expect(QuantisedDescriptors(count: 2, blocks: [Int8](repeating: 1, count: 511)) == nil)
        #expect(QuantisedDescriptors(count: 1, blocks: [.min] + [Int8](repeating: 0, count: 511)) == nil)
    }

    @Test func everyCutIsRefused() throws {
        let bytes = try Self.template(keypoints: 3, seed: 9).encoded
        for length in 0..<bytes.count {
            #expect(throws: Template.FormatError.self) { try Template(decoding: Array(bytes[..<length])) }
        }
        #expect(throws: Template.FormatError.wrongLength(bytes.count + 1)) { try Template(decoding: bytes + [0]) }
        #expect(throws: Template.FormatError.notATemplate) { try Template(decoding: [1, 2, 3, 4, 5]) }
    }
}

/// SplitMix64, for repeatable test data.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: UInt64) -> UInt64 { next() % limit }
}
