import Registry

/// Two photographs side by side, cut to where their spots agree, with lines from spot to spot.
struct PhotoComparison {
    let submitted: Photo
    let reference: Photo
    let correspondences: [Correspondence]
    let address: (Identifier<Photo>) -> String
    let submittedTitle: String
    let referenceTitle: String
    let enlarge: String

    /// Lines beyond this many hide the photographs.
    static let lines = 30

    var html: HTML {
        let left = Panel(
            submitted, points: correspondences.map { (x: $0.queryX, y: $0.queryY) }, x: 0)
        let right = Panel(
            reference, points: correspondences.map { (x: $0.referenceX, y: $0.referenceY) }, x: left.width + Panel.gap)
        let joined = evenly(correspondences, atMost: Self.lines).map { pair -> HTML in
            let (x1, y1) = left.place(pair.queryX, pair.queryY)
            let (x2, y2) = right.place(pair.referenceX, pair.referenceY)
            return """
                <path d="M\(x1) \(y1)L\(x2) \(y2)"/><circle cx="\(x1)" cy="\(y1)" r="7"/>\
                <circle cx="\(x2)" cy="\(y2)" r="7"/>
                """
        }
        return """
            <figure class="comparison"><svg viewBox="0 0 \(right.x + right.width) \(Panel.height)" role="img" \
            aria-label="\(submittedTitle) — \(referenceTitle)">
            \(picture(left, submitted))\(picture(right, reference))
            <g class="halo">\(joined)</g><g class="spots">\(joined)</g></svg>
            <figcaption><a href="\(address(submitted.id))">\(submittedTitle)</a>\
            <a href="\(address(reference.id))">\(referenceTitle)</a></figcaption></figure>
            """
    }

    private func picture(_ panel: Panel, _ photo: Photo) -> HTML {
        """
        <svg x="\(panel.x)" y="0" width="\(panel.width)" height="\(Panel.height)" viewBox="\(panel.left) \(panel.top) \
        \(panel.cutWidth) \(panel.cutHeight)"><image href="\(address(photo.id))" width="\(Double(photo.width))" \
        height="\(Double(photo.height))"/></svg>
        """
    }

    private func evenly(_ pairs: [Correspondence], atMost count: Int) -> [Correspondence] {
        guard pairs.count > count else { return pairs }
        return (0..<count).map { pairs[$0 * pairs.count / count] }
    }
}

/// One photograph of a comparison: which part of it is shown, and where.
///
/// Lengths of the cut are in pixels of the photograph, others in units of the drawing.
private struct Panel {
    static let height = 800.0
    static let gap = 16.0

    let x: Double
    let width: Double
    let left: Double
    let top: Double
    let cutWidth: Double
    let cutHeight: Double
    private let photo: Photo

    /// The cut holds all points with a margin, and is between 3:4 and 4:3 so that two fit beside each other.
    init(_ photo: Photo, points: [(x: Double, y: Double)], x: Double) {
        self.photo = photo
        self.x = x
        let (fullWidth, fullHeight) = (Double(photo.width), Double(photo.height))
        let xs = points.map { $0.x * fullWidth }
        let ys = points.map { $0.y * fullHeight }
        let (lowX, highX) = (xs.min() ?? 0, xs.max() ?? fullWidth)
        let (lowY, highY) = (ys.min() ?? 0, ys.max() ?? fullHeight)
        let margin = 0.2 * max(highX - lowX, highY - lowY, 0.6 * max(fullWidth, fullHeight))
        var cutWidth = min(fullWidth, highX - lowX + 2 * margin)
        var cutHeight = min(fullHeight, highY - lowY + 2 * margin)
        cutWidth = min(fullWidth, max(cutWidth, cutHeight * 0.75))
        cutHeight = min(fullHeight, max(cutHeight, cutWidth * 0.75))
        left = min(max((lowX + highX - cutWidth) / 2, 0), fullWidth - cutWidth)
        top = min(max((lowY + highY - cutHeight) / 2, 0), fullHeight - cutHeight)
        self.cutWidth = cutWidth
        self.cutHeight = cutHeight
        width = Self.height * cutWidth / cutHeight
    }

    /// Where a point given in fractions of the photograph lies in the drawing.
    func place(_ fractionX: Double, _ fractionY: Double) -> (Double, Double) {
        let scale = Self.height / cutHeight
        return (
            x + (fractionX * Double(photo.width) - left) * scale, (fractionY * Double(photo.height) - top) * scale
        )
    }
}
