/// The score of one pair whose truth is known: a photograph searched for, and a known animal.
public struct LabelledScore: Hashable, Sendable {
    /// The best score of the photograph against the animal's photographs, 0 or more.
    public let score: Double
    /// Whether the photograph shows that animal.
    public let isSame: Bool
    /// The animal that the photograph shows.
    public let animal: String

    /// A pair of known truth.
    public init(score: Double, isSame: Bool, animal: String) {
        self.score = score
        self.isSame = isSame
        self.animal = animal
    }
}

/// Why no calibration could be learned.
public enum CalibrationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Fewer pairs than ``CalibrationSample/minimum``.
    case tooFewPairs(CalibrationSample)
    /// Pairs of the same animal do not score higher than pairs of different animals.
    case noSeparation
    /// A score below 0 or not a number.
    case impossibleScore(String)

    /// What happened and what to do.
    public var description: String {
        let needed = CalibrationSample.minimum
        return switch self {
        case .tooFewPairs(let found):
            "\(found.genuinePairs) pairs of the same animal (\(found.genuineAnimals) animals) and "
                + "\(found.impostorPairs) of different animals are too few to learn a calibration: "
                + "\(needed.genuinePairs) from \(needed.genuineAnimals) animals and \(needed.impostorPairs) are "
                + "needed. Review more pairs, or borrow the calibration of another population."
        case .noSeparation:
            "Pairs of the same animal do not score higher than pairs of different animals. Check the names of the "
                + "animals and that the photographs show the same body region."
        case .impossibleScore(let score):
            "\(score) is not a pair score. Compare the photographs again."
        }
    }
}

/// How many pairs a calibration is learned from.
public struct CalibrationSample: Hashable, Sendable {
    /// Pairs of the same animal.
    public let genuinePairs: Int
    /// Animals that those pairs show.
    public let genuineAnimals: Int
    /// Pairs of different animals.
    public let impostorPairs: Int

    /// The smallest sample that is learned from.
    ///
    /// With 30 pairs the standard error of a rate of one half is 0.09; ten animals keep one animal's look from standing
    /// for all; 300 impostors show what one search in 300 meets.
    public static let minimum = CalibrationSample(genuinePairs: 30, genuineAnimals: 10, impostorPairs: 300)

    /// Counts.
    public init(genuinePairs: Int, genuineAnimals: Int, impostorPairs: Int) {
        self.genuinePairs = genuinePairs
        self.genuineAnimals = genuineAnimals
        self.impostorPairs = impostorPairs
    }

    /// Counts the pairs of a sample.
    public init(of pairs: [LabelledScore]) {
        let genuine = pairs.filter(\.isSame)
        self.init(
            genuinePairs: genuine.count, genuineAnimals: Set(genuine.map(\.animal)).count,
            impostorPairs: pairs.count - genuine.count)
    }

    /// Whether every count reaches another sample's.
    public func reaches(_ smallest: CalibrationSample) -> Bool {
        genuinePairs >= smallest.genuinePairs && genuineAnimals >= smallest.genuineAnimals
            && impostorPairs >= smallest.impostorPairs
    }
}

extension Calibration {
    /// Learns what a score is worth from pairs of known truth.
    ///
    /// Maximum likelihood of the very form that ``logLikelihoodRatio(_:)`` has, by expectation maximisation: a line in
    /// the score, and a part of the pairs of different animals that look like one animal all the same, whether nature
    /// made them alike or somebody entered one animal under two names (Copas 1988, binary regression with contaminated
    /// labels). So a double entry raises the look-alike rate and does not flatten the line. Within each class every
    /// animal weighs the same, however often it was photographed. A ridge of 0.1 on the slope in standard deviations
    /// keeps classes that do not overlap finite and moves others by less than their standard error.
    ///
    /// The look-alike rate of `k` look-alikes among `n` pairs is `(k + ½) / (n + 1)`, so that pairs without one do not
    /// show that there is none.
    ///
    /// - Parameters:
    ///   - pairs: Pairs scored exactly as they will be when it is used; equal lists give equal calibrations.
    ///   - population: The name of the pairs.
    ///   - smallest: The sample below which it refuses; less than the minimum only for folds of a larger sample.
    /// - Returns: A calibration with its sample sizes.
    /// - Throws: ``CalibrationError``.
    public static func learned(
        from pairs: [LabelledScore], population: String, smallest: CalibrationSample = .minimum
    ) throws(CalibrationError) -> Calibration {
        if let bad = pairs.first(where: { !($0.score >= 0 && $0.score.isFinite) }) {
            throw .impossibleScore("\(bad.score)")
        }
        let sample = CalibrationSample(of: pairs)
        guard sample.reaches(smallest) else { throw .tooFewPairs(sample) }
        let line = try LookAlikeRegression(fitting: pairs)
        return Calibration(
            population: population, intercept: line.intercept, slope: line.slope, lookAlikeRate: line.lookAlikeRate,
            genuinePairs: sample.genuinePairs, impostorPairs: sample.impostorPairs,
            animals: Set(pairs.map(\.animal)).count)
    }
}
