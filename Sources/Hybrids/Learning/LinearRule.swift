import Foundation

/// A linear score of an animal's standardised values, without any prior: the larger, the less like a native.
struct LinearRule: Sendable {
    /// One weight for each value.
    let weights: [Double]
    let intercept: Double
}

/// How a score is learned.
public enum LinearMethod: String, CaseIterable, Codable, Sendable {
    /// Linear discriminant analysis with a shrunk covariance (Ledoit and Wolf 2004).
    case discriminant
    /// Logistic regression with a ridge.
    case logistic

    /// The ridges tried: from hardly any to one under which few measures say much.
    public static let ridges: [Double] = [0.1, 1, 10, 100]
}

/// Animals as numbers: rows of values in standard deviations from their means, and their classes.
///
/// Parts and draws of the animals are the same rows with counts of 0, 1 or more, so that nothing is copied.
struct LearningRows: Sendable {
    /// The rows one after another.
    let values: [Double]
    let columns: Int
    /// 1 for an animal that is not native, 0 for a native.
    let truths: [Double]
    let means: [Double]
    /// 1 for a value that does not vary.
    let deviations: [Double]
    /// Sum of squares of each row.
    let squares: [Double]

    var count: Int { truths.count }

    init(_ animals: [HybridTrainingData.Animal]) {
        columns = animals.first?.values.count ?? 0
        truths = animals.map { $0.dna == .notNative ? 1 : 0 }
        var flat = animals.flatMap(\.values)
        let (count, columns) = (animals.count, columns)
        let total = Double(max(1, count))
        means = LinearAlgebra.transposedProduct(
            flat, columns: columns, [Double](repeating: 1 / total, count: count))
        for index in flat.indices { flat[index] -= means[index % columns] }
        let gram = LinearAlgebra.gram(flat, columns: columns, weights: [Double](repeating: 1 / total, count: count))
        deviations = (0..<columns).map { place in
            let variance = gram[place * columns + place]
            return variance > 1e-20 ? variance.squareRoot() : 1
        }
        for index in flat.indices { flat[index] /= deviations[index % columns] }
        values = flat
        squares = (0..<count).map { row in
            flat[row * columns..<(row + 1) * columns].reduce(0) { $0 + $1 * $1 }
        }
    }

    func total(_ truth: Double, _ counts: [Double]) -> Double {
        var sum = 0.0
        for (row, own) in truths.enumerated() where own == truth { sum += counts[row] }
        return sum
    }

    /// The score of every row.
    func scores(_ rule: LinearRule) -> [Double] {
        LinearAlgebra.product(values, columns: columns, rule.weights).map { $0 + rule.intercept }
    }

    func row(_ number: Int) -> [Double] { Array(values[number * columns..<(number + 1) * columns]) }
}

extension LinearMethod {
    /// Learns a score.
    ///
    /// - Parameters:
    ///   - rows: Animals of both classes.
    ///   - counts: How often each counts, 0 or more.
    ///   - ridge: For logistic regression: the penalty of a weight.
    ///   - start: A rule nearby to start from.
    /// - Returns: `nil` where a class is missing or the values do not vary.
    func learned(
        from rows: LearningRows, counts: [Double], ridge: Double, start: LinearRule? = nil
    ) -> LinearRule? {
        guard rows.total(0, counts) > 0, rows.total(1, counts) > 0 else { return nil }
        return switch self {
        case .discriminant: Self.discriminant(rows, counts)
        case .logistic: Self.logistic(rows, counts, ridge: ridge, start: start)
        }
    }

