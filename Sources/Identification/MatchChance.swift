import Foundation
public import Registry

/// How likely a photograph is to find its own animal, judged by its quality before anything is compared.
///
/// `ln(P / (1 − P)) = intercept − Σ cost · shortfall`: a logistic regression on how far each ``Measure`` falls short of
/// what is typical of photographs that found their animal. What is better than typical earns nothing, so that no measure
/// makes up for another. The number of features tells most, for blur, darkness and distance all take features away; so
/// a second line without it tells which of those causes costs most, and so what to change. Learned from searches of
/// known truth by ``learned(from:source:)``.
public struct MatchChance: Hashable, Sendable, Codable {
    /// The photographs it was learned from, in words.
    public let source: String
    /// Searches that it was learned from.
    public let probes: Int
    /// Those that named their own animal.
    public let matched: Int
    /// Animals searched for.
    public let animals: Int
    /// Median of each measure over photographs that found their animal, by the measure's name.
    let typical: [String: Double]
    /// Learned from all searches.
    let line: Line
    /// Learned without the number of features: what its causes cost.
    let causes: Line
    /// Learned without a tenth of the animals each; their scatter is the standard error (delete-a-group jackknife).
    let withoutSome: [Line]
    /// How well the chances agree with what turned out, each told without its own tenth of the animals.
    public let fit: LearnedCalibration.Fit

    /// What a line weighs.
    struct Line: Hashable, Sendable, Codable {
        let intercept: Double
        /// Cost of a shortfall of 1, 0 or more, by the measure's name.
        let costs: [String: Double]
    }

    /// A photograph whose chance is below this, at the upper end of its 95 % interval, is not worth comparing: of a
    /// hundred such photographs, fewer than five find their animal.
    public static let least = 0.05

    /// What is measured of a photograph, rising with quality.
    public enum Measure: String, CaseIterable, Sendable {
        /// Logarithm of the sharpness.
        case sharpness
        /// Logarithm of 1 + the number of spot features.
        case features
        /// Logarithm of the animal's long side in pixels.
        case size
        /// Logarithm of 1 + the mean luma.
        case light
        /// Part of the pixels that is not nearly white.
        case unbleached
        /// Part of the pixels that is not under reflections.
        case unreflecting

        func value(_ quality: QualityReport) -> Double {
            switch self {
            case .sharpness: log(max(quality.sharpness, 0.01))
            case .features: log1p(Double(quality.features))
            case .size: log(max(quality.animalPixels, 1))
            case .light: log1p(max(quality.meanLuminance, 0))
            case .unbleached: 1 - quality.brightFraction
            case .unreflecting: 1 - quality.glareFraction
            }
        }
    }

    /// What a photograph's quality promises.
    public struct Estimate: Hashable, Sendable {
        /// Probability that a search names the photograph's own animal, if it is known.
        public let chance: Double
        /// Ends of its 95 % interval.
        public let low: Double
        /// Upper end.
        public let high: Double
        /// What lowers the chance, the greatest cost in log-odds first; measures without a cost are left out, and the
        /// number of features where a cause of its smallness halves the odds by itself.
        public let shortfalls: [Shortfall]

        /// One measure that falls short.
        public struct Shortfall: Hashable, Sendable {
            /// The measure.
            public let measure: Measure
            /// What it costs in log-odds, more than 0.
            public let cost: Double

            var halvesOdds: Bool { cost >= log(2) }
        }

        /// Whether the photograph is not worth comparing.
        public var isHopeless: Bool { high < MatchChance.least }

        /// What to change, where one such photograph in ten or more misses its animal: every shortfall that halves the
        /// odds by itself, and the greatest in any case where more than half miss.
        public var advice: [Measure] {
            guard chance < 0.9 else { return [] }
            return shortfalls.enumerated().filter { $0.offset == 0 && chance < 0.5 || $0.element.halvesOdds }
                .map(\.element.measure)
        }
    }

    /// The chance of a photograph of some quality.
    public func estimate(_ quality: QualityReport) -> Estimate {
        let short = shortfalls(quality)
        let logit = line.logit(short)
        let others = withoutSome.map { $0.logit(short) }
        let count = Double(max(1, others.count))
        let mean = others.reduce(0, +) / count
        let scatter = others.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = 1.96 * ((count - 1) / count * scatter).squareRoot()
        let cost = { (line: Line, measure: Measure) -> Estimate.Shortfall? in
            let cost = (line.costs[measure.rawValue] ?? 0) * (short[measure] ?? 0)
            return cost > 0 ? Estimate.Shortfall(measure: measure, cost: cost) : nil
        }
        var found = Measure.allCases.compactMap { cost(causes, $0) }
        if !found.contains(where: \.halvesOdds), let few = cost(line, .features) { found.append(few) }
        return Estimate(
            chance: logistic(logit), low: logistic(logit - error), high: logistic(logit + error),
            shortfalls: found.sorted { ($1.cost, $0.measure.rawValue) < ($0.cost, $1.measure.rawValue) })
    }

    /// How many features photographs that find their animal typically have.
    public var typicalFeatures: Int {
        Int(expm1(typical[Measure.features.rawValue] ?? 0).rounded())
    }

    private func shortfalls(_ quality: QualityReport) -> [Measure: Double] {
        Self.shortfalls(quality, typical: typical)
    }

    static func shortfalls(_ quality: QualityReport, typical: [String: Double]) -> [Measure: Double] {
        Dictionary(
            uniqueKeysWithValues: Measure.allCases.map { measure in
                (measure, max(0, (typical[measure.rawValue] ?? 0) - measure.value(quality)))
            })
    }
}

extension MatchChance.Line {
    func logit(_ shortfalls: [MatchChance.Measure: Double]) -> Double {
        MatchChance.Measure.allCases.reduce(intercept) {
            $0 - (costs[$1.rawValue] ?? 0) * (shortfalls[$1] ?? 0)
        }
    }
}

func logistic(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
