/// A point on the river network: a fraction along one of its segments.
public struct NetworkPlace: Hashable, Sendable, Codable {
    /// The segment.
    public let segment: Int64
    /// How far along the segment, in its direction of flow, 0 … 1.
    public let fraction: Double
    /// The river's name, where it has one.
    public let river: String?
    /// Code of the water system.
    public let system: String

    /// A point of a segment.
    public init(segment: Int64, fraction: Double, river: String?, system: String) {
        self.segment = segment
        self.fraction = fraction
        self.river = river
        self.system = system
    }
}

/// Where on the network a position may lie.
public struct WaterLocation: Hashable, Sendable, Codable {
    /// Places it may be, the likeliest first; empty where no water is within reach.
    public let candidates: [Candidate]
    /// Likelihood that it is not on the network, 0 … 1; with those of the candidates it adds up to 1.
    public let offNetwork: Double

    /// One place it may be.
    public struct Candidate: Hashable, Sendable, Codable {
        /// The place.
        public let place: NetworkPlace
        /// Metres between the position and it.
        public let distanceMeters: Double
        /// Likelihood, 0 … 1.
        public let likelihood: Double

        /// A candidate.
        public init(place: NetworkPlace, distanceMeters: Double, likelihood: Double) {
            self.place = place
            self.distanceMeters = distanceMeters
            self.likelihood = likelihood
        }
    }

    /// A location of these candidates.
    public init(candidates: [Candidate], offNetwork: Double) {
        self.candidates = candidates
        self.offNetwork = offNetwork
    }
}
