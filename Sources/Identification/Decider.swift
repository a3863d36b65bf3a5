import Foundation
public import Registry

/// Turns the scores of all known animals into an answer: what scores are worth, and how sure the answer has to be.
///
/// The posterior is over {each known animal, unknown}. Prior: the animal is known with probability ½, and then each
/// animal of the registry alike, so more animals ask for a higher score. Animals without a photograph of the region
/// keep their share: nothing speaks for them or against them.
///
/// An animal is named where its posterior reaches the policy's threshold *and* no more searches for unknown animals than
/// the policy allows would reach a score as improbable. The first rests on how pairs of one animal score, the second on
/// how high different animals reach among all comparisons; neither alone bounds false names in a registry that grows.
public struct Decider: Hashable, Sendable {
    /// How sure an answer has to be.
    public let policy: DecisionPolicy
    /// What scores are worth.
    public let calibrations: CalibrationSet

    /// A decider; by default with the standard policy and the built-in calibration.
    public init(policy: DecisionPolicy = .standard, calibrations: CalibrationSet = .borrowed) {
        self.policy = policy
        self.calibrations = calibrations
    }

    /// Weighs the best score of each animal and answers.
    ///
    /// - Parameters:
    ///   - scores: In any order.
    ///   - searched: What was searched.
    /// - Returns: A probability for each score, and the call.
    public func judge(_ scores: [AnimalScore], among searched: SearchedGallery) -> Judgement {
        let used = scores.map { calibrations.calibration(of: $0.population) }
        let animals = max(searched.animals, scores.count)
        let share = -log(Double(max(1, animals + searched.unsearched)))
        let weights = zip(scores, used).map {
            $1.logLikelihoodRatio($0.score, comparisons: $0.comparisons) + share
        }
        // The unknown animal has weight 0; subtracting the largest keeps exp within range.
        let largest = max(0, weights.max() ?? 0)
        let unknown = exp(-largest)
        let unsearched = Double(searched.unsearched) * exp(share - largest)
        let each = weights.map { exp($0 - largest) }
        let total = unknown + unsearched + each.reduce(0, +)
        let probabilities = each.map { $0 / total }
        // Equal probabilities in the order of the scores given.
        let best = probabilities.indices.max { (probabilities[$0], $1) < (probabilities[$1], $0) }
        let rate = best.map {
            used[$0].tail.falsePositiveRate(at: scores[$0].score, comparisons: searched.comparisons)
        }
        let call: Judgement.Call =
            if let best, probabilities[best] >= policy.namingThreshold {
                rate.map { $0 <= policy.falsePositiveIdentificationRate } == true ? .first : .open
            } else if (unknown + unsearched) / total >= policy.unknownThreshold {
                .none
            } else {
                .open
            }
        return Judgement(
            call: call, probabilities: probabilities, unknownProbability: unknown / total, falsePositiveRate: rate,
            calibrations: distinct(zip(used, probabilities).sorted { $0.1 > $1.1 }.map(\.0)), policy: policy)
    }

    private func distinct(_ calibrations: [Calibration]) -> [Calibration] {
        var seen: Set<Calibration> = []
        return calibrations.filter { seen.insert($0).inserted }
    }
}

/// The best score of one known animal.
public struct AnimalScore: Hashable, Sendable {
    /// The best score of all its photographs and all those submitted.
    public let score: Double
    /// Pairs of photographs that it is the best of, 1 or more.
    public let comparisons: Int
    /// The population people count the animal to.
    public let population: String?

    /// A score.
    public init(_ score: Double, comparisons: Int = 1, population: String? = nil) {
        self.score = score
        self.comparisons = comparisons
        self.population = population
    }
}

/// What a search covered.
public struct SearchedGallery: Hashable, Sendable {
    /// Animals with a photograph of the body region, those not worth a full comparison included.
    public let animals: Int
    /// Pairs of photographs: those submitted times those of the region.
    public let comparisons: Int
    /// Animals of the registry without a photograph of the region.
    public let unsearched: Int

    /// Counts.
    public init(animals: Int, comparisons: Int, unsearched: Int = 0) {
        self.animals = animals
        self.comparisons = comparisons
        self.unsearched = unsearched
    }
}

/// What the scores say.
public struct Judgement: Hashable, Sendable {
    /// Which statement, if any, is probable enough.
    public let call: Call
    /// Posterior probability of each animal, in the order of the scores.
    public let probabilities: [Double]
    /// Posterior probability that the animal is none of the registry's, those without a photograph of the region included.
    public let unknownProbability: Double
    /// Part of searches for unknown animals in which some animal scores as improbably high as the most probable one,
    /// 0 … 1; `nil` without scores.
    public let falsePositiveRate: Double?
    /// What the scores were weighed by, each once, that of the most probable animal first.
    public let calibrations: [Calibration]
    /// How sure the answer had to be.
    public let policy: DecisionPolicy

    /// A statement on the animal.
    public enum Call: Hashable, Sendable {
        /// It is the most probable animal.
        case first
        /// It is none of the animals compared.
        case none
        /// Neither is probable enough.
        case open
    }

    /// A judgement.
    public init(
        call: Call, probabilities: [Double], unknownProbability: Double, falsePositiveRate: Double?,
        calibrations: [Calibration], policy: DecisionPolicy
    ) {
        self.call = call
        self.probabilities = probabilities
        self.unknownProbability = unknownProbability
        self.falsePositiveRate = falsePositiveRate
        self.calibrations = calibrations
        self.policy = policy
    }

    /// Whether the most probable animal is probable enough and only the rate of false names speaks against naming it.
    public var isHeldByRate: Bool {
        call == .open && (probabilities.max() ?? 0) >= policy.namingThreshold
    }

    /// Names the way of deciding, the policy and every calibration used, so that a verdict can be explained later.
    public var version: String {
        let numbers = [
            policy.falsePositiveIdentificationRate, policy.costWrongName, policy.costMissedAnimal, policy.costReview,
        ]
        let names = calibrations.map { $0.id?.description ?? $0.population?.replacing(" ", with: "-") ?? "registry" }
        let policy = "policy:" + numbers.map { "\($0)" }.joined(separator: ",")
        let calibration = names.isEmpty ? [] : ["calibration:" + names.joined(separator: ",")]
        return ([Self.way, policy] + calibration).joined(separator: " ")
    }

    /// Version of the way of deciding, whatever the policy and the calibrations.
    public static let way = "posterior-2"
}

extension Decider {
    /// Weighs what a search found.
    ///
    /// - Parameters:
    ///   - found: One entry an animal.
    ///   - queries: How many photographs were submitted.
    ///   - references: Every photograph searched.
    ///   - unsearched: Animals of the registry without a photograph among them.
    /// - Returns: A probability for each animal found, in its place.
    public func judge(
        _ found: [ScoredIndividual], queries: Int, among references: [GalleryEntry], unsearched: Int = 0
    ) -> Judgement {
        var photos: [Identifier<Individual>: Int] = [:]
        for reference in references { photos[reference.individual, default: 0] += 1 }
        return judge(
            found.map {
                AnimalScore(
                    $0.evidence.score, comparisons: queries * (photos[$0.reference.individual] ?? 1),
                    population: $0.reference.population)
            },
            among: SearchedGallery(
                animals: photos.count, comparisons: queries * references.count, unsearched: unsearched))
    }
}
