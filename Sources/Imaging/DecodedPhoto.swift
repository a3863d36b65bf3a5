public import Foundation

/// A photograph at working size.
public struct DecodedPhoto: Sendable {
    /// The upright pixels.
    public let image: PixelImage
    /// What the file's header says.
    public let header: ImageHeader
    /// Size in ``image`` over size in the original, 0 … 1.
    public let scale: Double

    /// A decoded photograph.
    public init(image: PixelImage, header: ImageHeader, scale: Double) {
        self.image = image
        self.header = header
        self.scale = scale
    }
}

/// Decodes a photograph upright at working size; never enlarges.
///
/// A JPEG is shrunk while it is decoded (the DCT yields 1/8 to 8/8 of each block), so that a large photograph is never
/// in memory whole; area averaging does the rest.
///
/// - Parameters:
///   - bytes: The file.
///   - longestSide: Long side in pixels to shrink to, at least 1.
///   - limits: What is refused before it is decoded.
///   - now: The moment of reading; a capture time after it is dropped with a warning.
/// - Returns: The upright picture; its long side is `longestSide`, or the original's where that is shorter.
/// - Throws: ``ImagingError``; a file whose end is missing is ``ImagingError/truncated``, never a half picture.
public func decodePhoto(
    _ bytes: [UInt8], longestSide: Int, limits: ImageLimits = .standard, now: Date = Date()
) throws(ImagingError) -> DecodedPhoto {
    try limits.check(byteCount: bytes.count)
    let header: ImageHeader
    let stored: PixelImage
    switch ImageFormat.recognise(bytes) {
    case .jpeg:
        let structure = try JPEGStructure(header: bytes)
        header = try structure.header(of: bytes, limits: limits, now: now)
        stored = try decodeJPEG(bytes, structure: structure, atLeast: longestSide)
    case .png:
        header = try PNGStructure(header: bytes).header(of: bytes, limits: limits, now: now)
        stored = try decodePNG(bytes)
    case .heic:
        let file = try HEICFile(bytes, limits: limits)
        header = try file.header(now: now)
        stored = try file.decode()
    case nil:
        throw ImageFormat.refusedFormat(bytes).map(ImagingError.unsupported) ?? .unrecognised
    }
    let longSide = max(header.width, header.height)
    let scale = min(1, Double(max(longestSide, 1)) / Double(longSide))
    let shrunk = stored.shrunk(
        width: max(1, Int((Double(header.width) * scale).rounded())),
        height: max(1, Int((Double(header.height) * scale).rounded())))
    return DecodedPhoto(image: shrunk.upright(from: header.metadata.orientation), header: header, scale: scale)
}
