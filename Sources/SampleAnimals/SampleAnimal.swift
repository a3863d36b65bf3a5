/// One invented giant salamander, wholly given by its seed.
///
/// Head shape, ground colour, spots and warts follow from ``seed`` and are the same in every photograph of the animal.
/// No sample animal is, or is derived from, a real one: the pictures serve demonstration, tests, benchmarks and the
/// training of detectors, and say nothing about how well real animals are told apart.
public struct SampleAnimal: Sendable, Hashable {
    /// The number from which the individual follows.
    public let seed: UInt64

    /// Creates the animal of a seed.
    public init(seed: UInt64) {
        self.seed = seed
    }
}
