import Foundation
import Imaging

extension LandmarkCascade {
    /// Learns the steps one after the other, each from where those before it led.
    ///
    /// Nothing is drawn by lot: starts follow from Kronecker's sequence, so that the same photographs give the same
    /// steps.
    ///
    /// - Parameters:
    ///   - photographs: Photographs with landmarks.
    ///   - lengths: Head lengths to be met, as parts of the photograph's long side.
    init?(from photographs: [LandmarkedPhotograph], lengths: ClosedRange<Double>) {
        guard let mean = Self.mean(photographs) else { return nil }
        self.init(mean: mean, steps: [])
        // A head and its mirror image are both heads: twice the photographs for nothing.
        var samples = (photographs + photographs.compactMap { $0.mirrored() }).map {
            Sample($0, mean: mean, lengths: lengths)
        }
        let columns = Self.columns + Self.outputs
        for resolution in Self.resolutions {
            var everywhere = [Double](repeating: 0, count: columns * columns)
            var near = everywhere
            var (all, close) = (0.0, 0.0)
            var described: [(rows: [Double], frames: [HeadFrame])] = []
            for sample in samples {
                let frames = sample.ways.map { frame($0.points) }
                let own = self.described(sample.ways, frames: frames, on: sample.maps, resolution: resolution)
                described.append((own, frames))
                var (rows, isNear): ([Double], [Double]) = ([], [])
                for (place, way) in sample.ways.enumerated() {
                    let error = sample.photograph.head.error(of: way.points)
                    rows += own[place * Self.columns..<(place + 1) * Self.columns]
                    for (point, truth) in zip(way.points, sample.photograph.head.points) {
                        let missing = frames[place].inFrame(truth - point)
                        rows += [missing.x, missing.y]
                    }
                    rows.append(exp(-pow(error * resolution / Self.nearPixels, 2)))
                    isNear.append(error < Self.reach(resolution) ? 1 : 0)
                }
                LinearAlgebra.add(
                    LinearAlgebra.gram(rows, columns: columns, weights: isNear.map { _ in 1 }), to: &everywhere)
                let closeRows = isNear.indices.filter { isNear[$0] > 0 }.flatMap {
                    rows[$0 * columns..<($0 + 1) * columns]
                }
                let ones = isNear.filter { $0 > 0 }
                LinearAlgebra.add(LinearAlgebra.gram(closeRows, columns: columns, weights: ones), to: &near)
                all += Double(isNear.count)
                close += isNear.reduce(0, +)
            }
            guard let moves = Self.ridge(near, rows: close),
                let nearness = Self.ridge(everywhere, rows: all)
            else { return nil }
            let last = Self.outputs - 1
            let step = Step(
                resolution: resolution,
                weights: moves.indices.map { $0 % Self.outputs == last ? nearness[$0] : moves[$0] })
            let matrix = step.matrix
            for place in samples.indices {
                samples[place].ways = moved(
                    samples[place].ways, by: matrix, rows: described[place].rows, frames: described[place].frames)
                samples[place].keepHardest()
            }
            steps.append(step)
        }
    }

    /// Pixels of a step's picture within which a shape counts as near.
    private static let nearPixels = 5.0
    /// Error in head lengths beyond which a step is not asked to find the way: nine pixels of its picture.
    private static func reach(_ resolution: Double) -> Double { min(0.4, 9 / resolution) }

    /// The mean of the symmetric shapes, its head length 1.
    private static func mean(_ photographs: [LandmarkedPhotograph]) -> [SIMD2<Double>]? {
        let shapes = photographs.compactMap { $0.head.symmetricShape?.points }
        guard let first = shapes.first else { return nil }
        let sum = first.indices.map { place in shapes.reduce(SIMD2<Double>.zero) { $0 + $1[place] } }
        guard let snout = sum.first, let neck = sum.last else { return nil }
        let axis = neck - snout
        let length = (axis * axis).sum().squareRoot()
        return length > 0 ? sum.map { $0 / length } : nil
    }

