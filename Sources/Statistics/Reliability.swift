import Foundation

/// One probability that was stated, and how true it turned out.
public struct Statement: Hashable, Sendable {
    /// Number of the animal searched for.
    public let animal: Int
    /// The probability stated.
    public let confidence: Double
    /// 1 where it was right, 0 where not, between where equal scores leave it to chance.
    public let truth: Double

    /// A statement.
    public init(animal: Int, confidence: Double, truth: Double) {
        self.animal = animal
        self.confidence = confidence
        self.truth = truth
    }
}

/// Statements of similar probability, and how often they were right.
public struct ReliabilityBin: Hashable, Sendable, Codable {
    /// Lowest probability stated.
    public let low: Double
    /// Highest probability stated.
    public let high: Double
    /// Mean probability stated.
    public let confidence: Double
    /// Part that was right.
    public let right: Double
    /// Number of statements.
    public let count: Int
}

/// Compares stated probabilities with what turned out.
public struct Reliability: Sendable {
    private let statements: [Statement]
    private static let binCount = 15

    /// How statements are put into bins.
    public enum Binning: Sendable {
        /// Bins of a 15th of the probabilities, as most reports have them (Guo and others 2017).
        case equalWidth
        /// Bins of a 15th of the statements (Nixon and others 2019); statements of equal probability stay together, in
        /// the bin that their middle falls into.
        case equalMass
    }

    /// Compares statements.
    public init(_ statements: [Statement]) {
        self.statements = statements.sorted {
            ($0.confidence, $0.truth, $0.animal) < ($1.confidence, $1.truth, $1.animal)
        }
    }

    /// Expected calibration error: the mean distance between probability and truth over 15 bins.
    public func expectedError(_ binning: Binning = .equalWidth, _ weights: [Double]? = nil) -> Double? {
        let sums = binned(binning, weights)
        let total = sums.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        return sums.reduce(0) { $0 + abs($1.confidence - $1.truth) } / total
    }

    /// Mean squared distance between probability and truth.
    public func brier(_ weights: [Double]? = nil) -> Double? {
        var (sum, total) = (0.0, 0.0)
        for one in statements {
            let weight = weights?[one.animal] ?? 1
            // A truth between 0 and 1 is a chance of being right: the expected square, not the square of the mean.
            let right = one.truth * (1 - one.confidence) * (1 - one.confidence)
            sum += weight * (right + (1 - one.truth) * one.confidence * one.confidence)
            total += weight
        }
        return total > 0 ? sum / total : nil
    }

    /// Mean logarithmic loss in nats; a probability of less than 1e-12 for what turned out counts as that.
    public var logarithmicLoss: Double? {
        Self.mean(
            statements.map { one in
                -one.truth * log(max(1e-12, one.confidence)) - (1 - one.truth) * log(max(1e-12, 1 - one.confidence))
            })
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The bins of equal width that hold statements.
    public var bins: [ReliabilityBin] {
        binned(.equalWidth, nil).filter { $0.weight > 0 }.map {
            ReliabilityBin(
                low: $0.low, high: $0.high, confidence: $0.confidence / $0.weight, right: $0.truth / $0.weight,
                count: Int($0.weight))
        }
    }

    private struct Sums {
        var weight = 0.0
        var confidence = 0.0
        var truth = 0.0
        var low = 1.0
        var high = 0.0
    }

    private func binned(_ binning: Binning, _ weights: [Double]?) -> [Sums] {
        let weight = { (one: Statement) in weights?[one.animal] ?? 1 }
        let total = statements.reduce(0) { $0 + weight($1) }
        var bins = [Sums](repeating: Sums(), count: Self.binCount)
        guard total > 0 else { return bins }
        var (start, before) = (0, 0.0)
        while start < statements.count {
            var run = Sums()
            let confidence = statements[start].confidence
            var end = start
            while end < statements.count, statements[end].confidence == confidence {
                let share = weight(statements[end])
                run.weight += share
                run.confidence += share * confidence
                run.truth += share * statements[end].truth
                end += 1
            }
            let place =
                switch binning {
                case .equalWidth: confidence
                case .equalMass: (before + run.weight / 2) / total
                }
            let bin = min(Self.binCount - 1, Int(place * Double(Self.binCount)))
            bins[bin].weight += run.weight
            bins[bin].confidence += run.confidence
            bins[bin].truth += run.truth
            bins[bin].low = min(bins[bin].low, confidence)
            bins[bin].high = max(bins[bin].high, confidence)
            before += run.weight
            start = end
        }
        return bins
    }
}
