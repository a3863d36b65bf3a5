public import Foundation
public import Imaging
public import Registry

/// Reads a submitted file and describes it, or refuses it.
///
/// The picture is decoded once at a small size, so that a file cut in the middle is refused here and not accepted and
/// found out later.
///
/// - Parameters:
///   - bytes: The file.
///   - limits: What is refused before it is decoded.
///   - now: The moment of submission; a capture time after it is not believed.
/// - Returns: What the registry keeps of the file's header.
/// - Throws: `ImagingError`.
public func describePhoto(
    _ bytes: [UInt8], limits: ImageLimits = .standard, now: Date = Date()
) throws(ImagingError) -> PhotoDescription {
    let photo = try decodePhoto(bytes, longestSide: 256, limits: limits)
    let metadata = photo.header.metadata
    let size = photo.header.uprightSize
    let position = metadata.coordinates.flatMap {
        try? Position(
            latitude: $0.latitude, longitude: $0.longitude, uncertaintyMeters: $0.horizontalError.flatMap(believable))
    }
    return PhotoDescription(
        mediaType: photo.header.format.mediaType, width: size.width, height: size.height,
        capturedAt: metadata.capturedAt?.moment(assuming: japanStandardTime).flatMap { $0 > now ? nil : $0 },
        position: position, camera: metadata.camera)
}

/// UTC+9 in seconds: what a camera without an offset is taken to show.
private let japanStandardTime = 9 * 3600

private func believable(_ error: Double) -> Double? {
    error > 0 && error.isFinite ? error : nil
}

extension ImagingError {
    /// The refusal in words for people.
    public var finding: Finding {
        switch self {
        case .empty: Finding(.imageEmpty)
        case .unrecognised: Finding(.imageUnrecognised)
        case .truncated: Finding(.imageTruncated)
        case .corrupt(let detail), .unsupported(let detail): Finding(.imageCorrupt, ["detail": detail])
        case .tooManyBytes(let count, let limit):
            Finding(.imageTooLarge, ["detail": "\(count) B", "limit": "\(limit) B"])
        case .tooManyPixels(let count, let limit):
            Finding(.imageTooLarge, ["detail": "\(count) px", "limit": "\(limit) px"])
        case .sideTooLong(let side, let limit):
            Finding(.imageTooLarge, ["detail": "\(side) px", "limit": "\(limit) px"])
        case .tooSmall(let width, let height, let limit):
            Finding(.imageTooSmall, ["detail": "\(width) × \(height) px", "limit": "\(limit) px"])
        }
    }
}
