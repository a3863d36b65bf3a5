public import Foundation
import Statistics

extension HybridModel {
    /// Learns from animals with a DNA result.
    ///
    /// One animal is one row, whatever the number of its photographs. Ten folds of animals give every animal a score by a
    /// rule that never met it; from these scores follow the line to likelihood ratios (for each fold by the other nine),
    /// the conformal ranks and the figures. The ridge of the logistic regression is the one with the least logarithmic
    /// loss over the folds. The standard error is that of 100 draws of the animals.
    ///
    /// - Parameters:
    ///   - data: The animals.
    ///   - method: How the score is learned.
    ///   - errorRate: The part of animals of each class whose true class conformal prediction may leave out, 0.01 … 0.5.
    ///   - measures: Version of the measures; `nil` for values of another kind.
    ///   - madeAt: The moment to be recorded.
    /// - Returns: The same model for the same data, but for the moment.
    /// - Throws: ``HybridLearningRefusal``; with too few animals it says how many of each class are missing.
    public static func learned(
        from data: HybridTrainingData, method: LinearMethod = .discriminant, errorRate: Double = 0.1,
        measures: String? = nil, madeAt: Date
    ) throws(HybridLearningRefusal) -> HybridModel {
        let (natives, others) = (data.count(.native), data.count(.notNative))
        guard natives >= leastAnimals, others >= leastAnimals else {
            throw .tooFewAnimals(
                nativesMissing: max(0, leastAnimals - natives), othersMissing: max(0, leastAnimals - others))
        }
        let animals = data.animals
        let rows = LearningRows(animals)
        let folds = AnimalFolds(animals.map(\.name))
        let places = animals.map { folds[$0.name] }
        let ridge = method == .logistic ? bestRidge(rows, places) : 0
        guard let rule = method.learned(from: rows, counts: rows.everyone, ridge: ridge),
            let scores = outOfFold(rows, places, method, ridge),
            let scaling = ScoreCalibration(Array(zip(scores, rows.truths)))
        else { throw .noSpread }
        let ranks = ConformalRanks(
            natives: zip(scores, rows.truths).filter { $0.1 == 0 }.map(\.0),
            others: zip(scores, rows.truths).filter { $0.1 == 1 }.map(\.0),
            errorRate: min(0.5, max(0.01, errorRate)))
        let judged = Judged(rows: rows, scores: scores, folds: places, method: method, ridge: ridge, ranks: ranks)
        return HybridModel(
            form: form,
            data: Source(
                fingerprint: data.fingerprint, natives: natives, others: others, photographs: data.photographs,
                isDrawn: data.isDrawn, measures: measures),
            method: method, ridge: ridge, names: data.names, means: rows.means, deviations: rows.deviations,
            weights: rule.weights, intercept: rule.intercept,
            covariance: covariance(rows, method, ridge, near: rule), scaling: scaling, ranks: ranks,
            scope: ModelScope(animals, rows), predictions: judged.predictions(of: animals), madeAt: madeAt)
    }

    private static func bestRidge(_ rows: LearningRows, _ folds: [Int]) -> Double {
        let shares = [0.0, 1].map { 1 / max(1, rows.total($0, rows.everyone)) }
        let losses = LinearMethod.ridges.map { ridge -> Double in
            guard let scores = outOfFold(rows, folds, .logistic, ridge) else { return .infinity }
            return zip(scores, rows.truths).reduce(0) { sum, one in
                sum + shares[Int(one.1)] * (max(one.0, 0) + log1p(exp(-abs(one.0))) - one.1 * one.0)
            }
        }
        let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
        return LinearMethod.ridges[best]
    }

    /// The score of every animal by a rule learned from the other folds.
    private static func outOfFold(
        _ rows: LearningRows, _ folds: [Int], _ method: LinearMethod, _ ridge: Double
    ) -> [Double]? {
        var scores = [Double](repeating: 0, count: rows.count)
        for fold in Set(folds) {
            let counts = folds.map { $0 == fold ? 0.0 : 1 }
            guard let rule = method.learned(from: rows, counts: counts, ridge: ridge) else { return nil }
            for (place, score) in rows.scores(rule).enumerated() where folds[place] == fold { scores[place] = score }
        }
        return scores
    }

    /// How often the animals are drawn for the standard error, which is then known to a 14th of itself.
    private static let draws = 100

    /// Of the weights and the intercept, over draws of the animals.
    private static func covariance(
        _ rows: LearningRows, _ method: LinearMethod, _ ridge: Double, near rule: LinearRule
    ) -> [Double] {
        var drawn: [[Double]] = []
        AnimalBootstrap(animals: rows.count, draws: draws).draw { counts in
            guard let one = method.learned(from: rows, counts: counts, ridge: ridge, start: rule) else { return }
            drawn.append(one.weights + [one.intercept])
        }
        let width = rows.columns + 1
        let count = Double(max(1, drawn.count))
        var middle = [Double](repeating: 0, count: width)
        for one in drawn { for place in 0..<width { middle[place] += one[place] / count } }
        let residuals = drawn.flatMap { one in (0..<width).map { one[$0] - middle[$0] } }
        return LinearAlgebra.gram(
            residuals, columns: width, weights: [Double](repeating: 1 / max(1, count - 1), count: drawn.count))
    }
}

