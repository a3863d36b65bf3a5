public import Registry

/// What is measured on a photograph of a head seen from above.
///
/// Measures of shape need landmarks; measures of the pattern need to know only where the head lies.
public enum HeadMeasure: String, CaseIterable, Codable, Sendable {
    case headWidthRatio = "head_width_ratio"
    case mouthWidthRatio = "mouth_width_ratio"
    case interocularRatio = "interocular_ratio"
    case internarialRatio = "internarial_ratio"
    case snoutRatio = "snout_ratio"
    case shapeNostrilX = "shape_nostril_x"
    case shapeEyeX = "shape_eye_x"
    case shapeEyeY = "shape_eye_y"
    case shapeMouthX = "shape_mouth_x"
    case shapeMouthY = "shape_mouth_y"
    case shapeHeadX = "shape_head_x"
    case shapeHeadY = "shape_head_y"
    case shapeNeckX = "shape_neck_x"
    case shapeNeckY = "shape_neck_y"
    case groundLightness = "ground_lightness"
    case groundRedness = "ground_redness"
    case groundYellowness = "ground_yellowness"
    case spotCoverage = "spot_coverage"
    case spotSize = "spot_size"
    case spotSizeSpread = "spot_size_spread"
    case spotDensity = "spot_density"
    case blotchCoverage = "blotch_coverage"
    case blotchSize = "blotch_size"
    case blotchPaleness = "blotch_paleness"
    case contrast = "contrast"
    case wartTexture = "wart_texture"

    /// The measure's name for people.
    public func name(in language: Language) -> String {
        HeadText(rawValue: rawValue)?.text(in: language) ?? rawValue
    }

    /// Whether it needs landmarks placed by a person.
    public var needsLandmarks: Bool { Self.ofShape.contains(self) }

    private static let ofShape = Set(allCases.prefix { $0 != .groundLightness })

    /// What it is.
    public var definition: String {
        switch self {
        case .headWidthRatio: "Distance between the widest points of the head over the head's length."
        case .mouthWidthRatio: "Distance between the corners of the mouth over the head's length."
        case .interocularRatio: "Distance between the middles of the eyes over the head's length."
        case .internarialRatio: "Distance between the nostrils over the head's length."
        case .snoutRatio: "Distance along the midline from the snout to the eyes over the head's length."
        case .shapeNostrilX: "Procrustes coordinate of the nostrils across, of the symmetric shape."
        case .shapeEyeX: "Procrustes coordinate of the eyes across, of the symmetric shape."
        case .shapeEyeY: "Procrustes coordinate of the eyes along, of the symmetric shape."
        case .shapeMouthX: "Procrustes coordinate of the mouth's corners across, of the symmetric shape."
        case .shapeMouthY: "Procrustes coordinate of the mouth's corners along, of the symmetric shape."
        case .shapeHeadX: "Procrustes coordinate of the widest points across, of the symmetric shape."
        case .shapeHeadY: "Procrustes coordinate of the widest points along, of the symmetric shape."
        case .shapeNeckX: "Procrustes coordinate of the neck fold's ends across, of the symmetric shape."
        case .shapeNeckY: "Procrustes coordinate of the neck fold's ends along, of the symmetric shape."
        case .groundLightness:
            "Median luminance of the skin between spots and blotches over that of the bed round the head."
        case .groundRedness: "Median CIELAB a* of that skin, the bed's mean colour taken as grey."
        case .groundYellowness: "Median CIELAB b* of that skin, the bed's mean colour taken as grey."
        case .spotCoverage: "Part of the head's inner field that is darker than its surroundings by a factor of 0.7."
        case .spotSize: "Diameter of the dark spots: median over their area, each taken as a disc."
        case .spotSizeSpread: "Standard deviation of the natural logarithm of the spots' diameters."
        case .spotDensity: "Number of dark spots in a square of the head's length."
        case .blotchCoverage: "Part of the inner field in patches paler than its surroundings by a factor of 1.3."
        case .blotchSize: "Diameter of the pale patches: median over their area, each taken as a disc."
        case .blotchPaleness: "Mean natural logarithm of the pale patches' luminance over their surroundings'."
        case .contrast: "Standard deviation of the natural logarithm of luminance over the inner field."
        case .wartTexture:
            "Root mean square of log luminance between 0.012 and 0.036 head lengths, outside dark spots."
        }
    }

    /// Its unit.
    public var unit: String {
        switch self {
        case .groundLightness: "stops"
        case .groundRedness, .groundYellowness: "CIELAB units"
        case .spotSize, .blotchSize: "head lengths"
        case .spotDensity: "spots per square head length"
        case .spotSizeSpread, .blotchPaleness, .contrast, .wartTexture: "nepers"
        case .spotCoverage, .blotchCoverage: "part of the area"
        case .headWidthRatio, .mouthWidthRatio, .interocularRatio, .internarialRatio, .snoutRatio: "head lengths"
        default: "centroid sizes"
        }
    }
}
