import Foundation
public import Imaging
public import Registry

extension PhotoQuality.Problem {
    /// The problem and its remedy in words for people.
    public var finding: Finding {
        switch kind {
        case .glare: Finding(.qualityGlare, ["percent": String(Int((measured * 100).rounded()))])
        case .blur: Finding(.qualityBlur)
        case .dark: Finding(.qualityDark)
        case .bright: Finding(.qualityBright)
        case .small: Finding(.qualitySmall, ["pixels": String(Int(measured.rounded()))])
        }
    }
}
