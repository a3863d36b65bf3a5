internal import CTurboJPEG
import Imaging
import Testing

struct BadInputTests {
    @Test func nothingIsNoPhotograph() {
        #expect(throws: ImagingError.empty) { try decodePhoto([], longestSide: 100) }
        #expect(throws: ImagingError.empty) { try readHeader([]) }
    }

    @Test(arguments: ["not a photograph", "\u{FF}", "RIFF0000WAVE", "%!PS"])
    func textIsNoPhotographWhateverItsName(text: String) {
        #expect(throws: ImagingError.unrecognised) { try decodePhoto(Array(text.utf8), longestSide: 100) }
    }

    @Test func knownFormatsThatAreNotReadAreNamed() {
        #expect(throws: ImagingError.unsupported("GIF")) { try readHeader(Array("GIF89a".utf8)) }
        #expect(throws: ImagingError.unsupported("WebP")) { try readHeader(Array("RIFF0000WEBPVP8 ".utf8)) }
    }

    @Test(arguments: [ImageFormat.jpeg, .png])
    func aFileCutAnywhereIsTruncated(format: ImageFormat) throws {
        let image = Drawing.spots(width: 200, height: 150)
        let file = format == .jpeg ? try encodeJPEG(image, exif: ExifFields(make: "M")) : try encodePNG(image)
        for length in stride(from: 20, to: file.count - 2, by: max(1, file.count / 200)) {
            #expect(throws: ImagingError.truncated, "\(length) of \(file.count)") {
                try decodePhoto(Array(file.prefix(length)), longestSide: 100)
            }
        }
    }

    @Test func aJPEGThatLostOnlyItsEndMarkerIsWhole() throws {
        let file = try encodeJPEG(Drawing.spots())
        let whole = try decodePhoto(file, longestSide: 320).image
        #expect(try decodePhoto(file.dropLast(2), longestSide: 320).image == whole)
        #expect(try decodePhoto(file.dropLast(1), longestSide: 320).image == whole)
    }

    @Test func aProgressiveJPEGCutBetweenScansIsTruncated() throws {
        let file = try compressed(Drawing.spots(), flags: TJFLAG_PROGRESSIVE)
        #expect(try decodePhoto(file, longestSide: 320).image.width == 320)
        let scans = file.indices.dropLast().filter { file[$0] == 0xFF && file[$0 + 1] == 0xDA }
        #expect(scans.count > 2)
        for scan in scans.dropFirst() {
            #expect(throws: ImagingError.truncated) { try decodePhoto(Array(file[..<scan]), longestSide: 320) }
        }
    }

    @Test func strayBytesBetweenSegmentsAndBehindThePictureAreHarmless() throws {
        let file = try encodeJPEG(Drawing.spots())
        let whole = try decodePhoto(file, longestSide: 320).image
        let thumbnailBehind = file + file
        #expect(try decodePhoto(thumbnailBehind, longestSide: 320).image == whole)
        #expect(try decodePhoto(file + [UInt8](repeating: 0, count: 999), longestSide: 320).image == whole)
        // Behind the 20 bytes of SOI and JFIF.
        let stray = file.prefix(20) + [0x00, 0x11, 0x22] + file.dropFirst(20)
        #expect(try decodePhoto(Array(stray), longestSide: 320).image == whole)
    }

    @Test func damagedScansAreCorrupt() throws {
        var file = try encodeJPEG(Drawing.spots(width: 640, height: 480), quality: 95)
        for index in file.count / 2..<file.count / 2 + 4000 where file[index] != 0xFF && file[index - 1] != 0xFF {
            file[index] = 0xFE
        }
        #expect(throws: ImagingError.self) { try decodePhoto(file, longestSide: 640) }
    }

    @Test func aHugeHeaderIsRefusedBeforeAnythingIsAllocated() throws {
        var jpeg = try encodeJPEG(Drawing.spots())
        let frame = try #require(jpeg.firstRange(of: [0xFF, 0xC0, 0x00, 0x11, 0x08]))
        jpeg.replaceSubrange(frame.upperBound..<frame.upperBound + 4, with: [0x75, 0x30, 0x75, 0x30])
        var png = try encodePNG(Drawing.spots())
        png.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
        for file in [jpeg, png] {
            #expect(throws: ImagingError.sideTooLong(30_000, limit: 20_000)) { try readHeader(file) }
            #expect(throws: ImagingError.sideTooLong(30_000, limit: 20_000)) { try decodePhoto(file, longestSide: 64) }
            #expect(throws: ImagingError.tooManyPixels(900_000_000, limit: 100_000_000)) {
                try decodePhoto(file, longestSide: 64, limits: ImageLimits(maximumSide: 65_535))
            }
        }
    }

    @Test func limitsAreKept() throws {
        let file = try encodeJPEG(Drawing.spots(width: 100, height: 80))
        #expect(throws: ImagingError.tooManyBytes(file.count, limit: 100)) {
            try readHeader(file, limits: ImageLimits(maximumBytes: 100))
        }
        #expect(throws: ImagingError.tooManyPixels(8000, limit: 7999)) {
            try readHeader(file, limits: ImageLimits(maximumPixels: 7999))
        }
        #expect(throws: ImagingError.tooSmall(width: 100, height: 80, limit: 81)) {
            try readHeader(file, limits: ImageLimits(minimumSide: 81))
        }
    }

    @Test(arguments: [ImageFormat.jpeg, .png])
    func mutatedFilesNeverCrash(format: ImageFormat) throws {
        let image = Drawing.spots(width: 96, height: 80)
        let file = format == .jpeg ? try compressed(image, flags: TJFLAG_PROGRESSIVE) : try encodePNG(image)
        var random = SplitMix(state: 11)
        var refused = 0
        for _ in 0..<1500 {
            var mutated = file
            for _ in 0...random.below(4) {
                mutated[random.below(file.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            do throws(ImagingError) {
                let limits = ImageLimits(maximumPixels: 1_000_000)
                let photo = try decodePhoto(mutated, longestSide: 64, limits: limits)
                #expect(max(photo.image.width, photo.image.height) <= 64)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }
}
