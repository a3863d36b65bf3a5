import Foundation
import Identification
import Registry

/// Words the judgement of the scores as an outcome with its evidence.
struct Weighing {
    let examinations: [ScreeningEngine.Examination]
    let references: [GalleryEntry]
    let judgement: Judgement
    let reservations: Reservations
    /// The part that was searched.
    let region: BodyRegion
    /// Animals of the registry without a photograph of that part.
    let unsearched: Int
    /// How many photographs of a part an animal has.
    let photographs: (Identifier<Individual>, BodyRegion) -> Int
    /// What was found, the most probable animal first.
    let ranked: [(found: ScoredIndividual, probability: Double)]

    init(
        examinations: [ScreeningEngine.Examination], references: [GalleryEntry], scored: [ScoredIndividual],
        judgement: Judgement, reservations: Reservations, region: BodyRegion, unsearched: Int,
        photographs: @escaping (Identifier<Individual>, BodyRegion) -> Int
    ) {
        self.examinations = examinations
        self.references = references
        self.judgement = judgement
        self.reservations = reservations
        self.region = region
        self.unsearched = unsearched
        self.photographs = photographs
        // Sorting is stable: equal probabilities stay in the order of the scores.
        ranked = zip(scored, judgement.probabilities).map { (found: $0, probability: $1) }
            .sorted { $0.probability > $1.probability }
    }

    /// Animals that were searched.
    var individuals: Int { Set(references.map(\.individual)).count }

    private var isUsable: Bool { examinations.contains { $0.template != nil } }

    /// Whether anything told where the animal is: without that, no resemblance does not mean an unknown animal.
    private var isLocated: Bool {
        examinations.contains { $0.template != nil && $0.isLocated }
    }

    /// What the best of the photographs promises.
    private var chance: MatchChance.Estimate? {
        examinations.compactMap(\.chance).max { $0.chance < $1.chance }
    }

    /// Whether photographs like these hardly ever find their animal; a match that is found all the same stands.
    private var isHopeless: Bool { !examinations.contains(where: \.isPromising) }

    /// Whether photographs like these miss their animal more often than not: finding nobody tells little.
    private var isDoubtful: Bool { !references.isEmpty && (chance.map { $0.chance < 0.5 } ?? false) }

    var outcome: Outcome {
        guard isUsable else { return .unusable }
        switch judgement.call {
        case .first:
            return reservations.restrict(ranked.first.map { .matched($0.found.reference.individual) } ?? .undecided)
        case .none:
            guard isLocated, !isHopeless else { return reservations.restrict(.unusable) }
            return reservations.restrict(isDoubtful ? .undecided : .unknown)
        case .open: return .undecided
        }
    }

    var probability: Double? {
        switch outcome {
        case .matched: judgement.probabilities.max()
        case .unknown: references.isEmpty ? nil : judgement.unknownProbability
        case .undecided, .unusable, .failed: nil
        }
    }

    /// The ten most probable animals.
    var candidates: [Candidate] {
        ranked.prefix(10).filter { !$0.found.evidence.pairs.isEmpty }.map { scored, probability in
            Candidate(
                individual: scored.reference.individual, name: scored.reference.name, probability: probability,
                score: scored.evidence.score, photo: scored.query.photo, reference: scored.reference.photo,
                correspondences: correspondences(of: scored))
        }
    }

    var findings: [Finding] {
        identityFindings + reservations.findings + decidingFindings + unique(qualityFindings) + closing
    }

    /// What is wrong with the photographs; a match that was found is no longer improbable.
    private var qualityFindings: [Finding] {
        let all = examinations.flatMap(\.findings)
        return outcome.name == .matched ? all.filter { $0.code != .qualityHopeless } : all
    }

    private var identityFindings: [Finding] {
        guard isUsable else { return [] }
        guard !references.isEmpty else {
            return (isLocated ? [] : [Finding(.animalNotLocated)]) + [Finding(.galleryEmpty)]
        }
        let found = ranked.map(\.found)
        guard let first = found.first else { return [] }
        let spots = String(first.evidence.pairs.count)
        switch outcome {
        case .matched:
            var findings = [Finding(.matchedSpots, ["name": first.reference.name, "count": spots])]
            if let next = found.dropFirst().first {
                findings.append(
                    Finding(
                        .nextCandidate,
                        ["name": next.reference.name, "count": String(next.evidence.pairs.count)]))
            }
            return findings
        case .undecided:
            guard judgement.call == .none else { return [Finding(.resemblesSomebody)] }
            // Where a reservation made it undecided, that says why.
            return reservations.restrict(.unknown) == .unknown ? [chance.map(\.doubtful)].compactMap(\.self) : []
        case .unusable where isHopeless: return isLocated ? [] : [Finding(.animalNotLocated)]
        case .unknown, .unusable, .failed:
            let nobody = Finding(
                .resemblesNobody,
                [
                    "individuals": String(individuals),
                    "photos": String(references.count), "count": spots,
                ])
            return isLocated ? [nobody] : [Finding(.animalNotLocated), nobody]
        }
    }

    private var closing: [Finding] {
        guard !judgement.probabilities.isEmpty, isUsable else { return [] }
        // A name rests on one calibration; where there is none, the candidates may rest on several.
        let shown = outcome.individual == nil ? 3 : 1
        return judgement.calibrations.prefix(shown).map(\.finding) + [Finding(.decisionIsYours)]
    }

    private func unique(_ findings: [Finding]) -> [Finding] {
        findings.enumerated().filter { !findings[..<$0.offset].contains($0.element) }.map(\.element)
    }

    private func correspondences(of scored: ScoredIndividual) -> [Correspondence] {
        scored.evidence.pairs.map { pair in
            let query = scored.query.template.place(of: pair.query, pair)
            let reference = scored.reference.template.place(of: pair.reference, pair)
            return Correspondence(
                queryX: query.x, queryY: query.y, referenceX: reference.x, referenceY: reference.y)
        }
    }
}

extension Template {
    /// A keypoint's place on the upright photograph, in fractions of its width and height, to 1/10,000.
    fileprivate func place(of index: Int, _ pair: KeypointPair) -> (x: Double, y: Double) {
        let point = keypoints(pair.branch, channel: pair.channel)[index]
        let round = { (value: Double) in (value * 10_000).rounded() / 10_000 }
        return (
            round(frame.x + frame.width * Double(point.x) / Double(width)),
            round(frame.y + frame.height * Double(point.y) / Double(height))
        )
    }
}
