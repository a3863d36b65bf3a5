public import Registry

/// What an assessment rests on.
public struct HybridQuestion: Sendable {
    /// Odds of the water.
    public let prior: HybridAssessment.Prior
    /// All characters.
    public let characters: [DiagnosticCharacter]
    /// What people saw; of each character the latest counts.
    public let scores: [CharacterScore]
    /// What a model says of measures on the photographs; `nil` where there is no model.
    public let learned: LearnedEvidence?
    /// What the animal's DNA is known to say.
    public let dna: DNAStanding
    /// What the agency's mistakes cost.
    public let policy: HybridPolicy
    /// How much characters go together, among others.
    public let parameters: HybridParameters
    /// Who decides on animals of the water, with the contact; `nil` where nobody is configured.
    public let responsible: (agency: String, contact: String)?

    /// A question.
    public init(
        prior: HybridAssessment.Prior, characters: [DiagnosticCharacter], scores: [CharacterScore],
        learned: LearnedEvidence? = nil, dna: DNAStanding = .untested, policy: HybridPolicy,
        parameters: HybridParameters, responsible: (agency: String, contact: String)? = nil
    ) {
        self.prior = prior
        self.characters = characters
        self.scores = scores
        self.learned = learned
        self.dna = dna
        self.policy = policy
        self.parameters = parameters
        self.responsible = responsible
    }
}

/// Tells what photograph and water say of being native.
///
/// Suspected is what is probable enough by the agency's costs, where anything is known: tested animals of this water, or
/// evidence on the photograph. Likely native is called only what the photograph itself speaks of and whose whole interval
/// lies below the threshold: a place alone clears no animal.
public struct HybridJudge: Sendable {
    /// A judge.
    public init() {}

    /// The assessment that answers a question.
    public func assessment(of question: HybridQuestion) -> HybridAssessment.Content {
        let evidence = self.evidence(of: question)
        let ratios = evidence.compactMap(\.ratio).map(LikelihoodRatio.init)
        let correlation = question.parameters[.evidenceCorrelation]
        let combined = CombinedEvidence(ratios, correlation: correlation)
        let seen = Set(question.seen.map(\.code))
        let missing = question.characters.filter { !seen.contains($0.code) }.compactMap(\.rates)
        let posterior = HybridPosterior(
            prior: question.prior, evidence: combined, missing: missing, correlation: correlation
        ).interval
        let outcome: HybridOutcome =
            if posterior.mean >= question.policy.suspicionThreshold,
                !ratios.isEmpty || question.prior.basis == .counted
            {
                .suspectNonNative
            } else if posterior.high < question.policy.nativeThreshold, !ratios.isEmpty {
                .likelyNative
            } else {
                .insufficientEvidence
            }
        var content = HybridAssessment.Content(
            photoOutcome: outcome, dna: .untested, prior: question.prior, evidence: evidence,
            combined: .init(logRatio: combined.ratio.logRatio, standardError: combined.ratio.standardError),
            posterior: posterior, policy: question.policy,
            next: NextCharacters.ranked(question.characters, seen: seen, at: posterior.mean), reasons: [],
            review: review(outcome, question),
            responsible: question.responsible.map { .init(agency: $0.agency, contact: $0.contact) })
        content.reasons = HybridReasons(question, content, share: combined.share, missing: missing.count).sentences
        return content.knowing(question.dna)
    }

    private func evidence(of question: HybridQuestion) -> [HybridAssessment.Evidence] {
        let byCode = Dictionary(question.characters.map { ($0.code, $0) }) { first, _ in first }
        var evidence = question.latest.map { score in
            let character = byCode[score.code]
            return HybridAssessment.Evidence(
                kind: .character(
                    code: score.code, name: character?.name ?? BilingualText(ja: score.code, en: score.code),
                    sight: score.sight),
                ratio: character?.rates?.ratio(of: score.sight).map(HybridAssessment.Ratio.init),
                by: score.scoredBy.name)
        }
        if let learned = question.learned {
            evidence.append(
                .init(
                    kind: .learned(model: learned.model), ratio: learned.ratio.map(HybridAssessment.Ratio.init),
                    by: learned.model))
        }
        return evidence
    }

    private func review(_ outcome: HybridOutcome, _ question: HybridQuestion) -> HybridAssessment.Review? {
        guard outcome == .suspectNonNative else { return nil }
        if question.dna.kind == .native { return .knownNative }
        return question.prior.basis == .counted || question.dna.kind == .notNative ? nil : .noRecordOfWater
    }
}

extension HybridQuestion {
    /// The latest score of each character, in the order of the characters.
    var latest: [CharacterScore] {
        let latest = Dictionary(scores.map { ($0.code, $0) }) { _, later in later }
        let order = Dictionary(characters.enumerated().map { ($0.element.code, $0.offset) }) { first, _ in first }
        return latest.values.sorted { (order[$0.code] ?? .max, $0.code) < (order[$1.code] ?? .max, $1.code) }
    }

    /// Of them, those of which the place was seen.
    var seen: [CharacterScore] { latest.filter { $0.sight != .notVisible } }
}

extension LikelihoodRatio {
    init(_ ratio: HybridAssessment.Ratio) {
        self.init(logRatio: ratio.logRatio, standardError: ratio.standardError)
    }
}

extension HybridAssessment.Ratio {
    init(_ ratio: LikelihoodRatio) {
        self.init(logRatio: ratio.logRatio, standardError: ratio.standardError)
    }
}

extension HybridAssessment.Content {
    /// The same photograph and water beside what DNA says, whose sentences come first.
    public func knowing(_ standing: DNAStanding) -> HybridAssessment.Content {
        var content = self
        content.dna = standing
        let ownReasons = reasons.filter { !HybridReasons.besideThePhotograph.contains($0.code) }
        let dna = HybridReasons.sentences(of: standing)
        content.reasons =
            switch standing.kind {
            case .native: dna + [Finding(.hybridPhotographAlone)] + ownReasons
            case .notNative:
                dna + [HybridReasons.hold(isTested: true, responsible), Finding(.hybridPhotographAlone)] + ownReasons
            case .untested, .maternalLine, .undetermined, .disputed:
                dna + ownReasons.prefix(1)
                    + (photoOutcome == .suspectNonNative
                        ? [HybridReasons.hold(isTested: false, responsible)] : [])
                    + ownReasons.dropFirst() + HybridReasons.next(next)
            }
        return content
    }

    /// Whether somebody has to be told at once.
    public var isAlert: Bool { outcome == .suspectNonNative && review == nil }
}
