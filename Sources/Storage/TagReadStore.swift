public import Foundation
import Postgres
public import Registry

/// What a reader read, or that it found nothing, before the registry keeps it.
public struct SubmittedTagRead: Hashable, Sendable {
    /// The text as it came; `nil` where no tag was found.
    public let text: String?
    /// Type of the reader in words.
    public let reader: String?
    /// Frequencies it reads at; needed where no tag was found.
    public let frequencies: [ReaderFrequency]
    /// When.
    public let observedAt: Date?
    /// Where, as coordinates.
    public let position: Position?
    /// Where, in words.
    public let locality: String?
    /// Who read it.
    public let observer: String?
    /// The meeting with the animal.
    public let encounter: Identifier<Encounter>?

    /// A read.
    public init(
        text: String?, reader: String? = nil, frequencies: [ReaderFrequency] = [], observedAt: Date? = nil,
        position: Position? = nil, locality: String? = nil, observer: String? = nil,
        encounter: Identifier<Encounter>? = nil
    ) {
        self.text = text
        self.reader = reader
        self.frequencies = frequencies
        self.observedAt = observedAt
        self.position = position
        self.locality = locality
        self.observer = observer
        self.encounter = encounter
    }
}

extension RegistryStore {
    /// Keeps what a reader read; codes that nobody knows are entered, and texts that are none are kept with the reason.
    ///
    /// - Throws: ``TagError/scanWithoutReader``; ``StorageError``.
    @discardableResult
    public func addTagRead(
        _ read: SubmittedTagRead, agency: Identifier<Agency>, key: Identifier<APIKey>? = nil,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<TagRead> {
        guard read.text != nil || !read.frequencies.isEmpty else { throw TagError.scanWithoutReader }
        return try await once(idempotency, .tagRead, id: \.id) { session, id in
            try await session.insert(read, id: id, agency: agency, key: key)
            guard let kept = try await session.tagRead(id) else { throw StorageError.notFound(.tag, id.description) }
            return Added(kept, .created)
        } find: { session, id in
            try await session.tagRead(id)
        }
    }

    /// When and where a code was read, in the order the reads were entered.
    ///
    /// - Parameters:
    ///   - code: The code.
    ///   - after: The last read of the page before.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func tagReads(
        of code: TagCode, after: Identifier<TagRead>? = nil, limit: Int = 50
    ) async throws -> Page<TagRead> {
        let limit = Page<TagRead>.bounded(limit)
        let rows = try await rows(.tagReadsOfCode, [.after(after), .count(limit + 1), .text(code.canonical)])
        return Page(try rows.map(TagRead.init), limit: limit, id: \.id)
    }
}

extension Session {
    fileprivate func tagRead(_ id: Identifier<TagRead>) async throws -> TagRead? {
        try await rows(.tagReadByID, [.id(id)]).first.map(TagRead.init)
    }

    fileprivate func insert(
        _ read: SubmittedTagRead, id: Identifier<TagRead> = Identifier(), agency: Identifier<Agency>,
        key: Identifier<APIKey>?, screening: Identifier<Screening>? = nil
    ) async throws {
        var tag: Tag?
        var refusal: String?
        if let text = read.text {
            do { tag = try await self.tag(TagReading(text).code) } catch let error as TagRefusal {
                refusal = error.description
            }
        }
        let parameters: [PostgresValue] =
            [
                .id(id), .id(agency), .id(key), .text(read.text), .id(tag?.id), .text(refusal), .text(read.reader),
                .textArray(read.frequencies.map(\.rawValue)), .date(read.observedAt),
            ] + PostgresValue.position(read.position)
            + [.text(read.locality), .text(read.observer), .id(read.encounter), .id(screening)]
        _ = try await rows(.tagReadInsert, parameters)
    }

    /// Keeps the tag codes of a submission, and that nothing was found; time and place are the screening's.
    func insertTagReads(
        of submission: Screening.Submission, id: Identifier<Screening>, agency: Identifier<Agency>,
        key: Identifier<APIKey>?
    ) async throws {
        let (reader, frequencies) = (submission.tagScan?.reader, submission.tagScan?.frequencies ?? [])
        // Codes are entered in one order, so that two submissions of the same codes never wait for each other.
        for text in submission.tagCodes.filter({ !$0.isEmpty }).sorted() {
            try await insert(
                SubmittedTagRead(text: String(text.prefix(200)), reader: reader, frequencies: frequencies),
                agency: agency, key: key, screening: id)
        }
        if submission.tagScan?.noneFound == true, !frequencies.isEmpty {
            try await insert(
                SubmittedTagRead(text: nil, reader: reader, frequencies: frequencies), agency: agency, key: key,
                screening: id)
        }
    }
}

extension TagRead {
    fileprivate init(row: Row) throws {
        let frequencies: [String] = try row.get("frequencies")
        let code: String? = try row.optional("code")
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"), text: try row.optional("raw_text"),
            code: try code.map { _ in try TagCode(row: row) }, refusal: try row.optional("refusal"),
            reader: try row.optional("reader"), frequencies: frequencies.compactMap(ReaderFrequency.init),
            observedAt: try row.optional("event_date"), position: try row.position(),
            locality: try row.optional("locality"), observer: try row.optional("recorded_by"),
            encounter: try row.optionalIdentifier("encounter_id"),
            screening: try row.optionalIdentifier("screening_id"), createdAt: try row.get("created_at"))
    }
}
