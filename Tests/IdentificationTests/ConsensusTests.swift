import Foundation
import OpenCVBridge
import Testing
import VisionKernels

@testable import Identification

/// The maps on which matches agree, with OpenCV's RANSAC as the reference.
@Suite struct ConsensusTests {
    /// Matches of which some follow a similarity with two pixels of noise and the others are chance.
    private func neighbours(
        following: Int, chance: Int, turn: Double, scale: Double, seed: UInt64
    ) -> [Neighbour] {
        var generator = SplitMix(state: seed)
        func place(_ limit: UInt64) -> Float { Float(generator.below(limit * 16)) / 16 }
        return (0..<following + chance).map { index in
            let from = (x: place(400), y: place(300))
            let moved = (
                x: scale * (cos(turn) * Double(from.x) - sin(turn) * Double(from.y)) + 30,
                y: scale * (sin(turn) * Double(from.x) + cos(turn) * Double(from.y)) - 20
            )
            let follows = index < following
            return Neighbour(
                pair: KeypointPair(branch: .free, channel: 0, query: index, reference: index), from: from,
                to: follows ? (Float(moved.x) + place(4) - 2, Float(moved.y) + place(4) - 2) : (place(400), place(300)),
                turn: follows ? Float(turn) + place(1) / 4 : place(6), growth: follows ? Float(scale) : 1 + place(1),
                ratio: 0.5 + place(1) / 4, isFirm: true)
        }
    }

    private func agreeing(_ neighbours: [Neighbour], _ map: [Float], within distance: Float) -> Int {
        neighbours.count {
            hypot(
                map[0] * $0.from.x + map[1] * $0.from.y + map[2] - $0.to.x,
                map[3] * $0.from.x + map[4] * $0.from.y + map[5] - $0.to.y) <= distance
        }
    }

    private func ransac(_ neighbours: [Neighbour], threshold: Double) -> [Float]? {
        let from = neighbours.flatMap { [$0.from.x, $0.from.y] }
        let to = neighbours.flatMap { [$0.to.x, $0.to.y] }
        var matrix = [Double](repeating: 0, count: 6)
        var flags = [UInt8](repeating: 0, count: neighbours.count)
        var found: Int32 = 0
        let code = cv_bridge_ransac(from, to, Int32(neighbours.count), 0, threshold, &matrix, &flags, &found)
        return code == 0 && found == 1 ? matrix.map(Float.init) : nil
    }

    @Test(arguments: [(8, 20, 0.3, 1.0), (20, 20, -2.8, 0.7), (6, 30, 1.6, 1.8), (40, 0, 0.0, 1.0)])
    func noFewerAgreeThanWithOpenCV(following: Int, chance: Int, turn: Double, scale: Double) throws {
        for seed in 0..<5 {
            let matches = neighbours(
                following: following, chance: chance, turn: turn, scale: scale, seed: UInt64(seed))
            let map = try #require(FirmMatches(matches).similarity(within: 10))
            let reference = try #require(ransac(matches, threshold: 10))
            // Each counts what its last fit holds; fitting may lose a match or two at the edge.
            #expect(agreeing(matches, map, within: 10) >= agreeing(matches, reference, within: 10) - 2)
            #expect(agreeing(matches, map, within: 10) >= following - 1)
        }
    }

    @Test func chanceHasNoWeightBesideAgreement() {
        let agreeing = BranchAgreement.free(neighbours(following: 30, chance: 20, turn: 1, scale: 1, seed: 1))
        let chance = BranchAgreement.free(neighbours(following: 0, chance: 50, turn: 1, scale: 1, seed: 1))
        #expect(agreeing.weight > 5 * chance.weight)
        #expect(agreeing.pairs.count >= 29)
    }

    @Test func fewerThanThreeMatchesAgreeOnNothing() {
        let two = BranchAgreement.strip(neighbours(following: 2, chance: 0, turn: 0, scale: 1, seed: 2))
        #expect(two.weight == 0)
        #expect(two.pairs.isEmpty)
        #expect(BranchAgreement.free([]).weight == 0)
    }

    /// Kernel and quantisation together against OpenCV's SIFT matched by its own 128 numbers.
    @Test func quantisedMatchesAreTheMatchesOfWholeDescriptors() throws {
        let (query, reference) = (try descriptors(seed: 1), try descriptors(seed: 2))
        let sets = [query, reference].map { floats in
            let quantised = QuantisedDescriptors(reducing: floats[...])
            return FeatureSet(
                keypoints: [Keypoint](repeating: Keypoint(x: 0, y: 0, size: 1, angle: 0), count: quantised.count),
                descriptors: quantised)
        }
        let kernel = Set(
            sets[0].matches(with: sets[1], ratio: 0.85).filter { $0.mutual != 0 }.map { [$0.query, $0.reference] })
        let whole = Set(wholeMatches(query, reference, ratio: 0.85))
        #expect(whole.count > 30)
        // Stated tolerance: nine tenths of either are in the other.
        #expect(Double(kernel.intersection(whole).count) >= 0.9 * Double(whole.count))
        #expect(Double(kernel.intersection(whole).count) >= 0.9 * Double(kernel.count))
    }

    /// SIFT of blobs seen twice with other noise.
    private func descriptors(seed: UInt64) throws -> [Float] {
        let (width, height) = (240, 200)
        var blobs = SplitMix(state: 7)
        var plane = [Float](repeating: 120, count: width * height)
        for _ in 0..<60 {
            let (x, y) = (Int(blobs.below(UInt64(width))), Int(blobs.below(UInt64(height))))
            let (radius, depth) = (3 + Int(blobs.below(6)), Float(blobs.below(160)) - 80)
            for row in max(0, y - 3 * radius)..<min(height, y + 3 * radius) {
                for column in max(0, x - 3 * radius)..<min(width, x + 3 * radius) {
                    let square = Float((row - y) * (row - y) * 2 + (column - x) * (column - x))
                    plane[row * width + column] += depth * exp(-square / Float(radius * radius))
                }
            }
        }
        var noise = SplitMix(state: seed)
        let bytes = plane.map { UInt8(min(255, max(0, $0 + Float(noise.below(9)) - 4))) }
        var points = [cv_bridge_keypoint](repeating: cv_bridge_keypoint(), count: 200)
        var found = [Float](repeating: 0, count: 200 * 128)
        var count: Int32 = 0
        let mask = [UInt8](repeating: 255, count: bytes.count)
        try #require(
            cv_bridge_sift(bytes, mask, Int32(width), Int32(height), 200, 0.02, 0, &points, &found, &count) == 0)
        return Array(found.prefix(Int(count) * 128))
    }

    /// Mutual nearest neighbours by the whole square-rooted descriptors.
    private func wholeMatches(_ query: [Float], _ reference: [Float], ratio: Float) -> [[Int32]] {
        func roots(_ values: [Float]) -> [[Float]] {
            stride(from: 0, to: values.count, by: 128).map { start in
                let row = values[start..<start + 128]
                let sum = row.reduce(0, +)
                return row.map { ($0 / sum).squareRoot() }
            }
        }
        let (queries, references) = (roots(query), roots(reference))
        let squares = queries.map { query in
            references.map { reference in zip(query, reference).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        }
        return queries.indices.compactMap { index in
            let order = squares[index].indices.sorted { squares[index][$0] < squares[index][$1] }
            let (first, second) = (order[0], order[1])
            guard squares[index][first] < ratio * ratio * squares[index][second],
                queries.indices.min(by: { squares[$0][first] < squares[$1][first] }) == index
            else { return nil }
            return [Int32(index), Int32(first)]
        }
    }
}
