import Foundation
import Hybrids
import Registry

/// Questions of invented numbers; they say nothing about real animals.
enum Question {
    static let parameters = try? HybridParameters([
        .halfLife: 10, .halfDistance: 5_000, .unknownAge: 15, .unknownDistance: 15_000, .nationalNotNative: 0.5,
        .nationalNative: 0.5, .evidenceCorrelation: 0.5,
    ])

    /// A character that is present in 1 of 20 natives and 9 of 20 others.
    static func character(_ code: String, _ rates: (Double, Double, Double, Double)? = (10, 190, 90, 110))
        -> DiagnosticCharacter
    {
        DiagnosticCharacter(
            code: code, name: BilingualText(ja: "形質\(code)", en: "Character \(code)"),
            howToSee: BilingualText(ja: "見る", en: "Look"), source: "invented",
            rates: rates.map {
                .init(
                    native: .init(present: $0.0, absent: $0.1), notNative: .init(present: $0.2, absent: $0.3))
            }, setBy: "Sato", validSince: Date(timeIntervalSince1970: 0))
    }

    static func score(_ code: String, _ sight: DiagnosticCharacter.Sight) -> CharacterScore {
        CharacterScore(
            id: Identifier(), screening: Identifier(), photo: nil, code: code, sight: sight,
            scoredBy: Reviewer(name: "Ito"), scoredAt: Date(timeIntervalSince1970: 0))
    }

    /// A count beside the place in question.
    static func count(
        native: Int, others: Int, years: ClosedRange<Int>? = 2020...2020, meters: Double? = 0
    ) -> ReachPrior.DistantCount {
        ReachPrior.DistantCount(
            count: TestedCount(
                label: "reach", system: "1", position: nil, years: years,
                animals: .init(native: native, hybrid: others, exotic: 0, undetermined: 3), source: "invented"),
            ways: [(meters, 1)])
    }

    static func result(
        _ dnaClass: DNAResult.Class, _ markers: DNAResult.Markers = .microsatellites, laboratory: String = "A",
        id: Identifier<DNAResult> = Identifier(), replacedBy: Identifier<DNAResult>? = nil
    ) -> DNAResult {
        DNAResult(
            id: id, sample: Identifier(), label: "S1", agency: Identifier(), individual: nil, individualName: nil,
            markers: markers, dnaClass: dnaClass, laboratory: laboratory,
            reportedAt: Date(timeIntervalSince1970: 1_700_000_000), documentSHA256: nil, note: nil, replaces: nil,
            replacedBy: replacedBy, recordedBy: Reviewer(name: "Sato"), createdAt: Date())
    }
}
