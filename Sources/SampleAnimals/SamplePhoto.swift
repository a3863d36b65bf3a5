public import Foundation
public import Imaging

/// One rendered photograph of a ``SampleAnimal``.
public struct SamplePhoto: Sendable {
    /// A rectangle in fractions of the frame, from its left upper corner.
    public struct HeadBox: Sendable, Hashable {
        /// Left edge, 0 … 1 of the frame's width.
        public let x: Double
        /// Upper edge, 0 … 1 of the frame's height.
        public let y: Double
        /// Width, 0 … 1 of the frame's width.
        public let width: Double
        /// Height, 0 … 1 of the frame's height.
        public let height: Double

        /// Creates a rectangle from its left upper corner and size.
        public init(x: Double, y: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    /// The pixels as they were before compression.
    public let image: PixelImage
    /// The head from snout to neck fold; nil when no part of a head is in the frame.
    public let headBox: HeadBox?
    /// The head's landmarks; nil without an animal, and any may lie beside the frame.
    public let headLandmarks: HeadLandmarks?
    /// The photograph as a JPEG file with EXIF: camera "andrias sample", capture time and place where given.
    public let jpeg: [UInt8]

    /// The camera's maker in the EXIF of every drawn photograph; no camera has it.
    public static let cameraMaker = "andrias sample"
}

/// Draws a photograph of a giant salamander's head seen from above.
///
/// The picture is invented from the seeds of the animal and the conditions; the same arguments give the same bytes. It
/// is no record of a real animal, and its EXIF says so by the camera's name.
///
/// - Parameters:
///   - animal: The animal, or nil for the river bed alone.
///   - conditions: Pose, camera, water and light.
///   - capturedAt: Moment of capture for the EXIF, written as local time with the offset +09:00; nil leaves it out.
///   - position: Latitude and longitude in degrees (WGS 84) for the EXIF; nil leaves them out.
/// - Returns: The pixels, the box of the head and the JPEG file.
/// - Throws: ``ImagingError`` when the JPEG encoder refuses the picture.
public func renderPhoto(
    of animal: SampleAnimal?, under conditions: SampleConditions, capturedAt: Date? = nil,
    position: (latitude: Double, longitude: Double)? = nil
) throws(ImagingError) -> SamplePhoto {
    let conditions = conditions.drawable
    let (pixels, head) = renderPixels(animal, conditions)
    let image = PixelImage(width: conditions.width, height: conditions.height, pixels: pixels)
    let exif = ExifFields(
        capturedAt: capturedAt.flatMap { CaptureTime($0, offset: 9 * 3600) },
        coordinates: position.map { GPSCoordinates(latitude: $0.latitude, longitude: $0.longitude) },
        make: SamplePhoto.cameraMaker, model: "rendered, not a photograph")
    let jpeg = try encodeJPEG(image, quality: conditions.jpegQuality, exif: exif)
    return SamplePhoto(image: image, headBox: head?.box, headLandmarks: head?.landmarks, jpeg: jpeg)
}

/// Interleaved RGB of the photograph, and the head's place in it.
func renderPixels(
    _ animal: SampleAnimal?, _ conditions: SampleConditions
) -> ([UInt8], head: (box: SamplePhoto.HeadBox?, landmarks: HeadLandmarks)?) {
    let scene = Scene(width: conditions.width, height: conditions.height)
    let view = Viewpoint(conditions)
    let light = Daylight(conditions)
    let ripples = Ripples(conditions, pixelsPerUnit: view.pixelsPerUnit)
    RiverBed(conditions, view: view, ripples: ripples).draw(into: scene)
    var head: (box: SamplePhoto.HeadBox?, landmarks: HeadLandmarks)?
    if let animal {
        let layer = AnimalLayer(animal, conditions, view: view, ripples: ripples)
        layer.draw(into: scene)
        head = (
            clipped(layer.headBounds(), conditions),
            HeadLandmarks(pixels: layer.headLandmarks(), width: conditions.width, height: conditions.height)
        )
    }
    Illumination(conditions, light: light, view: view).apply(to: scene)
    WaterSurface(conditions, light: light, view: view).add(to: scene)
    return (Lens(conditions, light: light).expose(scene), head)
}

/// The part of a rectangle of pixels that lies in the frame, in fractions of it.
private func clipped(
    _ bounds: (left: Float, top: Float, right: Float, bottom: Float), _ conditions: SampleConditions
) -> SamplePhoto.HeadBox? {
    func fraction(_ value: Float, _ side: Int) -> Double { min(1, max(0, Double(value) / Double(side))) }
    let (left, right) = (fraction(bounds.left, conditions.width), fraction(bounds.right, conditions.width))
    let (top, bottom) = (fraction(bounds.top, conditions.height), fraction(bounds.bottom, conditions.height))
    guard left < right, top < bottom else { return nil }
    return .init(x: left, y: top, width: right - left, height: bottom - top)
}
