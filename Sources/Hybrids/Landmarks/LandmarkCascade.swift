import Foundation

/// Linear steps from the rough place of a head to its landmarks.
///
/// Supervised descent (Xiong and De la Torre 2013): each step moves all landmarks at once by what lies round them, the
/// first by the coarse picture, the last by the fine one. Each step also says how near to a head it thinks it is.
struct LandmarkCascade: Hashable, Sendable, Codable {
    /// The mean shape, its mean at 0 and its head length 1, snout upwards.
    let mean: [SIMD2<Double>]
    /// The steps in their order.
    var steps: [Step]

    /// Pixels to a head length of each step.
    static let resolutions = [18.0, 26, 36, 52, 72]
    /// What describes a shape: ``OrientationMaps/numbers`` for each landmark, and 1.
    static let columns = HeadLandmark.allCases.count * OrientationMaps.numbers + OrientationMaps.surroundings + 1
    /// What a step says: two coordinates for each landmark, and the nearness.
    static let outputs = 2 * HeadLandmark.allCases.count + 1

    /// One step.
    struct Step: Hashable, Sendable, Codable {
        /// Pixels to a head length.
        let resolution: Double
        /// ``columns`` rows of ``outputs`` numbers, little-endian 32-bit floats.
        let weights: Data

        init(resolution: Double, weights: [Double]) {
            self.resolution = resolution
            self.weights = weights.reduce(into: Data(capacity: 4 * weights.count)) { data, weight in
                withUnsafeBytes(of: Float(weight).bitPattern.littleEndian) { data.append(contentsOf: $0) }
            }
        }

        /// The weights as numbers.
        var matrix: [Double] {
            weights.withUnsafeBytes { bytes in
                stride(from: 0, to: bytes.count - 3, by: 4).map { place in
                    let bits = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                    return Double(Float(bitPattern: bits))
                }
            }
        }
    }

    /// Shapes on their way.
    struct Way: Sendable {
        /// Landmarks in pixels of the photograph.
        var points: [SIMD2<Double>]
        /// How near to a head the last step thought it was, about 0 … 1.
        var nearness = 0.0
    }

    /// What lies round shapes, one row of ``columns`` numbers each.
    func described(_ ways: [Way], frames: [HeadFrame], on maps: OrientationMaps, resolution: Double) -> [Double] {
        var rows = [Double](repeating: 1, count: ways.count * Self.columns)
        rows.withUnsafeMutableBufferPointer { rows in
            guard let start = rows.baseAddress else { return }
            for (place, way) in ways.enumerated() {
                maps.describe(
                    way.points, in: frames[place], resolution: resolution, into: start + place * Self.columns)
            }
        }
        return rows
    }

    /// The frame of a shape.
    func frame(_ points: [SIMD2<Double>]) -> HeadFrame { HeadFrame(laying: mean, onto: points) }

    /// Moves shapes by one step.
    ///
    /// - Parameters:
    ///   - ways: The shapes.
    ///   - matrix: The step's weights.
    ///   - rows: What lies round them.
    ///   - frames: Their frames.
    /// - Returns: The shapes where the step takes them.
    func moved(_ ways: [Way], by matrix: [Double], rows: [Double], frames: [HeadFrame]) -> [Way] {
        let outputs = Self.outputs
        let said = LinearAlgebra.product(rows, columns: Self.columns, matrix, outputs: outputs)
        return ways.indices.map { place in
            let from = place * outputs
            let points = ways[place].points.enumerated().map { landmark, point in
                // A step farther than a third of a head is extrapolation.
                let way = SIMD2(said[from + 2 * landmark], said[from + 2 * landmark + 1])
                return point + frames[place].way(way.clamped(lowerBound: [-0.33, -0.33], upperBound: [0.33, 0.33]))
            }
            return Way(points: points, nearness: said[from + outputs - 1])
        }
    }

    /// Follows starts to where they lead.
    ///
    /// After every step the third that seems nearest to a head goes on, and never fewer than ``survivors``.
    ///
    /// - Returns: The survivors, nearest first.
    func followed(_ starts: [HeadFrame], on maps: OrientationMaps) -> [Way] {
        var ways = starts.map { Way(points: $0.places(mean)) }
        for step in steps {
            let frames = ways.map { frame($0.points) }
            let rows = described(ways, frames: frames, on: maps, resolution: step.resolution)
            ways = moved(ways, by: step.matrix, rows: rows, frames: frames).filter(\.isFinite)
            ways.sort { $0.nearness > $1.nearness }
            ways.removeLast(max(0, ways.count - max(Self.survivors, ways.count / 3)))
        }
        return ways
    }

    /// The least number of starts followed to the end.
    static let survivors = 30
}

extension LandmarkCascade.Way {
    fileprivate var isFinite: Bool {
        nearness.isFinite && points.allSatisfy { $0.x.isFinite && $0.y.isFinite && abs($0.x) + abs($0.y) < 1e6 }
    }
}
