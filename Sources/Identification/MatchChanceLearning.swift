import Foundation
public import Registry

/// A photograph of a known animal, and whether a search named that animal.
public struct GradedPhotograph: Hashable, Sendable {
    /// What was measured of it.
    public let quality: QualityReport
    /// Whether its own animal was first and probable enough to be named.
    public let isMatched: Bool
    /// The animal that it shows.
    public let animal: String

    /// A photograph that was searched for.
    public init(quality: QualityReport, isMatched: Bool, animal: String) {
        self.quality = quality
        self.isMatched = isMatched
        self.animal = animal
    }
}

/// How many photographs tell how quality counts.
public struct GradedSample: Hashable, Sendable {
    /// Photographs that found their animal.
    public let matched: Int
    /// Photographs that did not.
    public let missed: Int
    /// Their animals.
    public let animals: Int

    /// The smallest sample that is learned from.
    ///
    /// With 30 of each kind the standard error of a rate of one half is 0.09; ten animals keep one animal's look from
    /// standing for all, and give each tenth one.
    public static let minimum = GradedSample(matched: 30, missed: 30, animals: 10)

    /// Counts.
    public init(matched: Int, missed: Int, animals: Int) {
        self.matched = matched
        self.missed = missed
        self.animals = animals
    }

    /// Counts the photographs of a sample.
    public init(of photographs: [GradedPhotograph]) {
        let matched = photographs.count(where: \.isMatched)
        self.init(
            matched: matched, missed: photographs.count - matched, animals: Set(photographs.map(\.animal)).count)
    }
}

/// Too few photographs to learn how quality counts.
public struct TooFewGradedPhotographs: Error, Hashable, Sendable, CustomStringConvertible {
    /// What there is.
    public let found: GradedSample

    /// What is missing and what to do.
    public var description: String {
        let needed = GradedSample.minimum
        return "\(found.matched) photographs that found their animal and \(found.missed) that did not, of "
            + "\(found.animals) animals, are too few to learn what quality is worth: \(needed.matched) and "
            + "\(needed.missed) of \(needed.animals) animals are needed. The measure in use stays; poor photographs "
            + "that are enrolled with later encounters teach it."
    }
}

extension MatchChance {
    /// Learns what quality is worth from searches of known truth.
    ///
    /// Maximum likelihood under costs of 0 or more, by coordinate descent on an upper bound of the loss whose curvature
    /// is ¼ (Böhning and Lindsay 1988), with a ridge of 1 on the costs in standard deviations: no measure counts for
    /// worse by being better, and one that never varied costs nothing. Equal lists give equal chances.
    ///
    /// - Parameters:
    ///   - photographs: Photographs that were searched for, their own encounter left out.
    ///   - source: What they are, in words.
    /// - Returns: The chance with its sample sizes and its fit, cross-validated by tenths of the animals.
    /// - Throws: ``TooFewGradedPhotographs``.
    public static func learned(
        from photographs: [GradedPhotograph], source: String
    ) throws(TooFewGradedPhotographs) -> MatchChance {
        let sample = GradedSample(of: photographs)
        let needed = GradedSample.minimum
        guard sample.matched >= needed.matched, sample.missed >= needed.missed, sample.animals >= needed.animals
        else { throw TooFewGradedPhotographs(found: sample) }
        let found = photographs.filter(\.isMatched)
        let typical = Dictionary(
            uniqueKeysWithValues: Measure.allCases.map { measure in
                (measure.rawValue, found.map { measure.value($0.quality) }.sorted()[found.count / 2])
            })
        let rows = photographs.map { photograph in
            (short: shortfalls(photograph.quality, typical: typical), photograph: photograph)
        }
        let names = Set(photographs.map(\.animal)).sorted()
        let folds = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 % 10) })
        var withoutSome: [Line] = []
        var stated: [(probability: Double, isSame: Bool)] = []
        for fold in 0..<10 {
            let line = Line(fitting: rows.filter { folds[$0.photograph.animal] != fold })
            withoutSome.append(line)
            stated += rows.filter { folds[$0.photograph.animal] == fold }.map {
                (logistic(line.logit($0.short)), $0.photograph.isMatched)
            }
        }
        return MatchChance(
            source: source, probes: photographs.count, matched: sample.matched, animals: sample.animals,
            typical: typical, line: Line(fitting: rows), causes: Line(fitting: rows, without: .features),
            withoutSome: withoutSome,
            fit: LearnedCalibration.Fit(of: stated))
    }
}

extension MatchChance.Line {
    private static let ridge = 1.0

    fileprivate init(
        fitting rows: [(short: [MatchChance.Measure: Double], photograph: GradedPhotograph)],
        without excluded: MatchChance.Measure? = nil
    ) {
        let truths = rows.map { $0.photograph.isMatched ? 1.0 : 0 }
        let count = Double(max(1, rows.count))
        let columns = MatchChance.Measure.allCases.map { measure -> (scale: Double, values: [Double]) in
            let values = rows.map { measure == excluded ? 0 : $0.short[measure] ?? 0 }
            let mean = values.reduce(0, +) / count
            let scale = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
            return (scale, scale > 1e-9 ? values.map { $0 / scale } : values.map { _ in 0 })
        }
        var costs = columns.map { _ in 0.0 }
        let odds = truths.reduce(0, +) / count
        var intercept = log(max(odds, 1e-6) / max(1 - odds, 1e-6))
        var logits = [Double](repeating: intercept, count: rows.count)
        let bounds = columns.map { $0.values.reduce(0) { $0 + $1 * $1 } / 4 + Self.ridge }
        for _ in 0..<2000 {
            var change = 0.0
            let constant = zip(logits, truths).reduce(0) { $0 + $1.1 - logistic($1.0) } / (count / 4)
            intercept += constant
            for index in logits.indices { logits[index] += constant }
            change = max(change, abs(constant))
            for (column, values) in columns.map(\.values).enumerated() {
                // A rise of the cost lowers the log-odds where the measure falls short.
                var slope = Self.ridge * costs[column]
                for index in logits.indices where values[index] != 0 {
                    slope += (truths[index] - logistic(logits[index])) * values[index]
                }
                let next = max(0, costs[column] - slope / bounds[column])
                let step = next - costs[column]
                guard step != 0 else { continue }
                costs[column] = next
                for index in logits.indices { logits[index] -= step * values[index] }
                change = max(change, abs(step))
            }
            if change < 1e-6 { break }
        }
        self.init(
            intercept: intercept,
            costs: Dictionary(
                uniqueKeysWithValues: zip(MatchChance.Measure.allCases, zip(costs, columns)).map { measure, learned in
                    (measure.rawValue, learned.1.scale > 1e-9 ? learned.0 / learned.1.scale : 0)
                }))
    }
}

extension LearnedCalibration.Fit {
    /// Compares stated probabilities with what turned out; ten bins of equal width.
    public init(of answers: [(probability: Double, isSame: Bool)]) {
        let count = Double(max(1, answers.count))
        var bins = [(sum: Double, same: Double)](repeating: (0, 0), count: 10)
        var brier = 0.0
        var loss = 0.0
        for (probability, isSame) in answers {
            let truth = isSame ? 1.0 : 0.0
            let bin = min(9, Int(probability * 10))
            bins[bin].sum += probability
            bins[bin].same += truth
            brier += (probability - truth) * (probability - truth)
            loss -= log(max(1e-12, isSame ? probability : 1 - probability))
        }
        self.init(
            ece: bins.reduce(0) { $0 + abs($1.sum - $1.same) } / count, brier: brier / count, logLoss: loss / count)
    }
}
