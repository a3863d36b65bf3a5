import Foundation
import Postgres
import Registry

/// The kinds of records that a repeated request can be answered with.
enum ResourceKind: String {
    case photo, screening, decision
    case duplicateReview = "duplicate_review"
    case identityChange = "identity_change"
    case translocation
    case highWater = "high_water"
    case tagAssignment = "tag_assignment"
    case tagEnd = "tag_end"
    case tagRead = "tag_read"
    case caseResolution = "case_resolution"
    case endpoint, event
    case dnaSample = "dna_sample"
    case dnaCustody = "dna_custody"
    case dnaResult = "dna_result"
    case hybridAssessment = "hybrid_assessment"
    case headLandmarks = "head_landmarks"
}

extension RegistryStore {
    /// Adds a record once, however often the request comes.
    ///
    /// The key's row is written in the transaction of the record, before it: a racing duplicate waits on the unique
    /// key until the winner commits, then reads the winner's record; if the winner rolls back, the duplicate becomes
    /// the first.
    ///
    /// - Parameters:
    ///   - key: What makes the request recognisable; `nil` adds without asking.
    ///   - kind: The kind of record.
    ///   - id: The identifier of a record.
    ///   - add: Adds the record under the identifier offered, or finds it.
    ///   - find: Reads the record of an earlier request.
    /// - Returns: The record, `replayed` where the request came before.
    /// - Throws: ``StorageError/idempotencyKeyReused(_:)`` where the key came with another request.
    func once<Record: Sendable>(
        _ key: IdempotencyKey?, _ kind: ResourceKind, id: @Sendable @escaping (Record) -> Identifier<Record>,
        add: @Sendable @escaping (Session, Identifier<Record>) async throws -> Added<Record>,
        find: @Sendable @escaping (Session, Identifier<Record>) async throws -> Record?
    ) async throws -> Added<Record> {
        try await transaction { session in
            let offered = Identifier<Record>()
            guard let key else { return try await add(session, offered) }
            let name: [PostgresValue] = [.id(key.apiKey), .text(key.key)]
            let isFirst = try await !session.rows(
                .idempotencyInsert, name + [.bytes(key.fingerprint), .text(kind.rawValue), .id(offered)]
            ).isEmpty
            if isFirst {
                let added = try await add(session, offered)
                if id(added.record) != offered {
                    _ = try await session.rows(.idempotencySetResource, name + [.id(id(added.record))])
                }
                return added
            }
            guard let earlier = try await session.rows(.idempotencyByKey, name).first,
                try earlier.get("fingerprint") == key.fingerprint,
                try earlier.get("resource_kind") == kind.rawValue
            else { throw StorageError.idempotencyKeyReused(key.key) }
            guard let record = try await find(session, earlier.identifier("resource_id")) else {
                throw StorageError.recordUnreadable(column: "resource_id", reason: "no such \(kind.rawValue)")
            }
            return Added(record, .replayed)
        }
    }

    /// Forgets idempotency keys older than a day.
    ///
    /// - Returns: How many.
    @discardableResult
    public func purgeIdempotencyKeys() async throws -> Int {
        try await row(.idempotencyPurge) { try $0.get("purged") }
    }
}
