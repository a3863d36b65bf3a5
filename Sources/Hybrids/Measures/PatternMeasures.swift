import Foundation
public import Imaging

extension HeadField {
    /// The measures of the head's pattern.
    ///
    /// Colours are normalised by the bed: its mean linear light round the head is taken as mid grey (L* 50). That holds
    /// as far as beds are grey on the whole; a red bed makes every animal on it greener. Dark and pale are judged against
    /// the mean of the skin between spots and blotches within 0.14 head lengths, so that shade on one side of the head
    /// does not count.
    public var patternMeasures: [HeadMeasure: Double] {
        let unit = Double(Self.pixelsPerLength)
        let light = PatternLight(self)
        let skin = light.skin
        let weight = skin.map { $0 ? 1.0 : 0 }
        let luminance = light.logLuminance
        // Averaged as light, as a lens does: averaged logarithms would let dark spots grow.
        let fine = boxMean(luminance.map { exp($0) }, weight, radius: 1).map { log($0) }
        let broad = boxMean(luminance, weight, radius: Int(0.02 * unit))
        let reach = Int(0.14 * unit)

        let first = boxMean(luminance, weight, radius: reach)
        let plain = skin.indices.map { index in
            skin[index] && abs(fine[index] - first[index]) < 0.25 ? 1.0 : 0
        }
        let ground = boxMean(luminance, plain, radius: reach, otherwise: first)
        let dark = skin.indices.map { skin[$0] && fine[$0] - ground[$0] < log(0.7) }
        let pale = skin.indices.map { skin[$0] && !dark[$0] && broad[$0] - ground[$0] > log(1.3) }
        let area = weight.reduce(0, +)

        let spots = discs(dark, least: 6)
        // Patches below 0.05 head lengths are warts and grain.
        let patches = discs(pale, least: Int(.pi / 4 * 0.0025 * unit * unit))
        let between = skin.indices.filter { skin[$0] && !dark[$0] && !pale[$0] }
        let paleness = skin.indices.filter { pale[$0] }.map { broad[$0] - ground[$0] }
        let colour = light.colour(of: between)
        let level = median(between.map { luminance[$0] }) ?? 0

        let clear = skin.indices.map { skin[$0] && !dark[$0] ? 1.0 : 0 }
        let small = boxMean(luminance, clear, radius: Int(0.006 * unit))
        let large = boxMean(luminance, clear, radius: Int(0.018 * unit))
        let texture = skin.indices.filter { clear[$0] > 0 }.map { small[$0] - large[$0] }
        let values = skin.indices.filter { skin[$0] }.map { luminance[$0] }
        return [
            .groundLightness: level / log(2),
            .groundRedness: colour.a, .groundYellowness: colour.b,
            .spotCoverage: Double(spots.reduce(0) { $0 + $1.area }) / area,
            .spotSize: weightedMedian(spots) / unit,
            .spotSizeSpread: deviation(spots.map { log($0.diameter) }),
            .spotDensity: Double(spots.count) / area * unit * unit,
            .blotchCoverage: Double(patches.reduce(0) { $0 + $1.area }) / area,
            .blotchSize: weightedMedian(patches) / unit,
            .blotchPaleness: patches.isEmpty || paleness.isEmpty
                ? 0 : paleness.reduce(0, +) / Double(paleness.count),
            .contrast: deviation(values),
            .wartTexture: (texture.reduce(0) { $0 + $1 * $1 } / Double(max(1, texture.count))).squareRoot(),
        ]
    }

    /// Sharpness, exposure and size of the field.
    ///
    /// - Parameter length: The head's length in pixels of the original photograph.
    /// - Returns: Measured values.
    public func quality(length: Double) -> PhotoQuality {
        assessQuality(image, mask: mask, originalLongSide: length)
    }

    private func discs(_ flags: [Bool], least: Int) -> [Disc] {
        GreyMask(width: mask.width, height: mask.height, values: flags.map { $0 ? 255 : 0 }).partSizes
            .filter { $0 >= least }.map(Disc.init)
    }

