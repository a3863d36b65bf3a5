import Statistics

/// What the thresholds for the wanted false-positive identification rates give.
///
/// Cross-validated by animal: the threshold for the searches of a fold's animals comes from the non-mated searches of
/// all other animals.
struct OperatingPoints {
    private(set) var thresholds: [String: Double] = [:]
    private(set) var fnir: [String: Double] = [:]
    private(set) var fpirObtained: [String: Double] = [:]
    private(set) var fpirShown: [String: Bool] = [:]
    /// Expected misses of the mated searches, in their order.
    private(set) var misses: [String: [Double]] = [:]
    /// Mean over known animals of right names at a rate of 0.01.
    private(set) var knownMean: Double?
    /// Mean over animals of “unknown” in non-mated searches at a rate of 0.01.
    private(set) var unknownMean: Double?

    init(_ searches: [Search], folds: AnimalFolds) {
        let mated = searches.filter(\.isMated)
        for (name, rate) in EvaluationReport.rates {
            thresholds[name] = IdentificationThreshold.forRate(rate, nonMated: searches.map(\.bestOther))
            fpirShown[name] = IdentificationThreshold.allowed(rate, of: searches.count) > 0
            let byFold = (0..<folds.count).compactMap { fold in
                IdentificationThreshold.forRate(
                    rate, nonMated: searches.filter { $0.fold != fold }.map(\.bestOther))
            }
            // With a single animal no other one can set a threshold.
            guard byFold.count == folds.count else { continue }
            let missed = mated.map { $0.miss(at: byFold[$0.fold]) }
            misses[name] = missed
            fnir[name] = average(missed)
            fpirObtained[name] = average(searches.map { $0.bestOther >= byFold[$0.fold] ? 1 : 0 })
            if name == "0.01" {
                knownMean = animalMean(mated) { 1 - $0.miss(at: byFold[$0.fold]) }
                unknownMean = animalMean(searches) { $0.bestOther >= byFold[$0.fold] ? 0 : 1 }
            }
        }
    }
}
