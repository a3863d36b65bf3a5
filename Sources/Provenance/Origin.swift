public import Foundation
public import Registry

/// Where an animal belongs, as far as the registry can tell; who decides stands beside it.
public struct Origin: Hashable, Sendable, Codable {
    /// Where it lives; `nil` where that is not known.
    public let home: Home?
    /// The nearest reach of its home to where it was found, or the middle of its home; `nil` without a home.
    public let release: Release?
    /// What can be said, in sentences.
    public let reasons: [Finding]

    /// A home range on the network.
    public struct Home: Hashable, Sendable, Codable {
        /// Code of the water system.
        public let system: String
        /// Its rivers, the most frequented first.
        public let rivers: [String]
        /// Length of water between its farthest sightings, in metres.
        public let meters: Double
        /// How often it was met there.
        public let count: Int
        /// When first, where a date is known.
        public let first: Date?
        /// When last, where a date is known.
        public let last: Date?
    }

    /// A reach where it would be put back.
    public struct Release: Hashable, Sendable, Codable {
        /// The place on the network.
        public let place: NetworkPlace
        /// Metres by water from where it was found; `nil` where nobody said where, or no water leads there.
        public let meters: Double?
        /// Weirs that hold animals back on the way up to it, by name, in the order they are met.
        public let weirs: [String]
    }

    /// Code of the water system whose agency decides; `nil` where none is known.
    public var system: String? { home?.system }

    /// An origin.
    public init(home: Home?, release: Release?, reasons: [Finding]) {
        self.home = home
        self.release = release
        self.reasons = reasons
    }

    /// What can be said of an animal that nobody knows, or whose name is not settled.
    ///
    /// - Parameter isUnknown: Whether a search found that it is none of the known ones.
    /// - Returns: An origin that names no place.
    public static func unnamed(isUnknown: Bool) -> Origin {
        Origin(home: nil, release: nil, reasons: [Finding(isUnknown ? .originUnknownAnimal : .originNotNamed)])
    }
}
