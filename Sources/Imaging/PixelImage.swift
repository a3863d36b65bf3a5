/// Pixels in memory: row-major, interleaved 8-bit RGB without padding, sRGB as the camera wrote it.
public struct PixelImage: Sendable, Equatable {
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// `3 * width * height` bytes, red first, top row first.
    public var pixels: [UInt8]

    /// An image of given pixels.
    ///
    /// - Parameters:
    ///   - width: Width in pixels, at least 0.
    ///   - height: Height in pixels, at least 0.
    ///   - pixels: Exactly `3 * width * height` bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width >= 0 && height >= 0 && pixels.count == 3 * width * height, "pixels do not fill the image")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// An image of one colour.
    ///
    /// - Parameters:
    ///   - width: Width in pixels, at least 0.
    ///   - height: Height in pixels, at least 0.
    ///   - colour: Red, green and blue of every pixel.
    public init(width: Int, height: Int, repeating colour: (UInt8, UInt8, UInt8)) {
        let pixels = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
            for start in stride(from: 0, to: 3 * width * height, by: 3) {
                buffer[start] = colour.0
                buffer[start + 1] = colour.1
                buffer[start + 2] = colour.2
            }
            count = 3 * width * height
        }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// Cuts a rectangle out.
    ///
    /// - Parameters:
    ///   - x: Left edge in pixels.
    ///   - y: Top edge in pixels.
    ///   - width: Width in pixels.
    ///   - height: Height in pixels.
    /// - Returns: The part of the rectangle that lies on the image; it has no pixels where they do not meet.
    public func cropped(x: Int, y: Int, width: Int, height: Int) -> PixelImage {
        let left = min(max(x, 0), self.width)
        let top = min(max(y, 0), self.height)
        let right = max(left, min(x + width, self.width))
        let bottom = max(top, min(y + height, self.height))
        var cut: [UInt8] = []
        cut.reserveCapacity(3 * (right - left) * (bottom - top))
        for row in top..<bottom {
            cut.append(contentsOf: pixels[3 * (row * self.width + left)..<3 * (row * self.width + right)])
        }
        return PixelImage(width: right - left, height: bottom - top, pixels: cut)
    }

    /// Brightness of every pixel, row-major: luma of ITU-R BT.601, 0 … 255.
    ///
    /// - Returns: `width * height` values.
    public func luma() -> [UInt8] {
        let count = width * height
        return pixels.withUnsafeBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
                for index in 0..<count {
                    let red = UInt32(source[3 * index])
                    let green = UInt32(source[3 * index + 1])
                    let blue = UInt32(source[3 * index + 2])
                    target[index] = UInt8(
                        truncatingIfNeeded: (19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16)
                }
                initialized = count
            }
        }
    }
}
