/// A landmark of the head seen from above, in the order in which landmarks are given.
///
/// Scheme `dorsal-head-1`: the two landmarks of the midline and five pairs. Left and right are the animal's own; on a
/// photograph with the snout upwards the animal's left is on the left.
public enum HeadLandmark: String, CaseIterable, Codable, Sendable {
    /// The foremost point of the snout, on the midline.
    case snoutTip = "snout_tip"
    /// The middle of the left nostril.
    case nostrilLeft = "nostril_left"
    /// The middle of the right nostril.
    case nostrilRight = "nostril_right"
    /// The middle of the left eye.
    case eyeLeft = "eye_left"
    /// The middle of the right eye.
    case eyeRight = "eye_right"
    /// Where the line of the closed mouth ends on the left, as seen from above.
    case mouthLeft = "mouth_left"
    /// Where the line of the closed mouth ends on the right.
    case mouthRight = "mouth_right"
    /// The point of the left outline farthest from the midline, in front of the neck fold.
    case headLeft = "head_left"
    /// The point of the right outline farthest from the midline, in front of the neck fold.
    case headRight = "head_right"
    /// Where the neck fold meets the left outline.
    case neckLeft = "neck_left"
    /// Where the neck fold meets the right outline.
    case neckRight = "neck_right"
    /// The neck fold on the midline.
    case neckMiddle = "neck_middle"

    /// Name and version of the scheme; landmarks of another are not compared with these.
    public static let scheme = "dorsal-head-1"

    /// The pairs from the snout to the neck: the animal's left, then its right.
    public static let pairs: [(left: HeadLandmark, right: HeadLandmark)] = [
        (.nostrilLeft, .nostrilRight), (.eyeLeft, .eyeRight), (.mouthLeft, .mouthRight), (.headLeft, .headRight),
        (.neckLeft, .neckRight),
    ]

    /// The same landmark on the other side; itself on the midline.
    public var mirrored: HeadLandmark {
        for pair in Self.pairs {
            if self == pair.left { return pair.right }
            if self == pair.right { return pair.left }
        }
        return self
    }
}
