internal import CTurboJPEG
import Imaging
import Testing

/// A JPEG of a kind that the product itself does not write.
func compressed(
    _ image: PixelImage, flags: Int32 = 0, subsampling: TJSAMP = TJSAMP_444
) throws -> [UInt8] {
    try compressed(
        image.pixels, width: image.width, height: image.height, format: TJPF_RGB, subsampling: subsampling, flags: flags
    )
}

/// A JPEG of pixels in any of TurboJPEG's formats, at quality 95.
func compressed(
    _ pixels: [UInt8], width: Int, height: Int, format: TJPF, subsampling: TJSAMP, flags: Int32 = 0
) throws -> [UInt8] {
    let codec = try #require(tjInitCompress())
    defer { tjDestroy(codec) }
    var buffer: UnsafeMutablePointer<UInt8>?
    var size: UInt = 0
    defer { tjFree(buffer) }
    let status = tjCompress2(
        codec, pixels, Int32(width), 0, Int32(height), Int32(format.rawValue), &buffer, &size,
        Int32(subsampling.rawValue), 95, flags)
    #expect(status == 0)
    return Array(UnsafeBufferPointer(start: try #require(buffer), count: Int(size)))
}
