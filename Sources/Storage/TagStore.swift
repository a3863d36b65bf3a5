public import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Says that an animal bears a tag.
    ///
    /// - Parameters:
    ///   - code: The tag's code; entered where nobody had.
    ///   - individual: The animal.
    ///   - validFrom: Since when; `nil` where nobody knows, which counts as always.
    ///   - encounter: The meeting at which it was put in or first read.
    ///   - evidence: What it rests on, 1 … 2000 characters.
    ///   - reviewer: Who says so.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The assignment: new, or the one that the same request led to before.
    /// - Throws: ``TagError/taken(code:individual:assignment:)`` and ``TagError/overlaps(code:individual:until:)``
    ///   unless the code is flagged as duplicated; ``IdentityError/merged(_:into:by:)``; ``StorageError``.
    @discardableResult
    public func assignTag(
        _ code: TagCode, to individual: Identifier<Individual>, from validFrom: Date? = nil,
        encounter: Identifier<Encounter>? = nil, evidence: String, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<TagAssignment> {
        try await once(idempotency, .tagAssignment, id: \.id) { session, id in
            // Merges and splits wait: none may move an animal's tags past one that is entered.
            _ = try await session.rows(.identityLockShared)
            let assignment = try await session.assign(
                code, to: individual, from: validFrom, encounter: encounter, evidence: evidence, by: reviewer, id: id)
            return Added(assignment, .created)
        } find: { session, id in
            try await session.tagAssignment(id)
        }
    }

    /// Records how an assignment ended; once.
    ///
    /// - Parameters:
    ///   - assignment: The assignment.
    ///   - reason: Why it ended.
    ///   - moment: When; `nil` for now.
    ///   - note: What that rests on.
    ///   - reviewer: Who says so.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The assignment with its end.
    /// - Throws: ``TagError/alreadyEnded(_:individual:reason:)``, ``TagError/endBeforeBeginning(_:)``;
    ///   ``StorageError``.
    @discardableResult
    public func endTagAssignment(
        _ assignment: Identifier<TagAssignment>, _ reason: TagAssignment.Reason, at moment: Date? = nil,
        note: String? = nil, by reviewer: Reviewer, idempotency: IdempotencyKey? = nil
    ) async throws -> Added<TagAssignment> {
        try await once(idempotency, .tagEnd, id: \.id) { session, _ in
            guard let known = try await session.tagAssignment(assignment) else {
                throw StorageError.notFound(.tagAssignment, assignment.description)
            }
            if let end = known.end {
                throw TagError.alreadyEnded(assignment, individual: known.individualName, reason: end.reason)
            }
            if let began = known.validFrom, let moment, moment < began {
                throw TagError.endBeforeBeginning(assignment)
            }
            let parameters: [PostgresValue] = [
                .id(assignment), .date(moment), .text(reason.rawValue), .text(note), .text(reviewer.name),
                .id(reviewer.key),
            ]
            _ = try await session.rows(.tagAssignmentEnd, parameters)
            guard let ended = try await session.tagAssignment(assignment) else {
                throw StorageError.notFound(.tagAssignment, assignment.description)
            }
            return Added(ended, .created)
        } find: { session, id in
            try await session.tagAssignment(id)
        }
    }

    /// Says whether several tags are known to bear a code; the code is entered where nobody had.
    ///
    /// - Throws: ``TagError/stillDuplicated(code:)``; ``StorageError``.
    @discardableResult
    public func setDuplicated(_ isDuplicated: Bool, _ code: TagCode) async throws -> Tag {
        try await transaction { session in
            _ = try await session.tag(code)
            do {
                let rows = try await session.rows(.tagSetDuplicated, [.text(code.canonical), .bool(isDuplicated)])
                guard let row = rows.first else { throw StorageError.notFound(.tag, code.canonical) }
                return try Tag(row: row)
            } catch StorageError.ruleBroken(rule: tagRule) {
                throw TagError.stillDuplicated(code: code.canonical)
            }
        }
    }

    /// The tag with a code, where somebody entered it.
    public func tag(_ code: TagCode) async throws -> Tag? {
        try await rows(.tagByCode, [.text(code.canonical)]).first.map(Tag.init)
    }

    /// Tags in the order they were entered.
    ///
    /// - Parameters:
    ///   - after: The last tag of the page before.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func tags(after: Identifier<Tag>? = nil, limit: Int = 50) async throws -> Page<Tag> {
        let limit = Page<Tag>.bounded(limit)
        return Page(
            try await rows(.tags, [.after(after), .count(limit + 1)]).map(Tag.init), limit: limit, id: \.id)
    }

    /// Whose a tag was and is, the earliest first.
    public func tagAssignments(of code: TagCode) async throws -> [TagAssignment] {
        try await rows(.tagAssignmentsOfCode, [.text(code.canonical)]).map(TagAssignment.init)
    }

    /// Which tags an animal bore and bears, merges considered, the earliest first.
    public func tagAssignments(of individual: Identifier<Individual>) async throws -> [TagAssignment] {
        try await rows(.tagAssignmentsOfIndividual, [.id(individual)]).map(TagAssignment.init)
    }

    /// The assignment with an identifier.
    public func tagAssignment(_ id: Identifier<TagAssignment>) async throws -> TagAssignment? {
        try await rows(.tagAssignmentByID, [.id(id)]).first.map(TagAssignment.init)
    }
}

