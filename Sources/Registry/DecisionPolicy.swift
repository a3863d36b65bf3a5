/// How sure an agency wants an answer to be.
///
/// Costs share one unit of the agency's choice. An animal is named where the expected cost of a wrong name is below that
/// of a review, so from a probability of ``namingThreshold``; likewise an animal is called unknown from
/// ``unknownThreshold``. Both stay above ½, so that no photograph is called two things.
public struct DecisionPolicy: Hashable, Sendable, Codable {
    /// How many of the searches for unknown animals may name one, 0 … 0.1 without 0.
    public let falsePositiveIdentificationRate: Double
    /// Cost of naming a wrong animal.
    public let costWrongName: Double
    /// Cost of calling a known animal unknown.
    public let costMissedAnimal: Double
    /// Cost of leaving the question to a person.
    public let costReview: Double

    /// Why a policy cannot be followed.
    public enum Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// The rate is not within 0 … 0.1, or 0.
        case rate(Double)
        /// A cost is not a positive number.
        case cost(Double)
        /// A mistake costs no more than two reviews, so that guessing would be cheaper than asking.
        case mistakeTooCheap(Double, review: Double)

        /// What to give instead.
        public var description: String {
            switch self {
            case .rate(let rate):
                "A false-positive identification rate of \(rate) cannot be kept: give more than 0 and at most 0.1."
            case .cost(let cost): "\(cost) is not a cost: give a number greater than 0."
            case .mistakeTooCheap(let cost, let review):
                "A mistake at \(cost) is cheaper than two reviews at \(review), so the registry would guess: raise the "
                    + "cost of the mistake, or lower that of a review."
            }
        }
    }

    /// Checks a policy.
    ///
    /// - Throws: ``Rejection``.
    public init(
        falsePositiveIdentificationRate: Double, costWrongName: Double, costMissedAnimal: Double, costReview: Double
    ) throws(Rejection) {
        guard falsePositiveIdentificationRate > 0, falsePositiveIdentificationRate <= 0.1 else {
            throw .rate(falsePositiveIdentificationRate)
        }
        for cost in [costWrongName, costMissedAnimal, costReview] where !(cost > 0 && cost.isFinite) {
            throw .cost(cost)
        }
        for mistake in [costWrongName, costMissedAnimal] where mistake <= 2 * costReview {
            throw .mistakeTooCheap(mistake, review: costReview)
        }
        self.init(falsePositiveIdentificationRate, costWrongName, costMissedAnimal, costReview)
    }

    private init(_ rate: Double, _ wrongName: Double, _ missedAnimal: Double, _ review: Double) {
        falsePositiveIdentificationRate = rate
        costWrongName = wrongName
        costMissedAnimal = missedAnimal
        costReview = review
    }

    /// What holds for an agency that set nothing: 0.3 % false names, and mistakes that cost 20 reviews.
    ///
    /// Both thresholds are then 0.95.
    public static let standard = DecisionPolicy(0.003, 20, 20, 1)

    /// The least probability at which an animal is named, more than ½ and less than 1.
    public var namingThreshold: Double { 1 - costReview / costWrongName }

    /// The least probability of being unknown at which an animal is called so, more than ½ and less than 1.
    public var unknownThreshold: Double { 1 - costReview / costMissedAnimal }
}
