import Foundation
import VisionKernels

/// What two templates have in common.
public struct PairEvidence: Hashable, Sendable {
    /// Sum of the weights of the matches that agree, in both branches.
    public let agreement: Double
    /// Whether both could be straightened, so that the strips were compared too.
    public let isStraightened: Bool
    /// The matches that agree, as indices of keypoints in each template.
    public let pairs: [KeypointPair]

    /// Evidence from a matcher.
    public init(agreement: Double, isStraightened: Bool, pairs: [KeypointPair]) {
        self.agreement = agreement
        self.isStraightened = isStraightened
        self.pairs = pairs
    }

    /// The score of the pair; higher for the same animal.
    public var score: Double { PairScore.standard.score(agreement, isStraightened: isStraightened) }
}

/// One keypoint of the query and the keypoint of the reference that it matches.
public struct KeypointPair: Hashable, Sendable {
    /// The branch of both.
    public let branch: Branch
    /// The channel of both.
    public let channel: Int
    /// Index in the query's channel.
    public let query: Int
    /// Index in the reference's channel.
    public let reference: Int

    /// A pair of indices.
    public init(branch: Branch, channel: Int, query: Int, reference: Int) {
        self.branch = branch
        self.channel = channel
        self.query = query
        self.reference = reference
    }
}

/// Compares one template with others of the same extractor version, from any thread.
public struct Matcher: Sendable {
    /// Version kept with every verdict.
    public static let version = "two-branch-2/\(PairScore.standard.version)"

    private let query: Template
    private let turnedStrip: [FeatureSet]?

    /// Prepares a query once.
    public init(_ query: Template) {
        self.query = query
        turnedStrip = query.strip.map { $0.map(\.turnedByHalf) }
    }

    /// A quick look at a reference, by which the ones worth a full comparison are chosen: agreement of the strongest
    /// features, without a map.
    public func resemblance(to reference: Template) -> Double {
        let neighbours = freeNeighbours(reference, ratio: Self.freeRatio, limit: Self.quickFeatures)
        return FirmMatches(neighbours).supported.reduce(0) { $0 + Double(1 - $1.ratio) }
    }

    /// Everything a reference has in common with the query.
    public func evidence(against reference: Template) -> PairEvidence {
        let free = BranchAgreement.free(freeNeighbours(reference, ratio: 1))
        guard let strip = stripAgreement(reference) else {
            return PairEvidence(agreement: free.weight, isStraightened: false, pairs: free.pairs)
        }
        return PairEvidence(
            agreement: free.weight + strip.weight, isStraightened: true, pairs: free.pairs + strip.pairs)
    }

    private func freeNeighbours(
        _ reference: Template, ratio: Float, limit: Int = Int(VK_MOST_FEATURES)
    ) -> [Neighbour] {
        var neighbours: [Neighbour] = []
        for channel in channels(query.free, reference.free) {
            let (own, other) = (query.free[channel], reference.free[channel])
            for match in own.matches(with: other, ratio: ratio, limit: limit) {
                let (from, to) = (own.keypoints[Int(match.query)], other.keypoints[Int(match.reference)])
                neighbours.append(
                    Neighbour(
                        pair: KeypointPair(.free, channel, match), from: (from.x, from.y), to: (to.x, to.y),
                        turn: to.angle - from.angle, growth: to.size / from.size, ratio: match.ratio,
                        isFirm: match.mutual != 0 && match.ratio < Self.freeRatio))
            }
        }
        return neighbours
    }

    /// The straightened bodies laid head to head or head to tail, whichever agrees more: the ends may have been taken
    /// for each other.
    private func stripAgreement(_ reference: Template) -> BranchAgreement? {
        guard let others = reference.strip, let own = query.strip, let turned = turnedStrip else { return nil }
        let straight = BranchAgreement.strip(stripNeighbours(own, others))
        let reversed = BranchAgreement.strip(stripNeighbours(turned, others))
        return reversed.weight > straight.weight ? reversed : straight
    }

    private func stripNeighbours(_ query: [FeatureSet], _ reference: [FeatureSet]) -> [Neighbour] {
        var neighbours: [Neighbour] = []
        for channel in channels(query, reference) {
            guard let own = query[channel].strip, let other = reference[channel].strip else { continue }
            for match in query[channel].matches(with: reference[channel], ratio: 1, window: Strip.window) {
                neighbours.append(
                    Neighbour(
                        pair: KeypointPair(.strip, channel, match), from: own.point(Int(match.query)),
                        to: other.point(Int(match.reference)), turn: 0, growth: 1, ratio: match.ratio,
                        isFirm: match.mutual != 0 && match.ratio < Self.stripRatio))
            }
        }
        return neighbours
    }

    private func channels(_ left: [FeatureSet], _ right: [FeatureSet]) -> Range<Int> {
        0..<min(left.count, right.count)
    }

    private static let freeRatio: Float = 0.85
    private static let stripRatio: Float = 0.9
    private static let quickFeatures = 128
}

extension KeypointPair {
    fileprivate init(_ branch: Branch, _ channel: Int, _ match: vk_match) {
        self.init(branch: branch, channel: channel, query: Int(match.query), reference: Int(match.reference))
    }
}
