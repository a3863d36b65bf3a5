public import Registry

/// What is kept of a photograph for comparing: keypoints and descriptors of one region, and what made them.
///
/// Templates of different extractor versions are never compared.
public struct Template: Hashable, Sendable {
    /// Version of the extractor that made it.
    public let extractor: String
    /// The part of the upright photograph it was made from.
    public let frame: RegionBox
    /// Width of that part in the pixels in which keypoints are measured.
    public let width: Int
    /// Height of that part in the same pixels.
    public let height: Int
    /// Features with directions of their own, one set for each channel.
    public let free: [FeatureSet]
    /// Upright features of the straightened body, one set for each channel; `nil` where it could not be straightened.
    public let strip: [FeatureSet]?

    /// A template from an extractor or from storage.
    public init(
        extractor: String, frame: RegionBox, width: Int, height: Int, free: [FeatureSet], strip: [FeatureSet]?
    ) {
        self.extractor = extractor
        self.frame = frame
        self.width = width
        self.height = height
        self.free = free
        self.strip = strip
    }

    /// Number of keypoints with directions of their own, in all channels.
    public var featureCount: Int { free.reduce(0) { $0 + $1.keypoints.count } }

    /// The keypoints of a branch's channel.
    public func keypoints(_ branch: Branch, channel: Int) -> [Keypoint] {
        switch branch {
        case .free: free[channel].keypoints
        case .strip: strip?[channel].keypoints ?? []
        }
    }
}

/// A way of looking at an animal; the two fail on different photographs.
public enum Branch: Int, CaseIterable, Sendable {
    /// In the picture as it is, with features that have their own direction.
    case free
    /// On the straightened body, with upright features.
    case strip
}

/// Keypoints of one image channel with their descriptors.
public struct FeatureSet: Hashable, Sendable {
    /// The keypoints: the strongest first, or in order along the straightened body.
    public let keypoints: [Keypoint]
    /// Their descriptors.
    public let descriptors: QuantisedDescriptors
    /// Where they lie on the straightened body.
    let strip: StripPlaces?

    /// A set; there must be one descriptor for each keypoint, and one place where there are places.
    init(keypoints: [Keypoint], descriptors: QuantisedDescriptors, strip: StripPlaces? = nil) {
        precondition(descriptors.count == keypoints.count, "one descriptor a keypoint")
        precondition(strip.map { $0.count == keypoints.count } ?? true, "one place a keypoint")
        self.keypoints = keypoints
        self.descriptors = descriptors
        self.strip = strip
    }
}

/// A place in an image that stands out at its own scale and direction.
public struct Keypoint: Hashable, Sendable {
    /// Pixels from the left edge of the region.
    public let x: Float
    /// Pixels from the top edge of the region.
    public let y: Float
    /// Diameter in pixels: of the region, or of the strip for features of the straightened body.
    public let size: Float
    /// Direction in radians, 0 … 2π.
    public let angle: Float

    /// A keypoint in the pixels of its region.
    public init(x: Float, y: Float, size: Float, angle: Float) {
        self.x = x
        self.y = y
        self.size = size
        self.angle = angle
    }
}
