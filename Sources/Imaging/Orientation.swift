/// How the stored pixels stand against the upright picture: the value of EXIF's tag 0x0112.
public enum Orientation: Int, Sendable, CaseIterable {
    /// Stored upright.
    case up = 1
    /// Mirrored left to right.
    case upMirrored = 2
    /// Upside down.
    case down = 3
    /// Mirrored top to bottom.
    case downMirrored = 4
    /// Mirrored along the main diagonal.
    case leftMirrored = 5
    /// To be turned by 90° clockwise: a phone held upright.
    case right = 6
    /// Mirrored along the other diagonal.
    case rightMirrored = 7
    /// To be turned by 90° anticlockwise.
    case left = 8

    /// Whether width and height change places.
    public var swapsSides: Bool { rawValue >= 5 }
}

extension PixelImage {
    /// Turns stored pixels upright.
    ///
    /// - Parameter orientation: How the pixels are stored.
    /// - Returns: The upright picture, with sides exchanged for orientations 5 to 8.
    public func upright(from orientation: Orientation) -> PixelImage {
        guard orientation != .up, width > 0, height > 0 else { return self }
        let targetWidth = orientation.swapsSides ? height : width
        let targetHeight = orientation.swapsSides ? width : height
        let last = width * height - 1
        // Where the first upright pixel is stored, and the way to its right and lower neighbours.
        let (start, right, down): (Int, Int, Int) =
            switch orientation {
            case .up: (0, 1, width)
            case .upMirrored: (width - 1, -1, width)
            case .down: (last, -1, -width)
            case .downMirrored: (last - width + 1, 1, -width)
            case .leftMirrored: (0, width, 1)
            case .right: (last - width + 1, -width, 1)
            case .rightMirrored: (last, -width, -1)
            case .left: (width - 1, width, -1)
            }
        let turned = pixels.withUnsafeBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
                var index = 0
                for y in 0..<targetHeight {
                    var from = 3 * (start + y * down)
                    for _ in 0..<targetWidth {
                        target[index] = source[from]
                        target[index + 1] = source[from + 1]
                        target[index + 2] = source[from + 2]
                        index += 3
                        from += 3 * right
                    }
                }
                count = index
            }
        }
        return PixelImage(width: targetWidth, height: targetHeight, pixels: turned)
    }
}
