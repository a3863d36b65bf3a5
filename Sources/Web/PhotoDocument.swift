import Foundation
import Registry

/// A photograph on the wire.
struct PhotoDocument: Encodable {
    let id: Identifier<Photo>
    let agencyId: Identifier<Agency>
    let sha256: String
    let mediaType: String
    let byteCount: Int
    let width: Int
    let height: Int
    let capturedAt: Date?
    let decimalLatitude: Double?
    let decimalLongitude: Double?
    let coordinateUncertaintyInMeters: Double?
    let camera: String?
    let informationWithheld: String?
    let createdAt: Date
    let links: LinksDocument

    /// A photograph, with where it was taken for those who may see it.
    init(_ photo: Photo, _ detail: PositionDetail) {
        id = photo.id
        agencyId = photo.agency
        sha256 = photo.sha256
        mediaType = photo.mediaType
        byteCount = photo.byteCount
        width = photo.width
        height = photo.height
        capturedAt = photo.capturedAt
        // Where the camera was is seen exactly or not at all: a photograph's place is that of its encounter.
        let place = PlaceDocument(
            detail.isExact ? photo.position : nil, detail, withheld: ["camera position", "original file"])
        decimalLatitude = place.decimalLatitude
        decimalLongitude = place.decimalLongitude
        coordinateUncertaintyInMeters = place.coordinateUncertaintyInMeters
        camera = photo.camera
        informationWithheld = place.informationWithheld
        createdAt = photo.createdAt
        links = LinksDocument(
            self: "/v1/photos/\(photo.id)", file: detail.isExact ? "/v1/photos/\(photo.id)/file" : nil)
    }
}