    /// Ridge regression from the products of all columns with each other.
    ///
    /// - Returns: ``columns`` rows of ``outputs`` weights.
    private static func ridge(_ gram: [Double], rows: Double) -> [Double]? {
        let (inputs, all) = (columns, columns + outputs)
        var matrix = [Double](repeating: 0, count: inputs * inputs)
        var sides = [Double](repeating: 0, count: inputs * outputs)
        for row in 0..<inputs {
            for column in 0..<inputs { matrix[row * inputs + column] = gram[row * all + column] }
            for output in 0..<outputs { sides[output * inputs + row] = gram[row * all + inputs + output] }
            // The constant is not held back.
            matrix[row * inputs + row] += row == inputs - 1 ? 1e-6 : penalty * rows
        }
        guard let solved = LinearAlgebra.solved(matrix, sides, count: inputs) else { return nil }
        return (0..<inputs * outputs).map { solved[$0 % outputs * inputs + $0 / outputs] }
    }

    /// What a weight costs for each row.
    private static let penalty = 0.03
}

/// A photograph with the shapes that are on their way on it.
private struct Sample {
    let photograph: LandmarkedPhotograph
    let maps: OrientationMaps
    var ways: [LandmarkCascade.Way]

    /// Starts near the head, and others anywhere.
    init(_ photograph: LandmarkedPhotograph, mean: [SIMD2<Double>], lengths: ClosedRange<Double>) {
        self.photograph = photograph
        maps = OrientationMaps(photograph.image)
        let truth = HeadFrame(laying: mean, onto: photograph.head.points)
        let size = SIMD2(Double(photograph.image.width), Double(photograph.image.height))
        let near = (1...Self.near).map(truth.misplaced)
        let anywhere = (1...Self.anywhere).map { number -> HeadFrame in
            let place = evenPlace(number)
            let length = lengths.lowerBound * pow(lengths.upperBound / lengths.lowerBound, place.w) * size.max()
            return HeadFrame(
                middle: SIMD2(place.x, place.y) * size, length: length, heading: 2 * .pi * place.z)
        }
        ways = (near + anywhere).map { LandmarkCascade.Way(points: $0.places(mean)) }
    }

    private static let near = 32
    private static let anywhere = 200
    /// Of those anywhere, the ones that look most like a head go on to be told from it.
    private static let hardest = 60

    mutating func keepHardest() {
        let others = ways[Self.near...].sorted { $0.nearness > $1.nearness }
        ways.replaceSubrange(Self.near..., with: others.prefix(max(Self.hardest, others.count / 2)))
    }
}

extension HeadFrame {
    /// The frame somewhat off: by up to a third of a head, 22° and a quarter of its size.
    ///
    /// - Parameter number: From 1 on; each number is off in its own way.
    /// - Returns: The same frame at every call.
    func misplaced(_ number: Int) -> HeadFrame {
        let place = evenPlace(number) * 2 - 1
        let heading = place.z * 22 * .pi / 180
        let stretch = exp(place.w * 0.22)
        return HeadFrame(
            middle: middle + way(SIMD2(place.x, place.y) * 0.33),
            turn: way(SIMD2(cos(heading), sin(heading)) * stretch))
    }
}

/// The places of Kronecker's sequence in four dimensions, each 0 … 1, with the powers of the root of x⁵ = x + 1.
private func evenPlace(_ number: Int) -> SIMD4<Double> {
    let steps = SIMD4(0.856_674_883_854_5, 0.733_891_856_627_1, 0.628_706_721_037_8, 0.538_597_257_223_6)
    let place = steps * Double(number) + 0.5
    return place - place.rounded(.down)
}

extension DorsalHead {
    /// Mean distance of points from the landmarks, in head lengths.
    func error(of points: [SIMD2<Double>]) -> Double {
        meanDistance(points, self.points) / headLength
    }
}
