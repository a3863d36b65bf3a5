public import Identification
public import Registry
public import Statistics

/// How well identification worked on a protocol, after the practice of NIST FRTE 1:N and of AnimalCLEF.
///
/// A *mated* search is one whose animal is in the gallery. *Non-mated* searches are those of animals that are not, and
/// every mated one once more with its own animal taken out (leave one animal out). Scores are of animals: the best of
/// an animal's photographs. Equal scores count as expected values, never in list order. A photograph that could not be
/// used finds nothing: a miss when mated, no false alarm when not.
public struct EvaluationReport: Hashable, Sendable, Codable {
    /// The kind of gallery, as asked for.
    public let gallery: String
    /// Name of the protocol.
    public let protocolName: String
    /// Mated searches.
    public let probes: Int
    /// Animals of the mated searches.
    public let animals: Int
    /// Expected part of mated searches that rank their own animal first.
    @ExplicitNull public var top1: Double?
    /// … among the first five.
    @ExplicitNull public var top5: Double?
    /// … among the first ten.
    @ExplicitNull public var top10: Double?
    /// Mean average precision over animals found; with one relevant animal a search, the mean expected reciprocal rank.
    @ExplicitNull public var map: Double?
    /// Probability that a mated search's best score is above a non-mated search's, whoever scores it.
    @ExplicitNull public var aurocNew: Double?
    /// The same against animals that are really new only; `nil` where there are none.
    @ExplicitNull public var aurocNewAnimals: Double?
    /// False-negative identification rate for each wanted false-positive identification rate.
    ///
    /// The part of mated searches whose own animal is not first or scores below the threshold. The threshold of an
    /// animal's probes is set on the non-mated searches of animals in the other nine of ten folds; the animals they
    /// resemble may be of any fold.
    public let fnir: [String: Double]
    /// Expected calibration error of “the first animal is right” over mated and non-mated searches, 15 bins of equal
    /// width; the calibration learned on the other folds' animals.
    @ExplicitNull public var ece: Double?
    /// Brier score of the same statements.
    @ExplicitNull public var brier: Double?
    /// Median milliseconds of processor time of one extraction, from the decoded region.
    @ExplicitNull public var extractMilliseconds: Double?
    /// Mean microseconds of processor time of one comparison of two templates.
    @ExplicitNull public var pairMicroseconds: Double?
    /// Median milliseconds of one search of the whole gallery on all cores, as the clock on the wall shows.
    @ExplicitNull public var queryMilliseconds: Double?
    /// Median bytes of a stored template.
    @ExplicitNull public var templateBytes: Int?
    /// Most memory that the process has held.
    @ExplicitNull public var peakMemoryBytes: Int?
    /// The steps of the evaluation: what all photographs and searches took together.
    public let steps: [SearchCosts.Step]

