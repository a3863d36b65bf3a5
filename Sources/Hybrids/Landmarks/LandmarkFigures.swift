import Registry
import Statistics

/// How well landmarks are suggested on animals that were not learned from.
///
/// Errors are in head lengths.
public struct LandmarkFigures: Hashable, Sendable, Codable {
    /// That the animals are drawn and not real, in Japanese and English; `nil` where they are real.
    public let notice: String?
    /// Photographs on which nothing was suggested.
    public let abstentions: HybridFigures.Rate
    /// Suggestions with a mean error beyond ``failure``.
    public let failures: HybridFigures.Rate
    /// Photographs without their head on which something was suggested: starts near the head were left out.
    public let falseFinds: HybridFigures.Rate
    /// Mean error of the suggestions, over animals; `nil` without any.
    public let error: Double?
    /// Its 95 % interval over draws of the animals; empty without any.
    public let errorInterval: [Double]
    /// Mean error on the same photographs of the mean shape laid onto the true snout and neck.
    public let meanShapeError: Double?
    /// Each landmark by itself.
    public let landmarks: [Landmark]

    /// The mean error, in head lengths, beyond which a suggestion helps nobody.
    public static let failure = 0.1

    /// The errors of one landmark.
    public struct Landmark: Hashable, Sendable, Codable {
        /// Which.
        public let landmark: HeadLandmark
        /// Half of the suggestions are nearer.
        public let median: Double
        /// Nine of ten suggestions are nearer.
        public let ninetieth: Double
    }

    init(_ trials: [LandmarkTrial], isDrawn: Bool) {
        notice =
            isDrawn ? Language.allCases.map { HybridModelText.drawnNotReal.text(in: $0) }.joined(separator: " / ") : nil
        let suggested = trials.filter { $0.suggestion != nil }
        abstentions = HybridFigures.Rate(trials.count - suggested.count, of: trials.count)
        failures = HybridFigures.Rate(suggested.count { $0.error > Self.failure }, of: suggested.count)
        falseFinds = HybridFigures.Rate(trials.count(where: \.isFalselyFound), of: trials.count)
        let animals = Dictionary(grouping: suggested, by: \.photograph.animal).sorted { $0.key < $1.key }
        func mean(_ values: [Double]) -> Double? {
            values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        let errors = animals.compactMap { mean($0.value.map(\.error)) }
        error = mean(errors)
        errorInterval =
            AnimalBootstrap(animals: errors.count).interval(ofMean: errors.enumerated().map { ($0, $1) }) ?? []
        meanShapeError = mean(animals.compactMap { mean($0.value.map(\.meanShapeError)) })
        landmarks =
            suggested.isEmpty
            ? []
            : HeadLandmark.allCases.map { landmark in
                let sorted = suggested.map { $0.error(of: landmark) }.sorted()
                return Landmark(
                    landmark: landmark, median: sorted[sorted.count / 2], ninetieth: sorted[sorted.count * 9 / 10])
            }
    }
}

/// What suggested landmarks do to a measure.
public struct MeasureAgreement: Hashable, Sendable, Codable {
    /// Which.
    public let measure: HeadMeasure
    /// Root mean square of its change, in standard deviations over the photographs.
    public let change: Double
    /// ICC(1,1) of the value by placed and by suggested landmarks, a photograph being a group; `nil` where it has none.
    public let agreement: IntraclassCorrelation?

    /// Compares the measures by placed and by suggested landmarks.
    ///
    /// Photographs without a suggestion, and those whose field cannot be measured either way, are left out.
    public static func of(_ trials: [LandmarkTrial]) -> [MeasureAgreement] {
        let pairs = trials.compactMap { trial -> (placed: [HeadMeasure: Double], suggested: [HeadMeasure: Double])? in
            guard let suggestion = trial.suggestion,
                let placed = try? HeadMeasurement(of: trial.photograph.head, on: trial.photograph.image),
                let suggested = try? HeadMeasurement(of: suggestion.head, on: trial.photograph.image)
            else { return nil }
            return (placed.values, suggested.values)
        }
        guard pairs.count > 2 else { return [] }
        return HeadMeasure.allCases.map { measure in
            let values = pairs.map { [$0.placed[measure] ?? 0, $0.suggested[measure] ?? 0] }
            let count = Double(values.count)
            let mean = values.reduce(0) { $0 + $1[0] } / count
            let variance = values.reduce(0) { $0 + ($1[0] - mean) * ($1[0] - mean) } / (count - 1)
            let change = values.reduce(0) { $0 + ($1[1] - $1[0]) * ($1[1] - $1[0]) } / count
            return MeasureAgreement(
                measure: measure, change: variance > 0 ? (change / variance).squareRoot() : 0,
                agreement: IntraclassCorrelation(values))
        }
    }
}
