import Foundation

/// Drawn animals of three kinds in rivers of their own base rates.
///
/// Every character is normal with a standard deviation of 1 in every kind; the means alone differ, and they overlap. A
/// part of the animals that are not native has the characters of natives: nothing can tell them apart, in principle.
/// The means are assumptions for drawing, in the directions of the visual guides; hybrids are given a mouth wider than
/// either parent's (Hara and others 2025). They are no measurement of animals.
public struct SamplePopulation: Sendable, Hashable {
    /// A river and which kinds live in it.
    public struct River: Sendable, Hashable {
        /// Its invented name.
        public let name: String
        /// Relative numbers of the kinds; a kind that is missing does not live there.
        public let shares: [SampleKind: Double]

        /// A river.
        public init(name: String, shares: [SampleKind: Double]) {
            self.name = name
            self.shares = shares
        }
    }

    /// Mean of each character of a kind, in standard deviations of drawn natives; 0 where it is missing.
    public var means: [SampleKind: [SampleCharacter: Double]] = Self.standardMeans
    /// The part of davidianus and hybrids that has the characters of natives, 0 … 1.
    public var indistinguishableShare = 0.15
    /// The rivers; animals are dealt out evenly among them.
    public var rivers: [River] = Self.standardRivers

    /// The standard population.
    public init() {}

    /// The standard means.
    public static let standardMeans: [SampleKind: [SampleCharacter: Double]] = [
        .native: [:],
        .davidianus: [
            .headWidth: 1.8, .mouthWidth: 0.4, .groundLightness: -1.5, .groundGreyness: 1.8, .blotchSize: 0.8,
            .blotchPaleness: 1.2, .spotFineness: -0.8, .wartDensity: -1.6, .wartPairing: 1,
        ],
        .hybrid: [
            .headWidth: 1.1, .mouthWidth: 1.4, .groundLightness: 1, .groundGreyness: 0.2, .blotchSize: 1.2,
            .blotchPaleness: 1.6, .spotFineness: -1, .wartDensity: -0.7, .wartPairing: 0.5,
        ],
    ]

    /// Four invented rivers: one nearly without natives, two mixed, one nearly of natives alone.
    public static let standardRivers: [River] = [
        River(name: "Kagero", shares: [.native: 4, .hybrid: 224, .davidianus: 16]),
        River(name: "Utsuro", shares: [.native: 50, .hybrid: 70]),
        River(name: "Oboro", shares: [.native: 37, .hybrid: 3]),
        River(name: "Maboroshi", shares: [.native: 118, .hybrid: 1]),
    ]

    /// An animal with the river it lives in.
    public struct Resident: Sendable, Hashable {
        /// The animal.
        public let animal: SampleAnimal
        /// The name of its river.
        public let river: String
        /// Whether it is one of those that nothing can tell from a native.
        public let isIndistinguishable: Bool
    }

    /// Draws one animal.
    ///
    /// - Parameters:
    ///   - number: Its place among the animals; rivers are taken in turn.
    ///   - seed: The number from which the population follows.
    /// - Returns: The same animal at every call.
    public func resident(_ number: Int, seed: UInt64) -> Resident {
        var drawn = Draw(number, seed: seed, from: self)
        let characters = Dictionary(uniqueKeysWithValues: zip(SampleCharacter.allCases, drawn.values))
        return Resident(
            animal: SampleAnimal(
                seed: drawn.dice.next(), kind: drawn.kind, characters: SampleCharacters(characters)),
            river: drawn.river, isIndistinguishable: drawn.isIndistinguishable)
    }

    /// The part of each kind among the animals that are not native, over all rivers.
    var sharesOfOthers: [SampleKind: Double] {
        var shares: [SampleKind: Double] = [:]
        for river in rivers {
            let total = river.shares.values.reduce(0, +)
            for (kind, share) in river.shares where !kind.isNative && total > 0 {
                shares[kind, default: 0] += share / total
            }
        }
        let total = shares.values.reduce(0, +)
        return total > 0 ? shares.mapValues { $0 / total } : [:]
    }

    /// What is drawn of an animal before its picture.
    struct Draw {
        let kind: SampleKind
        let river: String
        let isIndistinguishable: Bool
        /// One value for each ``SampleCharacter`` in its order.
        let values: [Double]
        /// Draws what follows.
        var dice: SplitMix64

        init(_ number: Int, seed: UInt64, from population: SamplePopulation) {
            let mixed = seed &* 6_364_136_223_846_793_005 &+ UInt64(truncatingIfNeeded: number)
            var dice = SplitMix64(seed: mixed, purpose: 81)
            let home = population.rivers.isEmpty ? nil : population.rivers[number % population.rivers.count]
            let shares = home?.shares ?? [.native: 1]
            var place = dice.unit() * SampleKind.allCases.reduce(0) { $0 + (shares[$1] ?? 0) }
            kind =
                SampleKind.allCases.first { kind in
                    place -= shares[kind] ?? 0
                    return place < 0
                } ?? .native
            river = home?.name ?? ""
            let hidden = dice.unit() < population.indistinguishableShare
            isIndistinguishable = !kind.isNative && hidden
            let mean = isIndistinguishable ? [:] : population.means[kind] ?? [:]
            values = SampleCharacter.allCases.map { (mean[$0] ?? 0) + dice.normal() }
            self.dice = dice
        }
    }
}

extension SplitMix64 {
    /// A number of the standard normal distribution (Box and Muller 1958; the second of each pair is not kept).
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - unit())).squareRoot()
        return radius * cos(2 * .pi * unit())
    }
}
