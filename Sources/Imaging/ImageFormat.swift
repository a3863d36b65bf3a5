/// A file format that is read, recognised by content and never by name.
public enum ImageFormat: String, Sendable, CaseIterable, Codable {
    /// Baseline and progressive JPEG.
    case jpeg
    /// PNG.
    case png
    /// HEIC/HEIF with HEVC pictures, what iPhones send.
    case heic

    /// The registered media type.
    public var mediaType: String { "image/\(rawValue)" }

    /// Recognises a file by its first bytes.
    ///
    /// - Parameter bytes: The file, or at least its first 64 bytes.
    /// - Returns: `nil` for everything that is not read.
    public static func recognise(_ bytes: [UInt8]) -> ImageFormat? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        return brands(bytes).contains { heicBrands.contains($0) } ? .heic : nil
    }

    /// The name of a picture format that is known but not read.
    static func refusedFormat(_ bytes: [UInt8]) -> String? {
        if brands(bytes).contains(where: { $0.hasPrefix("avi") }) { return "AVIF" }
        let signatures: [(String, [UInt8])] = [
            ("GIF", Array("GIF8".utf8)), ("BMP", Array("BM".utf8)), ("TIFF or a raw format", [0x49, 0x49, 0x2A, 0x00]),
            ("TIFF or a raw format", [0x4D, 0x4D, 0x00, 0x2A]), ("PDF", Array("%PDF".utf8)),
        ]
        if bytes.count >= 12, bytes.starts(with: Array("RIFF".utf8)), Array(bytes[8..<12]) == Array("WEBP".utf8) {
            return "WebP"
        }
        return signatures.first { bytes.starts(with: $0.1) }?.0
    }

    private static let heicBrands: Set<String> = ["heic", "heix", "heim", "heis"]

    /// Major and compatible brands of an ISO base media file, at most 12 of them.
    private static func brands(_ bytes: [UInt8]) -> [String] {
        guard bytes.count >= 12, Array(bytes[4..<8]) == Array("ftyp".utf8) else { return [] }
        let size = bytes[0..<4].reduce(0) { $0 << 8 | Int($1) }
        let end = min(size, bytes.count, 64)
        return stride(from: 8, to: end - 3, by: 4).filter { $0 != 12 }.map {
            String(decoding: bytes[$0..<$0 + 4], as: UTF8.self)
        }
    }
}
