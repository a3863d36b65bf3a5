import Testing
import VisionKernels

@testable import Identification

@Suite struct MatchingKernelTests {
    /// Pictures of one origin: some descriptors of the second are noisy copies of the first's.
    private func pair(_ counts: (Int, Int), seed: UInt64, onStrip: Bool) throws -> (FeatureSet, FeatureSet) {
        var generator = SplitMix(state: seed)
        var sets: [FeatureSet] = []
        for count in [counts.0, counts.1] {
            let descriptors = try TemplateFormatTests.descriptors(count, &generator)
            let keypoints = (0..<count).map { _ in
                Keypoint(x: 1, y: 1, size: 1 + Float(generator.below(80)) / 10, angle: 0)
            }
            let places = StripPlaces(
                along: (0..<count).map { _ in Int16(generator.below(16_384)) },
                across: (0..<count).map { _ in Int16(generator.below(16_384)) - 8_192 },
                sizes: keypoints.map(\.size))
            sets.append(FeatureSet(keypoints: keypoints, descriptors: descriptors, strip: onStrip ? places : nil))
        }
        return (sets[0], sets[1])
    }

    private var variants: [vk_variant] {
        // Rising order: what the fastest way needs, the slower ones have.
        [VK_PLAIN, VK_AVX2, VK_AVX512].filter { $0.rawValue <= vk_fastest().rawValue }
    }

    @Test(arguments: [(1, 1), (8, 8), (7, 33), (120, 119), (300, 5), (0, 10), (64, 0), (17, 16), (9, 24)])
    func vectorsAndThePlainLoopAgree(counts: (Int, Int)) throws {
        for seed in 0..<10 {
            let (query, reference) = try pair(counts, seed: UInt64(seed), onStrip: seed % 2 == 0)
            let window = seed % 2 == 0 ? Strip.window : nil
            for ratio in [Float(1), 0.95] {
                let plain = query.matches(with: reference, ratio: ratio, window: window, variant: VK_PLAIN)
                for variant in variants {
                    let fast = query.matches(with: reference, ratio: ratio, window: window, variant: variant)
                    #expect(fast.map(\.fields) == plain.map(\.fields))
                }
            }
        }
    }

    @Test func aCopyMatchesItselfEverywhere() throws {
        let (query, _) = try pair((90, 1), seed: 3, onStrip: false)
        let matches = query.matches(with: query, ratio: 0.8)
        #expect(matches.map { [$0.query, $0.reference, $0.mutual] } == (0..<90).map { [$0, $0, 1] })
    }

    @Test func turningTwiceIsNothing() throws {
        let (query, _) = try pair((20, 1), seed: 4, onStrip: true)
        #expect(query.turnedByHalf != query)
        #expect(query.turnedByHalf.turnedByHalf == query)
    }
}

extension vk_match {
    fileprivate var fields: [Float] { [Float(query), Float(reference), ratio, Float(mutual)] }
}
