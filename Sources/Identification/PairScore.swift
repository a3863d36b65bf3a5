import Foundation

/// The score of a pair of photographs from the agreement of both branches.
///
/// `4 · √agreement`, and 8 more where the free branch stands alone. Agreement adds up counts, and the square root of a
/// count has the same spread everywhere (Anscombe 1948): so one logistic line tells what a score is worth, and the scores
/// of different animals end in one exponential tail, see ``Calibration``. It does not depend on how many photographs are
/// searched. On newts a logarithm fitted as well (cross-validated logarithmic loss 3.22 and 3.23) but stretched the tail:
/// at one false name in 333 among 2,000 photographs it would have missed .29 of the pairs of one animal, the root .13.
///
/// One sum of both branches was chosen on photographs degraded in nine ways (blur, darkness, occlusion, spots grown and
/// shrunk, warps, view): tried on two cohorts it gave top-1 .934 and .963, a logistic regression of the branches' counts,
/// learned on the other cohort, .905 and .957; that needs each branch's failure in its sample, a sum does not.
public struct PairScore: Hashable, Sendable {
    /// Version kept with every verdict.
    public let version: String
    /// Rise with the square root of the agreement.
    let rise: Double
    /// What is added where the free branch stands alone.
    let alone: Double

    /// The score, 0 or more; higher for the same animal.
    func score(_ agreement: Double, isStraightened: Bool) -> Double {
        rise * agreement.squareRoot() + (isStraightened ? 0 : alone)
    }
}

extension PairScore {
    /// With the free branch alone, different newts reach 8.0 less (Gumbel locations 15.7 and 7.7 of cohort TK, scales 2.03
    /// and 1.98); raised by that, one calibration bounds the false names of both.
    public static let standard = PairScore(version: "pair-2", rise: 4, alone: 8)
}
