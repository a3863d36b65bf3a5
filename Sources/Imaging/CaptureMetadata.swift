/// Where a camera's receiver said it was, WGS 84.
public struct GPSCoordinates: Sendable, Hashable {
    /// Degrees north, −90 … 90.
    public let latitude: Double
    /// Degrees east, −180 … 180.
    public let longitude: Double
    /// Metres above the sea.
    public let altitude: Double?
    /// Radius in metres within which the place lies.
    public let horizontalError: Double?

    /// Coordinates as a receiver gives them.
    public init(latitude: Double, longitude: Double, altitude: Double? = nil, horizontalError: Double? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.altitude = altitude
        self.horizontalError = horizontalError
    }
}

/// What a photograph's EXIF says, as far as it is believable.
public struct CaptureMetadata: Sendable, Hashable {
    /// How the pixels are stored.
    public var orientation: Orientation
    /// The camera's clock.
    public var capturedAt: CaptureTime?
    /// The camera's place.
    public var coordinates: GPSCoordinates?
    /// Maker and model, for instance `Apple iPhone 12`.
    public var camera: String?
    /// What was dropped, and why.
    public var warnings: [Warning]

    /// A value of the EXIF that is not believed; the photograph itself is read all the same.
    public enum Warning: Sendable, Hashable {
        /// An offset, count or type that cannot be; the entry is passed over.
        case malformedEXIF
        /// An orientation other than 1 … 8.
        case orientation(Int)
        /// A capture time that is not a time.
        case malformedTime(String)
        /// A capture time before 1990, before digital cameras.
        case timeTooEarly(CaptureTime)
        /// A capture time after the moment of reading.
        case timeInFuture(CaptureTime)
        /// A UTC offset that is not an offset; the time is kept without it.
        case malformedOffset(String)
        /// A latitude without a longitude, an unknown hemisphere, or a fraction over zero.
        case incompleteCoordinates
        /// Exactly 0° N 0° E: what devices write that know no position.
        case nullIsland
        /// Degrees beyond the globe.
        case coordinatesOutOfRange
    }

    /// Metadata; by default that of a file without EXIF.
    public init(
        orientation: Orientation = .up, capturedAt: CaptureTime? = nil, coordinates: GPSCoordinates? = nil,
        camera: String? = nil, warnings: [Warning] = []
    ) {
        self.orientation = orientation
        self.capturedAt = capturedAt
        self.coordinates = coordinates
        self.camera = camera
        self.warnings = warnings
    }
}
