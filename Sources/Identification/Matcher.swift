import VisionKernels

/// What two templates have in common.
public struct PairEvidence: Hashable, Sendable {
    /// Matches of features with directions of their own.
    public let matches: Int
    /// Of these, matches that a neighbouring match agrees with about turn, scale and place.
    public let supported: Int
    /// Of these, matches that one similarity explains.
    public let aligned: Int
    /// Matches on the straightened bodies that one affine map explains; `nil` where one of the two has none.
    public let strip: Int?
    /// The matches counted, as indices of keypoints in each template.
    public let pairs: [KeypointPair]

    /// Evidence from a matcher.
    public init(matches: Int, supported: Int, aligned: Int, strip: Int?, pairs: [KeypointPair]) {
        self.matches = matches
        self.supported = supported
        self.aligned = aligned
        self.strip = strip
        self.pairs = pairs
    }

    /// The score of the pair; higher for the same animal.
    public var score: Double { PairScore.standard.score(supported: supported, aligned: aligned, strip: strip) }
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
    public static let version = "two-branch-1/\(PairScore.standard.version)"

    private let query: Template
    private let turnedStrip: [FeatureSet]?

    /// Prepares a query once.
    public init(_ query: Template) {
        self.query = query
        turnedStrip = query.strip.map { $0.map(\.turnedByHalf) }
    }

    /// A quick look at a reference, by which the ones worth a full comparison are chosen: supported matches of the
    /// strongest features.
    public func resemblance(to reference: Template) -> Int {
        var pairs: [PointPair] = []
        for channel in channels(query.free, reference.free) {
            let (own, other) = (query.free[channel], reference.free[channel])
            for match in own.matches(with: other, ratio: Self.freeRatio, limit: Self.quickFeatures) {
                pairs.append(PointPair(own.keypoints[Int(match.query)], other.keypoints[Int(match.reference)]))
            }
        }
        return supportedIndices(pairs).count
    }

    /// Everything a reference has in common with the query.
    ///
    /// - Throws: ``IdentificationError``.
    public func evidence(against reference: Template) throws(IdentificationError) -> PairEvidence {
        var free: [KeypointPair] = []
        for channel in channels(query.free, reference.free) {
            free += query.free[channel].matches(with: reference.free[channel], ratio: Self.freeRatio)
                .map {
                    KeypointPair(branch: .free, channel: channel, query: Int($0.query), reference: Int($0.reference))
                }
        }
        let points = free.map { pair in
            PointPair(
                query.free[pair.channel].keypoints[pair.query], reference.free[pair.channel].keypoints[pair.reference])
        }
        let supported = supportedIndices(points)
        let aligned = try alignedIndices(points)
        let strip = try stripPairs(reference)
        return PairEvidence(
            matches: free.count, supported: supported.count, aligned: aligned.count, strip: strip?.count,
            pairs: Set(supported).union(aligned).sorted().map { free[$0] } + (strip ?? []))
    }

    /// Matches of the straightened bodies, laid head to head or head to tail: the ends may have been taken for each
    /// other.
    private func stripPairs(_ reference: Template) throws(IdentificationError) -> [KeypointPair]? {
        guard let others = reference.strip, let own = query.strip, let turned = turnedStrip else { return nil }
        let straight = try stripPairs(own, others)
        let reversed = try stripPairs(turned, others)
        return reversed.count > straight.count ? reversed : straight
    }

    private func stripPairs(
        _ query: [FeatureSet], _ reference: [FeatureSet]
    ) throws(IdentificationError) -> [KeypointPair] {
        var pairs: [KeypointPair] = []
        var places: [StripPair] = []
        for channel in channels(query, reference) {
            guard let own = query[channel].strip, let other = reference[channel].strip else { continue }
            for match in query[channel].matches(with: reference[channel], ratio: Self.stripRatio, window: Strip.window)
            {
                let (from, to) = (Int(match.query), Int(match.reference))
                pairs.append(KeypointPair(branch: .strip, channel: channel, query: from, reference: to))
                places.append((own.point(from), other.point(to)))
            }
        }
        return try affineIndices(places).map { pairs[$0] }
    }

    private func channels(_ left: [FeatureSet], _ right: [FeatureSet]) -> Range<Int> {
        0..<min(left.count, right.count)
    }

    private static let freeRatio: Float = 0.85
    private static let stripRatio: Float = 0.9
    private static let quickFeatures = 128
}
