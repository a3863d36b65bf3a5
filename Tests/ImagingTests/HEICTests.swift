internal import CLibHEIF
import Imaging
import Testing

/// A HEIC file made by libheif's own encoder, with the largest part of the picture behind its header.
private func heic(_ image: PixelImage, exif: [UInt8]? = nil) throws -> [UInt8] {
    let context = try #require(heif_context_alloc())
    defer { heif_context_free(context) }
    var encoder: OpaquePointer?
    #expect(heif_context_get_encoder_for_format(context, heif_compression_HEVC, &encoder).code == heif_error_Ok)
    defer { heif_encoder_release(encoder) }
    var picture: OpaquePointer?
    let (width, height) = (Int32(image.width), Int32(image.height))
    #expect(
        heif_image_create(width, height, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &picture).code
            == heif_error_Ok)
    defer { heif_image_release(picture) }
    #expect(heif_image_add_plane(picture, heif_channel_interleaved, width, height, 8).code == heif_error_Ok)
    var stride: Int32 = 0
    let plane = try #require(heif_image_get_plane(picture, heif_channel_interleaved, &stride))
    for row in 0..<image.height {
        for column in 0..<3 * image.width {
            plane[row * Int(stride) + column] = image.pixels[row * 3 * image.width + column]
        }
    }
    var handle: OpaquePointer?
    #expect(heif_context_encode_image(context, picture, encoder, nil, &handle).code == heif_error_Ok)
    defer { heif_image_handle_release(handle) }
    if let exif {
        #expect(heif_context_add_exif_metadata(context, handle, exif, Int32(exif.count)).code == heif_error_Ok)
    }
    final class Output { var bytes: [UInt8] = [] }
    let output = Output()
    var writer = heif_writer()
    writer.writer_api_version = 1
    writer.write = { _, data, size, userdata in
        if let data, let userdata {
            Unmanaged<Output>.fromOpaque(userdata).takeUnretainedValue().bytes
                .append(contentsOf: UnsafeRawBufferPointer(start: data, count: size))
        }
        return heif_error(code: heif_error_Ok, subcode: heif_suberror_Unspecified, message: nil)
    }
    #expect(heif_context_write(context, &writer, Unmanaged.passUnretained(output).toOpaque()).code == heif_error_Ok)
    return output.bytes
}

@Suite(.enabled(if: heif_have_encoder_for_format(heif_compression_HEVC) != 0, "libheif has no HEVC encoder here"))
struct HEICTests {
    private let image = Drawing.blurred(Drawing.spots(width: 256, height: 192), radius: 2)

    @Test func aPhonesFileDecodes() throws {
        let photo = try decodePhoto(heic(image), longestSide: 256)
        #expect(photo.header.format == .heic)
        #expect(photo.header.uprightSize == (256, 192))
        #expect(difference(photo.image, image) < 6)
        #expect(try decodePhoto(heic(image), longestSide: 64).image.width == 64)
    }

    @Test func itsEXIFIsReadAndItsOrientationNotAppliedAgain() throws {
        let time = try #require(
            CaptureTime(year: 2024, month: 7, day: 31, hour: 18, minute: 5, second: 9, offset: 9 * 3600))
        let jpeg = try encodeJPEG(image, exif: ExifFields(orientation: .right, capturedAt: time, model: "iPhone 12"))
        let length = Int(jpeg[4]) << 8 | Int(jpeg[5])
        let block = Array(jpeg[12..<4 + length])
        let header = try readHeader(heic(image, exif: block))
        #expect(header.metadata.capturedAt == time)
        #expect(header.metadata.camera == "iPhone 12")
        #expect(header.uprightSize == (256, 192))
    }

    @Test func aFileCutAnywhereIsTruncated() throws {
        let file = try heic(image)
        for length in stride(from: 64, to: file.count, by: max(1, file.count / 100)) {
            #expect(throws: ImagingError.truncated, "\(length) of \(file.count)") {
                try decodePhoto(Array(file.prefix(length)), longestSide: 100)
            }
        }
    }

    @Test func limitsAreKept() throws {
        let file = try heic(image)
        #expect(throws: ImagingError.tooManyPixels(256 * 192, limit: 1000)) {
            try decodePhoto(file, longestSide: 100, limits: ImageLimits(maximumPixels: 1000))
        }
        #expect(throws: ImagingError.self) {
            try readHeader(file, limits: ImageLimits(maximumSide: 200))
        }
    }

    @Test func mutatedFilesNeverCrash() throws {
        let file = try heic(Drawing.spots(width: 96, height: 80))
        var random = SplitMix(state: 3)
        var refused = 0
        for _ in 0..<500 {
            var mutated = file
            for _ in 0...random.below(4) {
                mutated[random.below(file.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            do throws(ImagingError) {
                _ = try decodePhoto(mutated, longestSide: 64, limits: ImageLimits(maximumPixels: 1_000_000))
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }
}
