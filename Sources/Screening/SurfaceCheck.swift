import Identification
import Imaging

extension LocatedRegion {
    /// Whether it may be an animal that stands in the region, so that resembling nobody means something.
    ///
    /// A picture of noise is none, though a box be drawn round it. Nor is a surface without a pattern that stands before a
    /// uniform background, such as a hand; in a box a person vouches for the animal.
    func mayShowAnimal(_ quality: PhotoQuality) -> Bool {
        guard source != .wholeFrame, quality.sharpness < Self.sharpestSkin else { return false }
        guard source == .mask, let mask else { return true }
        return patternContrast(image, mask: mask) >= Self.plainestSkin
    }

    /// The sharpness from which a picture is noise: the sharpest of 372 newts has 1.4, a picture of noise 3.2.
    private static let sharpestSkin = 2.0

    /// The contrast below which a surface bears no pattern: the plainest of 372 newts has 0.052 and, blurred by 2 pixels,
    /// 0.028; a drawn hand has 0.006.
    private static let plainestSkin = 0.02
}
