import Foundation
import Imaging

/// One photograph as it stands in a drawing; lengths are units of the drawing.
struct PhotoPanel: Hashable, Sendable {
    /// The panel on the drawing.
    let frame: Rectangle
    /// Takes pixels of the upright photograph to the drawing.
    let placing: Similarity
    /// The embedded picture, a JPEG.
    let picture: [UInt8]
    /// Which part of the photograph the picture shows, in pixels of the upright original.
    let part: Rectangle
}

/// How two photographs share a drawing: beside each other, or one above the other.
struct PanelLayout {
    /// Size of either panel.
    let width: Double
    let height: Double
    let isBeside: Bool
    private let views: (submitted: PhotoView, reference: PhotoView)
    private let scale: Double

    static let gap = 24.0
    static let picturePixels = 800
    private static let tallestBeside = 800.0
    private static let tallestStacked = 680.0

    /// Chooses how the photographs stand: above each other, where they are larger, unless the bodies are taller than wide
    /// by about a third; lines along a body hide it.
    ///
    /// Both panels are of one size, and scaled alike; the views bring what was not of one scale to one size before.
    init(_ submitted: PhotoView, _ reference: PhotoView, width available: Double) {
        let width = max(submitted.bounds.width, reference.bounds.width, 1)
        let height = max(submitted.bounds.height, reference.bounds.height, 1)
        let beside = min((available - Self.gap) / 2 / width, Self.tallestBeside / height)
        let stacked = min(available / width, Self.tallestStacked / height)
        isBeside = beside >= 0.7 * stacked
        scale = isBeside ? beside : stacked
        self.width = width * scale
        self.height = height * scale
        views = (submitted, reference)
    }

    /// The two panels.
    ///
    /// - Parameters:
    ///   - first: Upper left corner of the submitted photograph's panel.
    ///   - second: The same of the reference's.
    /// - Returns: The submitted photograph's and the reference's.
    /// - Throws: `ImagingError`.
    func panels(at first: Point, _ second: Point) throws(ImagingError) -> (PhotoPanel, PhotoPanel) {
        (try panel(views.submitted, at: first), try panel(views.reference, at: second))
    }

    private func panel(_ view: PhotoView, at corner: Point) throws(ImagingError) -> PhotoPanel {
        let window = view.window(width: width / scale, height: height / scale)
        var placing = Similarity(scale: view.placing.scale * scale, turn: view.placing.turn)
        placing.shift = Point(x: corner.x - window.x * scale, y: corner.y - window.y * scale)
        let wanted = Rectangle(around: window.corners.map(view.placing.applyInverse))
        let picture = try view.photo.picture(of: wanted, longestSide: Self.picturePixels)
        return PhotoPanel(
            frame: Rectangle(x: corner.x, y: corner.y, width: width, height: height), placing: placing,
            picture: picture.jpeg, part: picture.part)
    }
}

/// A photograph turned and scaled for comparison, and what of it is to be seen.
struct PhotoView {
    let photo: LocatedPhoto
    /// Takes pixels of the photograph to the plane in which both are compared.
    let placing: Similarity
    /// The body region and the spots that agree, with a margin, in that plane.
    let bounds: Rectangle

    init(_ photo: LocatedPhoto, spots: [Point], placing: Similarity) {
        self.photo = photo
        self.placing = placing
        var shown = photo.outline + spots
        var margin = 0.06
        if photo.outline.isEmpty {
            // Nobody knows where the animal is: the spots tell, roughly.
            margin = 0.2
            if spots.count < 3 { shown = photo.frame.corners }
        }
        let bounds = Rectangle(around: shown.map(placing.apply))
        let grown = bounds.grown(by: margin * max(bounds.width, bounds.height))
        self.bounds = placing.turn == 0 ? grown.intersection(Self.upright(photo, placing)) : grown
    }

    /// A window of a size round the bounds, moved onto the photograph where that is not turned.
    func window(width: Double, height: Double) -> Rectangle {
        let middle = bounds.middle
        var window = Rectangle(x: middle.x - width / 2, y: middle.y - height / 2, width: width, height: height)
        guard placing.turn == 0 else { return window }
        let frame = Self.upright(photo, placing)
        if width <= frame.width { window.x = min(max(window.x, frame.x), frame.x + frame.width - width) }
        if height <= frame.height { window.y = min(max(window.y, frame.y), frame.y + frame.height - height) }
        return window
    }

    private static func upright(_ photo: LocatedPhoto, _ placing: Similarity) -> Rectangle {
        Rectangle(around: photo.frame.corners.map(placing.apply))
    }
}
