import Foundation
import Imaging
import VisionKernels

/// How strongly brightness changes in each direction round every place of a photograph, at sizes that fall by √2.
///
/// A direction and its opposite are one: a head may be darker than the bed or paler. After DAISY (Tola, Lepetit and Fua
/// 2010), with squares instead of rings.
final class OrientationMaps {
    /// Numbers that describe a landmark.
    static let numbers = VK_NUMBERS
    /// Numbers that describe the surroundings: places a quarter of a head apart, a head to every side.
    static let surroundings = VK_SURROUNDINGS
    /// Pixels to a head length where the surroundings are looked at.
    private static let coarse = 12.0
    /// Pixels of the level between two places of the square.
    private static let spacing = 2.5

    private let image: PixelImage
    private var levels: [Int: Level] = [:]

    init(_ image: PixelImage) { self.image = image }

    /// The photograph at one size.
    fileprivate struct Level {
        let width: Int
        let height: Int
        /// Pixels here for one of the photograph.
        let scale: SIMD2<Double>
        /// `VK_CHANNELS` numbers a pixel, row by row.
        let maps: [Float]
    }

    /// Describes what lies round the landmarks, and how unlike the middle of the head its surroundings are.
    ///
    /// - Parameters:
    ///   - points: Places in pixels of the photograph.
    ///   - frame: Size and turn of the squares.
    ///   - resolution: Pixels to a head length.
    ///   - row: Takes ``numbers`` for each place and ``surroundings`` more; 0 beside the photograph.
    func describe(
        _ points: [SIMD2<Double>], in frame: HeadFrame, resolution: Double, into row: UnsafeMutablePointer<Double>
    ) {
        var head = vk_head_frame(
            x: frame.middle.x, y: frame.middle.y, turn_x: frame.turn.x, turn_y: frame.turn.y)
        level(Self.coarse / frame.length).withKernel { coarse in
            level(resolution / frame.length).withKernel { fine in
                points.withUnsafeBytes { points in
                    vk_describe_head(
                        coarse, fine, &head, points.baseAddress?.assumingMemoryBound(to: Double.self),
                        Int32(points.count / MemoryLayout<SIMD2<Double>>.stride), Self.spacing / resolution, row)
                }
            }
        }
    }

    private func level(_ factor: Double) -> Level {
        let octave = max(0, Int((-2 * log2(factor)).rounded()))
        if let level = levels[octave] { return level }
        let level = Level(image, factor: exp2(-Double(octave) / 2))
        levels[octave] = level
        return level
    }
}

extension OrientationMaps.Level {
    fileprivate init(_ image: PixelImage, factor: Double) {
        let width = max(1, Int((Double(image.width) * factor).rounded()))
        let height = max(1, Int((Double(image.height) * factor).rounded()))
        let picture = image.shrunk(width: width, height: height)
        let size = width * height * VK_CHANNELS
        var scratch = [Float](repeating: 0, count: size)
        let maps = [Float](unsafeUninitializedCapacity: size) { maps, count in
            vk_orientation_maps(
                picture.pixels, picture.luma(), Int32(width), Int32(height), maps.baseAddress, &scratch)
            count = size
        }
        self.init(
            width: width, height: height,
            scale: SIMD2(Double(width) / Double(image.width), Double(height) / Double(image.height)), maps: maps)
    }

    fileprivate func withKernel(_ body: (UnsafePointer<vk_orientation_level>) -> Void) {
        maps.withUnsafeBufferPointer { maps in
            var level = vk_orientation_level(
                maps: maps.baseAddress, width: Int32(width), height: Int32(height), scale_x: scale.x, scale_y: scale.y)
            body(&level)
        }
    }
}
