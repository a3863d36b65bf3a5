import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Merges an animal into another: all of its encounters and tags become the other's.
    ///
    /// The animal remains as a record that points to the other, so that links, screenings and its name still lead
    /// somewhere. Changes of identity wait for each other and for enrolments, so none sees half of another.
    ///
    /// - Parameters:
    ///   - from: The animal that goes.
    ///   - into: The animal that stays.
    ///   - reason: Why, 1 … 4000 characters.
    ///   - reviewer: Who decided.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The change: new, or the one that the same request led to before.
    /// - Throws: ``IdentityError/sameAnimal(_:)``, ``IdentityError/merged(_:into:by:)``;
    ///   ``StorageError/notFound(_:_:)``; ``StorageError/ruleBroken(rule:)`` for a blank reason.
    @discardableResult
    public func merge(
        _ from: Identifier<Individual>, into: Identifier<Individual>, reason: String, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<IdentityChange> {
        try await change(idempotency) { session, id in
            try await session.merge(from, into: into, reason: reason, by: reviewer, id: id)
        }
    }

    /// Gives encounters of an animal to another.
    ///
    /// - Parameters:
    ///   - from: The animal they leave; at least one encounter stays with it.
    ///   - encounters: Which, at least one.
    ///   - name: The other animal's catalogue name: one of the registry, or a new one; `nil` makes one up.
    ///   - reason: Why, 1 … 4000 characters.
    ///   - reviewer: Who decided.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The change: new, or the one that the same request led to before.
    /// - Throws: ``IdentityError``; ``StorageError/notFound(_:_:)``; ``StorageError/ruleBroken(rule:)``.
    @discardableResult
    public func split(
        _ from: Identifier<Individual>, encounters: [Identifier<Encounter>], into name: String? = nil, reason: String,
        by reviewer: Reviewer, idempotency: IdempotencyKey? = nil
    ) async throws -> Added<IdentityChange> {
        try await change(idempotency) { session, id in
            try await session.split(from, encounters: encounters, into: name, reason: reason, by: reviewer, id: id)
        }
    }

    /// Takes a merge or split back: exactly the encounters it moved return, with everything that hangs on them.
    ///
    /// What was entered since for the other animal stays with it; so does a new animal of a split, without encounters.
    ///
    /// - Parameters:
    ///   - change: The merge or split.
    ///   - reason: Why, 1 … 4000 characters.
    ///   - reviewer: Who decided.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The undo: new, or the one that the same request led to before.
    /// - Throws: ``IdentityError/laterChange(_:undoFirst:)`` where a later change moved one of the encounters again;
    ///   ``IdentityError/alreadyUndone(_:by:)``, ``IdentityError/undoOfUndo(_:)``; ``StorageError/notFound(_:_:)``.
    @discardableResult
    public func undo(
        _ change: Identifier<IdentityChange>, reason: String, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<IdentityChange> {
        try await self.change(idempotency) { session, id in
            try await session.undo(change, reason: reason, by: reviewer, id: id)
        }
    }

    /// Changes of identity in the order they were made.
    ///
    /// - Parameters:
    ///   - after: The last change of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - individual: Only those that an animal left or came to by; `nil` for all.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func identityChanges(
        after: Identifier<IdentityChange>? = nil, limit: Int = 50, individual: Identifier<Individual>? = nil
    ) async throws -> Page<IdentityChange> {
        let limit = Page<IdentityChange>.bounded(limit)
        let rows = try await rows(.identityChanges, [.after(after), .count(limit + 1), .id(individual)])
        return Page(try rows.map(IdentityChange.init), limit: limit, id: \.id)
    }

    /// The change with an identifier.
    public func identityChange(_ id: Identifier<IdentityChange>) async throws -> IdentityChange? {
        try await rows(.identityChangeByID, [.id(id)]).first.map(IdentityChange.init)
    }

    private func change(
        _ idempotency: IdempotencyKey?,
        _ make: @Sendable @escaping (Session, Identifier<IdentityChange>) async throws -> IdentityChange
    ) async throws -> Added<IdentityChange> {
        try await once(idempotency, .identityChange, id: \.id) { session, id in
            _ = try await session.rows(.identityLock)
            return Added(try await make(session, id), .created)
        } find: { session, id in
            try await session.identityChange(id)
        }
    }
}

extension Session {
    /// Merges; the caller holds the lock of identities.
    func merge(
        _ from: Identifier<Individual>, into: Identifier<Individual>, reason: String, by reviewer: Reviewer,
        proposal: Identifier<DuplicateProposal>? = nil, id: Identifier<IdentityChange> = Identifier()
    ) async throws -> IdentityChange {
        let leaving = try await unmerged(from)
        guard try await unmerged(into).id != leaving.id else { throw IdentityError.sameAnimal(leaving.name) }
        return try await record(
            .merge, id: id, from: from, into: into, encounters: nil, reason: reason, by: reviewer, proposal: proposal)
    }

    fileprivate func split(
        _ from: Identifier<Individual>, encounters: [Identifier<Encounter>], into name: String?, reason: String,
        by reviewer: Reviewer, id: Identifier<IdentityChange>
    ) async throws -> IdentityChange {
        let leaving = try await unmerged(from)
        let chosen = Set(encounters)
        guard !chosen.isEmpty else { throw IdentityError.nothingToSplit(leaving.name) }
        let rows = try await rows(.encounterIDsOfIndividual, [.id(from)])
        let own = Set(try rows.map { try $0.identifier("id", of: Encounter.self) })
        if let stranger = encounters.first(where: { !own.contains($0) }) {
            throw IdentityError.encounterElsewhere(stranger, individual: leaving.name)
        }
        guard chosen.count < own.count else { throw IdentityError.everythingSplit(leaving.name) }
        let taking = try await animal(named: name, splitFrom: leaving)
        guard taking.id != leaving.id else { throw IdentityError.sameAnimal(leaving.name) }
        return try await record(
            .split, id: id, from: from, into: taking.id, encounters: Array(chosen), reason: reason, by: reviewer)
    }

