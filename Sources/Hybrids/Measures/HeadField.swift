import Foundation
public import Imaging
public import Registry

/// The inner field of a head seen from above, laid upright at one resolution, with the light of the bed round it.
///
/// Along the head ``pixelsPerLength`` pixels, whatever the photograph: measures of fine things must not depend on how
/// near the camera was. The field is the hexagon of snout, widest points, neck fold ends and neck middle, drawn
/// in to 0.88 about its middle, so that neither rim nor bed is in it; reflections are left out.
public struct HeadField: Sendable {
    /// Pixels to one head length.
    public static let pixelsPerLength = 192

    /// Why no field can be measured.
    public enum Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// Less than half of the field is on the photograph and free of reflections.
        case headCovered
        /// Too little of the bed round the head is on the photograph to take its colour.
        case bedMissing

        /// What happened and what to do.
        public var description: String { text(in: .en) }

        /// The same for people.
        public func text(in language: Language) -> String {
            switch self {
            case .headCovered: HeadText.headCovered.text(in: language)
            case .bedMissing: HeadText.bedMissing.text(in: language)
            }
        }
    }

    /// The field's picture, everything round it included.
    let image: PixelImage
    /// Where the field is.
    let mask: GreyMask
    /// Mean linear light of the bed: red, green, blue.
    let bed: SIMD3<Double>

    /// The field of a head with all landmarks.
    ///
    /// - Parameters:
    ///   - photo: The upright photograph in the pixels of the landmarks.
    ///   - head: Its landmarks.
    /// - Throws: ``Rejection``.
    public init(of photo: PixelImage, head: DorsalHead) throws(Rejection) {
        let order: [HeadLandmark] = [.snoutTip, .headRight, .neckRight, .neckMiddle, .neckLeft, .headLeft]
        try self.init(
            photo, snout: head[.snoutTip], neck: head[.neckMiddle],
            outline: order.map { landmark in
                let place = head.place(landmark)
                return SIMD2(place.across, place.along)
            })
    }

    /// The field of a head of which only the axis is known: a hexagon of usual proportions takes the outline's place.
    ///
    /// - Parameters:
    ///   - photo: The upright photograph.
    ///   - axis: Snout and neck.
    /// - Throws: ``Rejection``.
    public init(of photo: PixelImage, axis: HeadAxis) throws(Rejection) {
        let size = SIMD2(Double(photo.width), Double(photo.height))
        try self.init(
            photo, snout: SIMD2(axis.snout.x, axis.snout.y) * size, neck: SIMD2(axis.neck.x, axis.neck.y) * size,
            outline: [
                SIMD2(0, 0), SIMD2(0.45, 0.55), SIMD2(0.4, 1), SIMD2(0, 1), SIMD2(-0.4, 1), SIMD2(-0.45, 0.55),
            ])
    }

    /// An animal cut out on a background of one colour, which then stands for the bed.
    ///
    /// The root of the animal's area takes the place of a head's length.
    ///
    /// - Parameters:
    ///   - cutOut: The picture.
    ///   - animal: Where the animal is.
    /// - Throws: ``Rejection``.
    public init(cutOut: PixelImage, animal: GreyMask) throws(Rejection) {
        let scale = Double(Self.pixelsPerLength) / max(1, Double(animal.count).squareRoot())
        let (width, height) = (
            max(1, Int(Double(cutOut.width) * min(1, scale))), max(1, Int(Double(cutOut.height) * min(1, scale)))
        )
        let image = cutOut.shrunk(width: width, height: height)
        let rim = 6
        var (field, bed) = ([UInt8](repeating: 0, count: width * height), [UInt8](repeating: 0, count: width * height))
        func isInside(_ x: Int, _ y: Int) -> Bool {
            guard (0..<width).contains(x), (0..<height).contains(y) else { return false }
            return animal.values[y * cutOut.height / height * cutOut.width + x * cutOut.width / width] != 0
        }
        for y in 0..<height {
            for x in 0..<width {
                let around = [(0, 0), (rim, 0), (-rim, 0), (0, rim), (0, -rim)].map { isInside(x + $0.0, y + $0.1) }
                if around.allSatisfy({ $0 }) { field[y * width + x] = 255 }
                if !around.contains(true) { bed[y * width + x] = 255 }
            }
        }
        try self.init(image, field: field, bed: bed)
    }

    /// How far the picture reaches: in front of the snout, behind it and to each side, in head lengths.
    private static let reach = (front: 0.5, behind: 1.0, side: 1.0)

    private init(
        _ photo: PixelImage, snout: SIMD2<Double>, neck: SIMD2<Double>, outline: [SIMD2<Double>]
    ) throws(Rejection) {
        let unit = Double(Self.pixelsPerLength)
        let (width, height) = (
            Int(2 * Self.reach.side * unit), Int((Self.reach.front + Self.reach.behind) * unit)
        )
        let axis = (neck - snout) / unit
        let across = SIMD2(axis.y, -axis.x)
        let origin = snout - axis * (Self.reach.front * unit) - across * (Self.reach.side * unit)
        let (image, seen) = photo.resampled(origin: origin, right: across, down: axis, width: width, height: height)
        func mask(_ corners: [SIMD2<Double>], about middle: SIMD2<Double>, _ factor: Double) -> [UInt8] {
            let pixels = corners.map { corner in
                let place = (middle + (corner - middle) * factor + SIMD2(Self.reach.side, Self.reach.front)) * unit
                return SIMD2<Float>(place)
            }
            return GreyMask(filling: pixels, width: width, height: height).values
        }
        let middle = outline.reduce(SIMD2<Double>.zero, +) / Double(outline.count)
        var field = mask(outline, about: middle, 0.88)
        // The head bulges over its hexagon between snout and cheek: 1.5 of it holds the whole head and its shadow.
        var bed = mask(outline, about: middle, 1.5).map { $0 == 0 ? UInt8(255) : 0 }
        let lastRow = Int((Self.reach.front + 0.8) * unit)
        for index in bed.indices {
            if seen[index] == 0 { (field[index], bed[index]) = (0, 0) }
            if index / width >= lastRow { bed[index] = 0 }
        }
        try self.init(image, field: field, bed: bed)
    }

    private init(_ image: PixelImage, field: [UInt8], bed: [UInt8]) throws(Rejection) {
        let glare = glareMask(image).values
        var clear = field
        var (sum, count, whole) = (SIMD3<Double>.zero, 0, 0)
        for index in field.indices {
            if field[index] != 0 {
                whole += 1
                if glare[index] != 0 { clear[index] = 0 }
            } else if bed[index] != 0, glare[index] == 0 {
                sum += image.linearLight(index)
                count += 1
            }
        }
        // A tenth of a square head length: some hundred pebbles' worth of colour.
        guard count >= Self.pixelsPerLength * Self.pixelsPerLength / 10 else { throw .bedMissing }
        let mask = GreyMask(width: image.width, height: image.height, values: clear)
        guard mask.count >= 1000, mask.count * 2 >= Self.leastField(whole) else { throw .headCovered }
        self.bed = (sum / Double(count)).replacing(with: 1e-4, where: sum .<= 0)
        guard let bounds = mask.bounds else { throw .headCovered }
        self.image = image.cropped(x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height)
        self.mask = GreyMask(
            width: bounds.width, height: bounds.height,
            values: (bounds.y..<bounds.y + bounds.height).flatMap { row in
                clear[row * image.width + bounds.x..<row * image.width + bounds.x + bounds.width]
            })
    }

    /// What half of must be left: the field, or a quarter of a square head length where the edge cut most of it off.
    private static func leastField(_ whole: Int) -> Int { max(whole, pixelsPerLength * pixelsPerLength / 4) }
}

