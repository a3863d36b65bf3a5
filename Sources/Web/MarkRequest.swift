import Foundation
import Registry

/// What was drawn on a photograph, as it comes: a box or an outline, and a head's landmarks.
struct MarkRequest: Decodable {
    let photoId: String?
    let x, y, width, height: Double?
    let outline: [Point]?
    let axis: Axis?

    enum CodingKeys: String, CodingKey, CaseIterable { case photoId, x, y, width, height, outline, axis }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        photoId = try container.decodeUnlessAbsent(String.self, forKey: .photoId)
        x = try container.decodeUnlessAbsent(Double.self, forKey: .x)
        y = try container.decodeUnlessAbsent(Double.self, forKey: .y)
        width = try container.decodeUnlessAbsent(Double.self, forKey: .width)
        height = try container.decodeUnlessAbsent(Double.self, forKey: .height)
        outline = try container.decodeUnlessAbsent([Point].self, forKey: .outline)
        axis = try container.decodeUnlessAbsent(Axis.self, forKey: .axis)
    }

    /// A point in fractions.
    struct Point: Decodable {
        let x, y: Double

        enum CodingKeys: String, CodingKey, CaseIterable { case x, y }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            x = try container.decode(Double.self, forKey: .x)
            y = try container.decode(Double.self, forKey: .y)
        }

        var photoPoint: PhotoPoint { PhotoPoint(x: x, y: y) }
    }

    /// A head's landmarks.
    struct Axis: Decodable {
        let snout, neck: Point

        enum CodingKeys: String, CodingKey, CaseIterable { case snout, neck }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            snout = try container.decode(Point.self, forKey: .snout)
            neck = try container.decode(Point.self, forKey: .neck)
        }
    }

    /// The mark.
    ///
    /// - Parameter field: Where in the request it stands.
    /// - Returns: A box or an outline, with landmarks where they were placed.
    /// - Throws: `Problem` where it is neither a box nor an outline, or leaves the photograph.
    func mark(_ field: String) throws(Problem) -> RegionMark {
        let axis = try headAxis(field + "/axis")
        switch (outline, x, y, width, height) {
        case (let points?, nil, nil, nil, nil):
            return RegionMark(.outline(try Self.outline(points.map(\.photoPoint), field + "/outline")), axis: axis)
        case (nil, let x?, let y?, let width?, let height?):
            do {
                return RegionMark(.box(try RegionBox(x: x, y: y, width: width, height: height)), axis: axis)
            } catch {
                throw .invalid(field, .outsidePhoto)
            }
        default: throw .invalid(field, .boxOrOutline)
        }
    }

    private static func outline(_ points: [PhotoPoint], _ field: String) throws(Problem) -> RegionOutline {
        do {
            return try RegionOutline(points)
        } catch {
            switch error {
            case .pointCount: throw .invalid(field, .outlinePoints)
            case .outsidePhoto(let index): throw .invalid("\(field)/\(index)", .outsidePhoto)
            case .flat: throw .invalid(field, .flatOutline)
            }
        }
    }

    private func headAxis(_ field: String) throws(Problem) -> HeadAxis? {
        guard let axis else { return nil }
        do {
            return try HeadAxis(snout: axis.snout.photoPoint, neck: axis.neck.photoPoint)
        } catch {
            switch error {
            case .outsidePhoto: throw .invalid(field, .outsidePhoto)
            case .tooShort: throw .invalid(field, .shortAxis)
            }
        }
    }
}
