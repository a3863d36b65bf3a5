/// What was measured on the animal's part of a photograph, and what is wrong with it.
public struct PhotoQuality: Sendable, Equatable, Codable {
    /// Fine detail in relation to contrast, without unit.
    ///
    /// The root mean square of the Laplacian of smoothed luma over its standard deviation, at working size. Blur lowers
    /// it, exposure hardly changes it.
    public let sharpness: Double
    /// Mean luma, 0 … 255.
    public let meanLuminance: Double
    /// Part of the pixels with a luma below 20, 0 … 1.
    public let darkFraction: Double
    /// Part of the pixels with a luma above 245, 0 … 1.
    public let brightFraction: Double
    /// Part of the pixels under reflections, 0 … 1.
    public let glareFraction: Double
    /// Long side of the animal's part in pixels of the original photograph.
    public let animalPixels: Double

    /// Measured values.
    public init(
        sharpness: Double, meanLuminance: Double, darkFraction: Double, brightFraction: Double, glareFraction: Double,
        animalPixels: Double
    ) {
        self.sharpness = sharpness
        self.meanLuminance = meanLuminance
        self.darkFraction = darkFraction
        self.brightFraction = brightFraction
        self.glareFraction = glareFraction
        self.animalPixels = animalPixels
    }

    /// Something that makes a photograph harder to compare, or useless.
    public struct Problem: Sendable, Hashable, Codable {
        /// What is wrong.
        public enum Kind: String, Sendable, Codable, CaseIterable {
            /// Out of focus or shaken; measured is the sharpness.
            case blur
            /// Underexposed; measured is the mean luma.
            case dark
            /// Overexposed; measured is the part of bright pixels, 0 … 1.
            case bright
            /// Reflections; measured is the part of the animal under them, 0 … 1.
            case glare
            /// Too few pixels on the animal; measured is its long side.
            case small
        }

        /// What follows from it.
        public enum Severity: String, Sendable, Codable {
            /// The photograph is compared; a better one would help.
            case advice
            /// The photograph is not compared.
            case unusable
        }

        /// What is wrong.
        public let kind: Kind
        /// The measured value, in the unit that its kind names.
        public let measured: Double
        /// The threshold that it crossed.
        public let threshold: Double
        /// What follows.
        public let severity: Severity
    }

    /// Everything that crosses a threshold, the worst first.
    public var problems: [Problem] {
        typealias Limits = Thresholds
        let checks: [Problem?] = [
            Self.below(.blur, sharpness, advice: Limits.soft, unusable: Limits.blurred),
            Self.below(.dark, meanLuminance, advice: Limits.dim, unusable: Limits.dark),
            Self.above(.bright, brightFraction, advice: Limits.bright, unusable: Limits.overexposed),
            Self.above(.glare, glareFraction, advice: Limits.glare, unusable: Limits.mostlyGlare),
            Self.below(.small, animalPixels, advice: Limits.small, unusable: Limits.tooSmall),
        ]
        let found = checks.compactMap { $0 }
        return found.filter { $0.severity == .unusable } + found.filter { $0.severity == .advice }
    }

    /// Whether no problem makes it unusable.
    public var isUsable: Bool { !problems.contains { $0.severity == .unusable } }

    private static func below(_ kind: Problem.Kind, _ value: Double, advice: Double, unusable: Double) -> Problem? {
        guard value < advice else { return nil }
        return value < unusable
            ? Problem(kind: kind, measured: value, threshold: unusable, severity: .unusable)
            : Problem(kind: kind, measured: value, threshold: advice, severity: .advice)
    }

    private static func above(_ kind: Problem.Kind, _ value: Double, advice: Double, unusable: Double) -> Problem? {
        guard value > advice else { return nil }
        return value > unusable
            ? Problem(kind: kind, measured: value, threshold: unusable, severity: .unusable)
            : Problem(kind: kind, measured: value, threshold: advice, severity: .advice)
    }
}
