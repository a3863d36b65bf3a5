/// Conformal prediction, each class by itself (Vovk, Gammerman and Shafer 2005): how unusual an animal would be among
/// natives, and among animals that are not.
public struct ConformalRanks: Hashable, Sendable, Codable {
    /// Scores of the natives, ascending, each from a rule learned without its animal.
    public let natives: [Double]
    /// Scores of the others, ascending, likewise.
    public let others: [Double]
    /// The part of animals of each class whose true class is left out, 0 … 0.5.
    ///
    /// The scores come from rules learned on other folds: what was met is close to the rate, what is proven for such
    /// cross-conformal sets is twice the rate (Barber and others 2021).
    public let errorRate: Double

    init(natives: [Double], others: [Double], errorRate: Double) {
        self.natives = natives.sorted()
        self.others = others.sorted()
        self.errorRate = errorRate
    }

    /// The part of natives at least as little like a native as the score, the animal itself counted.
    public func nativeRank(_ score: Double) -> Double {
        Double(natives.count - natives.place { $0 < score } + 1) / Double(natives.count + 1)
    }

    /// The part of the others at least as much like a native as the score, the animal itself counted.
    public func otherRank(_ score: Double) -> Double {
        Double(others.place { $0 <= score } + 1) / Double(others.count + 1)
    }

    /// What remains possible.
    public func answer(native: Double, other: Double) -> ConformalAnswer {
        switch (native > errorRate, other > errorRate) {
        case (true, false): .fitsNatives
        case (false, true): .fitsOthers
        case (true, true): .fitsBoth
        case (false, false): .fitsNeither
        }
    }
}

/// What conformal prediction leaves possible; it never says what an animal is.
public enum ConformalAnswer: String, CaseIterable, Codable, Sendable {
    /// Unusual among animals that are not native, and not among natives.
    case fitsNatives = "fits_natives"
    /// Unusual among natives, and not among the others.
    case fitsOthers = "fits_others"
    /// Usual among both: an abstention.
    case fitsBoth = "fits_both"
    /// Unusual among both: an abstention, for the animal is like none that was learned from.
    case fitsNeither = "fits_neither"

    /// Whether nothing is said.
    public var abstains: Bool { self == .fitsBoth || self == .fitsNeither }
}

extension [Double] {
    /// The number of leading elements for which something holds, by bisection.
    fileprivate func place(_ holds: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