    fileprivate func undo(
        _ change: Identifier<IdentityChange>, reason: String, by reviewer: Reviewer, id: Identifier<IdentityChange>
    ) async throws -> IdentityChange {
        guard let undone = try await identityChange(change) else {
            throw StorageError.notFound(.identityChange, change.description)
        }
        guard undone.kind != .undo else { throw IdentityError.undoOfUndo(change) }
        if let undo = undone.undoneBy { throw IdentityError.alreadyUndone(change, by: undo) }
        if let later = try await rows(.identityChangeToUndoFirst, [.id(change)]).first {
            throw IdentityError.laterChange(change, undoFirst: try later.identifier("id"))
        }
        return try await record(
            .undo, id: id, from: undone.into, into: undone.from, encounters: undone.encounters, reason: reason,
            by: reviewer, undoing: undone)
    }

    func identityChange(_ id: Identifier<IdentityChange>) async throws -> IdentityChange? {
        try await rows(.identityChangeByID, [.id(id)]).first.map(IdentityChange.init)
    }

    /// Writes a change, moves the encounters (`nil` for all of the animal), tells others, and draws the consequences for
    /// what DNA says of both animals.
    private func record(
        _ kind: IdentityChange.Kind, id: Identifier<IdentityChange>, from: Identifier<Individual>,
        into: Identifier<Individual>, encounters: [Identifier<Encounter>]?, reason: String, by reviewer: Reviewer,
        proposal: Identifier<DuplicateProposal>? = nil, undoing undone: IdentityChange? = nil
    ) async throws -> IdentityChange {
        let standings = try await standings(of: [.animal(from), .animal(into)])
        // An undo is written before the encounters move: an animal merged away takes none.
        let change: [PostgresValue] = [
            .id(id), .text(kind.rawValue), .id(from), .id(into), .text(reason), .text(reviewer.name), .id(reviewer.key),
            .id(proposal), .id(undone?.id),
        ]
        _ = try await rows(.identityChangeInsert, change)
        let moved = Set(
            try await rows(
                .identityChangeMove, [.id(id), .id(from), .id(into), encounters.map { .ids($0) } ?? .null]
            ).map { try $0.identifier("encounter_id", of: Encounter.self) })
        let parameters: [PostgresValue] = [.id(id), .id(from), .id(into), .text(kind.rawValue), .id(undone?.id)]
        _ = try await rows(.tagAssignmentsMove, parameters)
        guard let change = try await identityChange(id) else {
            throw StorageError.notFound(.identityChange, id.description)
        }
        if let stranger = encounters?.first(where: { !moved.contains($0) }) {
            throw IdentityError.encounterElsewhere(stranger, individual: change.fromName)
        }
        var payload = ["change": id.description, "from": from.description, "into": into.description]
        payload["undone"] = undone?.id.description
        try await append(kind.event, individual: into, payload)
        try await follow(standings, by: reviewer)
        return change
    }

    /// An animal that was not merged into another.
    private func unmerged(_ id: Identifier<Individual>) async throws -> Individual {
        guard let individual = try await rows(.individualByID, [.id(id)]).first.map(Individual.init) else {
            throw StorageError.notFound(.individual, id.description)
        }
        if let merge = try await rows(.mergeInForce, [.id(id)]).first.map(IdentityChange.init) {
            throw IdentityError.merged(individual.name, into: merge.intoName, by: merge.id)
        }
        return individual
    }

    private func animal(named name: String?, splitFrom animal: Individual) async throws -> Individual {
        if let name, let known = try await named(name) { return try await unmerged(known.id) }
        var free = name ?? "\(animal.name)-2"
        var number = 2
        while name == nil, try await named(free) != nil {
            number += 1
            free = "\(animal.name)-\(number)"
        }
        let parameters: [PostgresValue] = [
            .id(Identifier<Individual>()), .text(free), .text(animal.species), .text(animal.population),
        ]
        guard let row = try await rows(.individualInsert, parameters).first else {
            throw StorageError.notFound(.individual, free)
        }
        return try Individual(row: row)
    }

    private func named(_ name: String) async throws -> Individual? {
        try await rows(.individualByName, [.text(name)]).first.map(Individual.init)
    }
}

extension IdentityChange.Kind {
    fileprivate var event: EventType {
        switch self {
        case .merge: .identityMerged
        case .split: .identitySplit
        case .undo: .identityChangeUndone
        }
    }
}

extension IdentityChange {
    init(row: Row) throws {
        let encounters: [UUID] = try row.get("encounter_ids")
        self.init(
            id: try row.identifier("id"), kind: try row.named("kind"), from: try row.identifier("from_individual_id"),
            fromName: try row.get("from_name"), into: try row.identifier("into_individual_id"),
            intoName: try row.get("into_name"), encounters: encounters.map(Identifier.init),
            reason: try row.get("reason"), decidedBy: try Reviewer(row: row),
            proposal: try row.optionalIdentifier("proposal_id"), undoes: try row.optionalIdentifier("undoes"),
            undoneBy: try row.optionalIdentifier("undone_by"), decidedAt: try row.get("decided_at"))
    }
}

extension Reviewer {
    /// Who decided, from the columns that say so.
    init(row: Row) throws {
        self.init(name: try row.get("decided_by"), key: try row.optionalIdentifier("api_key_id"))
    }
}
