import Foundation
import Registry
import Storage

/// A sample as it is sent.
struct DNASampleRequest: Decodable, Sendable {
    let sample: SubmittedSample

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case label, individualId, screeningId, tissue, takenBy, takenAt, seal, decimalLatitude, decimalLongitude
        case coordinateUncertaintyInMeters, locality
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let individual: Identifier<Individual>? = try container.identifier(.individualId)
        let screening: Identifier<Screening>? = try container.identifier(.screeningId)
        guard individual != nil || screening != nil else { throw Problem.invalid("/individualId", .missing) }
        let position = try Position.submitted(
            container.decodeUnlessAbsent(Double.self, forKey: .decimalLatitude),
            container.decodeUnlessAbsent(Double.self, forKey: .decimalLongitude),
            container.decodeUnlessAbsent(Double.self, forKey: .coordinateUncertaintyInMeters),
            fields: "/decimalLatitude", "/decimalLongitude", "/coordinateUncertaintyInMeters")
        if let position, !position.isInJapan { throw Problem.invalid("/decimalLatitude", .outsideJapan) }
        sample = SubmittedSample(
            label: try container.trimmed(.label, 1...100), individual: individual, screening: screening,
            tissue: try container.optionalWords(.tissue, 1...200), position: position,
            locality: try container.optionalWords(.locality, 1...1000),
            takenBy: try container.neededWords(.takenBy, 1...200), takenAt: try container.moment(.takenAt),
            seal: try container.optionalWords(.seal, 1...500))
    }
}

/// A step of custody as it is sent.
struct CustodyRequest: Decodable, Sendable {
    let kind: DNASample.CustodyStep.Kind
    let person: String
    let counterpart: String
    let seal: String?
    let note: String?
    let happenedAt: Date

    private enum CodingKeys: String, CodingKey, CaseIterable { case step, from, to, seal, note, happenedAt }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let steps: [DNASample.CustodyStep.Kind] = [.handedOver, .received]
        kind = try container.named(.step, among: steps)
        let (from, to) = (
            try container.neededWords(.from, 1...200), try container.neededWords(.to, 1...200)
        )
        (person, counterpart) = kind == .received ? (to, from) : (from, to)
        seal = try container.optionalWords(.seal, 1...500)
        note = try container.optionalWords(.note, 1...2000)
        happenedAt = try container.moment(.happenedAt)
    }
}

/// A laboratory's result as it is sent; a correction names no sample.
struct DNAResultRequest: Decodable, Sendable {
    let sample: Identifier<DNASample>?
    let result: SubmittedResult

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case sampleId, markers
        case dnaClass = "class"
        case laboratory, reportedAt, documentSha256, note
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        sample = try container.identifier(.sampleId)
        let markers = try container.named(.markers, among: DNAResult.Markers.allCases)
        let document = try container.decodeUnlessAbsent(String.self, forKey: .documentSha256)
        if let document, document.wholeMatch(of: /[0-9a-f]{64}/) == nil {
            throw Problem.invalid("/documentSha256", .notASHA256)
        }
        result = SubmittedResult(
            markers: markers, dnaClass: try container.named(.dnaClass, among: markers.classes),
            laboratory: try container.trimmed(.laboratory, 1...200), reportedAt: try container.moment(.reportedAt),
            documentSHA256: document, note: try container.optionalWords(.note, 1...2000))
    }
}

extension KeyedDecodingContainer {
    fileprivate func identifier<Record>(_ key: Key) throws -> Identifier<Record>? {
        guard let text = try decodeUnlessAbsent(String.self, forKey: key) else { return nil }
        guard let id = Identifier<Record>(text) else { throw Problem.invalid("/\(key.stringValue)", .notAnIdentifier) }
        return id
    }

    fileprivate func moment(_ key: Key) throws -> Date {
        let field = "/\(key.stringValue)"
        guard let moment = try CheckedSubmission.moment(try decode(String.self, forKey: key), field) else {
            throw Problem.invalid(field, .notAMoment)
        }
        return moment
    }

    fileprivate func neededWords(_ key: Key, _ range: ClosedRange<Int>) throws -> String {
        let text = try decode(String.self, forKey: key)
        return try CheckedSubmission.words(text, "/\(key.stringValue)", range) ?? text
    }

    /// Words that others find it by, without space at either end.
    fileprivate func trimmed(_ key: Key, _ range: ClosedRange<Int>) throws -> String {
        try neededWords(key, range).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    fileprivate func optionalWords(_ key: Key, _ range: ClosedRange<Int>) throws -> String? {
        try CheckedSubmission.words(decodeUnlessAbsent(String.self, forKey: key), "/\(key.stringValue)", range)
    }

    fileprivate func named<T: RawRepresentable<String>>(_ key: Key, among known: [T]) throws -> T {
        let text = try decode(String.self, forKey: key)
        guard let value = known.first(where: { $0.rawValue == text }) else {
            throw Problem.invalid(
                "/\(key.stringValue)", .notOneOf, ["accepted": known.map(\.rawValue).joined(separator: ", ")])
        }
        return value
    }
}
