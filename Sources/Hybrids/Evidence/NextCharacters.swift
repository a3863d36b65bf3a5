internal import Foundation
public import Registry

/// Which characters are worth a look, by the information that seeing them is expected to bring.
public enum NextCharacters {
    /// Characters that were not seen, what tells most first; those that nobody counted come last.
    ///
    /// Expected information is the mutual information of the animal's class and the character, in bits, at the
    /// probability reached so far.
    ///
    /// - Parameters:
    ///   - characters: All characters.
    ///   - seen: Codes of those that were present or absent.
    ///   - probability: Probability of not being native so far, 0 … 1.
    /// - Returns: The characters with their information.
    public static func ranked(
        _ characters: [DiagnosticCharacter], seen: Set<String>, at probability: Double
    ) -> [HybridAssessment.Next] {
        characters.enumerated().filter { !seen.contains($0.element.code) }.map { index, character in
            (
                index: index,
                next: HybridAssessment.Next(
                    code: character.code, name: character.name, howToSee: character.howToSee,
                    bits: character.rates.map { information($0, at: probability) })
            )
        }.sorted { one, other in
            (other.next.bits ?? -1, one.index) < (one.next.bits ?? -1, other.index)
        }.map(\.next)
    }

    private static func information(_ rates: DiagnosticCharacter.Rates, at probability: Double) -> Double {
        let presence = rates.presence(at: probability)
        var expected = 0.0
        for (sight, chance) in [(DiagnosticCharacter.Sight.present, presence), (.absent, 1 - presence)] {
            let ratio = rates.ratio(of: sight)?.logRatio ?? 0
            expected += chance * entropy(HybridPosterior.probability(probability, ratio))
        }
        return max(0, entropy(probability) - expected)
    }

    private static func entropy(_ probability: Double) -> Double {
        [probability, 1 - probability].reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 }
    }
}
