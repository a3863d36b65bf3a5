public import Foundation
import Postgres
public import Registry

/// A sample before the registry keeps it.
public struct SubmittedSample: Hashable, Sendable {
    /// What is written on the tube.
    public let label: String
    /// The animal.
    public let individual: Identifier<Individual>?
    /// The screening of the animal it is of.
    public let screening: Identifier<Screening>?
    /// What was taken, in words.
    public let tissue: String?
    /// Where the animal was; where it is left out, the screening says it.
    public let position: Position?
    /// Where, in words.
    public let locality: String?
    /// Who took it.
    public let takenBy: String
    /// When.
    public let takenAt: Date
    /// How it was sealed.
    public let seal: String?

    /// A sample.
    public init(
        label: String, individual: Identifier<Individual>? = nil, screening: Identifier<Screening>? = nil,
        tissue: String? = nil, position: Position? = nil, locality: String? = nil, takenBy: String, takenAt: Date,
        seal: String? = nil
    ) {
        self.label = label
        self.individual = individual
        self.screening = screening
        self.tissue = tissue
        self.position = position
        self.locality = locality
        self.takenBy = takenBy
        self.takenAt = takenAt
        self.seal = seal
    }
}

extension RegistryStore {
    /// Enters a sample with the first step of its custody.
    ///
    /// - Throws: ``DNAError/labelTaken(_:)``, ``DNAError/sampleOfNothing``; ``StorageError/notFound(_:_:)`` for an
    ///   unknown animal or screening; ``StorageError/ruleBroken(rule:)``.
    @discardableResult
    public func addSample(
        _ sample: SubmittedSample, agency: Identifier<Agency>, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<DNASample> {
        guard sample.individual != nil || sample.screening != nil else { throw DNAError.sampleOfNothing }
        return try await once(idempotency, .dnaSample, id: \.id) { session, id in
            let parameters: [PostgresValue] =
                [
                    .id(id), .id(agency), .text(sample.label), .id(sample.individual), .id(sample.screening),
                    .text(sample.tissue),
                ] + PostgresValue.position(sample.position) + [.text(sample.locality), .id(reviewer.key)]
            do {
                _ = try await session.rows(.dnaSampleInsert, parameters)
            } catch let error as PostgresError where error.isUniqueViolation {
                throw DNAError.labelTaken(sample.label)
            }
            _ = try await session.insertStep(
                .taken, of: id, person: sample.takenBy, counterpart: nil, seal: sample.seal, note: nil,
                at: sample.takenAt, by: reviewer)
            return Added(try await session.sample(id), .created)
        } find: { session, id in
            try await session.sample(id)
        }
    }

    /// Records that a sample was handed over or received.
    ///
    /// - Parameters:
    ///   - kind: What happened.
    ///   - sample: The sample.
    ///   - person: Who gave it away, or received it.
    ///   - counterpart: To whom it was given, or from whom it came.
    ///   - seal: How it was sealed, or in which state its seal came.
    ///   - note: What else is to be known.
    ///   - moment: When.
    ///   - reviewer: Who records it.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The step: new, or the one that the same request led to before.
    /// - Throws: ``DNAError/custodyBackwards(sample:last:at:)``, ``DNAError/takenBefore(sample:)``;
    ///   ``StorageError/notFound(_:_:)``, ``StorageError/ruleBroken(rule:)``.
    @discardableResult
    public func addCustody(
        _ kind: DNASample.CustodyStep.Kind, of sample: Identifier<DNASample>, person: String, counterpart: String?,
        seal: String? = nil, note: String? = nil, at moment: Date, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<DNASample.CustodyStep> {
        try await once(idempotency, .dnaCustody, id: \.id) { session, id in
            _ = try await session.rows(.dnaLock, [.id(sample)])
            let known = try await session.sample(sample)
            guard kind != .taken else { throw DNAError.takenBefore(sample: known.label) }
            guard counterpart != nil else { throw DNAError.oneHand(kind) }
            let last = try await session.rows(.dnaCustodyOfSample, [.id(sample)]).last.map(DNASample.CustodyStep.init)
            if let last, moment < last.happenedAt {
                throw DNAError.custodyBackwards(
                    sample: known.label, last: last.kind, at: last.happenedAt.formatted(.iso8601))
            }
            let step = try await session.insertStep(
                kind, of: sample, id: id, person: person, counterpart: counterpart, seal: seal, note: note,
                at: moment, by: reviewer)
            return Added(step, .created)
        } find: { session, id in
            try await session.rows(.dnaCustodyByID, [.id(id)]).first.map(DNASample.CustodyStep.init)
        }
    }

    /// The sample with an identifier.
    public func sample(_ id: Identifier<DNASample>) async throws -> DNASample? {
        try await rows(.dnaSampleByID, [.id(id)]).first.map(DNASample.init)
    }

    /// The sample with this label, or with this text as its identifier.
    public func sample(called text: String) async throws -> DNASample? {
        if let row = try await rows(.dnaSampleByLabel, [.text(text)]).first { return try DNASample(row: row) }
        guard let id = Identifier<DNASample>(text) else { return nil }
        return try await sample(id)
    }

    /// Samples in the order they were entered.
    ///
    /// - Parameters:
    ///   - after: The last sample of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - agency: Whose; `nil` for everybody's.
    ///   - individual: Of which animal, whatever it was merged with; `nil` for all.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func samples(
        after: Identifier<DNASample>? = nil, limit: Int = 50, agency: Identifier<Agency>? = nil,
        individual: Identifier<Individual>? = nil
    ) async throws -> Page<DNASample> {
        let limit = Page<DNASample>.bounded(limit)
        let rows = try await rows(.dnaSamples, [.after(after), .count(limit + 1), .id(agency), .id(individual)])
        return Page(try rows.map(DNASample.init), limit: limit, id: \.id)
    }

    /// Through whose hands a sample went, in the order the steps were recorded.
    public func custody(of sample: Identifier<DNASample>) async throws -> [DNASample.CustodyStep] {
        try await rows(.dnaCustodyOfSample, [.id(sample)]).map(DNASample.CustodyStep.init)
    }
}

extension Session {
    func sample(_ id: Identifier<DNASample>) async throws -> DNASample {
        guard let row = try await rows(.dnaSampleByID, [.id(id)]).first else {
            throw StorageError.notFound(.dnaSample, id.description)
        }
        return try DNASample(row: row)
    }

