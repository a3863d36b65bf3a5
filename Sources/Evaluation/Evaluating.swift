import Identification
import Statistics

/// Counts what searches of known truth found.
///
/// The same results give the same report in every process and at every order: searches are sorted by probe, random
/// draws are fixed, and nothing depends on the order of a dictionary.
///
/// - Parameters:
///   - results: One search a probe.
///   - protocolName: Where they come from; also the name of the population that a calibration is learned from.
///   - gallery: The kind of gallery.
///   - failures: Photographs that could not be compared.
///   - costs: What the searches cost.
///   - versions: Versions of extractor and matcher; that of the decider is added.
///   - aged: Scores of single pairs of an animal's encounters, by which the fall of the score with the years is fitted
///     and shown for each population; by default it is fitted to the searches' own scores and intervals.
/// - Returns: The figures.
/// - Throws: ``EvaluationError``.
public func evaluate(
    _ results: [SearchResult], protocolName: String, gallery: String, failures: [AcquisitionFailure] = [],
    costs: SearchCosts = SearchCosts(), versions: [String: String] = [:], aged: [AgedScore]? = nil
) throws(EvaluationError) -> EvaluationReport {
    try check(results)
    let counted = CountedSearches(results, population: protocolName)
    let (searches, mated, points) = (counted.searches, counted.mated, counted.points)
    let (posterior, reliability) = (counted.posterior, counted.reliability)
    let bootstrap = AnimalBootstrap(animals: counted.animals)
    var intervals: [String: [Double]] = [:]

    func mean(_ name: String?, _ value: (Search) -> Double) -> Double? {
        let values = mated.map { (animal: $0.animal, value: value($0)) }
        if let name { intervals[name] = bootstrap.interval(ofMean: values) }
        return average(values.map(\.value))
    }
    let top1 = mean("top1", \.top1)
    let top5 = mean("top5") { $0.ranking?.hit(within: 5) ?? 0 }
    let top10 = mean("top10") { $0.ranking?.hit(within: 10) ?? 0 }
    let map = mean("map") { $0.ranking?.reciprocal ?? 0 }

    let newAnimals = searches.filter { !$0.isMated }.map { (animal: $0.animal, score: $0.bestOther) }
    intervals["auroc_new"] = bootstrap.interval { counted.discrimination.area($0) }
    for (rate, misses) in points.misses {
        intervals["fnir_\(rate)"] = bootstrap.interval(
            ofMean: zip(mated, misses).map { (animal: $0.animal, value: $1) })
    }
    intervals["ece"] = bootstrap.interval { reliability.expectedError(.equalWidth, $0) }
    intervals["brier"] = bootstrap.interval { reliability.brier($0) }

    var perAnimal: [String: Double] = [:]
    perAnimal["top1"] = animalMean(mated) { $0.top1 }
    perAnimal["top5"] = animalMean(mated) { $0.ranking?.hit(within: 5) ?? 0 }
    perAnimal["top10"] = animalMean(mated) { $0.ranking?.hit(within: 10) ?? 0 }
    perAnimal["map"] = animalMean(mated) { $0.ranking?.reciprocal ?? 0 }
    perAnimal["fnir_0.01"] = points.knownMean.map { 1 - $0 }
    var investigation: [String: Double] = [:]
    for count in [1, 10, 50] {
        investigation[String(count)] = mean(nil) { $0.ranking?.hit(within: count) ?? 0 }
    }
    let drift = fitted(aged ?? ages(of: mated))
    let suspected = suspectedDoubleEntries(posterior.contradictions)
    var versions = versions
    versions["decider"] = Judgement.way
    let sizes = searches.map(\.result).filter { !$0.scores.isEmpty }
    return EvaluationReport(
        gallery: gallery, protocolName: protocolName, probes: mated.count, animals: Set(mated.map(\.animal)).count,
        top1: top1, top5: top5, top10: top10, map: map, aurocNew: counted.discrimination.area(),
        aurocNewAnimals: Discrimination(positives: counted.found, negatives: newAnimals).area(), fnir: points.fnir,
        ece: reliability.expectedError(), brier: reliability.brier(),
        extractMilliseconds: costs.extractMilliseconds, pairMicroseconds: costs.pairMicroseconds,
        queryMilliseconds: costs.queryMilliseconds, templateBytes: costs.templateBytes,
        peakMemoryBytes: costs.peakMemoryBytes, steps: costs.steps, galleryAnimals: range(sizes.map(\.scores.count)),
        galleryPhotos: range(sizes.map(\.photosSearched)), intervals: intervals, thresholds: points.thresholds,
        fpirObtained: points.fpirObtained, fpirByTail: posterior.falsePositives,
        fpirCurve: posterior.falsePositiveCurve, fpirShown: points.fpirShown,
        nonMated: NonMatedSearches(
            searches: searches.count, newAnimals: newAnimals.count, leaveOneOut: mated.count),
        baks: points.knownMean, baus: points.unknownMean,
        balanced: points.knownMean.flatMap { known in points.unknownMean.map { (known * $0).squareRoot() } },
        perAnimal: perAnimal, investigation: investigation,
        strata: strata(of: mated, misses: points.misses["0.01"]), drift: drift.line, driftRefusal: drift.refusal,
        populationDrift: aged.map(PopulationDrift.all) ?? [],
        calibration: posterior.learned == nil ? .borrowed : .learned,
        calibrationRefusal: posterior.refusal?.description, calibrationLearned: posterior.learned,
        calibrationBins: reliability.bins, equalMassECE: reliability.expectedError(.equalMass),
        pairECE: Reliability(posterior.pairStatements).expectedError(),
        answersKnown: posterior.known, answersUnknown: posterior.unknown,
        detPoints: detCurve(mated: mated, nonMated: counted.strangers.map(\.score)),
        histogram: ScoreHistogram(searches), worst: worstSearches(mated, calibrations: posterior.calibrations),
        lookAlikes: lookAlikes(searches), suspectedDoubleEntries: suspected,
        asOneAnimal: FiguresAsOneAnimal(results, suspected: suspected, population: protocolName),
        failures: failures, versions: versions)
}

