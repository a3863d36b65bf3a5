/// What the registry knows about the tags that came with a screening.
public struct TagEvidence: Hashable, Sendable {
    /// The texts that readers gave, each once.
    public let readings: [TagVerdict.Reading]
    /// How the animal was scanned, where somebody said.
    public let scan: TagScan?
    /// Kinds of the tags that animals bear at the moment of the screening, by animal.
    public let borne: [Identifier<Individual>: [TagCode.Kind]]
    /// Animals named by tags of which the registry holds a photograph of the part that was submitted.
    public let photographed: Set<Identifier<Individual>>
    /// Animals of the registry, those merged into others left out.
    public let animals: Int
    /// Animals that bear a tag.
    public let taggedAnimals: Int
    /// How often tags mislead.
    public let rates: TagRates

    /// Evidence as storage finds it.
    public init(
        readings: [TagVerdict.Reading] = [], scan: TagScan? = nil,
        borne: [Identifier<Individual>: [TagCode.Kind]] = [:],
        photographed: Set<Identifier<Individual>> = [], animals: Int = 0, taggedAnimals: Int = 0,
        rates: TagRates = .assumed
    ) {
        self.readings = readings
        self.scan = scan
        self.borne = borne
        self.photographed = photographed
        self.animals = animals
        self.taggedAnimals = taggedAnimals
        self.rates = rates
    }
}

/// How often tags mislead, each as a part of cases with its source.
public struct TagRates: Hashable, Sendable, Codable {
    /// The text read is another code than the tag's.
    public let misread: Rate
    /// The tag is recorded for another animal than bears it: swapped, reused, mistyped.
    public let wrongRecord: Rate
    /// A fitting reader finds no tag in an animal that was tagged.
    public let notFound: Rate

    /// One rate.
    public struct Rate: Hashable, Sendable, Codable {
        /// The part of cases, more than 0 and less than 1.
        public let rate: Double
        /// Whether it is counted in the registry's own settled history; else the source alone counts.
        public let isCounted: Bool
        /// Whether the source is an assumption and no measurement.
        public let isAssumed: Bool
        /// Settled cases in the registry's history.
        public let trials: Int
        /// Those of them that went wrong.
        public let failures: Int
        /// Where the rate comes from before the history is long enough.
        public let source: String

        /// A rate.
        public init(rate: Double, isCounted: Bool, isAssumed: Bool, trials: Int, failures: Int, source: String) {
            self.rate = rate
            self.isCounted = isCounted
            self.isAssumed = isAssumed
            self.trials = trials
            self.failures = failures
            self.source = source
        }
    }

    /// The three rates.
    public init(misread: Rate, wrongRecord: Rate, notFound: Rate) {
        self.misread = misread
        self.wrongRecord = wrongRecord
        self.notFound = notFound
    }

    /// Assumptions for where no registry is at hand: 1 in 100 each for misreads and wrong records, which nobody
    /// measured, and 2 of 80 tags not retained (*Ambystoma dumerilii*).
    public static let assumed: TagRates = {
        let assumption = Rate(
            rate: 0.01, isCounted: false, isAssumed: true, trials: 0, failures: 0, source: "Assumed: 1 in 100.")
        let retention = Rate(
            rate: 0.025, isCounted: false, isAssumed: false, trials: 0, failures: 0,
            source: "Tag retention 97.5 % in Ambystoma dumerilii, n = 80.")
        return TagRates(misread: assumption, wrongRecord: assumption, notFound: retention)
    }()
}
