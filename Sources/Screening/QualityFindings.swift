import Foundation
import Identification
import Registry

extension MatchChance.Measure {
    /// That a measure falls short, and what to change, in words for people.
    func finding(_ quality: QualityReport, typicalFeatures: Int) -> Finding {
        switch self {
        case .sharpness: Finding(.qualityBlur)
        case .features:
            Finding(.tooFewFeatures, ["count": String(quality.features), "typical": String(typicalFeatures)])
        case .size: Finding(.qualitySmall, ["pixels": String(Int(quality.animalPixels.rounded()))])
        case .light: Finding(.qualityDark)
        case .unbleached: Finding(.qualityBright)
        case .unreflecting:
            Finding(.qualityGlare, ["percent": String(Int((quality.glareFraction * 100).rounded()))])
        }
    }
}

extension MatchChance.Estimate {
    /// The stated chance below which a photograph is not worth comparing, in words for people.
    var hopeless: Finding {
        Finding(.qualityHopeless, ["percent": String(Int((MatchChance.least * 100).rounded()))])
    }

    /// The chance, in words for people.
    var doubtful: Finding {
        Finding(.qualityDoubtful, ["percent": String(Int((chance * 100).rounded()))])
    }
}