/// The best scores of mated searches with the years since their animal's photographs.
private func ages(of mated: [Search]) -> [AgedScore] {
    mated.compactMap { search in
        search.ranking.flatMap { rank in
            search.result.months.map {
                AgedScore(animal: search.individual, population: nil, years: $0 / 12, score: rank.score)
            }
        }
    }
}

private func fitted(_ scores: [AgedScore]) -> (line: ScoreDrift?, refusal: String?) {
    do throws(ScoreDrift.Refusal) {
        return (try ScoreDrift(scores), nil)
    } catch {
        return (nil, error.description)
    }
}

private func check(_ results: [SearchResult]) throws(EvaluationError) {
    guard !results.isEmpty else { throw .noSearches }
    var seen: Set<String> = []
    for result in results {
        guard seen.insert(result.probe).inserted else { throw .repeatedProbe(result.probe) }
        if let bad = result.scores.filter({ !($0.value >= 0 && $0.value.isFinite) }).keys.min() {
            throw .impossibleScore(probe: result.probe, individual: bad)
        }
    }
}

func average(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

/// The mean over animals of the mean over an animal's searches.
func animalMean(_ searches: [Search], _ value: (Search) -> Double) -> Double? {
    let animals = Dictionary(grouping: searches, by: \.animal).sorted { $0.key < $1.key }
    return average(animals.compactMap { average($0.value.map(value)) })
}

private func range(_ values: [Int]) -> [Int] {
    guard let low = values.min(), let high = values.max() else { return [] }
    return [low, high]
}

private func lookAlikes(_ searches: [Search]) -> [LookAlike] {
    let found = searches.compactMap { search in
        search.candidates.first { $0.name != search.individual }.map {
            LookAlike(
                probe: search.result.probe, individual: search.individual, resembles: $0.name, score: $0.score)
        }
    }
    return Array(found.sorted { $0.score != $1.score ? $0.score > $1.score : $0.probe < $1.probe }.prefix(10))
}

/// The mated searches whose own animal stands furthest behind the best other, unusable photographs first.
private func worstSearches(_ mated: [Search], calibrations: [Calibration]) -> [WorstSearch] {
    let lead = { (search: Search) -> Double in
        guard let ranking = search.ranking else { return -.infinity }
        return ranking.score - max(0, search.bestOther)
    }
    let ordered = mated.map { (search: $0, lead: lead($0)) }
        .sorted { $0.lead != $1.lead ? $0.lead < $1.lead : $0.search.result.probe < $1.search.result.probe }
    return ordered.prefix(10).map { search, _ in
        let decider = Decider(calibrations: CalibrationSet(everywhere: calibrations[search.fold]))
        let judgement = decider.judge(search.pairs())
        return WorstSearch(
            probe: search.result.probe, individual: search.individual, score: search.ranking?.score,
            rank: search.ranking.map { Double($0.above) + Double($0.level + 1) / 2 },
            candidates: zip(search.candidates, judgement.probabilities).prefix(5).map {
                WorstSearch.Candidate(individual: $0.name, score: $0.score, probability: $1)
            })
    }
}
