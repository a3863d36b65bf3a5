/// What two templates have in common.
public struct PairEvidence: Hashable, Sendable {
    /// Mutual nearest neighbours that pass the ratio test.
    public let matches: Int
    /// Matches that a neighbouring match agrees with about turn, scale and place.
    public let supported: Int
    /// Matches that one similarity explains.
    public let aligned: Int
    /// The supported and the aligned matches, as indices of keypoints in each template's channels.
    public let pairs: [KeypointPair]

    /// Evidence from a matcher.
    public init(matches: Int, supported: Int, aligned: Int, pairs: [KeypointPair]) {
        self.matches = matches
        self.supported = supported
        self.aligned = aligned
        self.pairs = pairs
    }

    /// The score of the pair: the mean of the two counts.
    ///
    /// Bodies bend, which the local count forgives; heads are rigid, which the global one rewards.
    public var score: Double { Double(supported + aligned) / 2 }
}

/// One keypoint of the query and the keypoint of the reference that it matches.
public struct KeypointPair: Hashable, Sendable {
    /// The channel of both.
    public let channel: Int
    /// Index in the query's channel.
    public let query: Int
    /// Index in the reference's channel.
    public let reference: Int

    /// A pair of indices.
    public init(channel: Int, query: Int, reference: Int) {
        self.channel = channel
        self.query = query
        self.reference = reference
    }
}

/// Compares templates of one extractor version.
public struct Matcher: Sendable {
    /// Version kept with every verdict.
    public let version: String
    /// Prepares a query once; the result compares it with one reference at a time, from any thread.
    ///
    /// - Throws: The result throws ``IdentificationError``.
    public let against: @Sendable (_ query: Template) -> Comparison

    /// Compares the prepared query with one reference.
    public typealias Comparison = @Sendable (_ reference: Template) throws(IdentificationError) -> PairEvidence

    /// A matcher under a version.
    public init(version: String, against: @escaping @Sendable (_ query: Template) -> Comparison) {
        self.version = version
        self.against = against
    }

    /// Mutual nearest neighbours, ratio test, then two checks of geometry: neighbours and one similarity.
    public static let similarity = Matcher(version: "mutual-similarity-1") { query in
        let prepared = query.channels.map(DescriptorMatrix.init)
        return { (reference) throws(IdentificationError) in
            var pairs: [KeypointPair] = []
            for (channel, features) in reference.channels.enumerated() where channel < prepared.count {
                pairs += mutualNeighbours(prepared[channel], DescriptorMatrix(features), channel: channel)
            }
            return try verify(pairs, query: query, reference: reference)
        }
    }
}
