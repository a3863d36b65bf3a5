public import Foundation
public import Registry

/// When and where an animal was, as well as it is known.
public struct Sighting: Hashable, Sendable {
    /// When; `nil` where nobody knows.
    public let date: Date?
    /// Where, as coordinates with their uncertainty; `nil` where nobody knows.
    public let position: Position?
    /// Where on the network; `nil` where none is loaded or there is no position.
    public let water: WaterLocation?

    /// A sighting.
    public init(date: Date?, position: Position?, water: WaterLocation? = nil) {
        self.date = date
        self.position = position
        self.water = water
    }

    /// Likelihood that it is on the network, 0 … 1.
    var onNetwork: Double { water.map { 1 - $0.offNetwork } ?? 0 }
}

/// A way between a place where an animal may have been and one where it may be, with how likely the two are.
public struct WeightedWay: Hashable, Sendable {
    /// Where it may have been.
    public let from: NetworkPlace
    /// Where it may be.
    public let to: NetworkPlace
    /// Likelihood of the pair: those of its two candidates, multiplied.
    ///
    /// Only the proportion among the pairs counts.
    public let weight: Double
    /// How it would get there.
    public let way: WaterWay

    /// A way with its weight.
    public init(from: NetworkPlace, to: NetworkPlace, weight: Double, way: WaterWay) {
        self.from = from
        self.to = to
        self.weight = weight
        self.way = way
    }
}

/// From an earlier sighting to the later one.
public struct Journey: Hashable, Sendable {
    /// Where the animal was.
    public let start: Sighting
    /// Ways to where it is, for the likeliest pairs of candidates; empty where one end is not on the network.
    public let ways: [WeightedWay]

    /// A journey.
    public init(from start: Sighting, ways: [WeightedWay] = []) {
        self.start = start
        self.ways = ways
    }
}

/// What is asked about a movement.
public struct MovementQuestion: Sendable {
    /// From each earlier sighting with a place, in any order.
    public let journeys: [Journey]
    /// Where the animal is.
    public let later: Sighting
    /// Recorded translocations of this animal.
    public let translocations: [Move]
    /// Recorded high water.
    public let highWaters: [HighWater]
    /// Probability that it is this animal at all, 0 … 1.
    public let identity: Double

    /// A recorded translocation with the way from its destination to where the animal is.
    public struct Move: Hashable, Sendable {
        /// The record.
        public let record: Translocation
        /// From its destination, whose date is that of the translocation.
        public let journey: Journey

        /// A translocation with the way from its destination.
        public init(record: Translocation, journey: Journey) {
            self.record = record
            self.journey = journey
        }
    }

    /// A question.
    public init(
        journeys: [Journey], later: Sighting, translocations: [Move] = [], highWaters: [HighWater] = [],
        identity: Double = 1
    ) {
        self.journeys = journeys
        self.later = later
        self.translocations = translocations
        self.highWaters = highWaters
        self.identity = identity
    }
}
