import Hybrids
import Imaging
import Registry
import SampleAnimals

/// A head as a person would mark it on a photograph of 1000 × 500 pixels, snout upwards.
let plainHead: [(name: String, point: PhotoPoint)] = [
    ("snout_tip", 500, 100), ("nostril_left", 490, 108), ("nostril_right", 510, 108), ("eye_left", 430, 190),
    ("eye_right", 570, 190), ("mouth_left", 410, 270), ("mouth_right", 590, 270), ("head_left", 400, 250),
    ("head_right", 600, 250), ("neck_left", 420, 340), ("neck_right", 580, 340), ("neck_middle", 500, 330),
].map { ($0.0, PhotoPoint(x: $0.1 / 1000, y: $0.2 / 500)) }

/// The true landmarks of a drawn head, off by a person's hand where a deviation is given.
func markedHead(_ photo: SamplePhoto, deviation: Double = 0, seed: UInt64 = 1) throws -> DorsalHead? {
    guard let marks = photo.headLandmarks?.misplaced(by: deviation, seed: seed) else { return nil }
    return try DorsalHead(
        zip(HeadLandmark.allCases, marks.all).map { ($0.rawValue, PhotoPoint(x: $1.x, y: $1.y)) },
        width: photo.image.width, height: photo.image.height)
}