    /// Fewest and most animals in a search's gallery.
    public let galleryAnimals: [Int]
    /// Fewest and most photographs in a search's gallery.
    public let galleryPhotos: [Int]
    /// 95 % intervals, bootstrapped over animals with 2,000 draws; thresholds and calibrations are held.
    public let intervals: [String: [Double]]
    /// The threshold for each wanted rate from all non-mated searches: the one to use.
    public let thresholds: [String: Double]
    /// The false-positive identification rate that the cross-validated thresholds really gave.
    public let fpirObtained: [String: Double]
    /// The rate that the scores give which a tail learned on the other folds' animals names for it: what to expect of
    /// ``DecisionPolicy/falsePositiveIdentificationRate``; empty where no calibration was learned.
    public let fpirByTail: [String: Double]
    /// The same over all rates.
    public let fpirCurve: [LearnedCalibration.RateCheck]
    /// Whether there are enough non-mated searches, at least 1 / rate, to show the rate.
    public let fpirShown: [String: Bool]
    /// The non-mated searches.
    public let nonMated: NonMatedSearches
    /// Balanced accuracy on known animals: mean over animals of right names at a rate of 0.01.
    @ExplicitNull public var baks: Double?
    /// Balanced accuracy on unknown animals: mean over animals of “unknown” at a rate of 0.01.
    @ExplicitNull public var baus: Double?
    /// Geometric mean of ``baks`` and ``baus``.
    @ExplicitNull public var balanced: Double?
    /// `top1`, `top5`, `top10`, `map` and `fnir_0.01` as means over animals, each animal alike.
    public let perAnimal: [String: Double]
    /// Hit rates without a threshold within 1, 10 and 50 candidates: what a person who looks through them finds.
    public let investigation: [String: Double]
    /// Figures by interval, quality and number of photographs.
    public let strata: [Stratum]
    /// How the score falls with the years.
    @ExplicitNull public var drift: ScoreDrift?
    /// Why there is no line.
    @ExplicitNull public var driftRefusal: String?
    /// The fall in each population, where it is known who belongs to which.
    public let populationDrift: [PopulationDrift]
    /// Whether probabilities rest on a calibration `learned` here on other animals or a `borrowed` one.
    public let calibration: CalibrationOrigin
    /// Why it is borrowed.
    @ExplicitNull public var calibrationRefusal: String?
    /// The calibration learned on all pairs: the one to use.
    @ExplicitNull public var calibrationLearned: Calibration?
    /// What was said and what was right, in bins.
    public let calibrationBins: [ReliabilityBin]
    /// ``ece`` with bins of equal mass: less swayed by how many bins are empty.
    @ExplicitNull public var equalMassECE: Double?
    /// Expected calibration error of “this pair is the same animal” over all pairs at their own odds.
    @ExplicitNull public var pairECE: Double?
    /// Answers to mated searches by the posterior decision.
    public let answersKnown: AnswerCounts
    /// Answers to non-mated searches.
    public let answersUnknown: AnswerCounts
    /// The trade between the two errors over all thresholds, from all searches.
    public let detPoints: [DETPoint]
    /// How pair scores are distributed.
    public let histogram: ScoreHistogram
    /// The ten mated searches that went worst.
    public let worst: [WorstSearch]
    /// The ten non-mated searches with the highest scores: false alarms, look-alikes, or animals entered twice.
    public let lookAlikes: [LookAlike]
    /// Names that searches say are one animal.
    public let suspectedDoubleEntries: [SuspectedDoubleEntry]
    /// What those names cost, if each is an error: the figures with each taken as one animal; `nil` where there is none.
    @ExplicitNull public var asOneAnimal: FiguresAsOneAnimal?
    /// Photographs that could not be compared.
    public let failures: [AcquisitionFailure]
    /// Versions of what was measured.
    public let versions: [String: String]

    /// The name of a wanted rate in ``fnir``, ``thresholds`` and the like.
    public static let rates: [(name: String, value: Double)] = [("0.1", 0.1), ("0.01", 0.01), ("0.003", 0.003)]

    enum CodingKeys: String, CodingKey {
        case gallery, probes, animals, top1, top5, top10, map, fnir, ece, brier, intervals, thresholds, baks, baus
        case balanced, steps, investigation, strata, drift, calibration, histogram, worst, failures, versions
        case protocolName = "protocol"
        case aurocNew = "auroc_new"
        case aurocNewAnimals = "auroc_new_animals"
        case extractMilliseconds = "extract_ms"
        case pairMicroseconds = "pair_us"
        case queryMilliseconds = "query_ms"
        case templateBytes = "template_bytes"
        case peakMemoryBytes = "peak_memory_bytes"
        case galleryAnimals = "gallery_animals"
        case galleryPhotos = "gallery_photos"
        case fpirObtained = "fpir_obtained"
        case fpirByTail = "fpir_by_tail"
        case fpirCurve = "fpir_curve"
        case fpirShown = "fpir_shown"
        case nonMated = "non_mated"
        case lookAlikes = "look_alikes"
        case perAnimal = "per_animal"
        case calibrationRefusal = "calibration_refusal"
        case calibrationLearned = "calibration_learned"
        case calibrationBins = "calibration_bins"
        case driftRefusal = "drift_refusal"
        case populationDrift = "population_drift"
        case equalMassECE = "ece_equal_mass"
        case suspectedDoubleEntries = "suspected_double_entries"
        case asOneAnimal = "as_one_animal"
        case pairECE = "pair_ece"
        case answersKnown = "answers_known"
        case answersUnknown = "answers_unknown"
        case detPoints = "det_points"
    }
}

