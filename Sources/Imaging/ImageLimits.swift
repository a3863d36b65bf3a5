/// What is refused before memory is given to it.
public struct ImageLimits: Sendable, Hashable {
    /// Largest file in bytes.
    public var maximumBytes: Int
    /// Most pixels a header may announce.
    public var maximumPixels: Int
    /// Most pixels of a progressive JPEG, which is held in memory whole as 16-bit coefficients.
    public var maximumProgressivePixels: Int
    /// Longest side in pixels.
    public var maximumSide: Int
    /// Shortest side in pixels.
    public var minimumSide: Int

    /// Limits; the defaults admit every present-day phone and bound memory.
    ///
    /// - Parameters:
    ///   - maximumBytes: Largest file in bytes.
    ///   - maximumPixels: Most pixels.
    ///   - maximumProgressivePixels: Most pixels of a progressive JPEG; 50 million need up to 300 MB.
    ///   - maximumSide: Longest side in pixels.
    ///   - minimumSide: Shortest side in pixels.
    public init(
        maximumBytes: Int = 40 << 20, maximumPixels: Int = 100_000_000, maximumProgressivePixels: Int = 50_000_000,
        maximumSide: Int = 20_000, minimumSide: Int = 64
    ) {
        self.maximumBytes = maximumBytes
        self.maximumPixels = maximumPixels
        self.maximumProgressivePixels = maximumProgressivePixels
        self.maximumSide = maximumSide
        self.minimumSide = minimumSide
    }

    /// 40 MiB, 100 million pixels, sides from 64 to 20,000 pixels.
    public static let standard = ImageLimits()

    func check(byteCount: Int) throws(ImagingError) {
        guard byteCount > 0 else { throw .empty }
        guard byteCount <= maximumBytes else { throw .tooManyBytes(byteCount, limit: maximumBytes) }
    }

    func check(width: Int, height: Int, progressive: Bool = false) throws(ImagingError) {
        guard width > 0, height > 0 else { throw .corrupt("the header gives no size") }
        guard max(width, height) <= maximumSide else { throw .sideTooLong(max(width, height), limit: maximumSide) }
        let most = progressive ? min(maximumProgressivePixels, maximumPixels) : maximumPixels
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, pixels <= most else { throw .tooManyPixels(overflow ? .max : pixels, limit: most) }
        guard min(width, height) >= minimumSide else {
            throw .tooSmall(width: width, height: height, limit: minimumSide)
        }
    }
}
