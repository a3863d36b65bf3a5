import Foundation
import Identification
import Imaging
public import Registry

/// A photograph's file, and where on it the body region is.
public struct PhotoFile: Sendable {
    /// The file.
    public let bytes: [UInt8]
    /// Where the region is on the upright photograph, if somebody drew it.
    public let mark: RegionMark?

    /// A file with its mark.
    public init(bytes: [UInt8], mark: RegionMark?) {
        self.bytes = bytes
        self.mark = mark
    }
}

/// A photograph whose body region is found; lengths are pixels of the upright original.
struct LocatedPhoto {
    let width: Double
    let height: Double
    /// Points round the region; where nothing told where it is, none.
    let outline: [Point]
    /// The region as it is compared; `nil` where the photograph shows one colour.
    let region: LocatedRegion?
    private let file: PhotoFile
    private let limits: ImageLimits

    /// Reads a file.
    ///
    /// - Throws: `ImagingError`.
    init(_ file: PhotoFile, limits: ImageLimits) throws(ImagingError) {
        let size = try readHeader(file.bytes, limits: limits).uprightSize
        width = Double(size.width)
        height = Double(size.height)
        region = try locateRegion(in: file.bytes, mark: file.mark, limits: limits)
        self.file = file
        self.limits = limits
        outline = region.map { Self.outline(of: $0, width: Double(size.width), height: Double(size.height)) } ?? []
    }

    var frame: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

    func place(fractionX: Double, fractionY: Double) -> Point { Point(x: fractionX * width, y: fractionY * height) }

    /// A point in pixels of the region's image.
    func regionPlace(of point: Point) -> Point? {
        region.map {
            Point(
                x: (point.x / width - $0.frame.x) / $0.frame.width * Double($0.image.width),
                y: (point.y / height - $0.frame.y) / $0.frame.height * Double($0.image.height))
        }
    }

    /// A part of the photograph as a JPEG of its own, which holds pixels alone: nothing the file says of itself.
    ///
    /// - Parameters:
    ///   - wanted: What to show; the part is the whole pixels round it that lie on the photograph.
    ///   - longestSide: Long side in pixels at most; never enlarged.
    /// - Returns: The JPEG and which part it shows.
    /// - Throws: `ImagingError`.
    func picture(of wanted: Rectangle, longestSide: Int) throws(ImagingError) -> (jpeg: [UInt8], part: Rectangle) {
        let part = wanted.intersection(frame)
        let side = max(part.width, part.height, 1)
        let decoded = try decodePhoto(
            file.bytes, longestSide: min(4096, Int((max(width, height) * Double(longestSide) / side).rounded(.up))),
            limits: limits
        ).image
        let (scaleX, scaleY) = (Double(decoded.width) / width, Double(decoded.height) / height)
        let (left, top) = (Int(part.x * scaleX), Int(part.y * scaleY))
        let right = min(decoded.width, max(left + 1, Int(((part.x + part.width) * scaleX).rounded(.up))))
        let bottom = min(decoded.height, max(top + 1, Int(((part.y + part.height) * scaleY).rounded(.up))))
        let cut = decoded.cropped(x: left, y: top, width: right - left, height: bottom - top)
        let shrink = min(1, Double(longestSide) / Double(max(cut.width, cut.height, 1)))
        let shown = cut.shrunk(
            width: max(1, Int(Double(cut.width) * shrink)), height: max(1, Int(Double(cut.height) * shrink)))
        return (
            try encodeJPEG(shown, quality: 82),
            Rectangle(
                x: Double(left) / scaleX, y: Double(top) / scaleY, width: Double(cut.width) / scaleX,
                height: Double(cut.height) / scaleY)
        )
    }

    private static func outline(of region: LocatedRegion, width: Double, height: Double) -> [Point] {
        let (frame, image) = (region.frame, region.image)
        let place = { (x: Double, y: Double) in
            Point(
                x: (frame.x + frame.width * x / Double(image.width)) * width,
                y: (frame.y + frame.height * y / Double(image.height)) * height)
        }
        if let mask = region.mask {
            return (0..<mask.height).flatMap { y -> [Point] in
                let row = mask.values[y * mask.width..<(y + 1) * mask.width]
                guard let first = row.firstIndex(where: { $0 != 0 }), let last = row.lastIndex(where: { $0 != 0 })
                else { return [] }
                let start = y * mask.width
                return [
                    place(Double(first - start), Double(y)), place(Double(last - start + 1), Double(y)),
                    place(Double(first - start), Double(y + 1)), place(Double(last - start + 1), Double(y + 1)),
                ]
            }
        }
        guard region.source == .box else { return [] }
        // The ellipse within the box: turned, the box's corners would make room for what is not the animal.
        return (0..<32).map { step in
            let angle = Double(step) * .pi / 16
            return place(Double(image.width) * (1 + cos(angle)) / 2, Double(image.height) * (1 + sin(angle)) / 2)
        }
    }
}
