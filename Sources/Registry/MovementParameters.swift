internal import Foundation

/// How far such animals are taken to move by themselves; a row each in storage, with its source.
public struct MovementParameters: Hashable, Sendable {
    private let values: [Name: Double]

    /// The parameters by the names of their rows.
    public enum Name: String, CaseIterable, Codable, Sendable {
        /// Metres within which an animal is at home.
        case homeRange = "home_range"
        /// Longest way known of one animal in a year, in metres.
        case longestWay = "longest_way"
        /// How many animals were marked where it was seen.
        case markedAnimals = "marked_animals"
        /// By which power of the years the usual way grows.
        case yearsExponent = "years_exponent"
        /// Years taken where a date is missing.
        case unknownInterval = "unknown_interval"
        /// Height in metres from which a weir holds back.
        case weirHeight = "weir_height"
        /// Share that passes such a weir against the flow.
        case weirPassage = "weir_passage"
        /// Share that passes one of unknown height or detour.
        case unknownWeirPassage = "unknown_weir_passage"
        /// Share that passes one that is recorded as impassable.
        case impassableWeirPassage = "impassable_weir_passage"
        /// Metres against the flow that a metre with the flow is worth.
        case downstreamEffort = "downstream_effort"
        /// The same with recorded high water.
        case highWaterEffort = "high_water_effort"
        /// Metres over which people are taken to carry animals, each as likely as the other.
        case peopleDistance = "people_distance"
        /// How often an animal that is met again was moved by people.
        case peoplePrior = "people_prior"
        /// How much less likely than by people an animal reaches water that does not connect.
        case crossingRatio = "crossing_ratio"
        /// Probability from which agencies are told.
        case alertProbability = "alert_probability"
        /// Share of the places it may be that, alerting on their own, forbid to call a movement harmless.
        case doubtShare = "doubt_share"
        /// Metres of uncertainty where a position states none.
        case unstatedUncertainty = "unstated_uncertainty"

        /// What a value may be.
        public var range: ClosedRange<Double> {
            switch self {
            case .homeRange, .longestWay, .peopleDistance, .unstatedUncertainty: 1...1_000_000
            case .markedAnimals: 2...1_000_000
            case .unknownInterval: 1...100
            case .weirHeight: 0...100
            case .weirPassage, .unknownWeirPassage, .impassableWeirPassage, .downstreamEffort, .highWaterEffort,
                .yearsExponent:
                0...1
            case .peoplePrior, .alertProbability: 0.000_001...0.999_999
            case .crossingRatio: 1e-12...1
            case .doubtShare: 0...1
            }
        }
    }

    /// Why a set of values is none.
    public enum Rejection: Error, Hashable, Sendable {
        /// No value of this name.
        case missing(Name)
        /// The value lies outside of ``Name/range``.
        case outOfRange(Name, Double)
    }

    /// Checks that there is a value of every name, each in its range.
    ///
    /// - Throws: ``Rejection``.
    public init(_ values: [Name: Double]) throws(Rejection) {
        for name in Name.allCases {
            guard let value = values[name] else { throw .missing(name) }
            guard name.range.contains(value) else { throw .outOfRange(name, value) }
        }
        self.values = values
    }

    /// The value of a name.
    public subscript(name: Name) -> Double { values[name] ?? name.range.lowerBound }

    /// The usual way in metres of an animal that had a number of years.
    ///
    /// Ways are taken to be distributed exponentially, so that one of the marked animals went the longest way known in a
    /// year: the mean is that way over the logarithm of their number. It grows with a power of the years, and in less
    /// than a year an animal has gone as far as in one: they move before breeding.
    public func usualWay(years: Double) -> Double {
        self[.longestWay] / log(self[.markedAnimals]) * pow(max(1, years), self[.yearsExponent])
    }
}
