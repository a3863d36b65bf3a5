internal import CTurboJPEG
import Imaging
import Testing

struct ColourTests {
    private let image = Drawing.blurred(Drawing.spots(width: 160, height: 120), radius: 2)

    @Test func jpegAndPNGKeepThePicture() throws {
        #expect(try decodePhoto(encodePNG(image), longestSide: 160).image == image)
        #expect(try difference(decodePhoto(encodeJPEG(image, quality: 95), longestSide: 160).image, image) < 3)
    }

    @Test func greyscaleDecodesToGrey() throws {
        let file = try compressed(image, subsampling: TJSAMP_GRAY)
        let decoded = try decodePhoto(file, longestSide: 160).image
        let luma = image.luma()
        var grey = image
        for index in luma.indices {
            for channel in 0..<3 { grey.pixels[3 * index + channel] = luma[index] }
        }
        #expect(difference(decoded, grey) < 2)
    }

    /// Adobe's programs store the light that passes; TurboJPEG marks its files as theirs, and so both go together.
    @Test func invertedCMYKOfAdobeDecodesToItsColours() throws {
        let file = try compressed(
            cmyk(inverted: true), width: 160, height: 120, format: TJPF_CMYK, subsampling: TJSAMP_444)
        #expect(file.firstRange(of: Array("Adobe".utf8)) != nil)
        #expect(try difference(decodePhoto(file, longestSide: 160).image, image) < 4)
        let shrunk = image.shrunk(width: 40, height: 30)
        #expect(try difference(decodePhoto(file, longestSide: 40).image, shrunk) < 4)
    }

    private func cmyk(inverted: Bool) -> [UInt8] {
        (0..<160 * 120).flatMap { index -> [UInt8] in
            let colour = (0..<3).map { Int(image.pixels[3 * index + $0]) }
            let light = max(colour.max() ?? 0, 1)
            let inks = colour.map { UInt8($0 * 255 / light) } + [UInt8(light)]
            return inverted ? inks : inks.map { 255 - $0 }
        }
    }

    @Test(arguments: Orientation.allCases)
    func orientationsOfTheFileTurnThePicture(orientation: Orientation) throws {
        let file = try encodeJPEG(image, quality: 95, exif: ExifFields(orientation: orientation))
        let photo = try decodePhoto(file, longestSide: 160)
        #expect(photo.header.width == 160)
        #expect(photo.header.uprightSize == (orientation.swapsSides ? (120, 160) : (160, 120)))
        #expect(difference(photo.image, image.upright(from: orientation)) < 3)
    }

    @Test func turningFourTimesAndMirroringTwiceAreNothing() {
        var turned = image
        for _ in 0..<4 { turned = turned.upright(from: .right) }
        #expect(turned == image)
        #expect(image.upright(from: .right).upright(from: .left) == image)
        for mirror in [Orientation.upMirrored, .downMirrored, .leftMirrored, .rightMirrored, .down] {
            #expect(image.upright(from: mirror) != image)
            #expect(image.upright(from: mirror).upright(from: mirror) == image)
        }
        // Turned clockwise, the lower left corner comes to the upper left.
        #expect(
            Array(image.upright(from: .right).pixels[0..<3]) == Array(image.pixels[3 * 119 * 160..<3 * 119 * 160 + 3]))
    }

    @Test func croppingIsClippedToTheImage() {
        let crop = image.cropped(x: 150, y: -5, width: 50, height: 10)
        #expect((crop.width, crop.height) == (10, 5))
        #expect(Array(crop.pixels[0..<30]) == Array(image.pixels[450..<480]))
        #expect(image.cropped(x: 500, y: 0, width: 10, height: 10).pixels.isEmpty)
    }

    @Test func shrinkingKeepsTheMeanAndNeverEnlarges() {
        let mean = { (image: PixelImage) in Double(image.pixels.reduce(0) { $0 + Int($1) }) / Double(image.pixels.count)
        }
        for (width, height) in [(159, 119), (80, 60), (53, 40), (7, 5), (1, 1)] {
            let small = image.shrunk(width: width, height: height)
            #expect((small.width, small.height) == (width, height))
            #expect(abs(mean(small) - mean(image)) < 1)
        }
        #expect(image.shrunk(width: 1000, height: 1000) == image)
        #expect(
            PixelImage(width: 90, height: 70, repeating: (255, 0, 128)).shrunk(width: 13, height: 11)
                == PixelImage(width: 13, height: 11, repeating: (255, 0, 128)))
    }
}
