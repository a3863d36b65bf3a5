import Statistics

/// Two names that photographs say are one animal.
///
/// A search that must not find its own animal finds another one more probable than not: an animal entered under two
/// names, or two animals that look alike. Which of the two, people and DNA decide; until then it counts as it stands.
public struct SuspectedDoubleEntry: Hashable, Sendable, Codable {
    /// One name, the earlier in the alphabet.
    public let first: String
    /// The other.
    public let second: String
    /// The probes that say so.
    public let probes: [String]
    /// Their highest score.
    public let score: Double
    /// The highest probability stated.
    public let probability: Double
}

/// The main figures once more, with every suspected double entry taken as one animal: what they would be if each were
/// an error of the names.
public struct FiguresAsOneAnimal: Hashable, Sendable, Codable {
    /// Mated searches.
    public let probes: Int
    /// As ``EvaluationReport/top1``.
    @ExplicitNull public var top1: Double?
    /// As ``EvaluationReport/aurocNew``.
    @ExplicitNull public var aurocNew: Double?
    /// As ``EvaluationReport/fnir``.
    public let fnir: [String: Double]
    /// As ``EvaluationReport/ece``.
    @ExplicitNull public var ece: Double?
    /// As ``EvaluationReport/brier``.
    @ExplicitNull public var brier: Double?

    enum CodingKeys: String, CodingKey {
        case probes, top1, fnir, ece, brier
        case aurocNew = "auroc_new"
    }

    /// Counts results again; `nil` where nothing is suspected.
    init?(_ results: [SearchResult], suspected: [SuspectedDoubleEntry], population: String) {
        guard !suspected.isEmpty else { return nil }
        let counted = CountedSearches(results.map { $0.joined(suspected) }, population: population)
        probes = counted.mated.count
        top1 = average(counted.mated.map(\.top1))
        aurocNew = counted.discrimination.area()
        fnir = counted.points.fnir
        ece = counted.reliability.expectedError()
        brier = counted.reliability.brier()
    }
}

/// A non-mated search that more probably than not shows another animal.
struct Contradiction {
    let search: Search
    let resembles: Search.Candidate
    let probability: Double
}

/// Groups contradictions by the two animals they concern, the most probable first.
func suspectedDoubleEntries(_ contradictions: [Contradiction]) -> [SuspectedDoubleEntry] {
    let pairs = Dictionary(grouping: contradictions) { [$0.search.individual, $0.resembles.name].sorted() }
    return pairs.map { names, found in
        SuspectedDoubleEntry(
            first: names[0], second: names[1], probes: found.map(\.search.result.probe).sorted(),
            score: found.map(\.resembles.score).max() ?? 0, probability: found.map(\.probability).max() ?? 0)
    }.sorted { ($1.probability, $1.score, $0.first, $0.second) < ($0.probability, $0.score, $1.first, $1.second) }
}

extension SearchResult {
    /// The search as it would be if every suspected double entry were one animal.
    fileprivate func joined(_ suspected: [SuspectedDoubleEntry]) -> SearchResult {
        var joined = scores
        var own = individual
        // Chains come together, whatever their order: each step moves a name to the earlier of two.
        for _ in suspected {
            for pair in suspected {
                if own == pair.second { own = pair.first }
                if let score = joined.removeValue(forKey: pair.second) {
                    joined[pair.first] = max(joined[pair.first] ?? 0, score)
                }
            }
        }
        return SearchResult(
            probe: probe, individual: own, isNew: isNew && joined[own] == nil, months: months, quality: quality,
            referencePhotosOfAnimal: referencePhotosOfAnimal, photosSearched: photosSearched, scores: joined)
    }
}
