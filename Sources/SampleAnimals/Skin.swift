/// The part of the frame that an animal may cover.
struct Window {
    let left: Int
    let top: Int
    let right: Int
    let bottom: Int

    var width: Int { right - left }

    /// The rectangle round picture points, clipped to the frame; nil when nothing is left.
    init?(around points: [(x: Float, y: Float)], margin: Float, _ frameWidth: Int, _ frameHeight: Int) {
        var (left, top, right, bottom) = (Float(frameWidth), Float(frameHeight), Float(0), Float(0))
        for point in points {
            left = min(left, point.x - margin)
            top = min(top, point.y - margin)
            right = max(right, point.x + margin)
            bottom = max(bottom, point.y + margin)
        }
        self.left = Int(max(0, left))
        self.top = Int(max(0, top))
        self.right = Int(min(Float(frameWidth), right))
        self.bottom = Int(min(Float(frameHeight), bottom))
        if self.left >= self.right || self.top >= self.bottom { return nil }
    }
}

/// The animal's surface in its window: where each pixel lies on the animal and what grows there.
struct Skin: ~Copyable {
    let window: Window
    let x: Plane
    let y: Plane
    let height: Plane
    /// To the outline, negative inside.
    let distance: Plane
    let pigment: Plane
    let wart: Plane
    let blotch: Plane

    init(_ window: Window) {
        self.window = window
        let (width, height) = (window.width, window.bottom - window.top)
        x = Plane(width: width, height: height)
        y = Plane(width: width, height: height)
        self.height = Plane(width: width, height: height)
        distance = Plane(width: width, height: height)
        pigment = Plane(width: width, height: height)
        wart = Plane(width: width, height: height)
        blotch = Plane(width: width, height: height)
    }
}
