internal import CTurboJPEG

/// Encodes a baseline JPEG with 4:2:0 chroma, as phones write it.
///
/// - Parameters:
///   - image: The pixels, 1 to 65,535 a side.
///   - quality: 1 (smallest) … 100 (best); values beyond are brought into the range.
///   - exif: What the file's EXIF says; without it the file carries none.
/// - Returns: The file.
/// - Throws: ``ImagingError/unsupported(_:)`` for an image without pixels or too large for the format.
public func encodeJPEG(_ image: PixelImage, quality: Int = 90, exif: ExifFields? = nil) throws(ImagingError) -> [UInt8]
{
    guard (1...65_535).contains(image.width), (1...65_535).contains(image.height) else {
        throw .unsupported("a JPEG of \(image.width) × \(image.height) pixels")
    }
    let codec = try TurboJPEG(tjInitCompress())
    var buffer: UnsafeMutablePointer<UInt8>?
    var size: UInt = 0
    defer { tjFree(buffer) }
    let status = tjCompress2(
        codec.handle, image.pixels, Int32(image.width), 0, Int32(image.height), Int32(TJPF_RGB.rawValue), &buffer,
        &size, Int32(TJSAMP_420.rawValue), Int32(min(max(quality, 1), 100)), 0)
    guard status == 0, let buffer else { throw .unsupported(codec.message) }
    let file = UnsafeBufferPointer(start: buffer, count: Int(size))
    guard let exif else { return Array(file) }
    return file.prefix(2) + exif.jpegSegment() + file.dropFirst(2)
}
