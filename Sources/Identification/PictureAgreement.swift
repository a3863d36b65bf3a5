import Foundation

/// How far two photographs are one picture: whether one map of the plane carries the spots of one onto the other's
/// exactly, with their surroundings.
///
/// So do a file saved again, cropped, turned or brightened, a photograph of a screen or a print, and two photographs of
/// one moment; none of them tells that the animal was met again. Photographs of two meetings do not: the animal bends,
/// water and light change.
public struct PictureAgreement: Hashable, Sendable {
    /// Matches within a pixel, of 512, of where the map puts them, whose descriptors are all but the same: a cosine
    /// above 0.94.
    public let exact: Int
    /// Keypoints in the area that both show, of the photograph that has fewer there.
    public let shared: Int

    /// The part of the shared keypoints that agree exactly, 0 … 1.
    public var share: Double { Double(exact) / Double(max(shared, 1)) }

    /// Whether it is one picture: a ``share`` of at least 0.13, and 20 keypoints.
    ///
    /// | Pairs of photographs | Pairs | Share: least, median, most | One picture |
    /// |---|---|---|---|
    /// | newts, two meetings | 604 | 0, 0, 0.046 | 0 |
    /// | drawn heads, two meetings | 96 | 0, 0.006, 0.104 | 0 |
    /// | copies saved again, cut to 70 %, halved, turned, of another contrast | 1,204 | 0.117, 0.39, 1 | 1,202 |
    /// | newts taken from a bright screen at 0 to 20°, or from a curled print at 15° | 304 | 0.092, 0.24, 0.48 | 301 |
    /// | the same screens in the dark, where nothing tells where the animal is | 228 | 0.028, 0.13, 0.34 | 110 |
    /// | drawn heads from a screen | 48 | 0.215, 0.32, 0.49 | 48 |
    /// | newts, taken within one session | 170 | 0, 0.004, 0.43 | 17 |
    /// | drawn heads, one scene, moved by a hundredth | 48 | 0.045, 0.24, 0.46 | 37 |
    ///
    /// With the threshold a quarter above the greatest share of two meetings on one half of the animals, none of 271 pairs
    /// of two meetings of the other half passed. Drawn heads are stiff, and so the hardest.
    public var isOnePicture: Bool { share >= 0.13 && exact >= Self.leastExact }

    private static let leastExact = 20

    /// Compares the pictures that a pair's evidence was found on; `nil` where too little agrees to say anything.
    ///
    /// - Parameters:
    ///   - evidence: What the two have in common.
    ///   - query: The template the evidence was found on.
    ///   - reference: The template it was found against.
    /// - Throws: ``IdentificationError``.
    public init?(_ evidence: PairEvidence, of query: Template, with reference: Template) throws(IdentificationError) {
        let pairs = evidence.pairs.filter { $0.branch == .free }
        guard pairs.count >= Self.leastExact else { return nil }
        let places = pairs.map { pair in
            PlaneMap.Pair(
                from: Place(query.free[pair.channel].keypoints[pair.query]),
                to: Place(reference.free[pair.channel].keypoints[pair.reference]))
        }
        let pixel = Double(max(reference.width, reference.height)) / 512
        guard let map = try PlaneMap(explaining: places, pixel: pixel), let back = map.inverse else { return nil }
        exact = pairs.indices.count { index in
            let pair = pairs[index]
            return map.miss(places[index]) <= pixel
                && query.free[pair.channel].descriptors.cosine(
                    of: pair.query, with: reference.free[pair.channel].descriptors, at: pair.reference) > 0.94
        }
        shared = min(query.count(within: reference, by: map), reference.count(within: query, by: back))
    }
}

extension Template {
    /// How many keypoints a map puts on another photograph's region.
    fileprivate func count(within other: Template, by map: PlaneMap) -> Int {
        free.reduce(0) { count, set in
            count
                + set.keypoints.count { keypoint in
                    let place = map.apply(Place(keypoint))
                    return (0..<Double(other.width)).contains(place.x) && (0..<Double(other.height)).contains(place.y)
                }
        }
    }
}

extension Place {
    fileprivate init(_ keypoint: Keypoint) { self.init(x: Double(keypoint.x), y: Double(keypoint.y)) }
}
