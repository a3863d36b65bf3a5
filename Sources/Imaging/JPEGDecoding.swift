internal import CTurboJPEG

/// Decodes a JPEG's pixels as they are stored, at the smallest DCT scale whose long side is at least `longestSide`.
///
/// libjpeg fills what is missing with grey and merely warns. So the file must be closed by its end marker; a baseline
/// file that has lost only this marker is closed here and is whole where the decoder then finds every block.
func decodeJPEG(
    _ bytes: [UInt8], structure: JPEGStructure, atLeast longestSide: Int
) throws(ImagingError) -> PixelImage {
    var file = bytes
    if !structure.isClosed(in: bytes) {
        guard !structure.isProgressive else { throw .truncated }
        file += [0xFF, 0xD9]
    }
    let codec = try TurboJPEG(tjInitDecompress())
    let header = try codec.header(of: file)
    guard header.width == structure.width, header.height == structure.height else {
        throw .corrupt("the JPEG gives two sizes")
    }
    let size = scaledSize(width: header.width, height: header.height, atLeast: longestSide)
    let isCMYK = header.colorspace == TJCS_CMYK.rawValue || header.colorspace == TJCS_YCCK.rawValue
    let pixels = try codec.pixels(of: file, size: size, format: isCMYK ? TJPF_CMYK : TJPF_RGB, channels: isCMYK ? 4 : 3)
    return PixelImage(
        width: size.width, height: size.height,
        pixels: isCMYK ? rgb(fromCMYK: pixels, inverted: structure.hasAdobe) : pixels)
}

/// A TurboJPEG instance; one for each file, since it keeps the file's tables.
struct TurboJPEG: ~Copyable {
    let handle: tjhandle

    init(_ handle: tjhandle?) throws(ImagingError) {
        guard let handle else { throw .corrupt("the JPEG codec could not start; is memory exhausted?") }
        self.handle = handle
    }

    deinit { tjDestroy(handle) }

    var message: String { String(cString: tjGetErrorStr2(handle)) }

    fileprivate func header(of file: [UInt8]) throws(ImagingError) -> (width: Int, height: Int, colorspace: UInt32) {
        var (width, height, subsampling, colorspace): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        let status = tjDecompressHeader3(
            handle, file, UInt(file.count), &width, &height, &subsampling, &colorspace)
        guard status == 0 || isHarmlessWarning, width > 0, height > 0 else { throw failure }
        return (Int(width), Int(height), UInt32(bitPattern: colorspace))
    }

    fileprivate func pixels(
        of file: [UInt8], size: (width: Int, height: Int), format: TJPF, channels: Int
    ) throws(ImagingError) -> [UInt8] {
        let count = channels * size.width * size.height
        var status: Int32 = 0
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            status = tjDecompress2(
                handle, file, UInt(file.count), buffer.baseAddress, Int32(size.width), 0, Int32(size.height),
                Int32(format.rawValue), TJFLAG_LIMITSCANS)
            initialized = count
        }
        guard status == 0 || isHarmlessWarning else { throw failure }
        return pixels
    }

    /// Warnings that leave the picture whole: stray bytes between segments, and segments out of their order.
    ///
    /// libjpeg keeps only the text of its first warning.
    private var isHarmlessWarning: Bool {
        guard tjGetErrorCode(handle) == TJERR_WARNING.rawValue else { return false }
        let harmless = [
            "extraneous bytes before marker", "Unknown Adobe color transform", "JFIF revision", "JFIF extension",
            "thumbnail", "Invalid SOS parameters",
        ]
        return harmless.contains { message.contains($0) }
    }

    private var failure: ImagingError {
        message.contains("remature end") ? .truncated : .corrupt(message)
    }
}

private func scaledSize(width: Int, height: Int, atLeast longestSide: Int) -> (width: Int, height: Int) {
    var count: Int32 = 0
    guard let factors = tjGetScalingFactors(&count) else { return (width, height) }
    let sizes = UnsafeBufferPointer(start: factors, count: Int(count)).filter { $0.num <= $0.denom }.map { factor in
        let (numerator, denominator) = (Int(factor.num), Int(factor.denom))
        return (
            width: (width * numerator + denominator - 1) / denominator,
            height: (height * numerator + denominator - 1) / denominator
        )
    }
    return sizes.filter { max($0.width, $0.height) >= longestSide }.min { $0.width < $1.width } ?? (width, height)
}

/// Adobe's programs store CMYK as the light that each ink lets through; others store the ink.
private func rgb(fromCMYK pixels: [UInt8], inverted: Bool) -> [UInt8] {
    let count = pixels.count / 4
    let flip: UInt8 = inverted ? 0 : 255
    return pixels.withUnsafeBufferPointer { source in
        [UInt8](unsafeUninitializedCapacity: 3 * count) { target, initialized in
            for index in 0..<count {
                let black = UInt32(source[4 * index + 3] ^ flip)
                for channel in 0..<3 {
                    let light = UInt32(source[4 * index + channel] ^ flip)
                    target[3 * index + channel] = UInt8(truncatingIfNeeded: (light * black + 127) / 255)
                }
            }
            initialized = 3 * count
        }
    }
}
