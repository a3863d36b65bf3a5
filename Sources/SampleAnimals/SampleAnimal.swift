/// One invented giant salamander, wholly given by its seed and its characters.
///
/// Head shape, ground colour, spots and warts follow from ``seed`` and are the same in every photograph of the animal.
/// No sample animal is, or is derived from, a real one: the pictures serve demonstration, tests, benchmarks and the
/// training of detectors, and say nothing about how well real animals are told apart.
public struct SampleAnimal: Sendable, Hashable {
    /// The number from which the individual follows.
    public let seed: UInt64
    /// What it stands for; ``characters`` alone shape its picture.
    public let kind: SampleKind
    /// How far it is from the mean of drawn natives.
    public let characters: SampleCharacters

    /// Creates the animal of a seed, a native by default without any character of its own.
    public init(seed: UInt64, kind: SampleKind = .native, characters: SampleCharacters = .plain) {
        self.seed = seed
        self.kind = kind
        self.characters = characters
    }
}
