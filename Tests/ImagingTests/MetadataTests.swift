import Foundation
import Imaging
import Testing

struct MetadataTests {
    private let small = Drawing.spots(width: 96, height: 64)

    @Test func whatIsWrittenIsRead() throws {
        let time = try #require(
            CaptureTime(year: 2024, month: 7, day: 31, hour: 18, minute: 5, second: 9, offset: 9 * 3600))
        let place = GPSCoordinates(latitude: -35.123456, longitude: 133.987654, altitude: -12.5, horizontalError: 8)
        let file = try encodeJPEG(
            small,
            exif: ExifFields(
                orientation: .right, capturedAt: time, coordinates: place, make: "Apple", model: "iPhone 12"))
        let metadata = try readHeader(file).metadata
        #expect(metadata.warnings.isEmpty)
        #expect(metadata.orientation == .right)
        #expect(metadata.camera == "Apple iPhone 12")
        #expect(metadata.capturedAt == time)
        #expect(metadata.capturedAt?.moment() == Date(timeIntervalSince1970: 1_722_416_709))
        let read = try #require(metadata.coordinates)
        #expect(abs(read.latitude - place.latitude) < 1e-7)
        #expect(abs(read.longitude - place.longitude) < 1e-7)
        #expect(read.altitude == -12.5)
        #expect(read.horizontalError == 8)
    }

    @Test func aTimeWithoutOffsetNeedsOneFromOutside() throws {
        let time = try #require(CaptureTime(year: 2024, month: 2, day: 29, hour: 0, minute: 30, second: 0))
        let read = try #require(
            try readHeader(encodeJPEG(small, exif: ExifFields(capturedAt: time))).metadata.capturedAt)
        #expect(read.offset == nil)
        #expect(read.moment() == nil)
        #expect(read.moment(assuming: 9 * 3600) == Date(timeIntervalSince1970: 1_709_134_200))
    }

    @Test(arguments: [0.0, 951_782_399, 1_709_134_200, 4_102_444_799, -86_401])
    func momentsAndClocksAgree(seconds: Double) throws {
        for offset in [0, 9 * 3600, -12 * 3600] {
            let time = try #require(CaptureTime(Date(timeIntervalSince1970: seconds), offset: offset))
            #expect(time.moment() == Date(timeIntervalSince1970: seconds))
        }
    }

    @Test func impossibleTimesDoNotExist() {
        #expect(CaptureTime(year: 2023, month: 2, day: 29, hour: 0, minute: 0, second: 0) == nil)
        #expect(CaptureTime(year: 2023, month: 13, day: 1, hour: 0, minute: 0, second: 0) == nil)
        #expect(CaptureTime(year: 2023, month: 1, day: 1, hour: 24, minute: 0, second: 0) == nil)
        #expect(CaptureTime(year: 2023, month: 1, day: 1, hour: 0, minute: 0, second: 0, offset: 99 * 3600) == nil)
    }

    @Test func aTimeInTheFutureIsDroppedAndSaid() throws {
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        for offset in [nil, 9 * 3600] {
            let clock = try #require(CaptureTime(now.addingTimeInterval(2 * 86_400), offset: 0))
            let time = try #require(
                CaptureTime(
                    year: clock.year, month: clock.month, day: clock.day, hour: clock.hour, minute: clock.minute,
                    second: clock.second, offset: offset))
            let file = try encodeJPEG(small, exif: ExifFields(capturedAt: time))
            let metadata = try readHeader(file, now: now).metadata
            #expect(metadata.capturedAt == nil)
            #expect(metadata.warnings == [.timeInFuture(time)])
            #expect(try readHeader(file, now: now.addingTimeInterval(4 * 86_400)).metadata.capturedAt == time)
        }
    }

    @Test func aTimeBeforeDigitalCamerasIsDropped() throws {
        let time = try #require(CaptureTime(year: 1980, month: 1, day: 1, hour: 0, minute: 0, second: 0))
        let metadata = try readHeader(encodeJPEG(small, exif: ExifFields(capturedAt: time))).metadata
        #expect(metadata.capturedAt == nil)
        #expect(metadata.warnings == [.timeTooEarly(time)])
    }

    @Test func nullIslandIsNoPlace() throws {
        let file = try encodeJPEG(
            small, exif: ExifFields(coordinates: GPSCoordinates(latitude: 0, longitude: 0)))
        let metadata = try readHeader(file).metadata
        #expect(metadata.coordinates == nil)
        #expect(metadata.warnings == [.nullIsland])
    }

    @Test(arguments: [(91.0, 10.0), (10.0, 181.0), (400_000.0, 400_000.0)])
    func coordinatesBeyondTheGlobeAreDropped(latitude: Double, longitude: Double) throws {
        let file = try encodeJPEG(
            small, exif: ExifFields(coordinates: GPSCoordinates(latitude: latitude, longitude: longitude)))
        let metadata = try readHeader(file).metadata
        #expect(metadata.coordinates == nil)
        #expect(metadata.warnings == [.coordinatesOutOfRange])
    }

    @Test func absurdOffsetsAndCountsArePassedOver() throws {
        let file = try encodeJPEG(small, exif: ExifFields(orientation: .left, make: "A maker of cameras", model: "M"))
        // Entry 1 is the orientation (type 3, inline); the maker's text lies behind an offset.
        let marker = try #require(file.firstRange(of: [0x01, 0x0F, 0x00, 0x02]))
        for (position, value) in [(4, UInt8(0xFF)), (8, 0xFF)] {
            var broken = file
            for index in 0..<4 { broken[marker.lowerBound + position + index] = value }
            let metadata = try readHeader(broken).metadata
            #expect(metadata.warnings == [.malformedEXIF])
            #expect(metadata.orientation == .left)
            #expect(metadata.camera == "M")
        }
    }

    @Test func mutatedHeadersNeverCrash() throws {
        let time = try #require(
            CaptureTime(year: 2024, month: 7, day: 31, hour: 18, minute: 5, second: 9, offset: 9 * 3600))
        let fields = ExifFields(
            orientation: .right, capturedAt: time, coordinates: GPSCoordinates(latitude: 35, longitude: 134),
            make: "Maker", model: "Model")
        let jpeg = try encodeJPEG(small, exif: fields)
        let png = try encodePNG(small)
        var random = SplitMix(state: 7)
        var refused = 0
        for (file, header, rounds) in [(jpeg, 700, 4000), (png, 80, 2000)] {
            for _ in 0..<rounds {
                var mutated = file
                for _ in 0...random.below(6) {
                    mutated[random.below(min(header, file.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                if random.below(4) == 0 { mutated.removeLast(random.below(file.count)) }
                do throws(ImagingError) {
                    let metadata = try readHeader(mutated).metadata
                    let places = [metadata.coordinates].compactMap(\.self)
                    #expect(places.allSatisfy { abs($0.latitude) <= 90 && abs($0.longitude) <= 180 })
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > 0)
    }
}
