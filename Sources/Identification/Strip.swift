import Foundation
import VisionKernels

/// The straightened body as a picture.
enum Strip {
    /// Pixels along and across: about what the trunk has in a region of 512 pixels.
    static let size = (width: 200, height: 60)
    /// Descriptors are compared where their places differ by at most a quarter of the length, 0.6 of the half-width and
    /// one octave of size: bodies stretch, and the line's ends are uncertain.
    static let window = vk_window(
        along: StripPlaces.along(0.25), across: StripPlaces.across(0.6), octave: StripPlaces.octaveSteps)
}

/// Places on a straightened body in whole numbers, padded to multiples of eight as the matching kernel reads them.
struct StripPlaces: Hashable, Sendable {
    /// Number of places.
    let count: Int
    /// 0 … 16,384 along the body.
    let along: [Int16]
    /// −8,192 … 8,192 across the body.
    let across: [Int16]
    /// Logarithm of the size to base 2, in steps of 1/1024.
    let octave: [Int16]

    static func along(_ fraction: Float) -> Int16 { Int16((min(max(fraction, 0), 1) * 16_384).rounded()) }
    static func across(_ fraction: Float) -> Int16 { Int16((min(max(fraction, -1), 1) * 8_192).rounded()) }
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

    /// A place in pixels of a strip of 400 × 120, in which geometry is checked.
    func point(_ index: Int) -> (x: Float, y: Float) {
        (Float(along[index]) / 16_384 * 400, Float(across[index]) / 8_192 * 60)
    }
}
