extension RegistryCase {
    /// A suspicion that somebody has to look at before anybody is told.
    public struct HybridReview: Hashable, Sendable, Codable {
        /// The assessment.
        public let assessment: Identifier<HybridAssessment>
        /// Why somebody looks first.
        public let reason: HybridAssessment.Review
        /// Probability of not being purely native, by water and photograph.
        public let posterior: HybridAssessment.Interval
        /// What DNA says.
        public let dna: DNAStanding

        /// The evidence of an assessment; `nil` where nobody has to look first.
        public init?(_ id: Identifier<HybridAssessment>, _ content: HybridAssessment.Content) {
            guard let reason = content.review else { return nil }
            assessment = id
            self.reason = reason
            posterior = content.posterior
            dna = content.dna
        }
    }

    /// Results of one animal that cannot all be right.
    public struct DNADisagreement: Hashable, Sendable, Codable {
        /// The animal's catalogue name.
        public let name: String
        /// The results in force, side by side.
        public let results: [DNAStanding.Record]

        /// Results side by side.
        public init(name: String, results: [DNAStanding.Record]) {
            self.name = name
            self.results = results
        }
    }
}

extension RegistryCase.Resolution.Finding {
    /// Whether it can be what a case of a kind was.
    public func fits(_ kind: RegistryCase.Kind) -> Bool {
        switch self {
        case .undecided: true
        case .tagMisread, .recordWrong, .tagReused: kind == .tagConflict
        case .photoWrong: kind != .dnaDisagreement
        case .suspicionRight, .suspicionWrong: kind == .hybridReview
        case .laboratoryWrong, .sampleMixedUp: kind != .tagConflict
        }
    }
}
