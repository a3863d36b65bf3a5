import Foundation
import Registry

/// The document that opens a screening, as it comes.
struct ScreeningRequest: Decodable {
    let photoIds: [String]?
    let photo: InlinePhoto?
    let bodyRegion: String?
    let boxes: [MarkRequest]?
    let box: MarkRequest?
    let lane: String?
    let eventDate: String?
    let decimalLatitude: Double?
    let decimalLongitude: Double?
    let coordinateUncertaintyInMeters: Double?
    let locality: String?
    let recordedBy: String?
    let tagCodes: [String]?
    let tagScan: Scan?
    let occasion: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case photoIds, photo, bodyRegion, boxes, box, lane, eventDate, decimalLatitude, decimalLongitude
        case coordinateUncertaintyInMeters, locality, recordedBy, tagCodes, tagScan, occasion
    }

    /// A photograph within the document.
    struct InlinePhoto: Decodable {
        let contentType: String?
        let data: String

        enum CodingKeys: String, CodingKey, CaseIterable { case contentType, data }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            contentType = try container.decodeUnlessAbsent(String.self, forKey: .contentType)
            data = try container.decode(String.self, forKey: .data)
        }
    }

    /// How the animal was scanned for tags.
    struct Scan: Decodable {
        let reader: String?
        let frequencies: [String]?
        let noneFound: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case reader, frequencies, noneFound }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            reader = try container.decodeUnlessAbsent(String.self, forKey: .reader)
            frequencies = try container.decodeUnlessAbsent([String].self, forKey: .frequencies)
            noneFound = try container.decodeUnlessAbsent(Bool.self, forKey: .noneFound)
        }
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        photoIds = try container.decodeUnlessAbsent([String].self, forKey: .photoIds)
        photo = try container.decodeUnlessAbsent(InlinePhoto.self, forKey: .photo)
        bodyRegion = try container.decodeUnlessAbsent(String.self, forKey: .bodyRegion)
        boxes = try container.decodeUnlessAbsent([MarkRequest].self, forKey: .boxes)
        box = try container.decodeUnlessAbsent(MarkRequest.self, forKey: .box)
        lane = try container.decodeUnlessAbsent(String.self, forKey: .lane)
        eventDate = try container.decodeUnlessAbsent(String.self, forKey: .eventDate)
        decimalLatitude = try container.decodeUnlessAbsent(Double.self, forKey: .decimalLatitude)
        decimalLongitude = try container.decodeUnlessAbsent(Double.self, forKey: .decimalLongitude)
        coordinateUncertaintyInMeters = try container.decodeUnlessAbsent(
            Double.self, forKey: .coordinateUncertaintyInMeters)
        locality = try container.decodeUnlessAbsent(String.self, forKey: .locality)
        recordedBy = try container.decodeUnlessAbsent(String.self, forKey: .recordedBy)
        tagCodes = try container.decodeUnlessAbsent([String].self, forKey: .tagCodes)
        tagScan = try container.decodeUnlessAbsent(Scan.self, forKey: .tagScan)
        occasion = try container.decodeUnlessAbsent(String.self, forKey: .occasion)
    }
}
