/// What to write into a JPEG's EXIF.
public struct ExifFields: Sendable, Hashable {
    /// How the pixels are stored.
    public var orientation: Orientation
    /// The camera's clock, with its offset where it has one.
    public var capturedAt: CaptureTime?
    /// The place.
    public var coordinates: GPSCoordinates?
    /// The camera's maker.
    public var make: String?
    /// The camera's model.
    public var model: String?

    /// Fields to write; what is `nil` is left out.
    public init(
        orientation: Orientation = .up, capturedAt: CaptureTime? = nil, coordinates: GPSCoordinates? = nil,
        make: String? = nil, model: String? = nil
    ) {
        self.orientation = orientation
        self.capturedAt = capturedAt
        self.coordinates = coordinates
        self.make = make
        self.model = model
    }

    /// A whole APP1 segment, marker included.
    func jpegSegment() -> [UInt8] {
        let body = Array("Exif\0\0".utf8) + tiffBlock()
        return [0xFF, 0xE1] + bigEndian(body.count + 2, bytes: 2) + body
    }

    /// A big-endian TIFF block with the directories EXIF asks for.
    func tiffBlock() -> [UInt8] {
        var main: [TIFFField] = [.short(EXIFTag.orientation, orientation.rawValue)]
        if let make { main.append(.text(EXIFTag.make, String(make.prefix(64)))) }
        if let model { main.append(.text(EXIFTag.model, String(model.prefix(64)))) }
        var exif: [TIFFField] = [.undefined(EXIFTag.exifVersion, Array("0232".utf8))]
        if let capturedAt {
            exif.append(.text(EXIFTag.dateTimeOriginal, capturedAt.exifText))
            if let offset = capturedAt.exifOffset { exif.append(.text(EXIFTag.offsetTimeOriginal, offset)) }
        }
        let gps = coordinates.map(\.exifFields) ?? []

        // The main directory's size is known before the two it points at are placed behind it.
        let pointers: (Int, Int) -> [TIFFField] = { exifOffset, gpsOffset in
            [.long(EXIFTag.exifDirectory, exifOffset)] + (gps.isEmpty ? [] : [.long(EXIFTag.gpsDirectory, gpsOffset)])
        }
        let exifOffset = 8 + directory(main + pointers(0, 0), at: 8).count
        let exifBytes = directory(exif, at: exifOffset)
        let gpsOffset = exifOffset + exifBytes.count
        var block = Array("MM".utf8) + bigEndian(42, bytes: 2) + bigEndian(8, bytes: 4)
        block += directory(main + pointers(exifOffset, gpsOffset), at: 8) + exifBytes
        if !gps.isEmpty { block += directory(gps, at: gpsOffset) }
        return block
    }
}

/// One entry to be written.
private struct TIFFField {
    let tag: Int
    let type: Int
    let count: Int
    let value: [UInt8]

    static func short(_ tag: Int, _ value: Int) -> TIFFField {
        TIFFField(tag: tag, type: 3, count: 1, value: bigEndian(value, bytes: 2))
    }

    static func long(_ tag: Int, _ value: Int) -> TIFFField {
        TIFFField(tag: tag, type: 4, count: 1, value: bigEndian(value, bytes: 4))
    }

    static func text(_ tag: Int, _ value: String) -> TIFFField {
        let bytes = Array(value.utf8) + [0]
        return TIFFField(tag: tag, type: 2, count: bytes.count, value: bytes)
    }

    static func bytes(_ tag: Int, _ value: [UInt8]) -> TIFFField {
        TIFFField(tag: tag, type: 1, count: value.count, value: value)
    }

    static func undefined(_ tag: Int, _ value: [UInt8]) -> TIFFField {
        TIFFField(tag: tag, type: 7, count: value.count, value: value)
    }

    /// Fractions over `denominator`; values must be 0 … 2³² − 1 once multiplied.
    static func rationals(_ tag: Int, _ values: [Double], denominator: Int) -> TIFFField {
        let bytes = values.flatMap { value in
            let scaled = min(max((value * Double(denominator)).rounded(), 0), Double(UInt32.max))
            return bigEndian(Int(scaled), bytes: 4) + bigEndian(denominator, bytes: 4)
        }
        return TIFFField(tag: tag, type: 5, count: values.count, value: bytes)
    }
}

private func bigEndian(_ value: Int, bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * (bytes - 1 - $0))) }
}

/// A directory with the values that do not fit into its entries behind it.
private func directory(_ fields: [TIFFField], at offset: Int) -> [UInt8] {
    let fields = fields.sorted { $0.tag < $1.tag }
    var entries = bigEndian(fields.count, bytes: 2)
    var values: [UInt8] = []
    let valuesStart = offset + 2 + 12 * fields.count + 4
    for field in fields {
        entries += bigEndian(field.tag, bytes: 2) + bigEndian(field.type, bytes: 2) + bigEndian(field.count, bytes: 4)
        if field.value.count <= 4 {
            entries += field.value + [UInt8](repeating: 0, count: 4 - field.value.count)
        } else {
            entries += bigEndian(valuesStart + values.count, bytes: 4)
            values += field.value
            if !values.count.isMultiple(of: 2) { values.append(0) }
        }
    }
    return entries + [0, 0, 0, 0] + values
}

extension CaptureTime {
    fileprivate var exifText: String {
        "\(digits(year, 4)):\(digits(month, 2)):\(digits(day, 2)) \(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2))"
    }

    fileprivate var exifOffset: String? {
        offset.map { "\($0 < 0 ? "-" : "+")\(digits(abs($0) / 3600, 2)):\(digits(abs($0) / 60 % 60, 2))" }
    }
}

private func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}

extension GPSCoordinates {
    fileprivate var exifFields: [TIFFField] {
        var fields: [TIFFField] = [
            .bytes(EXIFTag.GPS.version, [2, 3, 0, 0]),
            .text(EXIFTag.GPS.latitudeReference, latitude < 0 ? "S" : "N"),
            .rationals(EXIFTag.GPS.latitude, sexagesimal(abs(latitude)), denominator: 10_000),
            .text(EXIFTag.GPS.longitudeReference, longitude < 0 ? "W" : "E"),
            .rationals(EXIFTag.GPS.longitude, sexagesimal(abs(longitude)), denominator: 10_000),
        ]
        if let altitude {
            fields.append(.bytes(EXIFTag.GPS.altitudeReference, [altitude < 0 ? 1 : 0]))
            fields.append(.rationals(EXIFTag.GPS.altitude, [abs(altitude)], denominator: 100))
        }
        if let horizontalError {
            fields.append(.rationals(EXIFTag.GPS.horizontalError, [horizontalError], denominator: 100))
        }
        return fields
    }

    /// Degrees, minutes and seconds; the seconds carry the fraction.
    private func sexagesimal(_ degrees: Double) -> [Double] {
        let minutes = (degrees * 60).rounded(.down)
        return [(degrees).rounded(.down), minutes - degrees.rounded(.down) * 60, degrees * 3600 - minutes * 60]
    }
}
