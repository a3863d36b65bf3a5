extension PixelImage {
    /// Shrinks by area averaging: every source pixel counts with the part of it that falls into the target pixel.
    ///
    /// - Parameters:
    ///   - targetWidth: Target width, no more than the image's.
    ///   - targetHeight: Target height, no more than the image's.
    /// - Returns: The smaller image, or the same where the size is already right.
    public func shrunk(width targetWidth: Int, height targetHeight: Int) -> PixelImage {
        let targetWidth = min(targetWidth, width)
        let targetHeight = min(targetHeight, height)
        guard targetWidth > 0, targetHeight > 0, targetWidth != width || targetHeight != height else { return self }
        let columns = Coverage.along(source: width, target: targetWidth)
        let rows = Coverage.along(source: height, target: targetHeight)
        let rowBytes = 3 * width
        var sums = [Float](repeating: 0, count: rowBytes)
        let shrunk = pixels.withUnsafeBufferPointer { source in
            sums.withUnsafeMutableBufferPointer { sums in
                columns.withUnsafeBufferPointer { columns in
                    [UInt8](unsafeUninitializedCapacity: 3 * targetWidth * targetHeight) { target, count in
                        for (y, row) in rows.enumerated() {
                            add(row, of: source, to: sums)
                            average(sums, columns, into: target, at: 3 * y * targetWidth)
                        }
                        count = 3 * targetWidth * targetHeight
                    }
                }
            }
        }
        return PixelImage(width: targetWidth, height: targetHeight, pixels: shrunk)
    }
}

/// The weighted sum of the source rows that one target row covers.
private func add(
    _ row: Coverage, of source: UnsafeBufferPointer<UInt8>, to sums: UnsafeMutableBufferPointer<Float>
) {
    let rowBytes = sums.count
    var from = row.start * rowBytes
    for index in 0..<rowBytes { sums[index] = row.first * Float(source[from + index]) }
    for offset in 1..<max(row.length, 1) {
        from += rowBytes
        let weight = row.weight(offset)
        for index in 0..<rowBytes { sums[index] += weight * Float(source[from + index]) }
    }
}

/// One target row from the sums of its source rows.
private func average(
    _ sums: UnsafeMutableBufferPointer<Float>, _ columns: UnsafeBufferPointer<Coverage>,
    into target: UnsafeMutableBufferPointer<UInt8>, at start: Int
) {
    var position = start
    for x in 0..<columns.count {
        let column = columns[x]
        var from = 3 * column.start
        var red = column.first * sums[from]
        var green = column.first * sums[from + 1]
        var blue = column.first * sums[from + 2]
        for offset in 1..<max(column.length, 1) {
            from += 3
            let weight = offset == column.length - 1 ? column.last : column.inner
            red += weight * sums[from]
            green += weight * sums[from + 1]
            blue += weight * sums[from + 2]
        }
        target[position] = rounded(red)
        target[position + 1] = rounded(green)
        target[position + 2] = rounded(blue)
        position += 3
    }
}

/// The nearest byte to 0 … 255: added to 2²³, a float's low bits are its value rounded.
private func rounded(_ value: Float) -> UInt8 {
    UInt8(truncatingIfNeeded: (value + 8_388_608).bitPattern)
}

/// The source pixels that one target pixel covers along one axis; the weights sum to 1.
private struct Coverage {
    let start: Int
    let length: Int
    let first: Float
    let inner: Float
    let last: Float

    func weight(_ offset: Int) -> Float {
        offset == 0 ? first : offset == length - 1 ? last : inner
    }

    static func along(source: Int, target: Int) -> [Coverage] {
        (0..<target).map { index in
            // Whole-number arithmetic in units of 1/target source pixels keeps the edges exact.
            let from = index * source
            let to = from + source
            let start = from / target
            let end = (to - 1) / target + 1
            let whole = Float(source)
            return Coverage(
                start: start, length: end - start, first: Float(min(to, (start + 1) * target) - from) / whole,
                inner: Float(target) / whole, last: Float(to - (end - 1) * target) / whole)
        }
    }
}
