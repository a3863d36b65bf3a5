/// How well measures repeat, as it was measured.
///
/// No photographs of one giant salamander on several days were at hand. *Drawn*: 160 drawn animals of three kinds, three
/// photographs each, from up to 30° off the vertical, one in five poor, landmarks off by 0.015 head lengths; what differs
/// between drawn animals is invented, so these figures show what view, light and hand cost and say nothing about real
/// animals. *Newts*: the bellies of 30 *Triturus karelinii* photographed again weeks and months later, cut out on grey;
/// newts are no giant salamanders, and a grey background is no bed: their colours are those of the exposure.
public enum Repeatability: Sendable {
    /// Of drawn animals.
    public static let drawn: [HeadMeasure: IntraclassCorrelation] = figures(
        animals: 160,
        [
            .headWidthRatio: (0.52, 0.04), .mouthWidthRatio: (0.58, 0.04), .interocularRatio: (0.55, 0.04),
            .internarialRatio: (0.43, 0.05), .snoutRatio: (0.27, 0.05), .shapeNostrilX: (0.41, 0.05),
            .shapeEyeX: (0.56, 0.04), .shapeEyeY: (0.33, 0.05), .shapeMouthX: (0.60, 0.04),
            .shapeMouthY: (0.53, 0.05), .shapeHeadX: (0.46, 0.05), .shapeHeadY: (0.50, 0.04),
            .shapeNeckX: (0.66, 0.03), .shapeNeckY: (0.50, 0.05), .groundLightness: (0.42, 0.05),
            .groundRedness: (0.78, 0.03), .groundYellowness: (0.60, 0.05), .spotCoverage: (0.60, 0.07),
            .spotSize: (0.59, 0.09), .spotSizeSpread: (0.39, 0.11), .spotDensity: (0.43, 0.05),
            .blotchCoverage: (0.56, 0.05), .blotchSize: (0.46, 0.08), .blotchPaleness: (0.26, 0.06),
            .contrast: (0.35, 0.06), .wartTexture: (0.52, 0.06),
        ])

    /// Of newts; measures of the pattern alone.
    public static let newts: [HeadMeasure: IntraclassCorrelation] = figures(
        animals: 30,
        [
            .groundLightness: (0.07, 0.09), .groundRedness: (0.04, 0.07), .groundYellowness: (0.49, 0.12),
            .spotCoverage: (0.66, 0.10), .spotSize: (0.17, 0.16), .spotSizeSpread: (0.39, 0.21),
            .spotDensity: (0.49, 0.10), .blotchCoverage: (0.54, 0.14), .blotchSize: (0.48, 0.12),
            .blotchPaleness: (0.56, 0.14), .contrast: (0.41, 0.12), .wartTexture: (0.75, 0.08),
        ])

    private static func figures(
        animals: Int, _ values: [HeadMeasure: (Double, Double)]
    ) -> [HeadMeasure: IntraclassCorrelation] {
        values.mapValues { IntraclassCorrelation(value: $0.0, standardError: $0.1, animals: animals) }
    }
}
