import Foundation
import VisionKernels

extension StraightenedBody.Form {
    /// Pixels along and across the picture in which features are found: about what a trunk has in a region of 512 pixels.
    ///
    /// A head at 160 × 176 or 96 × 106 found fewer of its animals, and 160 × 176 took 12 ms more.
    var picture: (width: Int, height: Int) {
        switch self {
        case .trunk: (200, 60)
        case .head: (120, 132)
        }
    }

    /// Tiles of the local equalisation along and across.
    var tiles: (x: Int32, y: Int32) {
        switch self {
        case .trunk: (8, 3)
        case .head: (6, 6)
        }
    }

    /// Units along and across in which places are compared, see ``Strip``.
    ///
    /// Of 480 probes of drawn heads, seen from up to 30° aside and with landmarks misplaced by 3 %, 200 units left .025
    /// without their animal at one false alarm in 333, 150 and 110 left .021 and .023, 80 left .029; no landmarks .042.
    var extent: (along: Float, across: Float) {
        switch self {
        case .trunk: (400, 120)
        case .head: (150, 165)
        }
    }
}

/// How places on straightened bodies are compared: in units of which a trunk has 400 along and 120 across.
enum Strip {
    /// Descriptors are compared where their places differ by at most a quarter of a trunk's length, 0.6 of its half-width
    /// and one octave of size: bodies stretch, and the line's ends are uncertain.
    static let window = vk_window(
        along: StripPlaces.along(100), across: StripPlaces.across(36), octave: StripPlaces.octaveSteps)
}

/// Places on a straightened body in whole numbers, padded to multiples of eight as the matching kernel reads them.
struct StripPlaces: Hashable, Sendable {
    /// Number of places.
    let count: Int
    /// Along the body from its first end, 16,384 for 400 units.
    let along: [Int16]
    /// Across the body from its middle, 8,192 for 60 units.
    let across: [Int16]
    /// Logarithm of the size to base 2, in steps of 1/1024.
    let octave: [Int16]

    static func along(_ units: Float) -> Int16 { Int16((min(max(units, 0), 400) / 400 * 16_384).rounded()) }
    static func across(_ units: Float) -> Int16 { Int16((min(max(units, -120), 120) / 60 * 8_192).rounded()) }
    static let octaveSteps: Int16 = 1024

    init(along: [Int16], across: [Int16], sizes: [Float]) {
        count = along.count
        let padding = [Int16](repeating: 0, count: QuantisedDescriptors.padded(count) - count)
        self.along = along + padding
        self.across = across + padding
        octave =
            sizes.map { Int16(min(max((log2($0) * Float(Self.octaveSteps)).rounded(), -16_384), 16_384)) } + padding
    }

    private init(count: Int, along: [Int16], across: [Int16], octave: [Int16]) {
        self.count = count
        self.along = along
        self.across = across
        self.octave = octave
    }

    /// The places after the body was turned by 180°.
    var turnedByHalf: StripPlaces {
        StripPlaces(count: count, along: along.map { 16_384 - $0 }, across: across.map { -$0 }, octave: octave)
    }

    /// A place in units, in which geometry is checked.
    func point(_ index: Int) -> (x: Float, y: Float) {
        (Float(along[index]) / 16_384 * 400, Float(across[index]) / 8_192 * 60)
    }
}