extension PixelImage {
    /// Linear light of a pixel, each channel 0 … 1 (the sRGB curve undone).
    func linearLight(_ index: Int) -> SIMD3<Double> {
        SIMD3(
            linearTable[Int(pixels[3 * index])], linearTable[Int(pixels[3 * index + 1])],
            linearTable[Int(pixels[3 * index + 2])])
    }

    /// The picture on a turned grid, each target pixel the mean of up to 4 × 4 places in it.
    ///
    /// - Returns: The picture, and 255 where it lies on this one.
    fileprivate func resampled(
        origin: SIMD2<Double>, right: SIMD2<Double>, down: SIMD2<Double>, width: Int, height: Int
    ) -> (image: PixelImage, seen: [UInt8]) {
        let step = (right * right).sum().squareRoot()
        let places = max(1, min(4, Int(step.rounded(.up))))
        let part = 1 / Double(places)
        var seen = [UInt8](repeating: 0, count: width * height)
        let target = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { target, count in
            pixels.withUnsafeBufferPointer { source in
                var index = 0
                while index < width * height {
                    let column = Double(index % width)
                    let row = Double(index / width)
                    var (red, green, blue, hits) = (0, 0, 0, 0)
                    var k = 0
                    while k < places * places {
                        let along = column + (Double(k % places) + 0.5) * part
                        let deep = row + (Double(k / places) + 0.5) * part
                        let x = origin.x + right.x * along + down.x * deep
                        let y = origin.y + right.y * along + down.y * deep
                        k += 1
                        guard x >= 0, y >= 0, x < Double(self.width), y < Double(self.height) else { continue }
                        let from = 3 * (Int(y) * self.width + Int(x))
                        red += Int(source[from])
                        green += Int(source[from + 1])
                        blue += Int(source[from + 2])
                        hits += 1
                    }
                    if hits == places * places { seen[index] = 255 }
                    let total = max(1, hits)
                    target[3 * index] = UInt8(red / total)
                    target[3 * index + 1] = UInt8(green / total)
                    target[3 * index + 2] = UInt8(blue / total)
                    index += 1
                }
            }
            count = 3 * width * height
        }
        return (PixelImage(width: width, height: height, pixels: target), seen)
    }
}

private let linearTable: [Double] = (0...255).map { byte in
    let value = Double(byte) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
}
