import Imaging
public import Registry

extension LocatedRegion {
    /// A point of the photograph in fractions of the region.
    public func point(_ point: PhotoPoint) -> PhotoPoint {
        PhotoPoint(x: (point.x - frame.x) / frame.width, y: (point.y - frame.y) / frame.height)
    }

    /// A point in pixels of the region in fractions of the photograph; one on the photograph's edge stays on it.
    public func photoPoint(_ pixel: SIMD2<Double>) -> PhotoPoint {
        PhotoPoint(
            x: min(1, max(0, frame.x + pixel.x / Double(image.width) * frame.width)),
            y: min(1, max(0, frame.y + pixel.y / Double(image.height) * frame.height)))
    }
}
