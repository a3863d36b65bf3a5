import Foundation
import OpenCVBridge

/// Counts the matches whose geometry makes sense, twice.
///
/// *Supported*: each match implies a similarity by its own keypoints' size and direction; it counts where at least one
/// neighbouring match lies where that similarity puts it. This forgives bending. *Aligned*: matches explained by the one
/// best similarity (RANSAC at 10 pixels), as on a rigid head.
func verify(
    _ pairs: [KeypointPair], query: Template, reference: Template
) throws(IdentificationError) -> PairEvidence {
    let points = pairs.map { pair in
        (
            query: query.channels[pair.channel].keypoints[pair.query],
            reference: reference.channels[pair.channel].keypoints[pair.reference]
        )
    }
    let supported = points.indices.filter { isSupported($0, among: points) }
    let aligned = try alignedIndices(points)
    let kept = Set(supported).union(aligned)
    return PairEvidence(
        matches: pairs.count, supported: supported.count, aligned: aligned.count,
        pairs: pairs.indices.filter(kept.contains).map { pairs[$0] })
}

private typealias PointPair = (query: Keypoint, reference: Keypoint)

private func isSupported(_ index: Int, among points: [PointPair]) -> Bool {
    let own = points[index]
    let scale = own.reference.size / own.query.size
    guard scale > 0.4, scale < 2.5 else { return false }
    let turn = own.reference.angle - own.query.angle
    let (cosine, sine) = (cos(turn), sin(turn))
    return points.indices.contains { other in
        guard other != index else { return false }
        let (dx, dy) = (points[other].query.x - own.query.x, points[other].query.y - own.query.y)
        let (ex, ey) = (points[other].reference.x - own.reference.x, points[other].reference.y - own.reference.y)
        let distance = hypot(dx, dy)
        guard distance >= 5, distance <= 60, hypot(ex, ey) >= 2.5 else { return false }
        let miss = hypot(scale * (cosine * dx - sine * dy) - ex, scale * (sine * dx + cosine * dy) - ey)
        guard miss <= 3 + 0.25 * scale * distance else { return false }
        let otherTurn = points[other].reference.angle - points[other].query.angle
        let difference = abs(remainder(otherTurn - turn, 2 * .pi))
        let otherScale = points[other].reference.size / points[other].query.size
        return difference <= 35 * .pi / 180 && abs(log2(otherScale / scale)) <= 1
    }
}

private func alignedIndices(_ points: [PointPair]) throws(IdentificationError) -> [Int] {
    // Two matches always fit one similarity, and three often do: fewer than four say nothing.
    guard points.count >= 4 else { return [] }
    let from = points.flatMap { [$0.query.x, $0.query.y] }
    let to = points.flatMap { [$0.reference.x, $0.reference.y] }
    var matrix = [Double](repeating: 0, count: 6)
    var inliers = [UInt8](repeating: 0, count: points.count)
    var found: Int32 = 0
    try vision("the similarity estimate") {
        cv_bridge_similarity_ransac(from, to, Int32(points.count), 10, &matrix, &inliers, &found)
    }
    let scale = hypot(matrix[0], matrix[3])
    guard found == 1, scale > 0.3, scale < 3.3 else { return [] }
    return inliers.indices.filter { inliers[$0] != 0 }
}