    /// Means over squares of 2 × radius + 1 pixels, each pixel with its weight.
    private func boxMean(
        _ values: [Double], _ weights: [Double], radius: Int, otherwise: [Double]? = nil
    ) -> [Double] {
        let (width, height) = (mask.width, mask.height)
        let stride = width + 1
        // Plain sums in two arrays: vectors of two cost twenty times as much without optimisation, where tests run.
        var sums = [Double](repeating: 0, count: stride * (height + 1))
        var totals = sums
        return values.withUnsafeBufferPointer { values in
            weights.withUnsafeBufferPointer { weights in
                sums.withUnsafeMutableBufferPointer { sums in
                    totals.withUnsafeMutableBufferPointer { totals in
                        var y = 0
                        while y < height {
                            var (sum, total) = (0.0, 0.0)
                            var (from, to) = (y * width, (y + 1) * stride + 1)
                            let end = from + width
                            while from < end {
                                sum += values[from] * weights[from]
                                total += weights[from]
                                sums[to] = sums[to - stride] + sum
                                totals[to] = totals[to - stride] + total
                                from += 1
                                to += 1
                            }
                            y += 1
                        }
                        return [Double](unsafeUninitializedCapacity: width * height) { means, count in
                            var index = 0
                            while index < width * height {
                                let (x, y) = (index % width, index / width)
                                let (left, right) = (max(0, x - radius), min(width, x + radius + 1))
                                let top = max(0, y - radius) * stride
                                let bottom = min(height, y + radius + 1) * stride
                                let (a, b, c, d) = (bottom + right, bottom + left, top + right, top + left)
                                let total = totals[a] - totals[b] - totals[c] + totals[d]
                                let sum = sums[a] - sums[b] - sums[c] + sums[d]
                                means[index] = total > 0.5 ? sum / total : (otherwise?[index] ?? values[index])
                                index += 1
                            }
                            count = width * height
                        }
                    }
                }
            }
        }
    }
}

/// A connected part, taken as a disc.
private struct Disc {
    let area: Int
    var diameter: Double { 2 * (Double(area) / .pi).squareRoot() }
}

/// The field's light relative to the bed.
private struct PatternLight {
    let skin: [Bool]
    /// Natural logarithm of luminance over the bed's.
    let logLuminance: [Double]
    private let field: HeadField

    init(_ field: HeadField) {
        self.field = field
        skin = field.mask.values.map { $0 != 0 }
        let weights = SIMD3(0.2126, 0.7152, 0.0722)
        let bed = (field.bed * weights).sum()
        logLuminance = skin.indices.map { log(max((field.image.linearLight($0) * weights).sum(), 5e-4) / bed) }
    }

    /// Median CIELAB a* and b* of some pixels, the bed's colour at mid grey (CIE 15:2018, D65).
    func colour(of places: [Int]) -> (a: Double, b: Double) {
        let gains = SIMD3(repeating: 0.184) / field.bed
        var (a, b): ([Double], [Double]) = ([], [])
        func root(_ t: Double) -> Double { t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116 }
        for index in places {
            let rgb = field.image.linearLight(index) * gains
            let x = root((rgb * SIMD3(0.4124, 0.3576, 0.1805)).sum() / 0.9505)
            let y = root((rgb * SIMD3(0.2126, 0.7152, 0.0722)).sum())
            let z = root((rgb * SIMD3(0.0193, 0.1192, 0.9505)).sum() / 1.089)
            a.append(500 * (x - y))
            b.append(200 * (y - z))
        }
        return (median(a) ?? 0, median(b) ?? 0)
    }
}

private func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
}

/// The diameter below which half of the area lies; 0 without parts.
private func weightedMedian(_ discs: [Disc]) -> Double {
    let sorted = discs.sorted { $0.area < $1.area }
    let half = sorted.reduce(0) { $0 + $1.area } / 2
    var sum = 0
    for disc in sorted {
        sum += disc.area
        if sum >= half { return disc.diameter }
    }
    return 0
}

private func deviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
}
