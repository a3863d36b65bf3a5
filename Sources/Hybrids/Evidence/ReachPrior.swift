internal import Foundation
public import Registry

/// The odds of a water: DNA-tested animals, each weighing less the longer ago and the farther away it was tested.
public enum ReachPrior {
    /// One count with how far it is.
    public struct DistantCount: Sendable {
        /// The count.
        public let count: TestedCount
        /// Ways along the water to each place where it may be, in metres, with how likely the pair of places is;
        /// `nil` metres of a place in another water or without a way.
        public let ways: [(meters: Double?, likelihood: Double)]

        /// A count with how far it is.
        public init(count: TestedCount, ways: [(meters: Double?, likelihood: Double)]) {
            self.count = count
            self.ways = ways
        }
    }

    /// The prior from counts.
    ///
    /// A tested animal weighs 2^(−age / half-life) × 2^(−distance / half-distance), averaged over the places where both
    /// may be; in another water it weighs nothing. The weights are added to the two of the national assumption and make
    /// a Beta distribution, so that old and far counts leave the share uncertain.
    ///
    /// Weirs between do not count. In the Hatsuka River they hold animals back from 80 cm on, yet more than ten animals
    /// passed each of six: a soft barrier, whose effect on the shares of both sides nobody has measured. A factor would
    /// be invented, and would let a count of hybrids just below a weir fade from a reach above that they may have reached.
    /// Where stocks differ from reach to reach, separate counts and a shorter half-distance say so.
    ///
    /// - Parameters:
    ///   - counts: Counts with how far they are.
    ///   - year: The year in which the animal was met.
    ///   - parameters: Half-lives and the national assumption.
    ///   - otherwise: What it rests on where no count weighs.
    /// - Returns: The prior; its basis is `counted` where anything weighs.
    public static func prior(
        from counts: [DistantCount], in year: Int, _ parameters: HybridParameters,
        otherwise: HybridAssessment.Prior.Basis
    ) -> HybridAssessment.Prior {
        var (notNative, native) = (parameters[.nationalNotNative], parameters[.nationalNative])
        var weighed: [HybridAssessment.Prior.Counted] = []
        for each in counts {
            let weight = weight(of: each, in: year, parameters)
            let animals = each.count.animals
            // Under a thousandth of an animal a count tells nothing that anybody could read.
            guard weight * Double(animals.native + animals.notNative) >= 0.001 else { continue }
            notNative += weight * Double(animals.notNative)
            native += weight * Double(animals.native)
            weighed.append(
                .init(
                    label: each.count.label, years: each.count.yearsInWords,
                    tested: animals.native + animals.notNative, notNative: animals.notNative, weight: weight,
                    source: each.count.source))
        }
        let share = BetaDistribution(alpha: notNative, beta: native)
        return HybridAssessment.Prior(
            notNative: notNative, native: native,
            share: .init(mean: share.mean, low: share.quantile(0.025), high: share.quantile(0.975)),
            basis: weighed.isEmpty ? otherwise : .counted,
            counts: weighed.sorted {
                ($1.weight * Double($1.tested), $0.label) < ($0.weight * Double($0.tested), $1.label)
            })
    }

    private static func weight(of each: DistantCount, in year: Int, _ parameters: HybridParameters) -> Double {
        // The middle of the years of sampling; a count of later years is as good as one of the same.
        let age = each.count.years.map { max(0, Double(year) - Double($0.lowerBound + $0.upperBound) / 2) }
        let fresh = exp2(-(age ?? parameters[.unknownAge]) / parameters[.halfLife])
        let near = each.ways.reduce(0) { sum, way in
            sum + (way.meters.map { way.likelihood * exp2(-$0 / parameters[.halfDistance]) } ?? 0)
        }
        return fresh * near
    }
}

extension TestedCount {
    /// What stands for years that nobody stated.
    static let unknownYears = "?"

    /// The years of sampling for people.
    public var yearsInWords: String {
        years.map { $0.count == 1 ? String($0.lowerBound) : "\($0.lowerBound)–\($0.upperBound)" } ?? Self.unknownYears
    }
}
