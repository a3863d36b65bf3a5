import Foundation

/// Turns the scores of all known animals into an answer.
public struct Decider: Sendable {
    /// Version kept with every verdict.
    public let version: String
    private let weigh: @Sendable (_ scores: [Double], _ animals: Int) -> Judgement

    /// A decider under a version.
    ///
    /// - Parameters:
    ///   - version: The version.
    ///   - weigh: Answers from scores in falling order and the number of animals searched.
    public init(version: String, weigh: @escaping @Sendable (_ scores: [Double], _ animals: Int) -> Judgement) {
        self.version = version
        self.weigh = weigh
    }

    /// Weighs the best score of each animal and answers.
    ///
    /// - Parameters:
    ///   - scores: In falling order.
    ///   - animals: Animals searched, where some were not worth a full comparison and have no score.
    /// - Returns: A probability for each score, and the call.
    public func judge(_ scores: [Double], among animals: Int = 0) -> Judgement {
        weigh(scores, max(animals, scores.count))
    }
}

/// What the scores say.
public struct Judgement: Hashable, Sendable {
    /// Which statement, if any, is probable enough.
    public let call: Call
    /// Posterior probability of each animal, in the order of the scores.
    public let probabilities: [Double]
    /// Posterior probability that the animal is none of them.
    public let unknownProbability: Double

    /// A statement on the animal.
    public enum Call: Hashable, Sendable {
        /// It is the first animal.
        case first
        /// It is none of the known animals.
        case none
        /// Neither is probable enough.
        case open
    }

    /// A judgement.
    public init(call: Call, probabilities: [Double], unknownProbability: Double) {
        self.call = call
        self.probabilities = probabilities
        self.unknownProbability = unknownProbability
    }
}

extension Decider {
    /// Posterior over {each known animal, unknown} from calibrated scores, and a threshold on it.
    ///
    /// Prior: the animal is known with probability ½, and then each animal alike. A statement needs a posterior of
    /// `threshold`, so more animals searched ask for a higher score.
    ///
    /// - Parameters:
    ///   - calibration: What a score is worth.
    ///   - threshold: Probability at which a statement is made, more than ½.
    /// - Returns: A decider whose version names both.
    public static func posterior(_ calibration: Calibration, threshold: Double = 0.95) -> Decider {
        Decider(version: "posterior-1/\(calibration.population)/\(threshold)") { scores, animals in
            guard !scores.isEmpty else {
                return Judgement(call: .none, probabilities: [], unknownProbability: 1)
            }
            let share = -log(Double(animals))
            let weights = scores.map { calibration.logLikelihoodRatio($0) + share }
            // The unknown animal has weight 0; subtracting the largest keeps exp within range.
            let largest = max(0, weights.max() ?? 0)
            let unknown = exp(-largest)
            let each = weights.map { exp($0 - largest) }
            let total = unknown + each.reduce(0, +)
            let probabilities = each.map { $0 / total }
            let call: Judgement.Call =
                switch (probabilities[0], unknown / total) {
                case (threshold..., _): .first
                case (_, threshold...): .none
                default: .open
                }
            return Judgement(call: call, probabilities: probabilities, unknownProbability: unknown / total)
        }
    }
}
