public import Imaging
public import Registry

/// The part of a photograph that is compared: its pixels at working size, and where in them the animal is.
public struct LocatedRegion: Sendable {
    /// The part's pixels.
    public let image: PixelImage
    /// Where the animal is, as far as it is known: the same size as ``image``.
    public let mask: GreyMask?
    /// The part on the upright photograph.
    public let frame: RegionBox
    /// How it was found.
    public let source: Source
    /// Long side of the part in pixels of the original photograph.
    public let originalLongSide: Double

    /// How a region was found.
    public enum Source: String, Sendable {
        /// A person or detector drew a box.
        case box
        /// The animal stands on a uniform background.
        case mask
        /// Nothing told where the animal is; the whole photograph is compared.
        case wholeFrame
    }

    /// A located region.
    public init(image: PixelImage, mask: GreyMask?, frame: RegionBox, source: Source, originalLongSide: Double) {
        self.image = image
        self.mask = mask
        self.frame = frame
        self.source = source
        self.originalLongSide = originalLongSide
    }
}

/// Decodes a photograph at the size its region needs and cuts the region out.
///
/// The region's long side becomes 512 pixels, the size at which the features were measured; it is never enlarged. A
/// photograph without a box is decoded at 512 pixels to look for a uniform background, and compared whole at 768.
///
/// - Parameters:
///   - bytes: The photograph's file.
///   - box: Where the body region is on the upright photograph, if somebody drew it.
///   - limits: What is refused before it is decoded.
/// - Returns: The region, or `nil` where the whole photograph is one uniform colour and so shows nothing.
/// - Throws: `ImagingError`.
public func locateRegion(
    in bytes: [UInt8], box: RegionBox?, limits: ImageLimits = .standard
) throws(ImagingError) -> LocatedRegion? {
    if let box { return try cutBox(box, from: bytes, limits: limits) }
    let photo = try decodePhoto(bytes, longestSide: WorkingSize.region, limits: limits)
    let upright = photo.header.uprightSize
    let originalLongSide = Double(max(upright.width, upright.height))
    guard let mask = uniformBackgroundMask(photo.image) else {
        let whole = try decodePhoto(bytes, longestSide: WorkingSize.wholeFrame, limits: limits)
        return LocatedRegion(
            image: whole.image, mask: nil, frame: .whole, source: .wholeFrame, originalLongSide: originalLongSide)
    }
    guard let bounds = mask.bounds else { return nil }
    return LocatedRegion(
        image: photo.image, mask: mask, frame: .whole, source: .mask,
        originalLongSide: Double(max(bounds.width, bounds.height)) / photo.scale)
}

/// Long sides in pixels at which photographs are compared.
enum WorkingSize {
    static let region = 512
    static let wholeFrame = 768
    /// A box smaller than this fraction of the photograph is decoded no larger than this.
    static let largestDecode = 4096
}

private func cutBox(
    _ box: RegionBox, from bytes: [UInt8], limits: ImageLimits
) throws(ImagingError) -> LocatedRegion {
    let size = try readHeader(bytes, limits: limits).uprightSize
    let boxLongSide = max(box.width * Double(size.width), box.height * Double(size.height))
    let frameLongSide = Double(max(size.width, size.height))
    let wanted = Int((frameLongSide * Double(WorkingSize.region) / boxLongSide).rounded(.up))
    let photo = try decodePhoto(bytes, longestSide: min(wanted, WorkingSize.largestDecode), limits: limits)
    let width = Double(photo.image.width)
    let height = Double(photo.image.height)
    let left = min(Int(box.x * width), photo.image.width - 1)
    let top = min(Int(box.y * height), photo.image.height - 1)
    let crop = photo.image.cropped(
        x: left, y: top,
        width: max(1, min(Int((box.width * width).rounded()), photo.image.width - left)),
        height: max(1, min(Int((box.height * height).rounded()), photo.image.height - top)))
    return LocatedRegion(image: crop, mask: nil, frame: box, source: .box, originalLongSide: boxLongSide)
}
