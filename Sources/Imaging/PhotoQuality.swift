/// What was measured on the animal's part of a photograph.
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
}
