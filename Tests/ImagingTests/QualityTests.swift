import Imaging
import Testing

struct QualityTests {
    private func quality(_ image: PixelImage, mask: GreyMask? = nil, side: Double = 1000) -> PhotoQuality {
        assessQuality(image, mask: mask, originalLongSide: side)
    }

    @Test func blurLowersSharpnessStepByStep() {
        let image = Drawing.spots()
        let sharpness = [0, 1, 2, 3, 5].map { quality(Drawing.blurred(image, radius: $0)).sharpness }
        #expect(zip(sharpness, sharpness.dropFirst()).allSatisfy { $0 > $1 }, "\(sharpness)")
    }

    @Test func exposureHardlyChangesSharpness() {
        let image = Drawing.spots()
        var dark = image
        for index in dark.pixels.indices { dark.pixels[index] /= 2 }
        #expect(abs(quality(dark).sharpness / quality(image).sharpness - 1) < 0.05)
        #expect(quality(dark).meanLuminance < quality(image).meanLuminance)
    }

    @Test func darkAndBrightPixelsAreCounted() {
        var image = Drawing.spots()
        for index in image.pixels.indices { image.pixels[index] /= 40 }
        #expect(quality(image).darkFraction == 1)
        let white = quality(PixelImage(width: 100, height: 100, repeating: (255, 255, 255)))
        #expect(white.brightFraction == 1)
    }

    @Test func aReflectionRaisesTheGlareOfThePartItCovers() {
        var image = Drawing.spots()
        let before = quality(image)
        #expect(before.glareFraction == 0)
        Drawing.fill(&image, x: 100..<180, y: 80..<160, with: (250, 252, 255))
        let after = quality(image)
        let covered = 80.0 * 80 / (320 * 240)
        #expect((covered...covered * 1.2).contains(after.glareFraction))
        var mask = GreyMask(width: 320, height: 240, values: [UInt8](repeating: 0, count: 320 * 240))
        for y in 80..<160 { for x in 100..<180 { mask.values[y * 320 + x] = 255 } }
        #expect(quality(image, mask: mask).glareFraction == 1)
    }

    @Test func aBrightColouredSkinIsNoReflection() {
        var image = Drawing.spots()
        Drawing.fill(&image, x: 100..<180, y: 80..<160, with: (255, 230, 60))
        #expect(glareMask(image).isEmpty)
    }

    @Test func sizeIsThatOfTheOriginal() {
        #expect(quality(Drawing.spots(), side: 95).animalPixels == 95)
    }
}

struct MaskTests {
    private let grey: (UInt8, UInt8, UInt8) = (127, 127, 127)

    @Test func theLargestPartIsTheForegroundWithItsHolesFilled() throws {
        var image = PixelImage(width: 200, height: 120, repeating: grey)
        Drawing.fill(&image, x: 40..<140, y: 30..<90, with: (200, 180, 20))
        Drawing.fill(&image, x: 70..<74, y: 50..<54, with: grey)
        Drawing.fill(&image, x: 100..<130, y: 40..<60, with: (137, 137, 137))
        Drawing.fill(&image, x: 170..<180, y: 100..<110, with: (10, 10, 10))
        let mask = try #require(uniformBackgroundMask(image))
        let bounds = try #require(mask.bounds)
        #expect(bounds == (40, 30, 100, 60))
        #expect(mask.count == 100 * 60)
    }

    @Test func theBackgroundWithinACoiledTailIsSeenThrough() throws {
        var image = PixelImage(width: 200, height: 120, repeating: grey)
        Drawing.fill(&image, x: 40..<140, y: 30..<90, with: (200, 180, 20))
        Drawing.fill(&image, x: 70..<90, y: 50..<60, with: grey)
        let mask = try #require(uniformBackgroundMask(image))
        #expect(mask.count == 100 * 60 - 20 * 10)
    }

    @Test func compressionDoesNotMoveTheOutline() throws {
        var image = PixelImage(width: 200, height: 120, repeating: grey)
        Drawing.fill(&image, x: 40..<140, y: 30..<90, with: (200, 180, 20))
        let photo = try decodePhoto(encodeJPEG(image, quality: 92), longestSide: 200)
        let bounds = try #require(uniformBackgroundMask(photo.image)?.bounds)
        #expect(abs(bounds.x - 40) <= 3 && abs(bounds.y - 30) <= 3)
        #expect(abs(bounds.width - 100) <= 6 && abs(bounds.height - 60) <= 6)
    }

    @Test func anAnimalMayReachOverTheEdge() throws {
        var image = PixelImage(width: 200, height: 120, repeating: grey)
        Drawing.fill(&image, x: 120..<200, y: 30..<90, with: (200, 180, 20))
        #expect(uniformBackgroundMask(image)?.count == 80 * 60)
    }

    @Test func backgroundAloneGivesAnEmptyMask() throws {
        let mask = try #require(uniformBackgroundMask(PixelImage(width: 200, height: 120, repeating: grey)))
        #expect(mask.isEmpty)
        #expect(mask.bounds == nil)
    }

    @Test func aSceneHasNoUniformBackground() {
        #expect(uniformBackgroundMask(Drawing.spots()) == nil)
    }
}
