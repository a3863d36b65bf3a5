import Foundation

extension Template {
    /// The template of the photograph mirrored left to right, without looking at pixels again.
    ///
    /// Keypoints change sides, directions turn the other way, and descriptors change signs of coefficients; the
    /// straightened body keeps its head end and changes its sides.
    public var mirrored: Template {
        let mirror = { (set: FeatureSet) in set.mirrored(width: Float(width)) }
        return Template(
            extractor: extractor, frame: frame, width: width, height: height, free: free.map(mirror),
            strip: strip.map { $0.map(mirror) })
    }
}

extension FeatureSet {
    fileprivate func mirrored(width: Float) -> FeatureSet {
        let mirrored = keypoints.map { point in
            let turned = strip == nil ? Float.pi - point.angle : point.angle
            return Keypoint(
                x: width - 1 - point.x, y: point.y, size: point.size, angle: turned < 0 ? turned + 2 * .pi : turned)
        }
        return FeatureSet(
            keypoints: mirrored, descriptors: descriptors.mirrored,
            strip: strip.map { places in
                StripPlaces(
                    along: Array(places.along.prefix(places.count)), across: places.across.prefix(places.count).map(-),
                    sizes: keypoints.map(\.size))
            })
    }
}
