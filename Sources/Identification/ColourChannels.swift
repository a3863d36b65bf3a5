import Imaging
import OpenCVBridge

/// The channels in which spots are looked for: lightness and the yellow–blue axis of CIE L*a*b*.
///
/// Each is stretched between its 1st and 99th percentile inside the mask to 0 … 255 and equalised in tiles.
///
/// - Parameters:
///   - image: The pixels.
///   - mask: 0 outside the animal; its percentiles do not count.
///   - tiles: Number of tiles across and down.
/// - Returns: The two planes, row by row.
/// - Throws: ``IdentificationError``.
func colourChannels(
    of image: PixelImage, inside mask: [UInt8], tiles: (x: Int32, y: Int32)
) throws(IdentificationError) -> [[UInt8]] {
    let size = (width: Int32(image.width), height: Int32(image.height))
    var lightness = [Float](repeating: 0, count: image.width * image.height)
    var redGreen = lightness
    var yellowBlue = lightness
    try vision("the colour transform") {
        cv_bridge_lab_planes(image.pixels, size.width, size.height, &lightness, &redGreen, &yellowBlue)
    }
    var channels: [[UInt8]] = []
    for plane in [lightness, yellowBlue] {
        var bytes = stretched(plane, inside: mask)
        try vision("the contrast equalisation") {
            cv_bridge_clahe(&bytes, size.width, size.height, 2.0, tiles.x, tiles.y)
        }
        channels.append(bytes)
    }
    return channels
}

/// Spreads the values between the 1st and the 99th percentile of the animal over 0 … 255.
private func stretched(_ plane: [Float], inside mask: [UInt8]) -> [UInt8] {
    var histogram = [Int](repeating: 0, count: 4096)
    let bin = { (value: Float) in min(4095, max(0, Int((value + 128) * 16))) }
    var total = 0
    for index in plane.indices where mask[index] != 0 {
        histogram[bin(plane[index])] += 1
        total += 1
    }
    func percentile(_ fraction: Double) -> Float {
        var seen = 0
        let wanted = Int(Double(total) * fraction)
        for (index, count) in histogram.enumerated() {
            seen += count
            if seen > wanted { return Float(index) / 16 - 128 }
        }
        return 128
    }
    let low = percentile(0.01)
    let scale = 255 / max(percentile(0.99) - low, 1e-3)
    return plane.map { UInt8(min(255, max(0, ($0 - low) * scale))) }
}
