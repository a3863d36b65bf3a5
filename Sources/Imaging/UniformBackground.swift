/// What stands before a background of one colour.
public struct UniformBackground: Sendable {
    /// 255 on the largest connected part; empty where nothing but background is there.
    public let animal: GreyMask
    /// The second largest part's area in areas of the largest, 0 … 1.
    public let second: Double
    /// The largest part's share of all that differs from the background, 0 … 1.
    public let share: Double
}

/// Finds the animal on a photograph whose background is one colour, such as a cut-out on grey.
///
/// The border counts as uniform where 75 % of its pixels lie within 14 steps of its median in every channel, and 95 %
/// of these within 8: this tolerates the ringing of JPEG and an animal that reaches over the edge (nine of the 372
/// cut-out newts do, over up to 16 % of the border), not the shading of a tray. The foreground is the largest connected
/// part that differs from this colour. Its holes are filled, for a patch of background colour inside the animal belongs
/// to the animal, unless they are large and the very colour: then one sees through a coiled tail or a bent leg.
///
/// - Parameter image: The photograph.
/// - Returns: What stands before the background; `nil` where the background is not uniform.
public func uniformBackground(_ image: PixelImage) -> UniformBackground? {
    let (width, height) = (image.width, image.height)
    guard width >= 8, height >= 8, let colour = borderColour(image) else { return nil }
    let count = width * height
    var differs = [UInt8](repeating: 0, count: count)
    image.pixels.withUnsafeBufferPointer { source in
        differs.withUnsafeMutableBufferPointer { target in
            for index in 0..<count {
                var distance = 0
                for channel in 0..<3 {
                    distance = max(distance, abs(Int(source[3 * index + channel]) - colour[channel]))
                }
                target[index] = distance > backgroundTolerance ? 1 : 0
            }
        }
    }
    var parts = ConnectedParts(width: width, height: height)
    var values = [UInt8](repeating: 0, count: count)
    let found = parts.sizes(of: 1, in: &differs)
    guard found.largest.count >= max(16, count / 2000) else {
        return UniformBackground(animal: GreyMask(width: width, height: height, values: values), second: 0, share: 0)
    }
    for index in found.largest { values[index] = 255 }
    parts.fillHoles(&values) { hole in
        let same = hole.count { index in
            (0..<3).allSatisfy { abs(Int(image.pixels[3 * index + $0]) - colour[$0]) <= 4 }
        }
        return hole.count * 1300 > count && same * 2 > hole.count
    }
    return UniformBackground(
        animal: GreyMask(width: width, height: height, values: values),
        second: Double(found.second) / Double(found.largest.count),
        share: Double(found.largest.count) / Double(found.total))
}

private let backgroundTolerance = 14

/// The median colour of the outermost pixels, where nearly all of them have it.
private func borderColour(_ image: PixelImage) -> [Int]? {
    let (width, height) = (image.width, image.height)
    var border: [Int] = []
    for x in 0..<width { border += [x, (height - 1) * width + x] }
    for y in 1..<height - 1 { border += [y * width, (y + 1) * width - 1] }
    var median: [Int] = []
    for channel in 0..<3 {
        let values = border.map { image.pixels[3 * $0 + channel] }.sorted()
        median.append(Int(values[border.count / 2]))
    }
    let distances = border.map { index in
        (0..<3).reduce(0) { max($0, abs(Int(image.pixels[3 * index + $1]) - median[$1])) }
    }
    let near = distances.count { $0 <= backgroundTolerance }
    let veryNear = distances.count { $0 <= 8 }
    return near * 100 >= border.count * 75 && veryNear * 100 >= near * 95 ? median : nil
}
