import Foundation
import Identification
import Registry

/// Words the judgement of the scores as an outcome with its evidence.
struct Weighing {
    let examinations: [ScreeningEngine.Examination]
    let references: [GalleryEntry]
    let scored: [ScoredIndividual]
    let judgement: Judgement

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
        case .first: return .matched(scored[0].reference.individual)
        case .none:
            // Its own file is no evidence for the animal it is enrolled as, and certainly none against it.
            if !enrolledAs.isEmpty { return .undecided }
            guard isLocated, !isHopeless else { return .unusable }
            return isDoubtful ? .undecided : .unknown
        case .open: return .undecided
        }
    }

    var probability: Double? {
        switch outcome {
        case .matched: judgement.probabilities.first
        case .unknown: references.isEmpty ? nil : judgement.unknownProbability
        case .undecided, .unusable, .failed: nil
        }
    }

    /// The ten most probable animals.
    var candidates: [Candidate] {
        zip(scored, judgement.probabilities).prefix(10).filter { !$0.0.evidence.pairs.isEmpty }.map {
            scored, probability in
            Candidate(
                individual: scored.reference.individual, name: scored.reference.name, probability: probability,
                score: scored.evidence.score, photo: scored.query.photo, reference: scored.reference.photo,
                correspondences: correspondences(of: scored))
        }
    }

    var findings: [Finding] {
        identityFindings + sameFileFindings + unique(qualityFindings) + closing
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
        guard let first = scored.first else { return [] }
        let spots = String(first.evidence.pairs.count)
        switch outcome {
        case .matched:
            var findings = [Finding(.matchedSpots, ["name": first.reference.name, "count": spots])]
            if let next = scored.dropFirst().first {
                findings.append(
                    Finding(
                        .nextCandidate,
                        ["name": next.reference.name, "count": String(next.evidence.pairs.count)]))
            }
            return findings
        case .undecided:
            guard judgement.call == .none else { return [Finding(.resemblesSomebody)] }
            return enrolledAs.isEmpty ? [chance.map(\.doubtful)].compactMap(\.self) : []
        case .unusable where isHopeless: return isLocated ? [] : [Finding(.animalNotLocated)]
        case .unknown, .unusable, .failed:
            let nobody = Finding(
                .resemblesNobody,
                [
                    "individuals": String(Set(references.map(\.individual)).count),
                    "photos": String(references.count), "count": spots,
                ])
            return isLocated ? [nobody] : [Finding(.animalNotLocated), nobody]
        }
    }

    /// Animals as which one of the submitted files is enrolled.
    private var enrolledAs: [String] {
        let submitted = Set(examinations.map(\.photo.sha256))
        return Set(references.filter { submitted.contains($0.sha256) }.map(\.name)).sorted()
    }

    private var sameFileFindings: [Finding] { enrolledAs.map { Finding(.samePhoto, ["name": $0]) } }

    private var closing: [Finding] {
        judgement.probabilities.isEmpty || !isUsable
            ? [] : [Finding(.calibrationBorrowed), Finding(.decisionIsYours)]
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
