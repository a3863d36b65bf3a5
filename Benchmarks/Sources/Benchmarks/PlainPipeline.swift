import Foundation
import Identification
import PlainOpenCV

/// The peer: SIFT on grey at 512 pixels, brute force with the ratio test, one affine RANSAC; the score is its inliers.
final class PlainFeatures: Sendable {
    // Written once, read by C functions that change nothing.
    private nonisolated(unsafe) let pointer: OpaquePointer

    init(_ region: LocatedRegion) throws {
        let image = region.image
        guard let features = plain_extract(image.pixels, Int32(image.width), Int32(image.height)) else {
            throw BenchmarkError("OpenCV could not extract features.")
        }
        pointer = features
    }

    deinit { plain_free(pointer) }

    var count: Int { Int(plain_count(pointer)) }

    func inliers(with reference: PlainFeatures) throws -> Int {
        let count = plain_inliers(pointer, reference.pointer)
        guard count >= 0 else { throw BenchmarkError("OpenCV could not compare features.") }
        return Int(count)
    }
}
