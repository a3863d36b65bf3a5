import Identification

/// How the score of the same animal falls with the years between photographs.
///
/// A straight line through the score, a log-odds, by weighted least squares in which every animal weighs the same. The
/// standard error is that of the bootstrap over animals.
///
/// Where the gallery grows with time, later probes have more photographs to resemble, which hides the fall: a gallery
/// of first sessions alone shows it.
public struct ScoreDrift: Hashable, Sendable, Codable {
    /// Score at no interval.
    public let intercept: Double
    /// Change of the score a year.
    public let slopePerYear: Double
    /// Standard error of the slope.
    public let standardError: Double
    /// 95 % interval of the slope.
    public let interval: [Double]
    /// Mated searches that it rests on.
    public let probes: Int
    /// Their animals.
    public let animals: Int
    /// The searches: years and score.
    public let points: [Point]

    /// One search.
    public struct Point: Hashable, Sendable, Codable {
        /// Years between probe and reference.
        public let years: Double
        /// Score of the probe's own animal.
        public let score: Double
    }

    /// Years of the shortest interval.
    public var shortest: Double { points.map(\.years).min() ?? 0 }
    /// Years of the longest interval.
    public var longest: Double { points.map(\.years).max() ?? 0 }

    enum CodingKeys: String, CodingKey {
        case intercept, interval, probes, animals, points
        case slopePerYear = "slope_per_year"
        case standardError = "standard_error"
    }

    /// Fits the line; `nil` with fewer than three animals or where the intervals do not differ.
    init?(_ searches: [(animal: Int, years: Double, score: Double)], bootstrap: AnimalBootstrap) {
        let counts = Dictionary(grouping: searches, by: \.animal).mapValues { Double($0.count) }
        guard counts.count >= 3 else { return nil }
        let fit = { (weights: [Double]?) -> (intercept: Double, slope: Double)? in
            var (total, meanX, meanY) = (0.0, 0.0, 0.0)
            let weighted = searches.map { search in
                (
                    weight: (weights?[search.animal] ?? 1) / (counts[search.animal] ?? 1), x: search.years,
                    y: search.score
                )
            }
            for one in weighted {
                total += one.weight
                meanX += one.weight * one.x
                meanY += one.weight * one.y
            }
            guard total > 0 else { return nil }
            meanX /= total
            meanY /= total
            var (spread, joint) = (0.0, 0.0)
            for one in weighted {
                spread += one.weight * (one.x - meanX) * (one.x - meanX)
                joint += one.weight * (one.x - meanX) * (one.y - meanY)
            }
            guard spread / total > 1e-12 else { return nil }
            return (meanY - joint / spread * meanX, joint / spread)
        }
        guard let line = fit(nil) else { return nil }
        let slopes = bootstrap.values { fit($0)?.slope }
        guard slopes.count > 1, let interval = bootstrap.interval({ fit($0)?.slope }) else { return nil }
        let mean = slopes.reduce(0, +) / Double(slopes.count)
        let squares = slopes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        intercept = line.intercept
        slopePerYear = line.slope
        standardError = (squares / Double(slopes.count - 1)).squareRoot()
        self.interval = interval
        probes = searches.count
        animals = counts.count
        points = searches.map { Point(years: $0.years, score: $0.score) }
    }
}
