import Crypto
import Foundation
public import Imaging

/// A photograph on which a person placed the landmarks of a head.
public struct LandmarkedPhotograph: Sendable {
    /// The animal's name.
    public let animal: String
    /// The upright photograph, or the part of it in which the animal is.
    public let image: PixelImage
    /// Where the animal is, as far as it is known: the same size as the picture.
    public let mask: GreyMask?
    /// The landmarks in pixels of the picture.
    public let head: DorsalHead

    /// A photograph.
    public init(animal: String, image: PixelImage, mask: GreyMask? = nil, head: DorsalHead) {
        self.animal = animal
        self.image = image
        self.mask = mask
        self.head = head
    }

    /// The head's length as a part of the picture's long side.
    var length: Double { head.headLength / Double(max(image.width, image.height, 1)) }

    /// The picture turned over, which shows a head as good: what was on the animal's left is on its right.
    func mirrored() -> LandmarkedPhotograph? {
        let width = image.width
        var turned = image
        image.pixels.withUnsafeBufferPointer { source in
            turned.pixels.withUnsafeMutableBufferPointer { target in
                var index = 0
                while index < width * image.height {
                    let from = 3 * (index + width - 1 - 2 * (index % width))
                    for channel in 0..<3 { target[3 * index + channel] = source[from + channel] }
                    index += 1
                }
            }
        }
        let points = HeadLandmark.allCases.map { SIMD2(Double(width) - head[$0.mirrored].x, head[$0.mirrored].y) }
        guard let head = try? DorsalHead(pixels: points) else { return nil }
        return LandmarkedPhotograph(animal: animal, image: turned, head: head)
    }
}

/// Photographs with landmarks placed by people, from which suggestions are learned.
public struct LandmarkTrainingData: Sendable {
    /// The photographs.
    public let photographs: [LandmarkedPhotograph]
    /// Whether the animals are drawn and not real.
    public let isDrawn: Bool
    /// SHA-256 of pixels and landmarks, in hexadecimal digits; the order of the photographs does not matter.
    public let fingerprint: String
    /// Number of animals.
    public let animals: Int

    /// The least number of animals.
    ///
    /// With five folds a model then learns from 16 animals and is tried on four, and of 20 animals without a failure the
    /// exact one-sided 95 % bound on failures is 14 %: below, no error can be stated that helps anybody.
    public static let leastAnimals = 20

    /// Gathers photographs.
    ///
    /// - Parameters:
    ///   - photographs: The photographs in any order.
    ///   - isDrawn: Whether the animals are drawn and not real.
    /// - Throws: ``LandmarkLearningRefusal/tooFewAnimals(missing:)``.
    public init(_ photographs: [LandmarkedPhotograph], isDrawn: Bool) throws(LandmarkLearningRefusal) {
        animals = Set(photographs.map(\.animal)).count
        guard animals >= Self.leastAnimals else { throw .tooFewAnimals(missing: Self.leastAnimals - animals) }
        let keyed = photographs.map { (key: Self.digest($0), photograph: $0) }.sorted { $0.key < $1.key }
        // The order of learning follows from the photographs too, for sums depend on it.
        self.photographs = keyed.map(\.photograph)
        self.isDrawn = isDrawn
        let text = ([isDrawn ? "drawn" : "real", HeadLandmark.scheme] + keyed.map(\.key)).joined(separator: "\n")
        fingerprint = Self.hexadecimal(SHA256.hash(data: Data(text.utf8)))
    }

    private static func digest(_ photograph: LandmarkedPhotograph) -> String {
        let numbers = photograph.head.points.flatMap { [$0.x, $0.y] }.map { String($0.bitPattern, radix: 16) }
        return ([photograph.animal, hexadecimal(SHA256.hash(data: Data(photograph.image.pixels)))] + numbers)
            .joined(separator: "\u{1F}")
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String(format: "%02x", $0) }.joined()
    }
}

/// Why nothing is learned about where landmarks lie.
public enum LandmarkLearningRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Too few animals, as many as are missing.
    case tooFewAnimals(missing: Int)
    /// The photographs do not differ.
    case noSpread
    /// Wrong places are as sure of themselves as right ones.
    case nothingLearned

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .tooFewAnimals(let missing):
            "Too few animals with landmarks placed by people: \(missing) are missing. "
                + "\(LandmarkTrainingData.leastAnimals) are needed before landmarks are suggested; until then place them "
                + "by hand."
        case .noSpread: "The photographs do not differ. Check that they show different animals."
        case .nothingLearned:
            "Tried on animals it did not meet, nothing found heads surely enough to be suggested. Add photographs of "
                + "more animals, and check the landmarks of those there are."
        }
    }
}
