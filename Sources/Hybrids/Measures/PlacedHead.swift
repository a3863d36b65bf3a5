public import Foundation
public import Registry

/// The landmarks of a head on a photograph as the registry keeps them.
///
/// They are only ever appended: the latest that a person placed count, else the latest suggestion.
public struct PlacedHead: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<PlacedHead>
    /// The photograph.
    public let photo: Identifier<Photo>
    /// Name and version of the scheme of landmarks.
    public let scheme: String
    /// One point for each ``HeadLandmark`` in its order, in pixels of the upright original.
    public let points: [SIMD2<Double>]
    /// Where the points come from.
    public let source: Source
    /// Who placed them, or took a suggestion over.
    public let placedBy: Reviewer
    /// When.
    public let placedAt: Date

    /// Where landmarks come from.
    public enum Source: Hashable, Sendable {
        /// A person placed them.
        case person
        /// A program suggested them; its name and version.
        case suggested(by: String)

        /// The source's name.
        public var name: String {
            switch self {
            case .person: "person"
            case .suggested: "suggested"
            }
        }

        /// What suggested them; `nil` of a person's own.
        public var model: String? {
            switch self {
            case .person: nil
            case .suggested(let model): model
            }
        }
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<PlacedHead>, photo: Identifier<Photo>, scheme: String, points: [SIMD2<Double>], source: Source,
        placedBy: Reviewer, placedAt: Date
    ) {
        self.id = id
        self.photo = photo
        self.scheme = scheme
        self.points = points
        self.source = source
        self.placedBy = placedBy
        self.placedAt = placedAt
    }
}

extension DorsalHead {
    /// Checks landmarks on an upright original, also at the size at which it is measured.
    ///
    /// - Parameters:
    ///   - placed: Name and place in pixels of each landmark, in the order of ``HeadLandmark``.
    ///   - width: The photograph's width in pixels.
    ///   - height: Its height in pixels.
    /// - Returns: The head in the pixels of the original.
    /// - Throws: ``LandmarkRejection``.
    public static func measurable(
        _ placed: [(name: String, point: SIMD2<Double>)], width: Int, height: Int
    ) throws(LandmarkRejection) -> DorsalHead {
        let head = try DorsalHead(inPixels: placed, width: width, height: height)
        _ = try head.scaled(by: min(1, Double(MeasuredHead.longestSide) / Double(max(width, height))))
        return head
    }
}
