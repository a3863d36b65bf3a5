public import Imaging

/// A head measured on a photograph's file, the same way for learning and for asking.
public struct MeasuredHead: Sendable, Equatable {
    /// What was measured.
    public let measurement: HeadMeasurement
    /// The head's length in pixels of the original photograph.
    public let headPixels: Double

    /// The long side in pixels at which photographs are measured; larger ones are shrunk.
    public static let longestSide = 2400

    /// Measures a head.
    ///
    /// - Parameters:
    ///   - bytes: The photograph's file.
    ///   - place: The head in the pixels of the picture it is given.
    /// - Throws: ``HeadUnmeasured``.
    public init(
        on bytes: [UInt8], placing place: (PixelImage) throws(LandmarkRejection) -> DorsalHead
    ) throws(HeadUnmeasured) {
        let photo: DecodedPhoto
        do { photo = try decodePhoto(bytes, longestSide: Self.longestSide) } catch { throw .photograph(error) }
        let head: DorsalHead
        do { head = try place(photo.image) } catch { throw .landmarks(error) }
        do { measurement = try HeadMeasurement(of: head, on: photo.image) } catch { throw .field(error) }
        headPixels = head.headLength / photo.scale
    }

    /// Measures a head that was placed on the upright original.
    ///
    /// - Parameters:
    ///   - head: Landmarks in pixels of the original.
    ///   - width: Its width in pixels.
    ///   - height: Its height in pixels.
    ///   - bytes: The photograph's file.
    /// - Throws: ``HeadUnmeasured``.
    public init(_ head: PlacedHead, width: Int, height: Int, on bytes: [UInt8]) throws(HeadUnmeasured) {
        let placed = zip(HeadLandmark.allCases, head.points).map { (name: $0.rawValue, point: $1) }
        try self.init(on: bytes) { image throws(LandmarkRejection) in
            try DorsalHead(inPixels: placed, width: width, height: height)
                .scaled(by: Double(image.width) / Double(width))
        }
    }

    /// The sharpness of the head's field, as `PhotoQuality` has it.
    public var sharpness: Double { measurement.quality.sharpness }

    /// The values in the order of ``HeadMeasure``, as models learn from them.
    public var values: [Double] { HeadMeasure.allCases.map { measurement.values[$0] ?? .nan } }
}

/// Why a head could not be measured.
public enum HeadUnmeasured: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file cannot be decoded.
    case photograph(ImagingError)
    /// The landmarks are no head on it.
    case landmarks(LandmarkRejection)
    /// Too little of the head or of the bed is seen.
    case field(HeadField.Rejection)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .photograph(let error): "\(error)"
        case .landmarks(let rejection): rejection.description
        case .field(let rejection): rejection.description
        }
    }
}
