/// What mistakes about hybrids cost an agency; both thresholds follow from it.
///
/// Costs share one unit of the agency's choice. An animal is suspected where the expected cost of suspecting a native is
/// below that of saying neither, so from a probability of ``suspicionThreshold`` on; it is called likely native below
/// ``nativeThreshold``.
public struct HybridPolicy: Hashable, Sendable, Codable {
    /// Cost of calling an animal likely native that is not.
    public let costMissedHybrid: Double
    /// Cost of suspecting a native: it is held, and its DNA tested.
    public let costWrongSuspicion: Double
    /// Cost of saying neither.
    public let costReview: Double

    /// Why a policy cannot be followed.
    public enum Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// A cost is not a positive number.
        case cost(Double)
        /// Saying neither costs so much that nothing is left between both words.
        case reviewTooDear(Double)

        /// What to give instead.
        public var description: String {
            switch self {
            case .cost(let cost): "\(cost) is not a cost: give a number greater than 0."
            case .reviewTooDear(let cost):
                "Saying neither at \(cost) costs too much beside the mistakes, so the registry would guess: lower it, or "
                    + "raise the cost of a mistake."
            }
        }
    }

    /// Checks a policy.
    ///
    /// - Throws: ``Rejection``.
    public init(costMissedHybrid: Double, costWrongSuspicion: Double, costReview: Double) throws(Rejection) {
        for cost in [costMissedHybrid, costWrongSuspicion, costReview] where !(cost > 0 && cost.isFinite) {
            throw .cost(cost)
        }
        guard costReview / costMissedHybrid + costReview / costWrongSuspicion < 1 else {
            throw .reviewTooDear(costReview)
        }
        self.init(costMissedHybrid, costWrongSuspicion, costReview)
    }

    private init(_ missed: Double, _ wrong: Double, _ review: Double) {
        costMissedHybrid = missed
        costWrongSuspicion = wrong
        costReview = review
    }

    /// What holds for an agency that set nothing: a missed hybrid costs 20 reviews, a wrong suspicion 5.
    ///
    /// An animal is then suspected from 0.8 on and called likely native below 0.05. Assumptions, not measurements.
    public static let standard = HybridPolicy(20, 5, 1)

    /// The least probability of not being purely native at which an animal is suspected, 0 … 1.
    public var suspicionThreshold: Double { 1 - costReview / costWrongSuspicion }

    /// The probability of not being purely native below which an animal is called likely native, 0 … 1.
    public var nativeThreshold: Double { costReview / costMissedHybrid }
}
