import Foundation
public import Hybrids
import Imaging
import Registry
import SampleAnimals
public import Storage

/// A drawn photograph of a head seen from above, with the landmarks that a careful person would place.
public struct DrawnHead: Sendable {
    /// The file.
    public let jpeg: [UInt8]
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// The landmarks in pixels, in the order of the scheme.
    public let landmarks: [SubmittedHead.Landmark]

    /// One animal's, drawn once for all tests.
    public static let one = Result { try DrawnHead(animal: 1) }
    /// Another's.
    public static let two = Result { try DrawnHead(animal: 2) }

    /// The first of an animal's photographs on which the whole head can be measured.
    ///
    /// - Throws: ``Unmeasurable`` where none of ten can.
    private init(animal: UInt64) throws {
        for take in animal * 100..<animal * 100 + 10 {
            var conditions = SampleConditions.random(seed: take, difficulty: .good)
            (conditions.width, conditions.height) = (640, 480)
            let photo = try renderPhoto(of: SampleAnimal(seed: animal), under: conditions)
            guard let marks = photo.headLandmarks else { continue }
            let size = SIMD2(640.0, 480.0)
            let placed = zip(HeadLandmark.allCases, marks.all).map { (name: $0.rawValue, point: $1 * size) }
            guard let head = try? DorsalHead.measurable(placed, width: 640, height: 480),
                (try? HeadMeasurement(of: head, on: photo.image)) != nil
            else { continue }
            (jpeg, width, height) = (photo.jpeg, 640, 480)
            landmarks = placed.map { .init(name: $0.name, point: $0.point) }
            return
        }
        throw Unmeasurable()
    }

    /// No drawn photograph of the animal shows its whole head.
    public struct Unmeasurable: Error {}
}

/// A model of invented values about those of a head, learned from 40 natives and 40 others that differ in the first one.
///
/// - Parameters:
///   - centre: What natives have; the first value of the others is a tenth larger.
///   - river: Where all of them live.
///   - camera: What took their photographs.
///   - isDrawn: Whether the model is to say that its animals are drawn; none is real.
///   - sharpness: Of all their photographs.
/// - Returns: The model with its figures and card.
/// - Throws: `HybridLearningRefusal`.
public func inventedModel(
    about centre: [Double], river: String = "invented", camera: String? = nil, isDrawn: Bool = true,
    sharpness: Double = 0
) throws -> HybridModelRecord {
    var state: UInt64 = 42
    func unit() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(1 << 53) * 2 - 1
    }
    let photographs = (0..<80).map { place in
        let isNative = place % 2 == 0
        return DNATestedPhotograph(
            animal: "invented-\(place)", river: river, camera: camera, dna: isNative ? .native : .notNative,
            values: centre.enumerated().map { column, value in
                let size = max(abs(value), 0.01)
                return value + 0.05 * size * (unit() + unit()) + (column == 0 && !isNative ? 0.1 * size : 0)
            }, sharpness: sharpness, headPixels: 10)
    }
    return HybridModelRecord(
        of: try HybridModel.learned(
            from: HybridTrainingData(
                names: HeadMeasure.allCases.map(\.rawValue), photographs: photographs, isDrawn: isDrawn),
            measures: HeadMeasurement.scheme, madeAt: Date(timeIntervalSince1970: 1_700_000_000)))
}
