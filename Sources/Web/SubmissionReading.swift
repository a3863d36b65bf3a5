import Foundation
import Registry

/// A screening request after every check that needs no database.
struct CheckedSubmission {
    /// Where the photographs come from.
    enum Photos {
        case ids([Identifier<Photo>])
        case inline([UInt8])
    }

    let photos: Photos
    let region: BodyRegion
    let lane: Screening.Lane
    let observedAt: Date?
    let position: Position?
    let locality: String?
    let observer: String?
    let tagCodes: [String]
    let tagScan: TagScan?
    let occasion: Occasion?
    private let marks: [Identifier<Photo>: RegionMark]
    private let onlyMark: RegionMark?

    /// - Throws: `Problem` with the field and the reason.
    init(_ request: ScreeningRequest, now: Date = Date()) throws(Problem) {
        photos = try Self.photos(of: request)
        region = try Self.named(request.bodyRegion, "/bodyRegion", otherwise: .head)
        lane = try Self.named(request.lane, "/lane", otherwise: .interactive)
        observedAt = try Self.moment(request.eventDate, now: now)
        position = try Position.submitted(
            request.decimalLatitude, request.decimalLongitude, request.coordinateUncertaintyInMeters,
            fields: "/decimalLatitude", "/decimalLongitude", "/coordinateUncertaintyInMeters")
        locality = try Self.text(request.locality, "/locality", 1...1000)
        observer = try Self.text(request.recordedBy, "/recordedBy", 1...200)
        tagCodes = try Self.tagCodes(request.tagCodes ?? [])
        tagScan = try Self.tagScan(request.tagScan, codes: tagCodes)
        occasion = try request.occasion.map { text throws(Problem) in try Self.named(text, "/occasion") }
        (marks, onlyMark) = try Self.marks(of: request, photos: photos)
        let axes = marks.values.compactMap(\.axis) + [onlyMark?.axis].compactMap(\.self)
        guard region == .head || axes.isEmpty else {
            throw .invalid("/bodyRegion", .axisOfAHead)
        }
    }

    /// The submission with its photographs known.
    func submission(photos: [Identifier<Photo>]) -> Screening.Submission {
        var marks = marks
        if let onlyMark, let photo = photos.first { marks[photo] = onlyMark }
        return Screening.Submission(
            photos: photos, region: region, marks: marks, lane: lane, observedAt: observedAt, position: position,
            locality: locality, observer: observer, tagCodes: tagCodes, tagScan: tagScan,
            occasion: occasion)
    }

    private static func photos(of request: ScreeningRequest) throws(Problem) -> Photos {
        switch (request.photoIds, request.photo) {
        case (nil, nil), (.some, .some): throw .invalid("/photoIds", .photoOrPhotos)
        case (let ids?, nil):
            guard (1...20).contains(ids.count) else { throw .invalid("/photoIds", .photoCount) }
            var photos: [Identifier<Photo>] = []
            for (index, text) in ids.enumerated() {
                guard let id = Identifier<Photo>(text) else { throw .invalid("/photoIds/\(index)", .notAnIdentifier) }
                guard !photos.contains(id) else { throw .invalid("/photoIds/\(index)", .twice) }
                photos.append(id)
            }
            return .ids(photos)
        case (nil, let photo?):
            if let type = photo.contentType { try PhotoMediaType.check(type) }
            guard let data = Data(base64Encoded: photo.data) else { throw .invalid("/photo/data", .notBase64) }
            return .inline(Array(data))
        }
    }

    private static func named<T: RawRepresentable & CaseIterable>(
        _ text: String?, _ field: String, otherwise usual: T
    ) throws(Problem) -> T where T.RawValue == String {
        try text.map { text throws(Problem) in try named(text, field) } ?? usual
    }

    /// - Throws: `Problem` where it is none of the values, which it lists.
    static func named<T: RawRepresentable & CaseIterable>(
        _ text: String, _ field: String
    ) throws(Problem) -> T where T.RawValue == String {
        guard let value = T(rawValue: text) else {
            throw .invalid(field, .notOneOf, ["accepted": T.allCases.map(\.rawValue).joined(separator: ", ")])
        }
        return value
    }

