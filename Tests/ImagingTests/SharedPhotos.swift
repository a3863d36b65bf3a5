import Foundation
import Imaging

/// Real photographs beside the project; tests that need them are skipped where they are missing.
enum SharedPhotos {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["ANDRIAS_SHARED_DATA"] {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        let package = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return package.deletingLastPathComponent().appending(path: "shared/data", directoryHint: .isDirectory)
    }()

    static let areThere =
        FileManager.default.fileExists(atPath: folder.appending(path: "exif-orientation").path)
        && FileManager.default.fileExists(atPath: folder.appending(path: "newts/photos").path)

    static let missing = "the real photographs are missing: \(folder.path)"

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func names(in directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: directory).path)
            .filter { $0.hasSuffix(".jpg") }.sorted().map { "\(directory)/\($0)" }
    }
}

/// Pictures that tests draw.
enum Drawing {
    /// Smooth colours with dark spots: every corner is told from every other.
    static func spots(width: Int = 320, height: Int = 240, seed: UInt64 = 1) -> PixelImage {
        var image = PixelImage(width: width, height: height, repeating: (0, 0, 0))
        var random = SplitMix(state: seed)
        let spots = (0..<40).map { _ in
            (x: random.below(width), y: random.below(height), radius: 3 + random.below(12))
        }
        for y in 0..<height {
            for x in 0..<width {
                let inSpot = spots.contains {
                    ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) < $0.radius * $0.radius
                }
                let index = 3 * (y * width + x)
                image.pixels[index] = inSpot ? 30 : UInt8(60 + 180 * x / width)
                image.pixels[index + 1] = inSpot ? 25 : UInt8(60 + 150 * y / height)
                image.pixels[index + 2] = inSpot ? 20 : 90
            }
        }
        return image
    }

    /// Averages squares of `2 * radius + 1` pixels, twice.
    static func blurred(_ image: PixelImage, radius: Int) -> PixelImage {
        guard radius > 0 else { return image }
        var result = image
        for _ in 0..<2 {
            let source = result.pixels
            for y in 0..<image.height {
                for x in 0..<image.width {
                    for channel in 0..<3 {
                        var (sum, count) = (0, 0)
                        for row in max(0, y - radius)...min(image.height - 1, y + radius) {
                            for column in max(0, x - radius)...min(image.width - 1, x + radius) {
                                sum += Int(source[3 * (row * image.width + column) + channel])
                                count += 1
                            }
                        }
                        result.pixels[3 * (y * image.width + x) + channel] = UInt8(sum / count)
                    }
                }
            }
        }
        return result
    }

    static func fill(
        _ image: inout PixelImage, x: Range<Int>, y: Range<Int>, with colour: (UInt8, UInt8, UInt8)
    ) {
        for row in y {
            for column in x {
                let index = 3 * (row * image.width + column)
                image.pixels[index] = colour.0
                image.pixels[index + 1] = colour.1
                image.pixels[index + 2] = colour.2
            }
        }
    }
}

/// Mean absolute difference of two images of one size, in steps of 255.
func difference(_ left: PixelImage, _ right: PixelImage) -> Double {
    guard left.width == right.width, left.height == right.height else { return .infinity }
    let sum = zip(left.pixels, right.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(left.pixels.count)
}

/// Reproducible random numbers (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
