extension GreyMask {
    /// The pixels whose centres lie inside a closed polygon, by the even–odd rule.
    ///
    /// - Parameters:
    ///   - corners: Its corners in pixels, a pixel's centre having whole coordinates; the last is joined to the first.
    ///   - width: Width of the mask in pixels.
    ///   - height: Height of the mask in pixels.
    public init(filling corners: [SIMD2<Float>], width: Int, height: Int) {
        var values = [UInt8](repeating: 0, count: width * height)
        let edges = zip(corners, corners.dropFirst() + corners.prefix(1))
        for row in 0..<height {
            let y = Float(row)
            let crossings = edges.compactMap { from, to -> Float? in
                // Half-open, so that a corner on the row counts once.
                guard (from.y <= y) != (to.y <= y) else { return nil }
                return from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x)
            }.sorted()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let first = max(0, Int(crossings[pair].rounded(.up)))
                let last = min(width - 1, Int(crossings[pair + 1].rounded(.down)))
                guard first <= last else { continue }
                for column in first...last { values[row * width + column] = 255 }
            }
        }
        self.init(width: width, height: height, values: values)
    }
}
