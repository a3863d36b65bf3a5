import Foundation
import OpenCVBridge

/// Two keypoints that match.
struct PointPair {
    let query: Keypoint
    let reference: Keypoint

    init(_ query: Keypoint, _ reference: Keypoint) {
        self.query = query
        self.reference = reference
    }
}

/// Matches that a neighbouring match agrees with.
///
/// Each implies a similarity by its own keypoints' size and direction,
/// and counts where at least one neighbour lies where that similarity puts it. This forgives bending.
func supportedIndices(_ pairs: [PointPair]) -> [Int] {
    pairs.withUnsafeBufferPointer { pairs in
        pairs.indices.filter { isSupported($0, among: pairs) }
    }
}

private func isSupported(_ index: Int, among pairs: UnsafeBufferPointer<PointPair>) -> Bool {
    let own = pairs[index]
    let scale = own.reference.size / own.query.size
    guard scale > 0.4, scale < 2.5 else { return false }
    let turn = own.reference.angle - own.query.angle
    let (cosine, sine) = (cos(turn), sin(turn))
    return pairs.indices.contains { other in
        guard other != index else { return false }
        let (dx, dy) = (pairs[other].query.x - own.query.x, pairs[other].query.y - own.query.y)
        let (ex, ey) = (pairs[other].reference.x - own.reference.x, pairs[other].reference.y - own.reference.y)
        let distance = (dx * dx + dy * dy).squareRoot()
        guard distance >= 5, distance <= 60, ex * ex + ey * ey >= 2.5 * 2.5 else { return false }
        let (mx, my) = (scale * (cosine * dx - sine * dy) - ex, scale * (sine * dx + cosine * dy) - ey)
        guard (mx * mx + my * my).squareRoot() <= 3 + 0.25 * scale * distance else { return false }
        let otherTurn = pairs[other].reference.angle - pairs[other].query.angle
        let difference = abs(remainder(otherTurn - turn, 2 * .pi))
        let change = pairs[other].reference.size / pairs[other].query.size / scale
        return difference <= 35 * .pi / 180 && change >= 0.5 && change <= 2
    }
}

/// Matches that the one best similarity explains to 10 pixels (RANSAC), as on a rigid head.
func alignedIndices(_ pairs: [PointPair]) throws(IdentificationError) -> [Int] {
    let places = pairs.map { ((x: $0.query.x, y: $0.query.y), (x: $0.reference.x, y: $0.reference.y)) }
    let found = try consensus(places, anyAffine: false, threshold: 10)
    guard let found, (0.3...3.3).contains(hypot(found.matrix[0], found.matrix[3])) else { return [] }
    return found.inliers
}

/// A place on each of two straightened bodies, in pixels of 400 × 120.
typealias StripPair = (query: (x: Float, y: Float), reference: (x: Float, y: Float))

/// Matches on straightened bodies that the one best affine map explains to 5 pixels (RANSAC).
func affineIndices(_ pairs: [StripPair]) throws(IdentificationError) -> [Int] {
    try consensus(pairs, anyAffine: true, threshold: 5)?.inliers ?? []
}

private func consensus(
    _ pairs: [StripPair], anyAffine: Bool, threshold: Double
) throws(IdentificationError) -> (matrix: [Double], inliers: [Int])? {
    // Two matches always fit one similarity and three one affine map: fewer than four say nothing.
    guard pairs.count >= 4 else { return nil }
    let from = pairs.flatMap { [$0.query.x, $0.query.y] }
    let to = pairs.flatMap { [$0.reference.x, $0.reference.y] }
    var matrix = [Double](repeating: 0, count: 6)
    var flags = [UInt8](repeating: 0, count: pairs.count)
    var found: Int32 = 0
    try vision("the geometric check") {
        cv_bridge_ransac(from, to, Int32(pairs.count), anyAffine ? 1 : 0, threshold, &matrix, &flags, &found)
    }
    return found == 1 ? (matrix, flags.indices.filter { flags[$0] != 0 }) : nil
}
