extension DorsalHead {
    /// The measures of the head's shape.
    ///
    /// Along and across are taken with the sides averaged. Lengths across shorten little when the head is seen obliquely
    /// from the front, and the head's length shortens by the cosine of the angle: by 1.5 % at 10°, by 13 % at 30°.
    public var shapeMeasures: [HeadMeasure: Double] {
        let length = headLength
        let shape = symmetricShape?.points ?? []
        func point(_ landmark: HeadLandmark) -> SIMD2<Double> { shape[HeadLandmark.places[landmark] ?? 0] }
        guard !shape.isEmpty else { return [:] }
        return [
            .headWidthRatio: distance(.headLeft, .headRight) / length,
            .mouthWidthRatio: distance(.mouthLeft, .mouthRight) / length,
            .interocularRatio: distance(.eyeLeft, .eyeRight) / length,
            .internarialRatio: distance(.nostrilLeft, .nostrilRight) / length,
            .snoutRatio: (place(.eyeLeft).along + place(.eyeRight).along) / 2,
            .shapeNostrilX: point(.nostrilRight).x,
            .shapeEyeX: point(.eyeRight).x, .shapeEyeY: point(.eyeRight).y,
            .shapeMouthX: point(.mouthRight).x, .shapeMouthY: point(.mouthRight).y,
            .shapeHeadX: point(.headRight).x, .shapeHeadY: point(.headRight).y,
            .shapeNeckX: point(.neckRight).x, .shapeNeckY: point(.neckRight).y,
        ]
    }
}
