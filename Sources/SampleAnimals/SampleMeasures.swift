import Foundation

/// Measures of drawn animals without any drawing: the characters themselves with the noise of a photograph.
///
/// Everything about them is known: the likelihood ratio of any values, and the least error that any rule can have. The
/// statistics are tested against that.
public struct SampleMeasures: Sendable {
    /// The animals.
    public let population: SamplePopulation
    /// Standard deviation of one sharp photograph about its animal, in standard deviations of natives.
    public let noise: Double

    /// A study.
    public init(population: SamplePopulation = SamplePopulation(), noise: Double = 0.7) {
        self.population = population
        self.noise = noise
    }

    /// One photograph's values.
    public struct Photograph: Sendable, Hashable {
        /// The animal's name.
        public let animal: String
        /// Its kind.
        public let kind: SampleKind
        /// The name of its river.
        public let river: String
        /// Whether nothing can tell it from a native.
        public let isIndistinguishable: Bool
        /// One value for each ``SampleCharacter`` in its order.
        public let values: [Double]
        /// As photographs are: about 0.6 where sharp, less with blur.
        public let sharpness: Double
    }

    /// Draws photographs.
    ///
    /// - Parameters:
    ///   - animals: Numbers of the animals; the same number is the same animal.
    ///   - photos: Photographs of each.
    ///   - seed: The number from which everything follows.
    ///   - blur: 0 is sharp; noise grows by the factor 1 + blur, and sharpness falls by e^(−blur / 2).
    /// - Returns: The same photographs at every call.
    public func photographs(
        animals: Range<Int>, photos: Int = 1, seed: UInt64, blur: Double = 0
    ) -> [Photograph] {
        animals.flatMap { number in
            let drawn = SamplePopulation.Draw(number, seed: seed, from: population)
            var dice = drawn.dice
            return (0..<photos).map { _ in
                Photograph(
                    animal: "DRAWN-\(100_000 + number)", kind: drawn.kind, river: drawn.river,
                    isIndistinguishable: drawn.isIndistinguishable,
                    values: drawn.values.map { $0 + noise * (1 + blur) * dice.normal() },
                    sharpness: 0.6 * exp(0.12 * dice.normal() - blur / 2))
            }
        }
    }

    /// The true natural logarithm of the likelihood ratio, not native against native, over all rivers.
    ///
    /// - Parameters:
    ///   - values: Means over an animal's sharp photographs, one for each ``SampleCharacter`` in its order.
    ///   - photos: Number of those photographs.
    /// - Returns: The ratio's logarithm in nats.
    public func logRatio(_ values: [Double], photos: Int = 1) -> Double {
        let variance = variance(photos)
        return log(
            parts.reduce(0) { sum, part in
                let product = zip(values, part.mean).reduce(0) { $0 + $1.0 * $1.1 }
                let square = part.mean.reduce(0) { $0 + $1 * $1 }
                return sum + part.weight * exp((product - square / 2) / variance)
            })
    }

    /// The least part of animals that any rule can get wrong: the Bayes error, by quadrature.
    ///
    /// All kinds have one covariance, a multiple of unity, so only the plane through the three means counts. The lesser
    /// of both densities is summed over a grid of a 20th of a standard deviation.
    ///
    /// - Parameters:
    ///   - photos: Photographs of each animal.
    ///   - nativeShare: The part of animals that are native, 0 … 1.
    /// - Returns: A part of all animals, 0 … 0.5.
    public func bayesError(photos: Int = 1, nativeShare: Double) -> Double {
        let deviation = variance(photos).squareRoot()
        let parts = parts.map { ($0.weight, $0.mean.map { $0 / deviation }) }
        var axes: [[Double]] = []
        for (_, mean) in parts {
            var rest = mean
            for axis in axes {
                let along = zip(mean, axis).reduce(0) { $0 + $1.0 * $1.1 }
                rest = zip(rest, axis).map { $0 - along * $1 }
            }
            let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
            if length > 1e-9 { axes.append(rest.map { $0 / length }) }
        }
        let places = parts.map { weight, mean in
            let along = axes.map { axis in zip(mean, axis).reduce(0) { $0 + $1.0 * $1.1 } }
            return (weight: weight, x: along.first ?? 0, y: along.dropFirst().first ?? 0)
        }
        let step = 0.05
        let (left, right) = ((places.map(\.x).min() ?? 0) - 6, (places.map(\.x).max() ?? 0) + 6)
        let (low, high) = ((places.map(\.y).min() ?? 0) - 6, (places.map(\.y).max() ?? 0) + 6)
        var sum = 0.0
        for x in stride(from: min(left, -6), through: max(right, 6), by: step) {
            for y in stride(from: min(low, -6), through: max(high, 6), by: step) {
                let native = nativeShare * exp(-(x * x + y * y) / 2)
                var other = 0.0
                for place in places {
                    let (dx, dy) = (x - place.x, y - place.y)
                    other += place.weight * exp(-(dx * dx + dy * dy) / 2)
                }
                sum += min(native, (1 - nativeShare) * other)
            }
        }
        return sum * step * step / (2 * .pi)
    }

    private func variance(_ photos: Int) -> Double { 1 + noise * noise / Double(max(1, photos)) }

    /// The mixture of animals that are not native: weights that sum to 1, and means.
    private var parts: [(weight: Double, mean: [Double])] {
        let hidden = population.indistinguishableShare
        let own = population.sharesOfOthers.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, share in
            (share * (1 - hidden), SampleCharacter.allCases.map { population.means[kind]?[$0] ?? 0 })
        }
        return own + [(hidden, [Double](repeating: 0, count: SampleCharacter.allCases.count))]
    }
}
