import Identification

/// Both errors over all thresholds that differ, thinned to about 200 points that are even on a logarithmic axis.
func detCurve(mated: [Search], nonMated: [Double]) -> [DETPoint] {
    guard !mated.isEmpty, !nonMated.isEmpty else { return [] }
    let falling = nonMated.sorted(by: >)
    // Sorted once, so that each threshold costs one step and not a pass over all searches.
    let hits = mated.filter { $0.top1 > 0 }.map { (score: $0.ranking?.score ?? 0, hit: $0.top1) }
        .sorted { $0.score > $1.score }
    // Equal scores are refused together, so a threshold lies above each score that differs from the one before.
    let steps = falling.indices.filter { $0 == 0 || falling[$0] != falling[$0 - 1] } + [falling.count]
    var points: [DETPoint] = []
    var (reached, found, nextShown) = (0, 0.0, 0.0)
    for allowed in steps {
        let threshold = allowed < falling.count ? falling[allowed].nextUp : Search.nothing
        while reached < hits.count, hits[reached].score >= threshold {
            found += hits[reached].hit
            reached += 1
        }
        guard Double(allowed) >= nextShown || allowed == falling.count else { continue }
        nextShown = Double(allowed) * 1.035
        points.append(
            DETPoint(
                threshold: threshold, fpir: Double(allowed) / Double(falling.count),
                fnir: max(0, 1 - found / Double(mated.count))))
    }
    return points
}

extension ScoreHistogram {
    /// Counts pairs of probe and animal in 48 classes from 0 to the highest score.
    init(_ searches: [Search]) {
        let classes = 48
        let highest = max(1, searches.map { max(0, $0.best) }.max() ?? 1)
        var genuine = [Int](repeating: 0, count: classes)
        var impostor = genuine
        for search in searches {
            for candidate in search.candidates {
                let place = candidate.score / highest * Double(classes)
                let index = min(classes - 1, Int(place))
                if candidate.name == search.individual { genuine[index] += 1 } else { impostor[index] += 1 }
            }
        }
        self.init(
            limits: (0...classes).map { Double($0) / Double(classes) * highest }, genuine: genuine, impostor: impostor)
    }
}
