import Foundation
import Imaging
import OpenCVBridge

/// Features with directions of their own, in the pixels of the region.
func freeFeatures(_ region: LocatedRegion, glare: GreyMask) throws(IdentificationError) -> [FeatureSet] {
    let full = (width: region.image.width, height: region.image.height)
    let scale = min(1, 256 / Double(max(full.width, full.height)))
    let image = region.image.shrunk(
        width: max(1, Int((Double(full.width) * scale).rounded())),
        height: max(1, Int((Double(full.height) * scale).rounded())))
    let size = (width: image.width, height: image.height)
    let animal = sampled(region.mask?.values, full, size)
    var allowed = animal
    if region.mask != nil {
        // The silhouette depends on the pose and is no pattern.
        try vision("the erosion of the mask") {
            cv_bridge_erode(&allowed, Int32(size.width), Int32(size.height), 2)
        }
    }
    let reflected = sampled(glare.values, full, size)
    for index in allowed.indices where reflected[index] != 0 { allowed[index] = 0 }
    let (toX, toY) = (Float(full.width) / Float(size.width), Float(full.height) / Float(size.height))
    var sets: [FeatureSet] = []
    for plane in try colourChannels(of: image, inside: animal, tiles: (8, 8)) {
        let found = try sift(plane, allowed: allowed, size: size, limit: 200, contrast: 0.04, upright: false)
        sets.append(
            FeatureSet(
                keypoints: found.points.map {
                    Keypoint(
                        x: ($0.x + 0.5) * toX - 0.5, y: ($0.y + 0.5) * toY - 0.5, size: $0.size * toX,
                        angle: $0.angle * .pi / 180)
                }, descriptors: found.descriptors))
    }
    return sets
}

/// Upright features of the straightened body, ordered along it.
///
/// Without an outline the whole frame may be the animal.
func stripFeatures(
    _ body: StraightenedBody, region: LocatedRegion, glare: GreyMask
) throws(IdentificationError) -> [FeatureSet] {
    let size = body.form.picture
    let sources = body.sources(width: size.width, height: size.height)
    let strip = try body.strip(of: region.image, width: size.width, height: size.height)
    var animal = [UInt8](repeating: 0, count: size.width * size.height)
    var allowed = animal
    for index in animal.indices {
        let (x, y) = (Int(sources.x[index].rounded()), Int(sources.y[index].rounded()))
        guard (0..<region.image.width).contains(x), (0..<region.image.height).contains(y) else { continue }
        let place = y * region.image.width + x
        if let mask = region.mask, mask.values[place] == 0 { continue }
        animal[index] = 255
        allowed[index] = glare.values[place] == 0 ? 255 : 0
    }
    let extent = body.form.extent
    var sets: [FeatureSet] = []
    for plane in try colourChannels(of: strip, inside: animal, tiles: body.form.tiles) {
        let found = try sift(plane, allowed: allowed, size: size, limit: 120, contrast: 0.02, upright: true)
        let features = found.points.indices.map { index -> StripFeature in
            let point = found.points[index]
            let along = (point.x + 0.5) / Float(size.width)
            let across = (point.y + 0.5) / Float(size.height) * 2 - 1
            let place = body.place(along: along, across: across)
            return StripFeature(
                index: index, along: along, across: across,
                keypoint: Keypoint(x: max(0, place.x), y: max(0, place.y), size: point.size, angle: 0))
        }.sorted { ($0.along, $0.index) < ($1.along, $1.index) }
        sets.append(
            FeatureSet(
                keypoints: features.map(\.keypoint), descriptors: found.descriptors.reordered(features.map(\.index)),
                strip: StripPlaces(
                    along: features.map { StripPlaces.along($0.along * extent.along) },
                    across: features.map { StripPlaces.across($0.across * extent.across / 2) },
                    sizes: features.map(\.keypoint.size))))
    }
    return sets
}

private struct StripFeature {
    let index: Int
    let along: Float
    let across: Float
    let keypoint: Keypoint
}

/// A mask at a smaller size, by the nearest value; all inside where there is none.
private func sampled(
    _ values: [UInt8]?, _ full: (width: Int, height: Int), _ size: (width: Int, height: Int)
) -> [UInt8] {
    guard let values else { return [UInt8](repeating: 255, count: size.width * size.height) }
    var target: [UInt8] = []
    target.reserveCapacity(size.width * size.height)
    for row in 0..<size.height {
        let start = (2 * row + 1) * full.height / (2 * size.height) * full.width
        for column in 0..<size.width {
            target.append(values[start + (2 * column + 1) * full.width / (2 * size.width)])
        }
    }
    return target
}

private func sift(
    _ plane: [UInt8], allowed: [UInt8], size: (width: Int, height: Int), limit: Int, contrast: Double, upright: Bool
) throws(IdentificationError) -> (points: [cv_bridge_keypoint], descriptors: QuantisedDescriptors) {
    var points = [cv_bridge_keypoint](repeating: cv_bridge_keypoint(), count: limit)
    var descriptors = [Float](repeating: 0, count: limit * QuantisedDescriptors.siftLength)
    var count: Int32 = 0
    try vision("SIFT") {
        cv_bridge_sift(
            plane, allowed, Int32(size.width), Int32(size.height), Int32(limit), contrast, upright ? 1 : 0, &points,
            &descriptors, &count)
    }
    return (
        Array(points.prefix(Int(count))),
        QuantisedDescriptors(reducing: descriptors[..<(Int(count) * QuantisedDescriptors.siftLength)])
    )
}
