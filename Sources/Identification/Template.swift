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
    /// One set of features for each channel of the extractor.
    public let channels: [FeatureSet]

    /// A template from an extractor or from storage.
    public init(extractor: String, frame: RegionBox, width: Int, height: Int, channels: [FeatureSet]) {
        self.extractor = extractor
        self.frame = frame
        self.width = width
        self.height = height
        self.channels = channels
    }

    /// Number of keypoints in all channels.
    public var featureCount: Int { channels.reduce(0) { $0 + $1.keypoints.count } }
}

/// Keypoints of one image channel with their descriptors.
public struct FeatureSet: Hashable, Sendable {
    /// Length of a descriptor in bytes.
    public static let dimension = 128

    /// The keypoints, strongest first.
    public let keypoints: [Keypoint]
    /// Row-major `keypoints.count` × ``dimension``: RootSIFT in steps of 1/512.
    public let descriptors: [UInt8]

    /// A set; `descriptors` must hold ``dimension`` bytes a keypoint.
    public init(keypoints: [Keypoint], descriptors: [UInt8]) {
        precondition(descriptors.count == keypoints.count * Self.dimension, "one descriptor a keypoint")
        self.keypoints = keypoints
        self.descriptors = descriptors
    }
}

/// A place in an image that stands out at its own scale and direction.
public struct Keypoint: Hashable, Sendable {
    /// Pixels from the left edge of the region.
    public let x: Float
    /// Pixels from the top edge of the region.
    public let y: Float
    /// Diameter in pixels.
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
