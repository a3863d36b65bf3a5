/// DNA-tested animals of a reach in some years, as somebody counted them.
public struct TestedCount: Hashable, Sendable, Codable {
    /// The reach in words.
    public let label: String
    /// Code of the water system, where it is known.
    public let system: String?
    /// The middle of the reach, with the radius in which it lies.
    public let position: Position?
    /// Years of sampling; `nil` where unknown.
    public let years: ClosedRange<Int>?
    /// Animals by what was found.
    public let animals: Animals
    /// Who counted.
    public let source: String

    /// Animals by what was found.
    public struct Animals: Hashable, Sendable, Codable {
        /// *Andrias japonicus*.
        public let native: Int
        /// Hybrids of any generation.
        public let hybrid: Int
        /// Other species of *Andrias*.
        public let exotic: Int
        /// Animals of which the tests said nothing; they weigh nothing.
        public let undetermined: Int

        /// Animals by what was found.
        public init(native: Int, hybrid: Int, exotic: Int, undetermined: Int) {
            self.native = native
            self.hybrid = hybrid
            self.exotic = exotic
            self.undetermined = undetermined
        }

        /// Animals that are not native.
        public var notNative: Int { hybrid + exotic }
    }

    /// A count.
    public init(
        label: String, system: String?, position: Position?, years: ClosedRange<Int>?, animals: Animals, source: String
    ) {
        self.label = label
        self.system = system
        self.position = position
        self.years = years
        self.animals = animals
        self.source = source
    }
}
