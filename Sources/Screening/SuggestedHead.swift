public import Hybrids
public import Identification
public import Imaging
public import Registry

/// Landmarks suggested on a photograph's file, the same way for the command line and for the registry.
public struct SuggestedHead: Sendable {
    /// The suggestion in pixels of ``region``.
    public let suggestion: LandmarkSuggestion
    /// The part of the photograph that was looked at.
    public let region: LocatedRegion

    /// Looks for a head where a mark says that it is, or all over the photograph; `nil` where no place is surely one.
    ///
    /// - Parameters:
    ///   - bytes: The photograph's file.
    ///   - mark: Where the head is on the upright photograph, if somebody drew it; its axis, if it has one, says where to
    ///     look.
    ///   - model: What suggests.
    /// - Throws: `ImagingError`.
    public init?(on bytes: [UInt8], mark: RegionMark?, by model: LandmarkModel) throws(ImagingError) {
        guard let region = try locateRegion(in: bytes, mark: mark),
            let suggestion = model.suggestion(on: region.image, mask: region.mask, axis: region.headAxis)
        else { return nil }
        self.suggestion = suggestion
        self.region = region
    }

    /// One point for each `HeadLandmark` in its order, in fractions of the upright photograph.
    public var points: [PhotoPoint] { suggestion.head.points.map(region.photoPoint) }
}

extension LocatedRegion {
    // A region's axis counts from the middle of a pixel, landmarks from its corner.
    fileprivate var headAxis: (snout: SIMD2<Double>, neck: SIMD2<Double>)? {
        axis.map { (SIMD2<Double>($0.snout) + 0.5, SIMD2<Double>($0.neck) + 0.5) }
    }
}

extension LandmarkedPhotograph {
    /// A photograph's file with landmarks as a person placed them; `nil` where it is of one colour and shows nothing.
    ///
    /// - Parameters:
    ///   - animal: The animal's name.
    ///   - bytes: The photograph's file.
    ///   - mark: Where the head is, if somebody drew it.
    ///   - points: One for each `HeadLandmark` in its order, in fractions of the upright photograph.
    /// - Throws: `ImagingError`; `LandmarkRejection` where the points are no head on the part that is looked at.
    public init?(animal: String, on bytes: [UInt8], mark: RegionMark? = nil, placed points: [PhotoPoint]) throws {
        guard let region = try locateRegion(in: bytes, mark: mark) else { return nil }
        let placed = zip(HeadLandmark.allCases, points).map { ($0.rawValue, region.point($1)) }
        self.init(
            animal: animal, image: region.image, mask: region.mask,
            head: try DorsalHead(placed, width: region.image.width, height: region.image.height))
    }
}
