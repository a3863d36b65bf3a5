public import Foundation
import Statistics

/// A photograph on which landmarks were suggested by what was learned from other animals.
public struct LandmarkTrial: Sendable {
    /// The photograph with its landmarks as placed.
    public let photograph: LandmarkedPhotograph
    /// The suggestion, at the sureness that the other folds ask for.
    public let suggestion: LandmarkSuggestion?
    /// Mean error in head lengths of where it would be suggested at any sureness.
    let error: Double
    /// Mean error of the mean shape laid onto the true snout and neck.
    let meanShapeError: Double
    /// Whether something was suggested without the head.
    let isFalselyFound: Bool

    func error(of landmark: HeadLandmark) -> Double {
        guard let suggestion else { return .infinity }
        let way = suggestion.head[landmark] - photograph.head[landmark]
        return (way * way).sum().squareRoot() / photograph.head.headLength
    }
}

extension LandmarkModel {
    /// Learns where landmarks lie.
    ///
    /// Five folds of animals say how well it does on animals it did not meet, and from which sureness on it speaks: at
    /// most one suggestion in ten may be off by more than ``LandmarkFigures/failure``, and of the photographs searched
    /// again without their head at most one in 20 may be given landmarks. Each fold is judged by the others' sureness.
    ///
    /// - Parameters:
    ///   - data: The photographs.
    ///   - madeAt: The moment to be recorded.
    /// - Returns: The model, which is the same for the same photographs but for the moment, and the trials.
    /// - Throws: ``LandmarkLearningRefusal``.
    public static func learned(
        from data: LandmarkTrainingData, madeAt: Date
    ) async throws -> (model: LandmarkModel, trials: [LandmarkTrial]) {
        let all = AnimalFolds(data.photographs.map(\.animal))
        let folds = min(5, all.count)
        let pieces = try await withThrowingTaskGroup(of: (Int, LandmarkPiece).self) { group in
            // The last learns from everybody.
            for fold in 0...folds {
                group.addTask { (fold, try LandmarkPiece(data.photographs, leavingOut: { all[$0] % folds == fold })) }
            }
            return try await group.reduce(into: [Int: LandmarkPiece]()) { $0[$1.0] = $1.1 }
        }
        let tried = (0..<folds).map { pieces[$0]?.tried ?? [] }
        guard let search = pieces[folds]?.search, let least = leastSureness(tried.flatMap(\.self)) else {
            throw LandmarkLearningRefusal.nothingLearned
        }
        let trials = tried.indices.flatMap { fold in
            let others = tried.indices.filter { $0 != fold }.flatMap { tried[$0] }
            let least = leastSureness(others) ?? .infinity
            return tried[fold].map { $0.trial(from: least) }
        }
        return (
            LandmarkModel(
                form: form, scheme: HeadLandmark.scheme,
                data: Source(
                    fingerprint: data.fingerprint, animals: data.animals, photographs: data.photographs.count,
                    isDrawn: data.isDrawn),
                figures: LandmarkFigures(trials, isDrawn: data.isDrawn), leastSureness: least, madeAt: madeAt,
                cascade: search.cascade, lengths: [search.lengths.lowerBound, search.lengths.upperBound]), trials
        )
    }

    /// The least sureness at which neither failures nor finds without a head are too many.
    ///
    /// One failure more than were met is counted, so that few trials do not promise what they cannot show (conformal risk
    /// control, Angelopoulos and others 2024): nine trials without a failure are the least that allow any suggestion.
    private static func leastSureness(_ tried: [TriedPhotograph]) -> Double? {
        let headless = tried.map { $0.headless?.sureness ?? 0 }.sorted(by: >)
        guard let floor = headless.dropFirst(headless.count / 20).first else { return nil }
        let sure = tried.sorted { $0.sureness > $1.sureness }
        var (least, failures): (Double?, Int) = (nil, 0)
        for (place, one) in sure.enumerated() where one.sureness > floor {
            if one.error > LandmarkFigures.failure { failures += 1 }
            if (failures + 1) * 10 <= place + 2 { least = one.sureness }
        }
        return least
    }
}

/// What was learned without some animals, tried on them.
private struct LandmarkPiece: Sendable {
    let search: HeadSearch
    let tried: [TriedPhotograph]

    init(_ photographs: [LandmarkedPhotograph], leavingOut isLeftOut: (String) -> Bool) throws(LandmarkLearningRefusal)
    {
        let own = photographs.filter { !isLeftOut($0.animal) }
        let lengths = own.map(\.length)
        guard let least = lengths.min(), let most = lengths.max() else { throw .noSpread }
        // A tenth more to either side than was met.
        let range = least / 1.1...most * 1.1
        guard let cascade = LandmarkCascade(from: own, lengths: range) else { throw .noSpread }
        let search = HeadSearch(cascade: cascade, lengths: range)
        self.search = search
        tried = photographs.filter { isLeftOut($0.animal) }.map { TriedPhotograph($0, search) }
    }
}

/// A photograph that was searched with its head and without.
private struct TriedPhotograph: Sendable {
    let photograph: LandmarkedPhotograph
    let found: HeadSearch.Found?
    let headless: HeadSearch.Found?
    let meanShapeError: Double

    init(_ photograph: LandmarkedPhotograph, _ search: HeadSearch) {
        self.photograph = photograph
        let head = photograph.head
        let starts = search.starts(on: photograph.image, mask: photograph.mask)
        found = search.found(on: photograph.image, from: starts)
        let middle = head.points.reduce(SIMD2<Double>.zero, +) / Double(head.points.count)
        func isNear(_ place: SIMD2<Double>) -> Bool {
            let way = place - middle
            return (way * way).sum().squareRoot() < 0.6 * head.headLength
        }
        headless = search.found(on: photograph.image, from: starts.filter { !isNear($0.middle) }) { points in
            isNear(points.reduce(SIMD2<Double>.zero, +) / Double(points.count))
        }
        let laid = search.laid(snout: head[.snoutTip], neck: head[.neckMiddle])
        meanShapeError = head.error(of: laid.places(search.cascade.mean))
    }

    var sureness: Double { found?.sureness ?? 0 }
    var error: Double { found.map { photograph.head.error(of: $0.points) } ?? .infinity }

    func trial(from least: Double) -> LandmarkTrial {
        LandmarkTrial(
            photograph: photograph,
            suggestion: found.flatMap { LandmarkSuggestion($0, on: photograph.image, least: least) }, error: error,
            meanShapeError: meanShapeError, isFalselyFound: (headless?.sureness ?? 0) >= least)
    }
}
