import Foundation
import Registry

/// The document that records a translocation, as it comes and after every check that needs no database.
struct TranslocationRequest: Decodable, Sendable {
    let individual: Identifier<Individual>
    let movedAt: Date
    let from: Translocation.End
    let to: Translocation.End
    let permit: String
    let authority: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case individual = "individualId"
        case movedAt, from, to, permit, authority
    }

    /// - Throws: `Problem` with the field and the reason; `DecodingError` where it is another kind of document.
    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let individual = Identifier<Individual>(try container.decode(String.self, forKey: .individual)) else {
            throw Problem.invalid("/individualId", .notAnIdentifier)
        }
        self.individual = individual
        let moment = try container.decode(String.self, forKey: .movedAt)
        guard let movedAt = try CheckedSubmission.moment(moment, "/movedAt") else {
            throw Problem.invalid("/movedAt", .notAMoment)
        }
        self.movedAt = movedAt
        from = try container.decodeUnlessAbsent(SubmittedEnd.self, forKey: .from)?.end(at: "/from") ?? .init()
        to = try container.decode(SubmittedEnd.self, forKey: .to).end(at: "/to")
        guard to.position != nil || to.system != nil else { throw Problem.invalid("/to", .noDestination) }
        permit = try container.words(.permit, 1...200)
        authority = try container.words(.authority, 1...200)
    }

    private struct SubmittedEnd: Decodable {
        let decimalLatitude: Double?
        let decimalLongitude: Double?
        let coordinateUncertaintyInMeters: Double?
        let waterSystem: String?
        let locality: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case decimalLatitude, decimalLongitude, coordinateUncertaintyInMeters, waterSystem, locality
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            decimalLatitude = try container.decodeUnlessAbsent(Double.self, forKey: .decimalLatitude)
            decimalLongitude = try container.decodeUnlessAbsent(Double.self, forKey: .decimalLongitude)
            coordinateUncertaintyInMeters = try container.decodeUnlessAbsent(
                Double.self, forKey: .coordinateUncertaintyInMeters)
            waterSystem = try container.decodeUnlessAbsent(String.self, forKey: .waterSystem)
            locality = try container.decodeUnlessAbsent(String.self, forKey: .locality)
        }

        func end(at field: String) throws(Problem) -> Translocation.End {
            let position = try Position.submitted(
                decimalLatitude, decimalLongitude, coordinateUncertaintyInMeters, fields: field + "/decimalLatitude",
                field + "/decimalLongitude", field + "/coordinateUncertaintyInMeters")
            // A permit of this country moves an animal within it.
            if let position, !position.isInJapan { throw .invalid(field + "/decimalLatitude", .outsideJapan) }
            return Translocation.End(
                position: position, system: try CheckedSubmission.words(waterSystem, field + "/waterSystem", 1...100),
                locality: try CheckedSubmission.words(locality, field + "/locality", 1...1000))
        }
    }
}

/// The document that records high water.
struct HighWaterRequest: Decodable, Sendable {
    let system: String
    let river: String?
    let from: Date
    let to: Date
    let source: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case system = "waterSystem"
        case river, from, to, source
    }

    /// - Throws: `Problem` with the field and the reason; `DecodingError` where it is another kind of document.
    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        system = try container.words(.system, 1...100)
        river = try CheckedSubmission.words(
            try container.decodeUnlessAbsent(String.self, forKey: .river), "/river", 1...200)
        let (start, end) = (
            try container.decode(String.self, forKey: .from), try container.decode(String.self, forKey: .to)
        )
        guard let from = try CheckedSubmission.moment(start, "/from") else {
            throw Problem.invalid("/from", .notAMoment)
        }
        guard let to = try CheckedSubmission.moment(end, "/to") else { throw Problem.invalid("/to", .notAMoment) }
        guard from <= to else { throw Problem.invalid("/to", .backwards) }
        self.from = from
        self.to = to
        source = try container.words(.source, 1...1000)
    }
}

extension KeyedDecodingContainer {
    /// Words that have to be there.
    fileprivate func words(_ key: Key, _ range: ClosedRange<Int>) throws -> String {
        let text = try decode(String.self, forKey: key)
        return try CheckedSubmission.words(text, "/\(key.stringValue)", range) ?? text
    }
}

extension CheckedSubmission {
    /// - Throws: `Problem` as ``text(_:_:_:)`` does, and where there is nothing but space.
    static func words(_ text: String?, _ field: String, _ range: ClosedRange<Int>) throws(Problem) -> String? {
        guard let text = try Self.text(text, field, range) else { return nil }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw .invalid(
                field, .textLength, ["shortest": String(range.lowerBound), "longest": String(range.upperBound)])
        }
        return text
    }
}
