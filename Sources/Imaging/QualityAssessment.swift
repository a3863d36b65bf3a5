/// Measures sharpness, exposure, reflections and size on the animal's part of a photograph.
///
/// - Parameters:
///   - image: The part at working size.
///   - mask: Where the animal is, of the image's size; without it the whole image is measured, as with an empty mask.
///   - originalLongSide: Long side of the animal's part in pixels of the original photograph.
/// - Returns: The measurements, all 0 for an image without pixels.
public func assessQuality(_ image: PixelImage, mask: GreyMask?, originalLongSide: Double) -> PhotoQuality {
    let count = image.width * image.height
    let whole = [UInt8](repeating: 255, count: count)
    let inside = mask.flatMap { $0.values.count == count && !$0.isEmpty ? $0.values : nil } ?? whole
    let luma = image.luma()
    let glare = glareMask(image).values
    var (pixels, sum, dark, bright, reflecting) = (0, 0, 0, 0, 0)
    luma.withUnsafeBufferPointer { luma in
        inside.withUnsafeBufferPointer { inside in
            glare.withUnsafeBufferPointer { glare in
                for index in 0..<count where inside[index] != 0 {
                    let value = Int(luma[index])
                    pixels += 1
                    sum += value
                    if value < 20 { dark += 1 }
                    if value > 245 { bright += 1 }
                    if glare[index] != 0 { reflecting += 1 }
                }
            }
        }
    }
    let total = Double(max(pixels, 1))
    let mean = Double(sum) / total
    return PhotoQuality(
        sharpness: sharpness(luma, inside: inside, width: image.width, height: image.height), meanLuminance: mean,
        darkFraction: Double(dark) / total,
        brightFraction: Double(bright) / total, glareFraction: Double(reflecting) / total,
        animalPixels: originalLongSide)
}

/// Fine detail over contrast, on luma averaged over 3 × 3 pixels so that noise and JPEG blocks count little.
///
/// It is taken over the pixels whose four neighbours a 64th of the long side away are inside too, so that the outline
/// against the background does not count as detail.
private func sharpness(_ luma: [UInt8], inside: [UInt8], width: Int, height: Int) -> Double {
    let margin = max(3, max(width, height) / 64)
    guard width > 2 * margin, height > 2 * margin else { return 0 }
    let smooth = boxMeans(luma, width: width, height: height, radius: 1)
    var (sum, squares, detail, count) = (0.0, 0.0, 0.0, 0.0)
    smooth.withUnsafeBufferPointer { smooth in
        inside.withUnsafeBufferPointer { inside in
            for y in margin..<height - margin {
                for index in y * width + margin..<(y + 1) * width - margin {
                    guard inside[index] != 0, inside[index - margin] != 0, inside[index + margin] != 0,
                        inside[index - margin * width] != 0, inside[index + margin * width] != 0
                    else { continue }
                    let value = Double(smooth[index])
                    let sides = Double(smooth[index - 2] + smooth[index + 2])
                    let neighbours = sides + Double(smooth[index - 2 * width] + smooth[index + 2 * width])
                    detail += (neighbours - 4 * value) * (neighbours - 4 * value)
                    sum += value
                    squares += value * value
                    count += 1
                }
            }
        }
    }
    guard count > 0 else { return 0 }
    let variance = squares / count - sum / count * (sum / count)
    // A contrast of less than 2 steps is noise and rounding, not a picture.
    return (detail / count).squareRoot() / max(variance, 4).squareRoot()
}
