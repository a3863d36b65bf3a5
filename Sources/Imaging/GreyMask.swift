/// Which pixels of an image belong to something.
public struct GreyMask: Sendable, Equatable {
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// `width * height` values, row-major: 255 inside, 0 outside.
    public var values: [UInt8]

    /// A mask of given values.
    ///
    /// - Parameters:
    ///   - width: Width in pixels.
    ///   - height: Height in pixels.
    ///   - values: Exactly `width * height` values, 0 for outside.
    public init(width: Int, height: Int, values: [UInt8]) {
        precondition(width >= 0 && height >= 0 && values.count == width * height, "values do not fill the mask")
        self.width = width
        self.height = height
        self.values = values
    }

    /// Number of pixels inside.
    public var count: Int {
        values.withUnsafeBufferPointer { $0.reduce(0) { $1 == 0 ? $0 : $0 + 1 } }
    }

    /// Whether no pixel is inside.
    public var isEmpty: Bool { !values.contains { $0 != 0 } }

    /// Sizes in pixels of its connected parts, four neighbours each, in reading order.
    public var partSizes: [Int] {
        var parts = ConnectedParts(width: width, height: height)
        var labels = values
        return parts.allSizes(of: 255, in: &labels)
    }

    /// The smallest rectangle that holds everything inside; `nil` for an empty mask.
    public var bounds: (x: Int, y: Int, width: Int, height: Int)? {
        var (left, right, top, bottom) = (width, -1, height, -1)
        values.withUnsafeBufferPointer { values in
            for y in 0..<height {
                for x in 0..<width where values[y * width + x] != 0 {
                    left = min(left, x)
                    right = max(right, x)
                    top = min(top, y)
                    bottom = y
                }
            }
        }
        return right < 0 ? nil : (left, top, right - left + 1, bottom - top + 1)
    }
}