/// Searches whose animal is not in the gallery.
public struct NonMatedSearches: Hashable, Sendable, Codable {
    /// All of them.
    public let searches: Int
    /// Those of animals that the gallery does not hold.
    public let newAnimals: Int
    /// Mated searches repeated without their own animal.
    public let leaveOneOut: Int

    enum CodingKeys: String, CodingKey {
        case searches
        case newAnimals = "new_animals"
        case leaveOneOut = "leave_one_out"
    }
}

/// Where the calibration of the reported probabilities comes from.
public enum CalibrationOrigin: String, Hashable, Sendable, Codable {
    /// Learned on the pairs of other animals of the same protocol.
    case learned
    /// The built-in one, of another population.
    case borrowed
}

/// How often each answer was given.
public struct AnswerCounts: Hashable, Sendable, Codable {
    /// Named, and rightly.
    public internal(set) var namedRight = 0
    /// Named as another animal.
    public internal(set) var namedWrong = 0
    /// Neither named nor called unknown.
    public internal(set) var undecided = 0
    /// Called unknown.
    public internal(set) var calledUnknown = 0
    /// Not answered, the photograph being unusable.
    public internal(set) var unusable = 0

    enum CodingKeys: String, CodingKey {
        case undecided, unusable
        case namedRight = "named_right"
        case namedWrong = "named_wrong"
        case calledUnknown = "called_unknown"
    }
}

/// Figures of a part of the mated searches.
public struct Stratum: Hashable, Sendable, Codable {
    /// What divides: `months`, `quality` or `reference photos`.
    public let by: String
    /// The part.
    public let stratum: String
    /// Mated searches in it.
    public let probes: Int
    /// Their animals.
    public let animals: Int
    /// Expected part that ranks its own animal first.
    public let top1: Double
    /// Missed at a false-positive identification rate of 0.01.
    @ExplicitNull public var fnir: Double?

    enum CodingKeys: String, CodingKey {
        case by, stratum, probes, animals, top1
        case fnir = "fnir_0.01"
    }
}

/// Both errors at one threshold.
public struct DETPoint: Hashable, Sendable, Codable {
    /// The score that a search must reach.
    public let threshold: Double
    /// Part of non-mated searches that reach it.
    public let fpir: Double
    /// Part of mated searches that do not rank their animal first, or not above it.
    public let fnir: Double
}

/// How the best score of each pair of probe and animal is distributed.
public struct ScoreHistogram: Hashable, Sendable, Codable {
    /// Limits of the classes, one more than classes, evenly spaced.
    public let limits: [Double]
    /// Pairs of the same animal in each class.
    public let genuine: [Int]
    /// Pairs of different animals in each class.
    public let impostor: [Int]
}

/// A probe and another animal that it resembles.
public struct LookAlike: Hashable, Sendable, Codable {
    /// The probe.
    public let probe: String
    /// The animal it shows.
    public let individual: String
    /// The other animal that it resembles most.
    public let resembles: String
    /// Their score.
    public let score: Double
}

/// A mated search that went badly.
public struct WorstSearch: Hashable, Sendable, Codable {
    /// The probe.
    public let probe: String
    /// The animal it shows.
    public let individual: String
    /// Its own animal's score; `nil` where the photograph could not be used.
    @ExplicitNull public var score: Double?
    /// Expected rank of its own animal.
    @ExplicitNull public var rank: Double?
    /// The five best animals.
    public let candidates: [Candidate]

    /// An animal that was found.
    public struct Candidate: Hashable, Sendable, Codable {
        /// Its name.
        public let individual: String
        /// Its score.
        public let score: Double
        /// The probability stated for it.
        public let probability: Double
    }
}
