import HTTPTypes
import Hummingbird
import Registry
import Storage

/// `/v1/tag-reads`: what readers read, or that they found nothing.
struct TagReadRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.post("tag-reads", use: submit)
    }

    private struct Submitted: Decodable, Sendable {
        let text: String?
        let noneFound: Bool?
        let reader: String?
        let frequencies: [String]?
        let eventDate: String?
        let decimalLatitude: Double?
        let decimalLongitude: Double?
        let coordinateUncertaintyInMeters: Double?
        let locality: String?
        let recordedBy: String?
        let encounterId: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case text, noneFound, reader, frequencies, eventDate, decimalLatitude, decimalLongitude
            case coordinateUncertaintyInMeters, locality, recordedBy, encounterId
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownFields(CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            text = try container.decodeUnlessAbsent(String.self, forKey: .text)
            noneFound = try container.decodeUnlessAbsent(Bool.self, forKey: .noneFound)
            reader = try container.decodeUnlessAbsent(String.self, forKey: .reader)
            frequencies = try container.decodeUnlessAbsent([String].self, forKey: .frequencies)
            eventDate = try container.decodeUnlessAbsent(String.self, forKey: .eventDate)
            decimalLatitude = try container.decodeUnlessAbsent(Double.self, forKey: .decimalLatitude)
            decimalLongitude = try container.decodeUnlessAbsent(Double.self, forKey: .decimalLongitude)
            coordinateUncertaintyInMeters = try container.decodeUnlessAbsent(
                Double.self, forKey: .coordinateUncertaintyInMeters)
            locality = try container.decodeUnlessAbsent(String.self, forKey: .locality)
            recordedBy = try container.decodeUnlessAbsent(String.self, forKey: .recordedBy)
            encounterId = try container.decodeUnlessAbsent(String.self, forKey: .encounterId)
        }

        /// - Throws: `Problem` with the field and the reason.
        func checked() throws(Problem) -> SubmittedTagRead {
            guard (text == nil) == (noneFound ?? false) else {
                throw text == nil ? .invalid("/text", .missing) : .invalid("/noneFound", .tagAndNoneFound)
            }
            let frequencies = try CheckedSubmission.frequencies(frequencies ?? [], "/frequencies")
            if text == nil, frequencies.isEmpty { throw .invalid("/frequencies", .scanWithoutReader) }
            var encounter: Identifier<Encounter>?
            if let encounterId {
                encounter = Identifier(encounterId)
                if encounter == nil { throw .invalid("/encounterId", .notAnIdentifier) }
            }
            return SubmittedTagRead(
                text: try CheckedSubmission.text(text, "/text", 1...200),
                reader: try CheckedSubmission.text(reader, "/reader", 1...200), frequencies: frequencies,
                observedAt: try CheckedSubmission.moment(eventDate),
                position: try Position.submitted(
                    decimalLatitude, decimalLongitude, coordinateUncertaintyInMeters,
                    fields: "/decimalLatitude", "/decimalLongitude", "/coordinateUncertaintyInMeters"),
                locality: try CheckedSubmission.text(locality, "/locality", 1...1000),
                observer: try CheckedSubmission.text(recordedBy, "/recordedBy", 1...200), encounter: encounter)
        }
    }

    @Sendable private func submit(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let read = try await bodies.withDocument(of: request, by: caller, needing: .submit) {
            (document: Submitted, key) in
            let read = try document.checked()
            if let id = read.encounter {
                guard let encounter = try await store.encounter(id), caller.maySee(encounter.agency) else {
                    throw Problem(.notFound)
                }
            }
            return try await store.addTagRead(read, agency: caller.agency.id, key: caller.key.id, idempotency: key)
        }.record
        return try .json(TagReadDocument(read), status: .created)
    }
}
