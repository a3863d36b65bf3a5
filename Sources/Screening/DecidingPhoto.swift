import Foundation
import Identification
import Registry

extension Weighing {
    /// What keeps the answer open, and which photograph would settle it.
    ///
    /// What was measured of the photographs themselves stands among the findings of their examinations.
    var decidingFindings: [Finding] {
        switch outcome {
        case .undecided where judgement.call == .open:
            guard let best = ranked.first?.found else { return notSearched }
            return held(best) + fewerFeatures(best) + oneReference(best) + otherRegion(best) + notSearched
                + [Finding(region.retake)]
        case .unknown: return notSearched
        case .undecided, .matched, .unusable, .failed: return []
        }
    }

    /// Nothing speaks for or against animals without a photograph of the part.
    private var notSearched: [Finding] {
        guard unsearched > 0 else { return [] }
        return [
            Finding(.notSearched, ["count": String(unsearched), "total": String(individuals + unsearched)])
        ]
    }

    private func held(_ best: ScoredIndividual) -> [Finding] {
        guard judgement.isHeldByRate, let rate = judgement.falsePositiveRate else { return [] }
        return [
            Finding(
                .heldByRate,
                [
                    "name": best.reference.name, "photos": String(references.count), "percent": percent(rate),
                    "allowed": percent(judgement.policy.falsePositiveIdentificationRate),
                ])
        ]
    }

    /// Half the features of the reference leave at most half of its spots to agree.
    private func fewerFeatures(_ best: ScoredIndividual) -> [Finding] {
        let (own, other) = (best.query.template.featureCount, best.reference.template.featureCount)
        guard own * 2 < other else { return [] }
        return [
            Finding(
                .fewerFeatures, ["name": best.reference.name, "count": String(own), "reference": String(other)])
        ]
    }

    private func oneReference(_ best: ScoredIndividual) -> [Finding] {
        let animal = best.reference.individual
        guard photographs(animal, region) == 1 else { return [] }
        let years = best.reference.observedAt.map { Int(Date.now.timeIntervalSince($0) / (365.25 * 86_400)) } ?? 0
        guard years > 0 else { return [Finding(.oneReference, ["name": best.reference.name])] }
        return [Finding(.oneOldReference, ["name": best.reference.name, "years": String(years)])]
    }

    /// The part of the best candidate that more photographs show than the one sent.
    private func otherRegion(_ best: ScoredIndividual) -> [Finding] {
        let animal = best.reference.individual
        let own = photographs(animal, region)
        let counts = BodyRegion.allCases.map { (region: $0, count: photographs(animal, $0)) }
        guard let most = counts.filter({ $0.count > own }).max(by: { $0.count < $1.count }) else { return [] }
        return [
            Finding(
                most.region.known,
                ["name": best.reference.name, "count": String(most.count), "own": String(own)])
        ]
    }

    /// A part in percent with two significant digits.
    private func percent(_ part: Double) -> String {
        (part * 100).formatted(
            .number.precision(.significantDigits(1...2)).locale(Locale(identifier: "en")).grouping(.never))
    }
}

extension BodyRegion {
    /// How to photograph it so that it decides.
    fileprivate var retake: Texts.Code {
        switch self {
        case .head: .retakeHead
        case .trunk: .retakeTrunk
        case .belly: .retakeBelly
        case .tail: .retakeTail
        }
    }

    /// That more photographs show this part.
    fileprivate var known: Texts.Code {
        switch self {
        case .head: .knownByHead
        case .trunk: .knownByTrunk
        case .belly: .knownByBelly
        case .tail: .knownByTail
        }
    }
}

extension Calibration {
    /// From what probabilities by this calibration were learned.
    var finding: Finding {
        var values = [
            "genuine": String(genuinePairs), "impostor": String(impostorPairs), "animals": String(animals),
        ]
        guard id != nil else { return Finding(.calibrationBorrowed, values) }
        values["population"] = population
        return Finding(population == nil ? .calibrationOfRegistry : .calibrationOfPopulation, values)
    }
}
