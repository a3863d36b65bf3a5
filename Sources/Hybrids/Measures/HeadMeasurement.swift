public import Imaging

/// What was measured on one photograph of a head.
public struct HeadMeasurement: Sendable, Equatable {
    /// Value of every ``HeadMeasure``, each in its unit.
    public let values: [HeadMeasure: Double]
    /// Sharpness, exposure and reflections of the head's field; its size is the head's length.
    public let quality: PhotoQuality

    /// Version of the measures: values of another are not compared with these.
    public static let version = "head-measures-1"

    /// Version of the measures and of the scheme of landmarks: what a model weighs that can be asked about photographs.
    public static let scheme = "\(version) \(HeadLandmark.scheme)"

    /// Measures a head.
    ///
    /// - Parameters:
    ///   - head: Its landmarks, in pixels of the photograph.
    ///   - photo: The upright photograph.
    /// - Throws: ``HeadField/Rejection``.
    public init(of head: DorsalHead, on photo: PixelImage) throws(HeadField.Rejection) {
        let field = try HeadField(of: photo, head: head)
        values = head.shapeMeasures.merging(field.patternMeasures) { $1 }
        quality = field.quality(length: head.headLength)
    }
}
