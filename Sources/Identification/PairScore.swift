import Foundation

/// A learned score of a pair of photographs from the agreement of both branches.
///
/// Logistic regression on ln(1 + agreement): evidence with falling returns. The agreement does not depend on how many
/// photographs are searched. The score is a log-odds on the pairs it was learned from, raised by ``evenOdds`` so that
/// little resemblance is 0; what it means elsewhere is a matter of calibration.
public struct PairScore: Hashable, Sendable {
    /// Version kept with every verdict.
    public let version: String
    /// Weights where both photographs could be straightened.
    let both: Weights
    /// Weights of the free branch alone.
    let free: Weights

    /// Weights of a logistic regression.
    struct Weights: Hashable, Sendable {
        let intercept: Double
        let slope: Double
    }

    /// The score at which a pair it was learned from was as likely of one animal as of two.
    public static let evenOdds = 40.0

    /// The score, 0 or more; higher for the same animal.
    func score(_ agreement: Double, isStraightened: Bool) -> Double {
        let weights = isStraightened ? both : free
        return max(0, Self.evenOdds + weights.intercept + weights.slope * log1p(agreement))
    }
}

extension PairScore {
    /// Learned on newt bellies: cohorts TK (development animals) and PW of the photographs of the Siberian AI Center,
    /// single references, two names of one animal taken as one; 185 pairs of the same animal and 6,829 of two.
    ///
    /// A ridge of 0.1 on standard deviations keeps classes that do not overlap finite. The one sum of both branches was
    /// chosen on photographs degraded in nine ways (blur, darkness, occlusion, spots grown and shrunk, warps, view):
    /// learned on one cohort and tried on the other it gave top-1 .934 and .963, a logistic regression of the branches'
    /// counts .905 and .957; that needed each branch's failure in its sample, a sum does not.
    public static let standard = PairScore(
        version: "pair-2", both: Weights(intercept: -42.5, slope: 10.05), free: Weights(intercept: -31.7, slope: 9.1))
}