    fileprivate func insertStep(
        _ kind: DNASample.CustodyStep.Kind, of sample: Identifier<DNASample>,
        id: Identifier<DNASample.CustodyStep> = Identifier(), person: String, counterpart: String?, seal: String?,
        note: String?, at moment: Date, by reviewer: Reviewer
    ) async throws -> DNASample.CustodyStep {
        let parameters: [PostgresValue] = [
            .id(id), .id(sample), .text(kind.rawValue), .text(person), .text(counterpart), .text(seal), .text(note),
            .timestamp(moment), .text(reviewer.name), .id(reviewer.key),
        ]
        guard let row = try await rows(.dnaCustodyInsert, parameters).first else {
            throw StorageError.notFound(.dnaSample, sample.description)
        }
        return try DNASample.CustodyStep(row: row)
    }
}

extension DNASample {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"), label: try row.get("label"),
            individual: try row.optionalIdentifier("individual_id"),
            individualName: try row.optional("individual_name"),
            screening: try row.optionalIdentifier("screening_id"), tissue: try row.optional("tissue"),
            position: try row.position(), locality: try row.optional("locality"), takenBy: try row.get("taken_by"),
            takenAt: try row.get("taken_at"), createdAt: try row.get("created_at"))
    }
}

extension DNASample.CustodyStep {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), sample: try row.identifier("sample_id"), kind: try row.named("step"),
            person: try row.get("person"), counterpart: try row.optional("counterpart"),
            seal: try row.optional("seal"), note: try row.optional("note"), happenedAt: try row.get("happened_at"),
            recordedBy: Reviewer(name: try row.get("recorded_by"), key: try row.optionalIdentifier("api_key_id")))
    }
}
