/// What one probe found: the best score of each animal in the gallery that it was searched against.
public struct SearchResult: Hashable, Sendable, Codable {
    /// The probe's file, its name in the report.
    public let probe: String
    /// The animal that the probe shows.
    public let individual: String
    /// Whether no photograph of that animal is in the gallery: a non-mated search.
    public let isNew: Bool
    /// Months between the probe and its animal's photographs, as the protocol gives them.
    public let months: Double?
    /// How good the photograph is, in any unit that rises with quality.
    public let quality: Double?
    /// Photographs of the probe's animal in the gallery.
    public let referencePhotosOfAnimal: Int
    /// Photographs in the gallery.
    public let photosSearched: Int
    /// The best score of each animal, 0 or more; empty where the probe could not be used (a failure to acquire).
    public let scores: [String: Double]

    /// A search.
    public init(
        probe: String, individual: String, isNew: Bool, months: Double?, quality: Double?,
        referencePhotosOfAnimal: Int, photosSearched: Int, scores: [String: Double]
    ) {
        self.probe = probe
        self.individual = individual
        self.isNew = isNew
        self.months = months
        self.quality = quality
        self.referencePhotosOfAnimal = referencePhotosOfAnimal
        self.photosSearched = photosSearched
        self.scores = scores
    }
}

/// A photograph that could not be compared.
public struct AcquisitionFailure: Hashable, Sendable, Codable {
    /// The file.
    public let file: String
    /// Why, in words.
    public let reason: String

    /// A failure.
    public init(file: String, reason: String) {
        self.file = file
        self.reason = reason
    }
}

/// What the searches cost.
public struct SearchCosts: Hashable, Sendable {
    /// Median milliseconds of processor time of one extraction, from the decoded region to the template.
    public let extractMilliseconds: Double?
    /// Mean microseconds of processor time of one comparison of two templates.
    public let pairMicroseconds: Double?
    /// Median milliseconds of one search of the whole gallery on all cores, nothing else running in this process.
    public let queryMilliseconds: Double?
    /// Median size of a stored template.
    public let templateBytes: Int?
    /// Most memory that the process has held.
    public let peakMemoryBytes: Int?
    /// The steps of the evaluation as they were run.
    public let steps: [Step]

    /// One step of an evaluation.
    public struct Step: Hashable, Sendable, Codable {
        /// What was done.
        public let step: String
        /// How many photographs or searches it was done to.
        public let count: Int
        /// Seconds that all of them took together, on all cores.
        public let seconds: Double
        /// Most memory that the process had held by its end.
        @ExplicitNull public var peakMemoryBytes: Int?

        enum CodingKeys: String, CodingKey {
            case step, count, seconds
            case peakMemoryBytes = "peak_memory_bytes"
        }

        /// A step.
        public init(step: String, count: Int, seconds: Double, peakMemoryBytes: Int?) {
            self.step = step
            self.count = count
            self.seconds = seconds
            self.peakMemoryBytes = peakMemoryBytes
        }
    }

    /// Measured costs; `nil` where nothing was measured.
    public init(
        extractMilliseconds: Double? = nil, pairMicroseconds: Double? = nil, queryMilliseconds: Double? = nil,
        templateBytes: Int? = nil, peakMemoryBytes: Int? = nil, steps: [Step] = []
    ) {
        self.steps = steps
        self.extractMilliseconds = extractMilliseconds
        self.pairMicroseconds = pairMicroseconds
        self.queryMilliseconds = queryMilliseconds
        self.templateBytes = templateBytes
        self.peakMemoryBytes = peakMemoryBytes
    }
}

/// Why search results cannot be evaluated.
public enum EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No search at all.
    case noSearches
    /// Two searches of one probe.
    case repeatedProbe(String)
    /// A score below 0 or not a number.
    case impossibleScore(probe: String, individual: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .noSearches: "There is no search to evaluate. Give a protocol with at least one probe."
        case .repeatedProbe(let probe): "\(probe) is searched twice. Keep one line for each probe."
        case .impossibleScore(let probe, let individual):
            "The score of \(probe) against \(individual) is not a number of 0 or more. Check the matcher."
        }
    }
}
