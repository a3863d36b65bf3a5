internal import Foundation

/// The marker segments of a JPEG file up to its first scan, read without trusting any length in them.
struct JPEGStructure {
    private(set) var width = 0
    private(set) var height = 0
    private(set) var isProgressive = false
    private(set) var componentCount = 0
    /// Where the TIFF block of the EXIF lies.
    private(set) var exif: Range<Int>?
    /// Whether an Adobe segment is there, which means that CMYK is stored inverted.
    private(set) var hasAdobe = false
    /// Where the first scan's segment begins.
    private(set) var firstScan = 0

    private enum Marker {
        static let startOfImage: UInt8 = 0xD8
        static let endOfImage: UInt8 = 0xD9
        static let startOfScan: UInt8 = 0xDA
        static let app1: UInt8 = 0xE1
        static let app14: UInt8 = 0xEE
        static func isFrame(_ marker: UInt8) -> Bool {
            (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
        }
        static func standsAlone(_ marker: UInt8) -> Bool {
            (0xD0...0xD8).contains(marker) || marker == 0x01
        }
    }

    /// - Throws: ``ImagingError/truncated`` where the file ends before its first scan, ``ImagingError/corrupt(_:)``
    ///   where it is no JPEG.
    init(header bytes: [UInt8]) throws(ImagingError) {
        var position = 2
        while true {
            let segment = try Self.nextSegment(in: bytes, from: position)
            position = segment.body.upperBound
            switch segment.marker {
            case Marker.endOfImage:
                throw .corrupt("the JPEG ends without a picture")
            case Marker.startOfScan:
                guard width > 0 else { throw .corrupt("the JPEG has a scan before its frame header or no height") }
                firstScan = segment.body.lowerBound - 4
                return
            case Marker.app1:
                let body = bytes[segment.body]
                if exif == nil, body.starts(with: Array("Exif\0".utf8)), body.count > 6 {
                    exif = segment.body.lowerBound + 6..<segment.body.upperBound
                }
            case Marker.app14:
                hasAdobe = hasAdobe || bytes[segment.body].starts(with: Array("Adobe".utf8))
            case let marker where Marker.isFrame(marker):
                try readFrame(Array(bytes[segment.body]), marker: marker)
            default:
                break
            }
        }
    }

    private mutating func readFrame(_ body: [UInt8], marker: UInt8) throws(ImagingError) {
        guard width == 0 else { throw .corrupt("the JPEG has two frame headers") }
        guard body.count >= 6 else { throw .corrupt("the JPEG's frame header is too short") }
        guard body[0] == 8 else { throw .unsupported("JPEG with \(body[0]) bits a sample") }
        guard ![0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF].contains(marker) else {
            throw .unsupported("lossless or hierarchical JPEG")
        }
        height = Int(body[1]) << 8 | Int(body[2])
        width = Int(body[3]) << 8 | Int(body[4])
        guard width > 0, height > 0 else { throw .corrupt("the JPEG's frame header gives no size") }
        componentCount = Int(body[5])
        isProgressive = marker == 0xC2 || marker == 0xCA
    }

    /// The next marker and its body, skipping bytes between segments that some cameras leave there.
    private static func nextSegment(
        in bytes: [UInt8], from start: Int
    ) throws(ImagingError) -> (marker: UInt8, body: Range<Int>) {
        var position = start
        while position + 1 < bytes.count {
            let marker = bytes[position + 1]
            guard bytes[position] == 0xFF, marker != 0x00, marker != 0xFF else {
                position += 1
                continue
            }
            position += 2
            if Marker.standsAlone(marker) { continue }
            if marker == Marker.endOfImage { return (marker, position..<position) }
            guard position + 2 <= bytes.count else { throw .truncated }
            let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
            guard length >= 2 else { throw .corrupt("a JPEG segment is shorter than its own length") }
            guard position + length <= bytes.count else { throw .truncated }
            return (marker, position + 2..<position + length)
        }
        throw .truncated
    }

    /// Whether the end-of-image marker stands behind the scans.
    ///
    /// - Returns: `false` where the file ends in the middle of a scan, or between two.
    func isClosed(in bytes: [UInt8]) -> Bool {
        var position = firstScan
        return bytes.withUnsafeBufferPointer { bytes in
            while position + 1 < bytes.count {
                guard bytes[position] == 0xFF else {
                    position += 1
                    continue
                }
                let marker = bytes[position + 1]
                if marker == Marker.endOfImage { return true }
                if marker == 0xFF {
                    position += 1
                } else if marker == 0x00 || Marker.standsAlone(marker) {
                    position += 2
                } else if position + 3 < bytes.count {
                    position += 2 + (Int(bytes[position + 2]) << 8 | Int(bytes[position + 3]))
                } else {
                    return false
                }
            }
            return false
        }
    }

    func header(of bytes: [UInt8], limits: ImageLimits, now: Date) throws(ImagingError) -> ImageHeader {
        try limits.check(width: width, height: height, progressive: isProgressive)
        let metadata = exif.map { CaptureMetadata(exif: bytes[$0], now: now) } ?? CaptureMetadata()
        return ImageHeader(format: .jpeg, width: width, height: height, metadata: metadata)
    }
}
