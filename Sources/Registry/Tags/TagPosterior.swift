/// Lets tags and a scan speak on what a photograph made probable, after Bayes.
///
/// With `m` the rate of misreads, `w` that of wrong records, and `n` animals that bear tags: a code of `h` animals is
/// read from one of them with `(1 − m)(1 − w) / h`, and from any other animal, known or not, with `(m + w) / n`, for an
/// error names each tagged animal alike. A fitting reader finds nothing in a tagged animal with the rate `notFound`, and
/// surely nothing in any other. Codes that nobody bears say nothing here. An animal that the photograph did not make a
/// candidate has its share of what the candidates leave: `rest / (animals + 1)`, the one more for all unknown ones.
struct TagPosterior {
    let verdict: Verdict
    let evidence: TagEvidence

    /// The animals that either names, the most probable first.
    var animals: [TagVerdict.Posterior] {
        let named = evidence.readings.flatMap(\.naming)
        var names: [(id: Identifier<Individual>, name: String)] = verdict.candidates.map { ($0.individual, $0.name) }
        for holder in named where !names.contains(where: { $0.id == holder.individual }) {
            names.append((holder.individual, holder.name))
        }
        let priors = names.map { prior($0.id) }
        let weights = zip(names, priors).map { $1 * likelihood($0.id) }
        let rest = max(0, 1 - priors.reduce(0, +)) * likelihood(nil)
        let total = weights.reduce(rest, +)
        guard total > 0 else { return [] }
        return names.indices.map { index in
            TagVerdict.Posterior(
                individual: names[index].id, name: names[index].name, photo: priors[index],
                combined: weights[index] / total)
        }.sorted { $0.combined > $1.combined }
    }

    private func prior(_ individual: Identifier<Individual>) -> Double {
        if let candidate = verdict.candidates.first(where: { $0.individual == individual }) {
            return candidate.probability
        }
        let rest = max(0, 1 - verdict.candidates.reduce(0) { $0 + $1.probability })
        return rest / Double(max(evidence.animals, 1) + 1)
    }

    /// How probable the readings and the scan are from an animal; `nil` for all that nothing names.
    private func likelihood(_ individual: Identifier<Individual>?) -> Double {
        let (misread, wrong) = (evidence.rates.misread.rate, evidence.rates.wrongRecord.rate)
        var codes: Set<String> = []
        var likelihood = 1.0
        for reading in evidence.readings where !reading.naming.isEmpty && codes.insert(reading.code ?? "").inserted {
            let holders = Set(reading.naming.map(\.individual))
            let isHolder = individual.map(holders.contains) ?? false
            likelihood *=
                isHolder
                ? (1 - misread) * (1 - wrong) / Double(holders.count)
                : (misread + wrong) / Double(max(evidence.taggedAnimals, 1))
        }
        if let scan = evidence.scan, scan.noneFound, evidence.readings.isEmpty, let individual,
            evidence.borne[individual]?.contains(where: scan.reads) == true
        {
            likelihood *= evidence.rates.notFound.rate
        }
        return likelihood
    }
}

extension TagVerdict.Reading {
    /// Animals that the reading names: those that bear the tag, or are said to have been given it later.
    var naming: [TagVerdict.Holder] { holders.filter { $0.state == .bears || $0.state == .later } }
}
