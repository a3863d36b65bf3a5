import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Stores a submission and puts it into its queue.
    ///
    /// Whether the agency may use the photographs is the caller's question.
    ///
    /// - Parameters:
    ///   - submission: What was sent.
    ///   - agency: Who asks.
    ///   - key: The key under which it was sent; `nil` from the command line.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The screening: new, or the one that the same request led to before.
    /// - Throws: ``StorageError/submissionRefused(_:)``; ``StorageError/notFound(_:_:)`` for an unknown agency, key or
    ///   photograph; ``StorageError/ruleBroken(rule:)``; ``StorageError/idempotencyKeyReused(_:)``.
    public func createScreening(
        _ submission: Screening.Submission, agency: Identifier<Agency>, key: Identifier<APIKey>? = nil,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<Screening> {
        try Self.check(submission)
        return try await once(idempotency, .screening, id: \.id) { session, id in
            try await session.insert(submission, id: id, agency: agency, key: key)
            guard let screening = try await session.screening(id) else {
                throw StorageError.notFound(.screening, id.description)
            }
            return Added(screening, .created)
        } find: { session, id in
            try await session.screening(id)
        }
    }

    /// The screening with an identifier, its verdict included.
    public func screening(_ id: Identifier<Screening>) async throws -> Screening? {
        try await rows(.screeningByID, [.id(id)]).first.map(Screening.init)
    }

    /// Screenings in the order they came.
    ///
    /// - Parameters:
    ///   - after: The last screening of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - agency: Whose; `nil` for everybody's.
    ///   - state: How far they have come; `nil` for any.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func screenings(
        after: Identifier<Screening>? = nil, limit: Int = 50, agency: Identifier<Agency>? = nil,
        state: Screening.State? = nil
    ) async throws -> Page<Screening> {
        let limit = Page<Screening>.bounded(limit)
        let range: [PostgresValue] = [.after(after), .count(limit + 1), .id(agency)]
        let rows =
            switch state {
            case nil: try await rows(.screenings, range)
            case .done: try await rows(.screeningsDone, range)
            case .failed: try await rows(.screeningsFailed, range)
            case .received?, .processing?: try await rows(.screeningsOpen, range + [.text(state?.rawValue)])
            }
        return Page(try rows.map(Screening.init), limit: limit, id: \.id)
    }

    private static func check(_ submission: Screening.Submission) throws(StorageError) {
        guard (1...20).contains(submission.photos.count) else {
            throw .submissionRefused(
                "A screening takes 1 to 20 photographs, not \(submission.photos.count): split the submission.")
        }
        let photos = Set(submission.photos)
        guard photos.count == submission.photos.count else {
            throw .submissionRefused("A photograph stands twice in the submission: name each once.")
        }
        guard submission.marks.keys.allSatisfy(photos.contains) else {
            throw .submissionRefused("A mark belongs to a photograph that is not part of the submission.")
        }
    }
}

extension Session {
    func screening(_ id: Identifier<Screening>) async throws -> Screening? {
        try await rows(.screeningByID, [.id(id)]).first.map(Screening.init)
    }

    fileprivate func insert(
        _ submission: Screening.Submission, id: Identifier<Screening>, agency: Identifier<Agency>,
        key: Identifier<APIKey>?
    ) async throws {
        _ = try await rows(
            .screeningInsert,
            [
                .id(id), .id(agency), .id(key), .text(submission.region.rawValue), .text(submission.lane.rawValue),
                .date(submission.observedAt),
            ] + PostgresValue.position(submission.position)
                + [.text(submission.locality), .text(submission.observer), .textArray(submission.tagCodes)]
                + [
                    try submission.tagScan.map { try .json(encoding: $0) } ?? .null,
                    .text(submission.occasion?.rawValue),
                ])
        let photos = submission.photos.map {
            ScreeningPhoto(photo: $0, mark: submission.marks[$0].map(StoredMark.init))
        }
        _ = try await rows(.screeningPhotosInsert, [.id(id), try .json(encoding: photos)])
        _ = try await rows(.jobInsert, [.id(id), .text(submission.lane.rawValue)])
        try await insertTagReads(of: submission, id: id, agency: agency, key: key)
    }
}

/// One photograph of a submission, as it travels to and from the database.
private struct ScreeningPhoto: Codable {
    let photo: Identifier<Photo>
    let mark: StoredMark?
}

extension Screening {
    init(row: Row) throws {
        let photos = try row.json("photos", as: [ScreeningPhoto].self)
        let marks = try photos.compactMap { photo in try photo.mark?.mark.map { (photo.photo, $0) } }
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"),
            submission: Submission(
                photos: photos.map(\.photo), region: try row.named("body_region"),
                marks: Dictionary(marks) { first, _ in first }, lane: try row.named("lane"),
                observedAt: try row.optional("event_date"), position: try row.position(),
                locality: try row.optional("locality"), observer: try row.optional("recorded_by"),
                tagCodes: try row.get("tag_codes"), tagScan: try row.optionalJSON("tag_scan"),
                occasion: try row.optionalNamed("occasion")),
            state: try row.named("state"), verdict: try Verdict(row: row), createdAt: try row.get("created_at"),
            finishedAt: try row.optional("finished_at"))
    }
}

extension Verdict {
    /// The answer in a screening's row, or `nil` where there is none yet.
    fileprivate init?(row: Row) throws {
        guard let outcome = try Outcome(row: row) else { return nil }
        self.init(
            outcome: outcome, probability: try row.optional("probability"), candidates: try row.json("candidates"),
            findings: try row.json("findings"), quality: try row.json("quality"),
            extractor: try row.get("extractor"), decider: try row.get("decider"),
            photosSearched: try row.get("photos_searched"), individualsSearched: try row.get("individuals_searched"),
            milliseconds: try row.get("milliseconds"), tags: try row.optionalJSON("tag_verdict"),
            movement: try row.optionalJSON("movement_verdict"))
    }
}

extension Outcome {
    fileprivate init?(row: Row) throws {
        guard try row.getOptional("outcome", as: String.self) != nil else { return nil }
        switch try row.named("outcome", as: Name.self) {
        case .matched: self = .matched(try row.identifier("individual_id"))
        case .undecided: self = .undecided
        case .unknown: self = .unknown
        case .unusable: self = .unusable
        case .failed: self = .failed
        }
    }
}