    /// The covariance within the classes is drawn towards a multiple of unity by as much as its own error asks for.
    private static func discriminant(_ rows: LearningRows, _ counts: [Double]) -> LinearRule? {
        let columns = rows.columns
        let total = counts.reduce(0, +)
        let parts = [0.0, 1].map { rows.total($0, counts) }
        let means = [0, 1].map { truth in
            LinearAlgebra.transposedProduct(
                rows.values, columns: columns,
                counts.indices.map { rows.truths[$0] == Double(truth) ? counts[$0] / parts[truth] : 0 })
        }
        let shares = counts.map { $0 / total }
        var covariance = LinearAlgebra.gram(rows.values, columns: columns, weights: shares)
        for (mean, part) in zip(means, parts) {
            for place in covariance.indices {
                covariance[place] -= part / total * mean[place / columns] * mean[place % columns]
            }
        }
        let level = (0..<columns).reduce(0) { $0 + covariance[$1 * columns + $1] } / Double(columns)
        let square = covariance.reduce(0) { $0 + $1 * $1 }
        let distance = square - level * level * Double(columns)
        // The mean squared distance of one animal's part from the covariance; its mixed terms sum to −2 times the square.
        let along = means.map { LinearAlgebra.product(rows.values, columns: columns, $0) }
        let norms = means.map { mean in mean.reduce(0) { $0 + $1 * $1 } }
        var error = -square
        for row in shares.indices where shares[row] > 0 {
            let truth = Int(rows.truths[row])
            let norm = rows.squares[row] - 2 * along[truth][row] + norms[truth]
            error += shares[row] * norm * norm
        }
        let shrinkage = distance > 0 ? min(1, max(0, error / total / distance)) : 1
        for place in covariance.indices {
            let isDiagonal = place / columns == place % columns
            covariance[place] = (1 - shrinkage) * covariance[place] + (isDiagonal ? shrinkage * level : 0)
        }
        let difference = zip(means[1], means[0]).map { $0 - $1 }
        guard let weights = LinearAlgebra.solved(covariance, difference, count: columns) else { return nil }
        let middle = zip(means[0], means[1]).map { ($0 + $1) / 2 }
        return LinearRule(weights: weights, intercept: -zip(weights, middle).reduce(0) { $0 + $1.0 * $1.1 })
    }

    /// Iteratively reweighted least squares; both classes weigh alike, so that the odds of the sample do not enter.
    private static func logistic(
        _ rows: LearningRows, _ counts: [Double], ridge: Double, start: LinearRule?
    ) -> LinearRule? {
        let (columns, width) = (rows.columns, rows.columns + 1)
        let total = counts.reduce(0, +)
        let scales = [total / 2 / rows.total(0, counts), total / 2 / rows.total(1, counts)]
        let weight = counts.indices.map { counts[$0] * scales[Int(rows.truths[$0])] }
        var rule = start ?? LinearRule(weights: [Double](repeating: 0, count: columns), intercept: 0)
        func loss(_ rule: LinearRule) -> Double {
            let logits = rows.scores(rule)
            var sum = ridge / 2 * rule.weights.reduce(0) { $0 + $1 * $1 }
            for row in logits.indices where weight[row] > 0 {
                let logit = logits[row]
                sum += weight[row] * (max(logit, 0) + log1p(exp(-abs(logit))) - rows.truths[row] * logit)
            }
            return sum
        }
        var current = loss(rule)
        for _ in 0..<50 {
            let logits = rows.scores(rule)
            var (residuals, curvatures) = (weight, weight)
            for row in logits.indices {
                let chance = 1 / (1 + exp(-logits[row]))
                residuals[row] *= chance - rows.truths[row]
                curvatures[row] *= chance * (1 - chance)
            }
            // The constant is a last column of ones, written out.
            let slope =
                zip(LinearAlgebra.transposedProduct(rows.values, columns: columns, residuals), rule.weights)
                .map { $0 + ridge * $1 } + [residuals.reduce(0, +)]
            let gram = LinearAlgebra.gram(rows.values, columns: columns, weights: curvatures)
            let edge = LinearAlgebra.transposedProduct(rows.values, columns: columns, curvatures)
            var curvature = [Double](repeating: curvatures.reduce(1e-9, +), count: width * width)
            for place in 0..<columns {
                for other in 0..<columns {
                    curvature[place * width + other] = gram[place * columns + other] + (place == other ? ridge : 0)
                }
                curvature[place * width + columns] = edge[place]
                curvature[columns * width + place] = edge[place]
            }
            guard var step = LinearAlgebra.solved(curvature, slope, count: width) else { return nil }
            func stepped() -> LinearRule {
                LinearRule(weights: zip(rule.weights, step).map { $0 - $1 }, intercept: rule.intercept - step[columns])
            }
            var next = stepped()
            var reached = loss(next)
            for _ in 0..<30 where !(reached <= current) {
                step = step.map { $0 / 2 }
                next = stepped()
                reached = loss(next)
            }
            guard reached <= current else { break }
            let gained = current - reached
            (rule, current) = (next, reached)
            if gained < 1e-7 * (1 + current) { break }
        }
        return rule
    }
}
