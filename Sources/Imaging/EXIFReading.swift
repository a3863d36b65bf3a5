internal import Foundation

/// Tags of the EXIF standard (CIPA DC-008).
enum EXIFTag {
    static let make = 0x010F
    static let model = 0x0110
    static let orientation = 0x0112
    static let dateTime = 0x0132
    static let exifDirectory = 0x8769
    static let gpsDirectory = 0x8825
    static let exifVersion = 0x9000
    static let dateTimeOriginal = 0x9003
    static let dateTimeDigitized = 0x9004
    static let offsetTime = 0x9010
    static let offsetTimeOriginal = 0x9011
    static let offsetTimeDigitized = 0x9012

    enum GPS {
        static let version = 0x00
        static let latitudeReference = 0x01
        static let latitude = 0x02
        static let longitudeReference = 0x03
        static let longitude = 0x04
        static let altitudeReference = 0x05
        static let altitude = 0x06
        static let horizontalError = 0x1F
    }
}

extension CaptureMetadata {
    /// What a TIFF block says, as far as it is believable; never fails, whatever the block holds.
    ///
    /// - Parameters:
    ///   - block: The TIFF block, behind `Exif\0\0`.
    ///   - now: The moment of reading.
    init(exif block: ArraySlice<UInt8>, now: Date) {
        self.init()
        guard var reader = TIFFReader(block) else {
            warnings = [.malformedEXIF]
            return
        }
        let main = reader.directory(at: reader.firstDirectory)
        let exif = reader.integer(main[EXIFTag.exifDirectory]).map { reader.directory(at: $0) } ?? [:]
        let gps = reader.integer(main[EXIFTag.gpsDirectory]).map { reader.directory(at: $0) } ?? [:]
        if reader.isMalformed { warnings.append(.malformedEXIF) }
        readOrientation(main, reader)
        readCamera(main, reader)
        readTime(main: main, exif: exif, reader, now: now)
        readPlace(gps, reader)
    }

    private mutating func readOrientation(_ main: [Int: TIFFReader.Entry], _ reader: TIFFReader) {
        guard let value = reader.integer(main[EXIFTag.orientation]) else { return }
        if let known = Orientation(rawValue: value) {
            orientation = known
        } else if value != 0 {
            // 0 is what many writers leave where they know nothing.
            warnings.append(.orientation(value))
        }
    }

    private mutating func readCamera(_ main: [Int: TIFFReader.Entry], _ reader: TIFFReader) {
        let make = reader.text(main[EXIFTag.make])
        let model = reader.text(main[EXIFTag.model])
        if let make, let model, !model.lowercased().hasPrefix(make.lowercased()) {
            camera = "\(make) \(model)"
        } else {
            camera = model ?? make
        }
    }

    private mutating func readTime(
        main: [Int: TIFFReader.Entry], exif: [Int: TIFFReader.Entry], _ reader: TIFFReader, now: Date
    ) {
        let sources = [
            (exif[EXIFTag.dateTimeOriginal], exif[EXIFTag.offsetTimeOriginal]),
            (exif[EXIFTag.dateTimeDigitized], exif[EXIFTag.offsetTimeDigitized]),
            (main[EXIFTag.dateTime], exif[EXIFTag.offsetTime]),
        ]
        for (time, offset) in sources {
            // A clock that was never set writes spaces or zeros.
            guard let text = reader.text(time), text.contains(where: { ("1"..."9").contains($0) }) else { continue }
            let offsetText = reader.text(offset)
            let seconds = offsetText.flatMap(Self.offset)
            if let offsetText, seconds == nil, offsetText.contains(where: { $0 != ":" }) {
                warnings.append(.malformedOffset(offsetText))
            }
            guard let time = Self.time(text, offset: seconds) else {
                warnings.append(.malformedTime(text))
                continue
            }
            guard time.year >= 1990 else {
                warnings.append(.timeTooEarly(time))
                continue
            }
            // Clocks run a little ahead; without an offset the easternmost place on the Earth (+14 h) is assumed.
            guard let moment = time.moment(assuming: 14 * 3600), moment <= now.addingTimeInterval(300) else {
                warnings.append(.timeInFuture(time))
                continue
            }
            capturedAt = time
            return
        }
    }

    /// `2024:07:31 18:05:09`, with any separators.
    private static func time(_ text: String, offset: Int?) -> CaptureTime? {
        let parts = text.split { !("0"..."9").contains($0) }.map { $0.count <= 4 ? Int($0) : nil }
        guard parts.count >= 5, let year = parts[0], let month = parts[1], let day = parts[2], let hour = parts[3],
            let minute = parts[4], let second = parts.count > 5 ? parts[5] : 0
        else { return nil }
        return CaptureTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, offset: offset)
    }

    /// `+09:00` in seconds.
    private static func offset(_ text: String) -> Int? {
        if text == "Z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":")
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hours = Int(parts[0]),
            let minutes = Int(parts[1]), (0..<60).contains(minutes), hours >= 0
        else { return nil }
        let seconds = (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
        return (-12 * 3600...14 * 3600).contains(seconds) ? seconds : nil
    }

    private mutating func readPlace(_ gps: [Int: TIFFReader.Entry], _ reader: TIFFReader) {
        let north = reader.rationals(gps[EXIFTag.GPS.latitude], limit: 3)
        let east = reader.rationals(gps[EXIFTag.GPS.longitude], limit: 3)
        guard !north.isEmpty || !east.isEmpty else { return }
        guard let latitude = Self.degrees(north), let longitude = Self.degrees(east),
            let northSign = Self.sign(reader.byte(gps[EXIFTag.GPS.latitudeReference]), "N", "S"),
            let eastSign = Self.sign(reader.byte(gps[EXIFTag.GPS.longitudeReference]), "E", "W")
        else {
            warnings.append(.incompleteCoordinates)
            return
        }
        guard (0...90).contains(latitude), (0...180).contains(longitude) else {
            warnings.append(.coordinatesOutOfRange)
            return
        }
        guard latitude != 0 || longitude != 0 else {
            warnings.append(.nullIsland)
            return
        }
        let depth = reader.byte(gps[EXIFTag.GPS.altitudeReference]) == 1 ? -1.0 : 1.0
        let altitude = reader.rationals(gps[EXIFTag.GPS.altitude], limit: 1).first ?? nil
        let error = reader.rationals(gps[EXIFTag.GPS.horizontalError], limit: 1).first ?? nil
        coordinates = GPSCoordinates(
            latitude: northSign * latitude, longitude: eastSign * longitude,
            altitude: altitude.map { depth * $0 }.flatMap { abs($0) <= 20_000 ? $0 : nil },
            horizontalError: error.flatMap { $0 > 0 && $0 <= 10_000_000 ? $0 : nil })
    }

    private static func degrees(_ parts: [Double?]) -> Double? {
        guard !parts.isEmpty, let degrees = parts[0] else { return nil }
        guard let minutes = parts.count > 1 ? parts[1] : 0 else { return nil }
        // Writers that put decimals into the minutes leave the seconds 0/0.
        let seconds = parts.count > 2 ? parts[2] ?? 0 : 0
        return degrees + minutes / 60 + seconds / 3600
    }

    private static func sign(_ reference: UInt8?, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar) -> Double? {
        switch reference.map(Unicode.Scalar.init) {
        case positive: 1
        case negative: -1
        default: nil
        }
    }
}
