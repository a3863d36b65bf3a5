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
    /// A head's landmarks in pixels of ``image``, where somebody placed them.
    public let axis: (snout: SIMD2<Float>, neck: SIMD2<Float>)?
    /// Long side of the part in pixels of the original photograph.
    public let originalLongSide: Double
    /// Whether nothing else on the photograph may be the animal as well.
    public let standsAlone: Bool

    /// How a region was found.
    public enum Source: String, Sendable {
        /// A person or detector drew a box.
        case box
        /// A person or detector drew the animal's outline.
        case outline
        /// The animal stands on a uniform background.
        case mask
        /// Nothing told where the animal is; the whole photograph is compared.
        case wholeFrame
    }

    /// A located region.
    public init(
        image: PixelImage, mask: GreyMask?, frame: RegionBox, source: Source,
        axis: (snout: SIMD2<Float>, neck: SIMD2<Float>)? = nil, originalLongSide: Double, standsAlone: Bool = true
    ) {
        self.image = image
        self.mask = mask
        self.frame = frame
        self.source = source
        self.axis = axis
        self.originalLongSide = originalLongSide
        self.standsAlone = standsAlone
    }
}

/// Decodes a photograph at the size its region needs and cuts the region out.
///
/// The region's long side becomes 512 pixels, the size at which the features were measured; it is never enlarged. A
/// photograph without a mark is decoded at 512 pixels to look for a uniform background; what stands on one is cut out,
/// what does not is compared whole at 768. So is what lies scattered over one, such as writing: the largest part must be
/// half of everything there, or nearly a third where another is a third of its size and may be a second animal. On 372 cut-out
/// newts the largest part is .998 and more of everything, and no other has more than .002 of its size.
///
/// - Parameters:
///   - bytes: The photograph's file.
///   - mark: Where the body region is on the upright photograph, if somebody drew it.
///   - limits: What is refused before it is decoded.
/// - Returns: The region, or `nil` where the whole photograph is one uniform colour and so shows nothing.
/// - Throws: `ImagingError`.
public func locateRegion(
    in bytes: [UInt8], mark: RegionMark?, limits: ImageLimits = .standard
) throws(ImagingError) -> LocatedRegion? {
    if let mark { return try cutMark(mark, from: bytes, limits: limits) }
    let photo = try decodePhoto(bytes, longestSide: WorkingSize.region, limits: limits)
    let upright = photo.header.uprightSize
    let originalLongSide = Double(max(upright.width, upright.height))
    guard let background = uniformBackground(photo.image), let isAlone = background.isAlone else {
        let whole = try decodePhoto(bytes, longestSide: WorkingSize.wholeFrame, limits: limits)
        return LocatedRegion(
            image: whole.image, mask: nil, frame: .whole, source: .wholeFrame, originalLongSide: originalLongSide)
    }
    return try cutOutline(background.animal, isAlone: isAlone, from: bytes, limits: limits)
}

extension UniformBackground {
    /// Whether the largest part is the only one that may be an animal; `nil` where it is none itself, but a part of what
    /// lies scattered.
    fileprivate var isAlone: Bool? {
        if animal.isEmpty { return true }
        let isAlone = second < 1 / 3
        return share >= (isAlone ? 0.5 : 0.3) ? isAlone : nil
    }
}

/// Long sides in pixels at which photographs are compared.
enum WorkingSize {
    static let region = 512
    static let wholeFrame = 768
    /// A box smaller than this fraction of the photograph is decoded no larger than this.
    static let largestDecode = 4096
}

/// Cuts out what stands on a uniform background, with its outline.
private func cutOutline(
    _ mask: GreyMask, isAlone: Bool, from bytes: [UInt8], limits: ImageLimits
) throws(ImagingError) -> LocatedRegion? {
    guard let bounds = mask.bounds else { return nil }
    // Two pixels of background on each side, so that the outline is closed.
    let left = max(0, bounds.x - 2)
    let top = max(0, bounds.y - 2)
    let right = min(mask.width, bounds.x + bounds.width + 2)
    let bottom = min(mask.height, bounds.y + bounds.height + 2)
    let (width, height) = (Double(mask.width), Double(mask.height))
    guard
        let frame = try? RegionBox(
            x: Double(left) / width, y: Double(top) / height, width: Double(right - left) / width,
            height: Double(bottom - top) / height)
    else { return nil }
    let region = try cutBox(frame, from: bytes, limits: limits)
    let cut = mask.resampled(
        x: left, y: top, width: right - left, height: bottom - top, toWidth: region.image.width,
        height: region.image.height)
    return LocatedRegion(
        image: region.image, mask: cut, frame: frame, source: .mask, originalLongSide: region.originalLongSide,
        standsAlone: isAlone)
}

extension GreyMask {
    /// A part of the mask at another size, by the nearest value.
    fileprivate func resampled(
        x: Int, y: Int, width: Int, height: Int, toWidth targetWidth: Int, height targetHeight: Int
    ) -> GreyMask {
        var target: [UInt8] = []
        target.reserveCapacity(targetWidth * targetHeight)
        for row in 0..<targetHeight {
            let start = (y + row * height / targetHeight) * self.width + x
            for column in 0..<targetWidth { target.append(values[start + column * width / targetWidth]) }
        }
        return GreyMask(width: targetWidth, height: targetHeight, values: target)
    }
}

/// Cuts out what was drawn: the background of a box stays, that of an outline is masked.
private func cutMark(
    _ mark: RegionMark, from bytes: [UInt8], limits: ImageLimits
) throws(ImagingError) -> LocatedRegion {
    let region = try cutBox(mark.box, from: bytes, limits: limits)
    let pixel = { (point: PhotoPoint) in
        SIMD2(
            Float((point.x - mark.box.x) / mark.box.width * Double(region.image.width) - 0.5),
            Float((point.y - mark.box.y) / mark.box.height * Double(region.image.height) - 0.5))
    }
    return LocatedRegion(
        image: region.image,
        mask: mark.outline.map {
            GreyMask(filling: $0.points.map(pixel), width: region.image.width, height: region.image.height)
        }, frame: mark.box, source: mark.outline == nil ? .box : .outline,
        axis: mark.axis.map { (pixel($0.snout), pixel($0.neck)) }, originalLongSide: region.originalLongSide)
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
