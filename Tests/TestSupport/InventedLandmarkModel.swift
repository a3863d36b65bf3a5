import Foundation
public import Hybrids

/// A model of landmarks that learned nothing: it lays a mean shape where it is told to look, and moves no point.
///
/// - Parameters:
///   - leastSureness: 0 for one that suggests wherever it looks, 4 for one that is never sure enough.
///   - isDrawn: Whether the model is to say that its animals are drawn; none is real.
/// - Returns: The model as one is read from its file.
/// - Throws: `LandmarkModelRejection` where the form has changed.
public func inventedLandmarkModel(leastSureness: Double = 0, isDrawn: Bool = true) throws -> LandmarkModel {
    // A head of length 135, snout upwards, in the order of the scheme.
    let places: [(Double, Double)] = [
        (200, 60), (194, 65), (206, 65), (160, 115), (240, 115), (145, 160), (255, 160), (140, 150), (260, 150),
        (150, 200), (250, 200), (200, 195),
    ]
    let middle = places.reduce(0) { $0 + $1.1 } / Double(places.count)
    let mean = places.map { [($0.0 - 200) / 135, ($0.1 - middle) / 135] }
    // One step of 838 rows and 25 columns: no way for any landmark, and the same nearness everywhere.
    let one = withUnsafeBytes(of: Float(1).bitPattern.littleEndian) { Data($0) }
    let weights = Data(count: 4 * (838 * 25 - 1)) + one
    let none: [String: Any] = ["count": 0, "of": 20, "low": 0, "high": 0.16]
    let record: [String: Any] = [
        "form": LandmarkModel.form, "scheme": HeadLandmark.scheme, "least_sureness": leastSureness,
        "made_at": "2026-01-05T00:00:00Z", "lengths": [0.4, 0.5],
        "data": ["fingerprint": "invented", "animals": 20, "photographs": 20, "is_drawn": isDrawn],
        "figures": [
            "abstentions": none, "failures": none, "false_finds": none, "error_interval": [Double](),
            "landmarks": [String](),
        ],
        "cascade": ["mean": mean, "steps": [["resolution": 18.0, "weights": weights.base64EncodedString()]]],
    ]
    return try LandmarkModel(reading: JSONSerialization.data(withJSONObject: record))
}
