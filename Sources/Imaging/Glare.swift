/// Finds specular highlights: reflections of the sky or a lamp on wet skin.
///
/// A pixel is glare where its brightest channel is nearly saturated (235 or more), its colour is nearly gone (the
/// darkest channel within 40 of the brightest), and it stands 25 steps of luma above the mean of its surroundings (a
/// square of an eighth of the long side) or belongs to a saturated patch (all channels 250 or more). The mask is grown
/// by one 256th of the long side, at least one pixel, for a highlight's soft edge.
///
/// - Parameter image: The photograph.
/// - Returns: 255 on highlights.
public func glareMask(_ image: PixelImage) -> GreyMask {
    let (width, height) = (image.width, image.height)
    guard width > 0, height > 0 else { return GreyMask(width: width, height: height, values: []) }
    let luma = image.luma()
    let longSide = max(width, height)
    let surroundings = boxMeans(luma, width: width, height: height, radius: max(2, longSide / 16))
    var bright = [UInt8](repeating: 0, count: width * height)
    image.pixels.withUnsafeBufferPointer { pixels in
        bright.withUnsafeMutableBufferPointer { bright in
            for index in 0..<width * height {
                let (red, green, blue) = (pixels[3 * index], pixels[3 * index + 1], pixels[3 * index + 2])
                let most = max(red, green, blue)
                guard most >= 235 else { continue }
                let least = min(red, green, blue)
                guard most - least <= 40 else { continue }
                if least >= 250 || Float(luma[index]) >= surroundings[index] + 25 { bright[index] = 255 }
            }
        }
    }
    let values = dilated(bright, width: width, height: height, radius: max(1, longSide / 256))
    return GreyMask(width: width, height: height, values: values)
}

/// Means over squares of `2 * radius + 1` pixels, cut off at the border.
func boxMeans(_ values: [UInt8], width: Int, height: Int, radius: Int) -> [Float] {
    let stride = width + 1
    var sums = [UInt32](repeating: 0, count: stride * (height + 1))
    return values.withUnsafeBufferPointer { values in
        sums.withUnsafeMutableBufferPointer { sums in
            for y in 0..<height {
                var row: UInt32 = 0
                for x in 0..<width {
                    row &+= UInt32(values[y * width + x])
                    sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] &+ row
                }
            }
            return [Float](unsafeUninitializedCapacity: width * height) { means, count in
                for y in 0..<height {
                    let top = max(0, y - radius) * stride
                    let bottom = min(height, y + radius + 1) * stride
                    for x in 0..<width {
                        let (left, right) = (max(0, x - radius), min(width, x + radius + 1))
                        // Differences of wrapped sums are right as long as one square's sum fits 32 bits.
                        let sum = sums[bottom + right] &- sums[bottom + left] &- sums[top + right] &+ sums[top + left]
                        means[y * width + x] = Float(sum) / Float((bottom - top) / stride * (right - left))
                    }
                }
                count = width * height
            }
        }
    }
}

/// Grows what is not 0 by a square of `2 * radius + 1` pixels.
private func dilated(_ values: [UInt8], width: Int, height: Int, radius: Int) -> [UInt8] {
    var grown = [UInt8](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { values in
        grown.withUnsafeMutableBufferPointer { grown in
            for y in 0..<height {
                for x in 0..<width where values[y * width + x] != 0 {
                    for row in max(0, y - radius)...min(height - 1, y + radius) {
                        for column in max(0, x - radius)...min(width - 1, x + radius) {
                            grown[row * width + column] = 255
                        }
                    }
                }
            }
        }
    }
    return grown
}
