/// What a person or a detector drew on a photograph to say where a body region is and how it lies.
///
/// Coordinates are fractions of the upright photograph's width and height, from its upper left corner.
public struct RegionMark: Hashable, Sendable {
    /// Where the region is.
    public let shape: Shape
    /// Where a head points and how long it is, where its landmarks were placed.
    public let axis: HeadAxis?

    /// A rectangle or an outline.
    public enum Shape: Hashable, Sendable {
        /// A rectangle round the region, with background in it.
        case box(RegionBox)
        /// The animal's outline within the region.
        case outline(RegionOutline)
    }

    /// A mark of its parts.
    public init(_ shape: Shape, axis: HeadAxis? = nil) {
        self.shape = shape
        self.axis = axis
    }

    /// The rectangle round the region.
    public var box: RegionBox {
        switch shape {
        case .box(let box): box
        case .outline(let outline): outline.bounds
        }
    }

    /// The outline, where one was drawn.
    public var outline: RegionOutline? {
        guard case .outline(let outline) = shape else { return nil }
        return outline
    }
}

/// A point of an upright photograph, in fractions of its width and height.
public struct PhotoPoint: Hashable, Sendable, Codable {
    /// From the left edge, 0 … 1.
    public let x: Double
    /// From the top edge, 0 … 1.
    public let y: Double

    /// A point; it may lie anywhere until something checks it.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    fileprivate var isOnPhoto: Bool { (0...1).contains(x) && (0...1).contains(y) }
}

/// An animal's outline on a photograph: a closed polygon.
public struct RegionOutline: Hashable, Sendable {
    /// Its corners in order, 3 … 500; the last is joined to the first.
    public let points: [PhotoPoint]
    /// The rectangle round it.
    public let bounds: RegionBox

    /// Why points are not an outline.
    public enum Rejection: Error, Hashable, Sendable {
        /// Fewer than 3 points or more than 500.
        case pointCount(Int)
        /// A point beside the photograph: its place in the list, from 0.
        case outsidePhoto(Int)
        /// The points enclose nothing.
        case flat
    }

    /// Checks points.
    ///
    /// - Throws: ``Rejection``.
    public init(_ points: [PhotoPoint]) throws(Rejection) {
        guard (3...500).contains(points.count) else { throw .pointCount(points.count) }
        if let outside = points.firstIndex(where: { !$0.isOnPhoto }) { throw .outsidePhoto(outside) }
        var (left, right, top, bottom) = (1.0, 0.0, 1.0, 0.0)
        for point in points {
            (left, right) = (min(left, point.x), max(right, point.x))
            (top, bottom) = (min(top, point.y), max(bottom, point.y))
        }
        guard Self.enclosedArea(points) > 1e-6,
            let bounds = try? RegionBox(x: left, y: top, width: right - left, height: bottom - top)
        else { throw .flat }
        self.points = points
        self.bounds = bounds
    }

    /// Gauss's formula.
    private static func enclosedArea(_ points: [PhotoPoint]) -> Double {
        let next = points.dropFirst() + points.prefix(1)
        return abs(zip(points, next).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }) / 2
    }
}

/// Two landmarks of a head seen from above: they tell where it points and how long it is.
public struct HeadAxis: Hashable, Sendable {
    /// The tip of the snout.
    public let snout: PhotoPoint
    /// The middle of the fold between head and trunk.
    public let neck: PhotoPoint

    /// Why landmarks are not an axis.
    public enum Rejection: Error, Hashable, Sendable {
        /// A landmark lies beside the photograph.
        case outsidePhoto
        /// They lie less than 0.02 of the photograph apart.
        case tooShort
    }

    /// Checks landmarks.
    ///
    /// - Throws: ``Rejection``.
    public init(snout: PhotoPoint, neck: PhotoPoint) throws(Rejection) {
        guard snout.isOnPhoto, neck.isOnPhoto else { throw .outsidePhoto }
        guard max(abs(snout.x - neck.x), abs(snout.y - neck.y)) >= 0.02 else { throw .tooShort }
        self.snout = snout
        self.neck = neck
    }
}
