internal import CLibHEIF
internal import Foundation

/// A HEIC file opened: its size checked, not a pixel decoded.
///
/// libheif applies the file's own turns (`irot`, `imir`, `clap`), so sizes and pixels are upright and the orientation
/// in the EXIF, which repeats them, is not applied again.
struct HEICFile: ~Copyable {
    private let context: HEICContext
    private let picture: HEICPicture
    private let byteCount: Int
    private let width: Int
    private let height: Int

    init(_ bytes: [UInt8], limits: ImageLimits) throws(ImagingError) {
        try checkBoxes(bytes)
        let context = try HEICContext()
        let picture = HEICPicture(handle: try context.read(bytes, longestSide: limits.maximumSide))
        let width = Int(heif_image_handle_get_width(picture.handle))
        let height = Int(heif_image_handle_get_height(picture.handle))
        try limits.check(width: width, height: height)
        // A clean aperture may cut a small picture out of a large one, which is decoded whole.
        try limits.check(
            width: Int(heif_image_handle_get_ispe_width(picture.handle)),
            height: Int(heif_image_handle_get_ispe_height(picture.handle)))
        self.context = context
        self.picture = picture
        self.width = width
        self.height = height
        byteCount = bytes.count
    }

    borrowing func header(now: Date) throws(ImagingError) -> ImageHeader {
        var metadata = try exif().map { CaptureMetadata(exif: $0, now: now) } ?? CaptureMetadata()
        metadata.orientation = .up
        return ImageHeader(format: .heic, width: width, height: height, metadata: metadata)
    }

    borrowing func decode() throws(ImagingError) -> PixelImage {
        var decoded: OpaquePointer?
        defer { heif_image_release(decoded) }
        try check(heif_decode_image(picture.handle, &decoded, heif_colorspace_RGB, heif_chroma_interleaved_RGB, nil))
        var stride: Int32 = 0
        guard let decoded,
            let plane = heif_image_get_plane_readonly(decoded, heif_channel_interleaved, &stride),
            heif_image_get_width(decoded, heif_channel_interleaved) == width,
            heif_image_get_height(decoded, heif_channel_interleaved) == height, Int(stride) >= 3 * width
        else { throw .corrupt("HEIC: the picture is not as large as its header says") }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(3 * width * height)
        for row in 0..<height {
            pixels.append(contentsOf: UnsafeBufferPointer(start: plane + row * Int(stride), count: 3 * width))
        }
        return PixelImage(width: width, height: height, pixels: pixels)
    }

    /// The TIFF block of the EXIF item, behind the four bytes that say where it begins.
    private borrowing func exif() throws(ImagingError) -> ArraySlice<UInt8>? {
        var item: heif_item_id = 0
        guard heif_image_handle_get_list_of_metadata_block_IDs(picture.handle, "Exif", &item, 1) == 1 else {
            return nil
        }
        let size = heif_image_handle_get_metadata_size(picture.handle, item)
        guard size > 4, size <= byteCount else { return nil }
        var block = [UInt8](repeating: 0, count: size)
        try check(heif_image_handle_get_metadata(picture.handle, item, &block))
        let start = 4 + block[0..<4].reduce(0) { $0 << 8 | Int($1) }
        return start < size ? block[start...] : []
    }
}

/// A file as libheif holds it.
private struct HEICContext: ~Copyable {
    private let handle: OpaquePointer

    init() throws(ImagingError) {
        guard let handle = heif_context_alloc() else { throw .corrupt("HEIC: memory is exhausted") }
        self.handle = handle
    }

    deinit { heif_context_free(handle) }

    /// - Returns: The primary picture, which the caller owns.
    borrowing func read(_ bytes: [UInt8], longestSide: Int) throws(ImagingError) -> OpaquePointer {
        heif_context_set_maximum_image_size_limit(handle, Int32(clamping: longestSide))
        // Tiles are decoded on the caller's thread; photographs are decoded side by side.
        heif_context_set_max_decoding_threads(handle, 0)
        try check(heif_context_read_from_memory(handle, bytes, bytes.count, nil))
        var picture: OpaquePointer?
        try check(heif_context_get_primary_image_handle(handle, &picture))
        guard let picture else { throw .corrupt("HEIC: no picture") }
        return picture
    }
}

/// The picture that the file is about, not yet decoded.
private struct HEICPicture: ~Copyable {
    let handle: OpaquePointer

    deinit { heif_image_handle_release(handle) }
}

/// Walks over the file's outermost boxes; libheif may show a picture grey where the data behind it is missing.
private func checkBoxes(_ bytes: [UInt8]) throws(ImagingError) {
    var position = 0
    while position < bytes.count {
        guard position + 8 <= bytes.count else { throw .truncated }
        var size = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
        if size == 0 { return }
        if size == 1 {
            guard position + 16 <= bytes.count else { throw .truncated }
            let wide = bytes[position + 8..<position + 16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard wide <= UInt64(Int32.max) else { throw .truncated }
            size = Int(wide)
        }
        guard size >= 8 else { throw .corrupt("HEIC: a box is shorter than its own header") }
        guard position + size <= bytes.count else { throw .truncated }
        position += size
    }
}

private func check(_ error: heif_error) throws(ImagingError) {
    guard error.code != heif_error_Ok else { return }
    let message = error.message.map { String(cString: $0) } ?? "error \(error.code.rawValue)"
    switch (error.code, error.subcode) {
    case (_, heif_suberror_End_of_data), (_, heif_suberror_No_item_data), (_, heif_suberror_No_meta_box):
        throw .truncated
    case (heif_error_Unsupported_feature, _), (heif_error_Unsupported_filetype, _):
        throw .unsupported("HEIC: \(message)")
    default:
        throw .corrupt("HEIC: \(message)")
    }
}
