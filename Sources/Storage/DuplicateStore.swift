import Foundation
import Postgres
public import Registry

/// A pair of templates of different animals that resemble each other.
public struct DuplicateFinding: Hashable, Sendable {
    /// One template.
    public let first: Identifier<StoredTemplate>
    /// A template of another animal.
    public let second: Identifier<StoredTemplate>
    /// The matcher's score of the two.
    public let score: Double
    /// Probability that they show one animal, 0 … 1.
    public let probability: Double

    /// A pair with its evidence.
    public init(
        first: Identifier<StoredTemplate>, second: Identifier<StoredTemplate>, score: Double, probability: Double
    ) {
        self.first = first
        self.second = second
        self.score = score
        self.probability = probability
    }
}

extension RegistryStore {
    /// Proposes pairs of animals for review, those that nobody has before them yet.
    ///
    /// Left out are pairs whose proposal is open or undecided, pairs that people called different unless they score
    /// higher than then or another scorer finds them, and pairs that have become one animal.
    ///
    /// - Parameters:
    ///   - findings: The best pair of photographs of each two animals.
    ///   - scorer: Versions of extractor and matcher, a space between.
    /// - Returns: What is new, in the order of the findings.
    /// - Throws: ``StorageError/ruleBroken(rule:)`` for a probability outside of 0 … 1.
    @discardableResult
    public func proposeDuplicates(
        _ findings: [DuplicateFinding], scorer: String
    ) async throws -> [DuplicateProposal] {
        try await transaction { session in
            _ = try await session.rows(.identityLockShared)
            _ = try await session.rows(.duplicateLock)
            var proposed: [DuplicateProposal] = []
            for finding in findings {
                let id = Identifier<DuplicateProposal>()
                let isNew = try await !session.rows(
                    .duplicatePropose,
                    [
                        .id(id), .id(finding.first), .id(finding.second), .double(finding.score),
                        .double(finding.probability), .text(scorer),
                    ]
                ).isEmpty
                if isNew, let proposal = try await session.duplicateProposal(id) { proposed.append(proposal) }
            }
            for proposal in proposed {
                try await session.append(
                    .duplicateProposed, individual: nil,
                    [
                        "proposal": proposal.id.description, "first": proposal.first.proposed.description,
                        "second": proposal.second.proposed.description,
                    ])
            }
            return proposed
        }
    }

    /// Proposals in the order they were made.
    ///
    /// - Parameters:
    ///   - after: The last proposal of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - state: How far their review is; `nil` for any.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func duplicateProposals(
        after: Identifier<DuplicateProposal>? = nil, limit: Int = 50, state: DuplicateProposal.State? = nil
    ) async throws -> Page<DuplicateProposal> {
        let limit = Page<DuplicateProposal>.bounded(limit)
        let rows = try await rows(.duplicateProposals, [.after(after), .count(limit + 1), .text(state?.rawValue)])
        return Page(try rows.map(DuplicateProposal.init), limit: limit, id: \.id)
    }

    /// The proposal with an identifier.
    public func duplicateProposal(_ id: Identifier<DuplicateProposal>) async throws -> DuplicateProposal? {
        try await rows(.duplicateProposalByID, [.id(id)]).first.map(DuplicateProposal.init)
    }

    /// Appends what a person says of a proposal; `same` merges the animal entered later into the other, in the same
    /// transaction.
    ///
    /// - Parameters:
    ///   - proposal: What was reviewed.
    ///   - verdict: What was said.
    ///   - note: Why.
    ///   - reviewer: Who says it.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The review: new, or the one that the same request led to before.
    /// - Throws: ``IdentityError/alreadyOne(_:individual:)`` where somebody merged the two meanwhile;
    ///   ``IdentityError/nobody(_:)``; ``StorageError/notFound(_:_:)``.
    @discardableResult
    public func review(
        _ proposal: Identifier<DuplicateProposal>, _ verdict: DuplicateReview.Verdict, note: String? = nil,
        by reviewer: Reviewer, idempotency: IdempotencyKey? = nil
    ) async throws -> Added<DuplicateReview> {
        try await once(idempotency, .duplicateReview, id: \.id) { session, id in
            _ = try await session.rows(.identityLock)
            return Added(try await session.review(proposal, verdict, note: note, by: reviewer, id: id), .created)
        } find: { session, id in
            try await session.rows(.duplicateReviewByID, [.id(id)]).first.map(DuplicateReview.init)
        }
    }

    /// The reviews of a proposal, oldest first.
    public func reviews(of proposal: Identifier<DuplicateProposal>) async throws -> [DuplicateReview] {
        try await rows(.duplicateReviewsOfProposal, [.id(proposal)]).map(DuplicateReview.init)
    }
}

extension Session {
    fileprivate func duplicateProposal(_ id: Identifier<DuplicateProposal>) async throws -> DuplicateProposal? {
        try await rows(.duplicateProposalByID, [.id(id)]).first.map(DuplicateProposal.init)
    }

    fileprivate func review(
        _ id: Identifier<DuplicateProposal>, _ verdict: DuplicateReview.Verdict, note: String?,
        by reviewer: Reviewer, id review: Identifier<DuplicateReview>
    ) async throws -> DuplicateReview {
        guard let proposal = try await duplicateProposal(id) else {
            throw StorageError.notFound(.duplicateProposal, id.description)
        }
        guard proposal.state != .same else {
            throw IdentityError.alreadyOne(id, individual: proposal.first.name ?? "?")
        }
        let parameters: [PostgresValue] = [
            .id(review), .id(id), .text(verdict.rawValue), .text(reviewer.name), .id(reviewer.key), .text(note),
        ]
        guard let row = try await rows(.duplicateReviewInsert, parameters).first else {
            throw StorageError.notFound(.duplicateProposal, id.description)
        }
        if verdict == .same {
            guard let first = proposal.first.individual, let second = proposal.second.individual else {
                throw IdentityError.nobody(id)
            }
            // Identifiers sort by the moment they were made: the animal known longer keeps its name.
            let (older, younger) = first.description < second.description ? (first, second) : (second, first)
            _ = try await merge(
                younger, into: older, reason: note ?? "Reviewed as the same animal.", by: reviewer, proposal: id)
        }
        return try DuplicateReview(row: row)
    }
}

extension DuplicateProposal {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), first: try Side(row: row, "a"), second: try Side(row: row, "b"),
            region: try row.named("body_region"), score: try row.get("score"),
            probability: try row.get("probability"), scorer: try row.get("scorer"), state: try row.named("state"),
            proposedAt: try row.get("proposed_at"))
    }
}

extension DuplicateProposal.Side {
    fileprivate init(row: Row, _ side: String) throws {
        self.init(
            proposed: try row.identifier("individual_\(side)_id"),
            individual: try row.optionalIdentifier("current_\(side)_id"),
            name: try row.optional("current_\(side)_name"), annotation: try row.identifier("annotation_\(side)_id"),
            photo: try row.identifier("photo_\(side)_id"))
    }
}

extension DuplicateReview {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), proposal: try row.identifier("proposal_id"),
            verdict: try row.named("verdict"), decidedBy: try Reviewer(row: row), note: try row.optional("note"),
            decidedAt: try row.get("decided_at"))
    }
}
