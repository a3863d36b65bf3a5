internal import Foundation
public import Registry

extension DiagnosticCharacter.Rates {
    /// How much a sight of the character weighs; `nil` where its place was not seen.
    ///
    /// Each rate is a Beta distribution of its counts over Jeffreys' prior of half an animal each. The ratio is that of
    /// the expected rates, so that few animals weigh little; its standard error joins those of both logarithms.
    public func ratio(of sight: DiagnosticCharacter.Sight) -> LikelihoodRatio? {
        let (native, other) = (distribution(native), distribution(notNative))
        return switch sight {
        case .present: Self.ratio(of: other, to: native)
        case .absent: Self.ratio(of: other.complement, to: native.complement)
        case .notVisible: nil
        }
    }

    /// How probable it is that the character is present.
    ///
    /// - Parameter probability: Probability that the animal is not native, 0 … 1.
    /// - Returns: A probability.
    func presence(at probability: Double) -> Double {
        probability * distribution(notNative).mean + (1 - probability) * distribution(native).mean
    }

    private func distribution(_ count: DiagnosticCharacter.Count) -> BetaDistribution {
        BetaDistribution(alpha: count.present + 0.5, beta: count.absent + 0.5)
    }

    private static func ratio(of first: BetaDistribution, to second: BetaDistribution) -> LikelihoodRatio {
        LikelihoodRatio(
            logRatio: log(first.mean / second.mean),
            standardError: (first.varianceOfLogarithm + second.varianceOfLogarithm).squareRoot())
    }
}
