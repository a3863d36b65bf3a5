/// Percentile intervals from draws of whole animals with replacement.
///
/// Photographs of one animal resemble each other, so animals are drawn and not photographs. The draws are fixed by the
/// number of animals alone.
public struct AnimalBootstrap: Sendable {
    /// Number of animals.
    public let animals: Int
    /// How often they are drawn.
    public let draws: Int

    /// A bootstrap of so many animals.
    public init(animals: Int, draws: Int = 2000) {
        self.animals = animals
        self.draws = draws
    }

    /// A statistic of every draw.
    ///
    /// - Parameter statistic: Takes how often each animal was drawn.
    /// - Returns: The statistic's values in all draws in which it exists.
    public func values(_ statistic: (_ weights: [Double]) -> Double?) -> [Double] {
        var values: [Double] = []
        draw { weights in
            if let value = statistic(weights) { values.append(value) }
        }
        return values
    }

    /// Draws the animals again and again.
    ///
    /// - Parameter each: Takes how often each animal was drawn.
    public func draw(_ each: (_ weights: [Double]) -> Void) {
        guard animals > 0 else { return }
        var generator = SplitMix64(state: 0x616E_6472_6961_73)
        for _ in 0..<draws {
            var weights = [Double](repeating: 0, count: animals)
            for _ in 0..<animals { weights[generator.index(animals)] += 1 }
            each(weights)
        }
    }

    /// The interval between the 2.5th and the 97.5th percentile, as two numbers.
    public func interval(_ statistic: (_ weights: [Double]) -> Double?) -> [Double]? {
        let sorted = values(statistic).sorted()
        guard sorted.count > 1 else { return nil }
        let place = { (fraction: Double) in sorted[Int((Double(sorted.count - 1) * fraction).rounded())] }
        return [place(0.025), place(0.975)]
    }

    /// The interval of a mean over searches.
    public func interval(ofMean values: [(animal: Int, value: Double)]) -> [Double]? {
        guard !values.isEmpty else { return nil }
        return interval { weights in
            var (sum, total) = (0.0, 0.0)
            for one in values {
                sum += weights[one.animal] * one.value
                total += weights[one.animal]
            }
            return total > 0 ? sum / total : nil
        }
    }
}

/// The SplitMix64 generator (Steele, Lea and Flood, 2014).
private struct SplitMix64 {
    var state: UInt64

    mutating func index(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Int(mixed.multipliedFullWidth(by: UInt64(bound)).high)
    }
}
