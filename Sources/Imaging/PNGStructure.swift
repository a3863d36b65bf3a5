internal import Foundation

/// The chunks of a PNG file, read without trusting any length in them.
struct PNGStructure {
    let width: Int
    let height: Int
    /// Where the TIFF block of the EXIF lies.
    let exif: Range<Int>?

    /// Walks over the whole file's chunks; their contents are not read.
    ///
    /// - Throws: ``ImagingError/truncated`` where the end chunk is missing, ``ImagingError/corrupt(_:)``.
    init(header bytes: [UInt8]) throws(ImagingError) {
        func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        var position = 8
        var size: (Int, Int)?
        var exif: Range<Int>?
        while true {
            guard position + 12 <= bytes.count else { throw .truncated }
            let length = number(position)
            guard length <= Int(Int32.max) else { throw .corrupt("a PNG chunk has an impossible length") }
            let name = String(decoding: bytes[position + 4..<position + 8], as: UTF8.self)
            let body = position + 8..<position + 8 + length
            guard body.upperBound + 4 <= bytes.count else { throw .truncated }
            if size == nil {
                guard name == "IHDR", length == 13 else { throw .corrupt("the PNG does not begin with its header") }
                size = (number(body.lowerBound), number(body.lowerBound + 4))
            }
            if name == "eXIf", exif == nil { exif = body }
            if name == "IEND" { break }
            position = body.upperBound + 4
        }
        (width, height) = size ?? (0, 0)
        self.exif = exif
    }

    func header(of bytes: [UInt8], limits: ImageLimits, now: Date) throws(ImagingError) -> ImageHeader {
        try limits.check(width: width, height: height)
        let metadata = exif.map { CaptureMetadata(exif: bytes[$0], now: now) } ?? CaptureMetadata()
        return ImageHeader(format: .png, width: width, height: height, metadata: metadata)
    }
}
