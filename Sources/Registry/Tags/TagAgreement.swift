/// Compares what tags say with what a photograph says, and joins both into the verdict.
///
/// The one place of the rules of outcomes. A tag never makes a match: the outcome is what the photograph says, and what is
/// learned from photographs stays learned from them. A tag can take a statement away: in a conflict, and where the
/// photograph finds nobody but a tag names an animal, the outcome is `undecided`. The probability of the photograph alone
/// stays in the verdict and beside the joint one. Nothing is merged or moved.
public struct TagAgreement: Sendable {
    private let verdict: Verdict
    private let evidence: TagEvidence

    /// A comparison.
    ///
    /// - Parameters:
    ///   - verdict: What the photograph says.
    ///   - evidence: What the registry knows of the tags.
    public init(_ verdict: Verdict, _ evidence: TagEvidence) {
        self.verdict = verdict
        self.evidence = evidence
    }

    /// The verdict with the tags considered.
    public var joined: Verdict {
        let tags = TagVerdict(
            agreement: agreement, conflict: conflict, readings: evidence.readings, scan: evidence.scan,
            photo: TagVerdict.PhotoJudgement(verdict),
            posterior: tagsSpeak ? TagPosterior(verdict: verdict, evidence: evidence).animals : [],
            rates: evidence.rates)
        let mayStand = conflict == nil && !(verdict.outcome == .unknown && !named.isEmpty)
        let outcome =
            mayStand || verdict.outcome == .unusable || verdict.outcome == .failed ? verdict.outcome : .undecided
        return Verdict(
            outcome: outcome, probability: outcome == verdict.outcome ? verdict.probability : nil,
            candidates: verdict.candidates, findings: TagFindings(tags, evidence: evidence).all + verdict.findings,
            quality: verdict.quality, extractor: verdict.extractor, decider: verdict.decider,
            photosSearched: verdict.photosSearched, individualsSearched: verdict.individualsSearched,
            milliseconds: verdict.milliseconds, tags: tags)
    }

    /// Animals that tags name, each once.
    private var named: [TagVerdict.Holder] {
        evidence.readings.flatMap(\.naming).reduce(into: []) { named, holder in
            if !named.contains(where: { $0.individual == holder.individual }) { named.append(holder) }
        }
    }

    private var tagsSpeak: Bool { !named.isEmpty || evidence.scan?.noneFound == true }

    /// The animal that the photograph names, or favours over all others together.
    private var favoured: Identifier<Individual>? {
        if let matched = verdict.outcome.individual { return matched }
        guard verdict.outcome == .undecided, let first = verdict.candidates.first, first.probability > 0.5 else {
            return nil
        }
        return first.individual
    }

    private var conflict: TagVerdict.Conflict? {
        let codes = evidence.readings.filter { !$0.naming.isEmpty }
        // One code of several animals is no contradiction where it is known to be duplicated; two codes without an animal
        // in common are.
        let common = codes.dropFirst().reduce(Set(codes.first?.naming.map(\.individual) ?? [])) {
            $0.intersection($1.naming.map(\.individual))
        }
        if !codes.isEmpty, common.isEmpty { return .twoAnimals }
        if evidence.readings.contains(where: { $0.naming.isEmpty && $0.holders.contains { $0.state == .died } }) {
            return .deadAnimal
        }
        guard !codes.isEmpty else { return nil }
        switch verdict.outcome {
        case .matched(let individual): return common.contains(individual) ? nil : .tagAndPhoto
        // The photograph speaks against animals that it was compared with, and not against others.
        case .unknown: return common.isDisjoint(with: evidence.photographed) ? nil : .tagAndPhoto
        case .undecided, .unusable, .failed: return nil
        }
    }

    private var agreement: TagVerdict.Agreement {
        if conflict != nil { return .conflict }
        if !named.isEmpty {
            return named.contains { $0.individual == favoured } ? .agree : .tagAlone
        }
        guard let matched = verdict.outcome.individual else { return .neither }
        if evidence.readings.contains(where: { $0.code != nil }) { return .newTag }
        if let scan = evidence.scan, scan.noneFound, evidence.readings.isEmpty,
            evidence.borne[matched]?.contains(where: scan.reads) == true
        {
            return .tagLost
        }
        return .photoAlone
    }
}
