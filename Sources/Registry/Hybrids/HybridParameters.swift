public import Foundation

/// What the odds of a water and the weighing of evidence rest on; a row each in storage, with its source.
public struct HybridParameters: Hashable, Sendable {
    private let values: [Name: Double]

    /// The parameters by the names of their rows.
    public enum Name: String, CaseIterable, Codable, Sendable {
        /// Years after which a tested animal tells half as much of its water.
        case halfLife = "half_life"
        /// Metres along the water at which it tells half as much.
        case halfDistance = "half_distance"
        /// Years taken where a count states none.
        case unknownAge = "unknown_age"
        /// Metres taken where a count names no place in its water system.
        case unknownDistance = "unknown_distance"
        /// Weight, in animals, of not being native where nothing is known of a water.
        case nationalNotNative = "national_not_native"
        /// Weight, in animals, of being native there.
        case nationalNative = "national_native"
        /// How much characters of one animal go together, 0 … 1.
        case evidenceCorrelation = "evidence_correlation"

        /// What a value may be.
        public var range: ClosedRange<Double> {
            switch self {
            case .halfLife: 0.1...1000
            case .halfDistance: 1...1_000_000
            case .unknownAge: 0...200
            case .unknownDistance: 0...1_000_000
            case .nationalNotNative, .nationalNative: 0.01...1000
            case .evidenceCorrelation: 0...1
            }
        }
    }

    /// Why a set of values is none.
    public enum Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// No value of this name.
        case missing(Name)
        /// The value lies outside of ``Name/range``.
        case outOfRange(Name, Double)

        /// What to give instead.
        public var description: String {
            switch self {
            case .missing(let name): "There is no value of \(name.rawValue)."
            case .outOfRange(let name, let value):
                "\(name.rawValue) is \(name.range.lowerBound) to \(name.range.upperBound), not \(value)."
            }
        }
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
}

/// One hybrid parameter as it counts, with where its value comes from.
public struct HybridParameter: Hashable, Sendable, Codable {
    /// Name.
    public let name: HybridParameters.Name
    /// Value.
    public let value: Double
    /// Unit of the value.
    public let unit: String
    /// Where the value comes from; says so where it is an assumption.
    public let source: String
    /// Who set it, by name.
    public let setBy: String
    /// Since when it counts.
    public let validSince: Date

    /// A record as storage keeps it.
    public init(
        name: HybridParameters.Name, value: Double, unit: String, source: String, setBy: String, validSince: Date
    ) {
        self.name = name
        self.value = value
        self.unit = unit
        self.source = source
        self.setBy = setBy
        self.validSince = validSince
    }
}
