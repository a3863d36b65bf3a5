/// What a screening came to.
public enum Outcome: Hashable, Sendable {
    /// One known animal, above the threshold.
    case matched(Identifier<Individual>)
    /// Something resembles, not enough to name it: the candidates go to a person.
    case undecided
    /// An animal was located and no known one resembles it.
    case unknown
    /// The photograph cannot be used; the findings say what to change.
    case unusable
    /// The registry could not do its work; never an empty result.
    case failed

    /// The outcome's name in storage, in JSON and on the command line.
    public enum Name: String, CaseIterable, Codable, Sendable {
        /// See ``Outcome/matched(_:)``.
        case matched
        /// See ``Outcome/undecided``.
        case undecided
        /// See ``Outcome/unknown``.
        case unknown
        /// See ``Outcome/unusable``.
        case unusable
        /// See ``Outcome/failed``.
        case failed
    }

    /// The outcome without its animal.
    public var name: Name {
        switch self {
        case .matched: .matched
        case .undecided: .undecided
        case .unknown: .unknown
        case .unusable: .unusable
        case .failed: .failed
        }
    }

    /// The animal of a match.
    public var individual: Identifier<Individual>? {
        guard case .matched(let individual) = self else { return nil }
        return individual
    }
}

/// A known animal that a photograph may show, with the reference that resembles it most.
public struct Candidate: Hashable, Sendable, Codable {
    /// The animal.
    public let individual: Identifier<Individual>
    /// Its catalogue name.
    public let name: String
    /// Probability that the photograph shows this animal, 0 … 1.
    public let probability: Double
    /// The matcher's score of the best pair of photographs.
    public let score: Double
    /// The submitted photograph of that pair.
    public let photo: Identifier<Photo>
    /// The registry's photograph of that pair.
    public let reference: Identifier<Photo>
    /// The spots that agree, as points on both upright photographs in fractions of width and height.
    public let correspondences: [Correspondence]

    /// A candidate with its evidence.
    public init(
        individual: Identifier<Individual>, name: String, probability: Double, score: Double,
        photo: Identifier<Photo>, reference: Identifier<Photo>, correspondences: [Correspondence]
    ) {
        self.individual = individual
        self.name = name
        self.probability = probability
        self.score = score
        self.photo = photo
        self.reference = reference
        self.correspondences = correspondences
    }

    /// The probability in percent for reading: never 0 and never 100, for a calibration of some hundred pairs cannot
    /// carry either.
    public var percent: String { probability < 0.01 ? "<1" : String(min(99, Int(probability * 100))) }
}

/// Two points that show the same spot of an animal, each in fractions of its upright photograph's width and height.
public struct Correspondence: Hashable, Sendable, Codable {
    /// Point on the submitted photograph: x.
    public let queryX: Double
    /// Point on the submitted photograph: y.
    public let queryY: Double
    /// Point on the reference: x.
    public let referenceX: Double
    /// Point on the reference: y.
    public let referenceY: Double

    /// A pair of points.
    public init(queryX: Double, queryY: Double, referenceX: Double, referenceY: Double) {
        self.queryX = queryX
        self.queryY = queryY
        self.referenceX = referenceX
        self.referenceY = referenceY
    }
}

/// The answer of one screening, with everything that led to it.
public struct Verdict: Hashable, Sendable {
    /// What it came to.
    public let outcome: Outcome
    /// Probability of the outcome's statement, 0 … 1: of the animal named, or that it is none of the known ones, those
    /// without a photograph of the body region included; `nil` where the outcome states nothing.
    public let probability: Double?
    /// Known animals by falling probability.
    public let candidates: [Candidate]
    /// Sentences of evidence and advice, the most important first.
    public let findings: [Finding]
    /// What was measured of each submitted photograph that could be read.
    public let quality: [QualityReport]
    /// Version of what made the templates.
    public let extractor: String
    /// Versions of the matcher and of the way of deciding, with the policy and every calibration used.
    public let decider: String
    /// How many reference photographs were compared.
    public let photosSearched: Int
    /// How many animals they show.
    public let individualsSearched: Int
    /// Processing time in milliseconds, waiting not included.
    public let milliseconds: Double
    /// What it means that the animal that was ``identified`` was met where it was; `nil` where none was.
    public let movement: MovementVerdict?
    /// What tags say beside the photographs; `nil` where they were not asked.
    public let tags: TagVerdict?

    /// A complete answer.
    public init(
        outcome: Outcome, probability: Double?, candidates: [Candidate], findings: [Finding],
        quality: [QualityReport] = [], extractor: String, decider: String, photosSearched: Int,
        individualsSearched: Int, milliseconds: Double, tags: TagVerdict? = nil, movement: MovementVerdict? = nil
    ) {
        self.outcome = outcome
        self.probability = probability
        self.candidates = candidates
        self.findings = findings
        self.quality = quality
        self.extractor = extractor
        self.decider = decider
        self.photosSearched = photosSearched
        self.individualsSearched = individualsSearched
        self.milliseconds = milliseconds
        self.tags = tags
        self.movement = movement
    }

    /// The animal whose place is judged, with the probability that it is that one: of a match, or the one that a tag names
    /// where the photographs name none for certain and do not contradict.
    public var identified: (individual: Identifier<Individual>, probability: Double)? {
        if let individual = outcome.individual { return (individual, probability ?? 1) }
        guard let tags, tags.agreement == .tagAlone || tags.agreement == .agree else { return nil }
        return tags.posterior.first.map { ($0.individual, $0.combined) }
    }

    /// The same answer with what its place means.
    public func with(_ movement: MovementVerdict) -> Verdict {
        Verdict(
            outcome: outcome, probability: probability, candidates: candidates, findings: findings, quality: quality,
            extractor: extractor, decider: decider, photosSearched: photosSearched,
            individualsSearched: individualsSearched, milliseconds: milliseconds, tags: tags, movement: movement)
    }
}

/// What was measured of a submitted photograph, inside the body region.
public struct QualityReport: Hashable, Sendable, Codable {
    /// The photograph.
    public let photo: Identifier<Photo>
    /// How the region was found: `box`, `mask` or `wholeFrame`.
    public let region: String
    /// Fine detail in relation to contrast, without unit.
    public let sharpness: Double
    /// Mean luma, 0 … 255.
    public let meanLuminance: Double
    /// Fraction of nearly black pixels, 0 … 1.
    public let darkFraction: Double
    /// Fraction of nearly white pixels, 0 … 1.
    public let brightFraction: Double
    /// Fraction covered by reflections, 0 … 1.
    public let glareFraction: Double
    /// Long side of the region in pixels of the original photograph.
    public let animalPixels: Double
    /// Number of features found.
    public let features: Int

    /// A complete report.
    public init(
        photo: Identifier<Photo>, region: String, sharpness: Double, meanLuminance: Double, darkFraction: Double,
        brightFraction: Double, glareFraction: Double, animalPixels: Double, features: Int
    ) {
        self.photo = photo
        self.region = region
        self.sharpness = sharpness
        self.meanLuminance = meanLuminance
        self.darkFraction = darkFraction
        self.brightFraction = brightFraction
        self.glareFraction = glareFraction
        self.animalPixels = animalPixels
        self.features = features
    }
}
