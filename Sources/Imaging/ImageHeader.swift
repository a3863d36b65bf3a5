public import Foundation

/// What a picture's header says, read without decoding it.
public struct ImageHeader: Sendable, Hashable {
    /// The file's format.
    public let format: ImageFormat
    /// Width in pixels as stored, before the orientation is applied.
    public let width: Int
    /// Height in pixels as stored, before the orientation is applied.
    public let height: Int
    /// What the EXIF says.
    ///
    /// A HEIC file states its turns elsewhere, and its sizes and orientation here are upright.
    public let metadata: CaptureMetadata

    /// A header.
    public init(format: ImageFormat, width: Int, height: Int, metadata: CaptureMetadata) {
        self.format = format
        self.width = width
        self.height = height
        self.metadata = metadata
    }

    /// Width and height in pixels once upright.
    public var uprightSize: (width: Int, height: Int) {
        metadata.orientation.swapsSides ? (height, width) : (width, height)
    }
}

/// Reads size, orientation, capture time, place and camera without decoding a pixel.
///
/// - Parameters:
///   - bytes: The file.
///   - limits: What is refused.
///   - now: The moment of reading; a capture time after it is dropped with a warning.
/// - Returns: The header.
/// - Throws: ``ImagingError``. A file that is cut off behind its header is found only by ``decodePhoto(_:longestSide:limits:now:)``.
public func readHeader(
    _ bytes: [UInt8], limits: ImageLimits = .standard, now: Date = Date()
) throws(ImagingError) -> ImageHeader {
    try limits.check(byteCount: bytes.count)
    switch ImageFormat.recognise(bytes) {
    case .jpeg:
        return try JPEGStructure(header: bytes).header(of: bytes, limits: limits, now: now)
    case .png:
        return try PNGStructure(header: bytes).header(of: bytes, limits: limits, now: now)
    case .heic:
        return try HEICFile(bytes, limits: limits).header(now: now)
    case nil:
        throw ImageFormat.refusedFormat(bytes).map(ImagingError.unsupported) ?? .unrecognised
    }
}