extension LearningRows {
    var everyone: [Double] { [Double](repeating: 1, count: count) }
}

/// Scores of animals by rules that never met them.
private struct Judged {
    let rows: LearningRows
    let scores: [Double]
    let folds: [Int]
    let method: LinearMethod
    let ridge: Double
    let ranks: ConformalRanks

    func predictions(of animals: [HybridTrainingData.Animal]) -> [AnimalPrediction] {
        // A fold's line is fitted to the other nine.
        let lines = Dictionary(
            uniqueKeysWithValues: Set(folds).map { fold in (fold, line(folds.map { $0 != fold })) })
        let elsewhere = otherRivers(animals.map(\.river))
        let limits = -log(Double(ranks.others.count + 1))...log(Double(ranks.natives.count + 1))
        func bounded(_ value: Double) -> Double { min(limits.upperBound, max(limits.lowerBound, value)) }
        return animals.enumerated().map { place, animal in
            AnimalPrediction(
                animal: animal.name, river: animal.river, camera: animal.camera, dna: animal.dna,
                photographs: animal.photographs, sharpness: animal.sharpness, headPixels: animal.headPixels,
                logRatio: bounded((lines[folds[place]] ?? nil)?.logRatio(scores[place]) ?? 0),
                otherRiversLogRatio: elsewhere[place].map(bounded), answer: answer(place))
        }
    }

    /// The animal is one of the ranks itself: among its own class it counts once, not twice.
    private func answer(_ place: Int) -> ConformalAnswer {
        func without(_ rank: Double, _ count: Int) -> Double { (rank * Double(count + 1) - 1) / Double(count) }
        let (native, other) = (ranks.nativeRank(scores[place]), ranks.otherRank(scores[place]))
        return rows.truths[place] == 0
            ? ranks.answer(native: without(native, ranks.natives.count), other: other)
            : ranks.answer(native: native, other: without(other, ranks.others.count))
    }

    private func line(_ isUsed: [Bool]) -> ScoreCalibration? {
        ScoreCalibration(rows.truths.indices.filter { isUsed[$0] }.map { (scores[$0], rows.truths[$0]) })
    }

    /// Every animal by a rule and a line of the other rivers, where those hold ten animals of each class.
    private func otherRivers(_ rivers: [String?]) -> [Double?] {
        var ratios = [Double?](repeating: nil, count: rows.count)
        for river in Set(rivers.compactMap(\.self)).sorted() {
            let isUsed = rivers.map { $0 != nil && $0 != river }
            let counts = isUsed.map { $0 ? 1.0 : 0 }
            guard rows.total(0, counts) >= 10, rows.total(1, counts) >= 10,
                let rule = method.learned(from: rows, counts: counts, ridge: ridge), let line = line(isUsed)
            else { continue }
            for (place, score) in rows.scores(rule).enumerated() where rivers[place] == river {
                ratios[place] = line.logRatio(score)
            }
        }
        return ratios
    }
}

extension ModelScope {
    fileprivate init(_ animals: [HybridTrainingData.Animal], _ rows: LearningRows) {
        rivers = Set(animals.compactMap(\.river)).sorted()
        cameras = Set(animals.compactMap(\.camera)).sorted()
        leastSharpness = animals.map(\.sharpness).sorted()[animals.count / 40]
        leastHeadPixels = animals.map(\.headPixels).sorted()[animals.count / 40]
        leastPhotographs = animals.map(\.photographs).min() ?? 1
        let columns = rows.columns
        let centres = [0.0, 1].map { truth in
            let total = max(1, rows.total(truth, rows.everyone))
            return LinearAlgebra.transposedProduct(
                rows.values, columns: columns, rows.truths.map { $0 == truth ? 1 / total : 0 })
        }
        var residuals = rows.values
        for index in residuals.indices {
            residuals[index] -= centres[Int(rows.truths[index / columns])][index % columns]
        }
        var covariance = LinearAlgebra.gram(
            residuals, columns: columns,
            weights: [Double](repeating: 0.9 / Double(max(1, rows.count)), count: rows.count))
        for place in 0..<columns { covariance[place * columns + place] += 0.1 }
        self.centres = centres
        let inverse = LinearAlgebra.inverse(covariance, count: columns) ?? []
        precision = inverse
        farthest =
            rows.truths.indices.map { row in
                Self.distance(rows.row(row), centres: centres, precision: inverse)
            }.max() ?? 0
    }
}
