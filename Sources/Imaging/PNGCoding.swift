internal import CLibPNG

/// Decodes a PNG of any colour type and depth; transparent parts show white.
func decodePNG(_ bytes: [UInt8]) throws(ImagingError) -> PixelImage {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0 else { throw failure(image) }
    image.format = rgbFormat
    // Without this flag 16-bit files that name no gamma are taken for linear light.
    image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
    let (width, height) = (Int(image.width), Int(image.height))
    var white = png_color(red: 255, green: 255, blue: 255)
    var status: Int32 = 0
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
        status = png_image_finish_read(&image, &white, buffer.baseAddress, Int32(3 * width), nil)
        count = 3 * width * height
    }
    guard status != 0 else { throw failure(image) }
    return PixelImage(width: width, height: height, pixels: pixels)
}

/// Encodes a PNG, 8 bits a channel, without loss.
///
/// - Parameter image: The pixels, at least one.
/// - Returns: The file.
/// - Throws: ``ImagingError/unsupported(_:)`` for an image without pixels or too large for the format.
public func encodePNG(_ image: PixelImage) throws(ImagingError) -> [UInt8] {
    guard image.width > 0, image.height > 0, image.width <= 1_000_000, image.height <= 1_000_000 else {
        throw .unsupported("a PNG of \(image.width) × \(image.height) pixels")
    }
    var header = png_image()
    header.version = UInt32(PNG_IMAGE_VERSION)
    header.width = UInt32(image.width)
    header.height = UInt32(image.height)
    header.format = rgbFormat
    defer { png_image_free(&header) }
    // Pixels that cannot be compressed grow by zlib's block headers and a chunk header every 8 KiB.
    let raw = (3 * image.width + 1) * image.height
    var size = raw + raw / 100 + 65_536
    var status: Int32 = 0
    let file = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        status = png_image_write_to_memory(
            &header, buffer.baseAddress, &size, 0, image.pixels, Int32(3 * image.width), nil)
        count = status == 0 ? 0 : size
    }
    guard status != 0 else { throw .unsupported(message(header)) }
    return file
}

private let rgbFormat = UInt32(PNG_FORMAT_FLAG_COLOR)

private func message(_ image: png_image) -> String {
    withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}

private func failure(_ image: png_image) -> ImagingError {
    let message = message(image)
    let isShort = message.contains("Not enough") || message.contains("read beyond end")
    return isShort ? .truncated : .corrupt("PNG: \(message)")
}