/// The rule of the schema that a tag has one animal at a time.
let tagRule = "tag_assignments_one_animal"

extension Session {
    /// The tag with a code, entered where nobody had; its row is locked to the end of the transaction.
    func tag(_ code: TagCode) async throws -> Tag {
        let parameters: [PostgresValue] = [
            .id(Identifier<Tag>()), .text(code.canonical), .text(code.kind.rawValue),
        ]
        guard let row = try await rows(.tagFindOrInsert, parameters).first else {
            throw StorageError.notFound(.tag, code.canonical)
        }
        return try Tag(row: row)
    }

    func tagAssignment(_ id: Identifier<TagAssignment>) async throws -> TagAssignment? {
        try await rows(.tagAssignmentByID, [.id(id)]).first.map(TagAssignment.init)
    }

    /// Assigns; the caller holds the shared lock of identities.
    func assign(
        _ code: TagCode, to individual: Identifier<Individual>, from validFrom: Date?,
        encounter: Identifier<Encounter>?, evidence: String, by reviewer: Reviewer,
        id: Identifier<TagAssignment> = Identifier()
    ) async throws -> TagAssignment {
        if let merge = try await rows(.mergeInForce, [.id(individual)]).first.map(IdentityChange.init) {
            throw IdentityError.merged(merge.fromName, into: merge.intoName, by: merge.id)
        }
        if let encounter {
            let met = try await rows(.encounterByID, [.id(encounter)]).first.map(Encounter.init)
            guard let met else { throw StorageError.notFound(.encounter, encounter.description) }
            guard met.individual == individual else {
                let animal = try await rows(.individualByID, [.id(individual)]).first.map(Individual.init)
                throw IdentityError.encounterElsewhere(encounter, individual: animal?.name ?? "?")
            }
        }
        let tag = try await tag(code)
        if !tag.isDuplicated { try await refuseOverlap(code, from: validFrom) }
        let parameters: [PostgresValue] = [
            .id(id), .id(tag.id), .id(individual), .id(encounter), .date(validFrom), .text(evidence),
            .text(reviewer.name), .id(reviewer.key),
        ]
        _ = try await rows(.tagAssignmentInsert, parameters)
        guard let assignment = try await tagAssignment(id) else {
            throw StorageError.notFound(.tagAssignment, id.description)
        }
        return assignment
    }

    /// Words what the schema would refuse; the tag's row is locked, so nothing comes between.
    private func refuseOverlap(_ code: TagCode, from validFrom: Date?) async throws {
        for other in try await rows(.tagAssignmentsOfCode, [.text(code.canonical)]).map(TagAssignment.init) {
            guard let end = other.end else {
                throw TagError.taken(code: code.canonical, individual: other.individualName, assignment: other.id)
            }
            if end.reason == .error { continue }
            let isEmpty = other.validFrom.map { $0 >= end.at } ?? false
            if !isEmpty, validFrom.map({ $0 < end.at }) ?? true {
                throw TagError.overlaps(
                    code: code.canonical, individual: other.individualName, until: end.at.formatted(.iso8601))
            }
        }
    }
}

extension Tag {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), code: try TagCode(row: row), isDuplicated: try row.get("is_duplicated"),
            createdAt: try row.get("created_at"))
    }
}

extension TagCode {
    /// The code in a row.
    init(row: Row) throws {
        let text: String = try row.get("code")
        guard let code = TagCode(canonical: text, kind: try row.named("kind")) else {
            throw StorageError.recordUnreadable(column: "code", reason: "“\(text)” is not in canonical form")
        }
        self = code
    }
}

extension TagAssignment {
    init(row: Row) throws {
        let ended: Date? = try row.optional("valid_to")
        let end = try ended.map { moment in
            End(
                at: moment, reason: try row.named("end_reason"), note: try row.optional("end_note"),
                recordedBy: Reviewer(name: try row.get("ended_by"), key: try row.optionalIdentifier("end_api_key_id")))
        }
        self.init(
            id: try row.identifier("id"), code: try TagCode(row: row), individual: try row.identifier("individual_id"),
            individualName: try row.get("individual_name"), encounter: try row.optionalIdentifier("encounter_id"),
            validFrom: try row.optional("valid_from"), evidence: try row.get("evidence"),
            decidedBy: try Reviewer(row: row), createdAt: try row.get("created_at"), end: end)
    }
}
