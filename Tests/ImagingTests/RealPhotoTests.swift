import Foundation
import Imaging
import Testing

@Suite(.enabled(if: SharedPhotos.areThere, "\(SharedPhotos.missing)"))
struct RealPhotoTests {
    @Test(arguments: ["Landscape", "Portrait"], 0...8)
    func everyOrientationComesOutUprightAndAlike(look: String, orientation: Int) throws {
        let reference = try decodePhoto(SharedPhotos.bytes("exif-orientation/\(look)_1.jpg"), longestSide: 256)
        let turned = try decodePhoto(
            SharedPhotos.bytes("exif-orientation/\(look)_\(orientation).jpg"), longestSide: 256)
        #expect((turned.image.width > turned.image.height) == (look == "Landscape"))
        // The files were turned and compressed again, so they are alike and not the same.
        #expect(difference(turned.image, reference.image) < 6)
    }

    @Test(arguments: ["phone-12mp-1.jpg", "phone-12mp-2.jpg"])
    func phoneOriginalsStandUpright(name: String) throws {
        let photo = try decodePhoto(SharedPhotos.bytes("newts/full-frame/\(name)"), longestSide: 1024)
        #expect((photo.header.width, photo.header.height) == (4032, 3024))
        #expect(photo.header.uprightSize == (3024, 4032))
        #expect((photo.image.width, photo.image.height) == (768, 1024))
        #expect(photo.header.metadata.orientation == .right)
        #expect(photo.header.metadata.camera == "Apple iPhone 12")
        #expect(photo.header.metadata.capturedAt?.offset == 3 * 3600)
        #expect(photo.header.metadata.coordinates != nil)
        #expect(photo.header.metadata.warnings.isEmpty)
        #expect(abs(photo.scale - 1024.0 / 4032) < 1e-9)
    }

    @Test func scaledDecodingShowsWhatAFullDecodeShows() throws {
        let bytes = try SharedPhotos.bytes("exif-orientation/Landscape_1.jpg")
        let full = try decodePhoto(bytes, longestSide: 100_000)
        #expect(full.scale == 1)
        for side in [700, 400, 150] {
            let scaled = try decodePhoto(bytes, longestSide: side).image
            #expect(max(scaled.width, scaled.height) == side)
            #expect(difference(scaled, full.image.shrunk(width: scaled.width, height: scaled.height)) < 3)
        }
    }

    @Test func everyNewtIsCutOut() throws {
        for name in try SharedPhotos.names(in: "newts/photos") {
            let photo = try decodePhoto(SharedPhotos.bytes(name), longestSide: 256)
            let mask = try #require(uniformBackgroundMask(photo.image), "\(name): no uniform background")
            let covered = Double(mask.count) / Double(mask.values.count)
            #expect((0.05...0.5).contains(covered), "\(name)")
        }
    }

    @Test(arguments: ["phone-12mp-1.jpg", "phone-12mp-2.jpg"])
    func wholeScenesHaveNoUniformBackground(name: String) throws {
        let photo = try decodePhoto(SharedPhotos.bytes("newts/full-frame/\(name)"), longestSide: 512)
        #expect(uniformBackgroundMask(photo.image) == nil)
    }

    @Test func aPhoneOriginalCutAnywhereIsRefused() throws {
        let bytes = try SharedPhotos.bytes("newts/full-frame/phone-12mp-2.jpg")
        // Behind the picture phones keep others, such as a gain map; losing those loses nothing.
        let end = 1_977_195
        #expect(try decodePhoto(Array(bytes.prefix(end)), longestSide: 128).image.height == 128)
        for part in [0.001, 0.3, 0.9, 0.999] {
            let cut = Array(bytes.prefix(Int(Double(end) * part)))
            #expect(throws: ImagingError.truncated) { try decodePhoto(cut, longestSide: 128) }
        }
    }
}