    /// - Throws: `Problem` where it is no moment of the past.
    static func moment(_ text: String?, _ field: String = "/eventDate", now: Date = Date()) throws(Problem) -> Date? {
        guard let text else { return nil }
        guard let moment = Date(wire: text) else { throw .invalid(field, .notAMoment) }
        // A minute's grace for clocks that disagree.
        guard moment <= now + 60 else { throw .invalid(field, .inTheFuture) }
        guard moment >= Self.earliest else { throw .invalid(field, .notAMoment) }
        return moment
    }

    /// 1800, before any photograph, and well inside what the database can hold.
    private static let earliest = Date(timeIntervalSince1970: -5_364_662_400)

    private static func tagCodes(_ codes: [String]) throws(Problem) -> [String] {
        guard codes.count <= 20 else { throw .invalid("/tagCodes", .listLength, ["longest": "20"]) }
        for (index, code) in codes.enumerated() { _ = try text(code, "/tagCodes/\(index)", 1...100) }
        return codes
    }

    /// - Throws: `Problem` for an unknown frequency, or where nothing was found by a reader of which nobody says what it
    ///   reads, or beside codes that were.
    private static func tagScan(_ scan: ScreeningRequest.Scan?, codes: [String]) throws(Problem) -> TagScan? {
        guard let scan else { return nil }
        let frequencies = try frequencies(scan.frequencies ?? [], "/tagScan/frequencies")
        let noneFound = scan.noneFound ?? false
        if noneFound, frequencies.isEmpty { throw .invalid("/tagScan/frequencies", .scanWithoutReader) }
        if noneFound, !codes.isEmpty { throw .invalid("/tagScan/noneFound", .tagAndNoneFound) }
        return TagScan(
            reader: try text(scan.reader, "/tagScan/reader", 1...200), frequencies: frequencies, noneFound: noneFound)
    }

    /// - Throws: `Problem` for an unknown frequency, or one named twice.
    static func frequencies(_ texts: [String], _ field: String) throws(Problem) -> [ReaderFrequency] {
        var frequencies: [ReaderFrequency] = []
        for (index, text) in texts.enumerated() {
            guard let frequency = ReaderFrequency(rawValue: text) else {
                let accepted = ReaderFrequency.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid("\(field)/\(index)", .notOneOf, ["accepted": accepted])
            }
            guard !frequencies.contains(frequency) else { throw .invalid("\(field)/\(index)", .twice) }
            frequencies.append(frequency)
        }
        return frequencies
    }

    /// - Throws: `Problem` where it is too long or short, or holds the one character the database cannot.
    static func text(_ text: String?, _ field: String, _ range: ClosedRange<Int>) throws(Problem) -> String? {
        guard let text else { return nil }
        guard range.contains(text.unicodeScalars.count) else {
            throw .invalid(
                field, .textLength, ["shortest": String(range.lowerBound), "longest": String(range.upperBound)])
        }
        guard !text.utf8.contains(0) else { throw .invalid(field, .breaksRule, ["rule": "no NUL"]) }
        return text
    }

    private static func marks(
        of request: ScreeningRequest, photos: Photos
    ) throws(Problem) -> ([Identifier<Photo>: RegionMark], RegionMark?) {
        if let box = request.box {
            let isSingle =
                switch photos {
                case .inline: true
                case .ids(let ids): ids.count == 1
                }
            guard isSingle, request.boxes == nil else { throw .invalid("/box", .boxOrBoxes) }
            guard box.photoId == nil else { throw .invalid("/box/photoId", .unknownField) }
            return ([:], try box.mark("/box"))
        }
        var marks: [Identifier<Photo>: RegionMark] = [:]
        for (index, box) in (request.boxes ?? []).enumerated() {
            let field = "/boxes/\(index)"
            guard let text = box.photoId else { throw .invalid(field + "/photoId", .missing) }
            guard case .ids(let ids) = photos, let id = Identifier<Photo>(text), ids.contains(id) else {
                throw .invalid(field + "/photoId", .notInSubmission)
            }
            guard marks[id] == nil else { throw .invalid(field, .twice) }
            marks[id] = try box.mark(field)
        }
        return (marks, nil)
    }
}

/// What a photograph may be sent as; what it is, the content decides.
enum PhotoMediaType {
    static let accepted = ["image/jpeg", "image/png", "image/heic", "image/heif"]

    /// - Throws: `Problem` where the header names anything else.
    static func check(_ header: String?) throws(Problem) {
        let type = header?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
        guard let type, accepted.contains(type) else {
            throw Problem(.unsupportedMediaType, ["accepted": accepted.joined(separator: ", ")])
        }
    }
}
