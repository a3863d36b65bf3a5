import Identification
import Registry
import Testing

@Suite struct TemplateFormatTests {
    static func template(keypoints: Int, seed: UInt64) throws -> Template {
        var generator = SplitMix(state: seed)
        func features(_ count: Int) -> FeatureSet {
            FeatureSet(
                keypoints: (0..<count).map { _ in
                    Keypoint(
                        x: Float(generator.below(512 * 32)) / 32, y: Float(generator.below(512 * 32)) / 32,
                        size: Float(generator.below(64 * 32)) / 32,
                        angle: Float(generator.below(65_536)) / 65_536 * 2 * .pi)
                },
                descriptors: (0..<count * FeatureSet.dimension).map { _ in UInt8(generator.below(256)) })
        }
        return Template(
            extractor: "sift-lb-1", frame: try RegionBox(x: 0.1, y: 0.2, width: 0.5, height: 0.25), width: 512,
            height: 256, channels: [features(keypoints), features(keypoints / 2)])
    }

    @Test(arguments: [0, 1, 7, 300])
    func storedFormRoundTrips(keypoints: Int) throws {
        let template = try Self.template(keypoints: keypoints, seed: UInt64(keypoints))
        let restored = try Template(decoding: template.encoded)
        #expect(restored.extractor == template.extractor)
        #expect(restored.frame == template.frame)
        #expect(restored.channels.map(\.descriptors) == template.channels.map(\.descriptors))
        #expect(restored.encoded == template.encoded)
    }

    @Test func storedFormIsGolden() throws {
        let template = Template(
            extractor: "x", frame: .whole, width: 512, height: 384,
            channels: [
                FeatureSet(
                    keypoints: [Keypoint(x: 1, y: 2, size: 4, angle: .pi)],
                    descriptors: (0..<128).map { UInt8($0) })
            ])
        let head: [UInt8] = [
            0x41, 0x44, 0x54, 0x31, 1, 0x78, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0,
            0x3F,
            0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 2, 0x80, 1, 1, 1, 0, 32, 0, 64, 0, 128, 0, 0, 128,
        ]
        #expect(template.encoded == head + (0..<128).map { UInt8($0) })
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
