public import Foundation

/// A photograph in the registry: the file's fingerprint and what its header says.
public struct Photo: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<Photo>
    /// The agency that submitted it.
    public let agency: Identifier<Agency>
    /// Hexadecimal SHA-256 of the file, its name in the photo store.
    public let sha256: String
    /// `image/jpeg`, `image/png` or `image/heic`.
    public let mediaType: String
    /// Size of the file in bytes.
    public let byteCount: Int
    /// Width in pixels once upright.
    public let width: Int
    /// Height in pixels once upright.
    public let height: Int
    /// Moment of capture as the camera wrote it, where it is believable.
    public let capturedAt: Date?
    /// Place of capture as the camera wrote it, where it is believable.
    public let position: Position?
    /// Maker and model of the camera.
    public let camera: String?
    /// When it was submitted.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(
        id: Identifier<Photo>, agency: Identifier<Agency>, sha256: String, mediaType: String, byteCount: Int,
        width: Int, height: Int, capturedAt: Date?, position: Position?, camera: String?, createdAt: Date
    ) {
        self.id = id
        self.agency = agency
        self.sha256 = sha256
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.width = width
        self.height = height
        self.capturedAt = capturedAt
        self.position = position
        self.camera = camera
        self.createdAt = createdAt
    }
}

/// A rectangle on an upright photograph, in fractions of its width and height.
public struct RegionBox: Hashable, Sendable, Codable {
    /// Left edge, 0 … 1.
    public let x: Double
    /// Top edge, 0 … 1.
    public let y: Double
    /// Width, more than 0, right edge at most 1.
    public let width: Double
    /// Height, more than 0, bottom edge at most 1.
    public let height: Double

    /// A rectangle that is empty or reaches beyond the photograph.
    public struct OutsidePhoto: Error, Hashable, Sendable {}

    /// Checks a rectangle; edges may overshoot by rounding (1e-6).
    ///
    /// - Throws: ``OutsidePhoto``.
    public init(x: Double, y: Double, width: Double, height: Double) throws(OutsidePhoto) {
        let slack = 1e-6
        guard x >= -slack, y >= -slack, width > 0, height > 0, x + width <= 1 + slack, y + height <= 1 + slack else {
            throw OutsidePhoto()
        }
        self.x = max(0, x)
        self.y = max(0, y)
        self.width = min(width, 1 - self.x)
        self.height = min(height, 1 - self.y)
    }

    private init(uncheckedX x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The whole photograph.
    public static let whole = RegionBox(uncheckedX: 0, y: 0, width: 1, height: 1)

    private enum CodingKeys: String, CodingKey { case x, y, width, height }

    /// Reads and checks.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            try self.init(
                x: container.decode(Double.self, forKey: .x), y: container.decode(Double.self, forKey: .y),
                width: container.decode(Double.self, forKey: .width),
                height: container.decode(Double.self, forKey: .height))
        } catch is OutsidePhoto {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "The box is empty or leaves the photograph."))
        }
    }
}

/// What a person or a detector says a photograph shows: the body region, and where.
public struct Annotation: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<Annotation>
    /// The photograph.
    public let photo: Identifier<Photo>
    /// The part of the animal.
    public let region: BodyRegion
    /// Where it is; `nil` where nobody drew it.
    public let mark: RegionMark?

    /// A record as storage keeps it.
    public init(id: Identifier<Annotation>, photo: Identifier<Photo>, region: BodyRegion, mark: RegionMark?) {
        self.id = id
        self.photo = photo
        self.region = region
        self.mark = mark
    }
}

/// What reading a photograph's file told, before the registry keeps it.
public struct PhotoDescription: Hashable, Sendable {
    /// `image/jpeg`, `image/png` or `image/heic`.
    public let mediaType: String
    /// Width in pixels once upright.
    public let width: Int
    /// Height in pixels once upright.
    public let height: Int
    /// Moment of capture, where it is believable.
    public let capturedAt: Date?
    /// Place of capture, where it is believable.
    public let position: Position?
    /// Maker and model of the camera.
    public let camera: String?

    /// A complete description.
    public init(
        mediaType: String, width: Int, height: Int, capturedAt: Date?, position: Position?, camera: String?
    ) {
        self.mediaType = mediaType
        self.width = width
        self.height = height
        self.capturedAt = capturedAt
        self.position = position
        self.camera = camera
    }
}
