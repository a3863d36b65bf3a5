public import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Lends the oldest waiting screening of a lane to a worker.
    ///
    /// A screening whose lease has run out is waiting again. One whose workers died in every attempt is answered
    /// `failed` on the way.
    ///
    /// - Parameters:
    ///   - lane: The queue.
    ///   - worker: Name of the worker, for people who look at the queue.
    ///   - lease: For how long.
    /// - Returns: The loan, or `nil` where nothing waits.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func claimScreening(
        lane: Screening.Lane, worker: String, lease: Duration
    ) async throws -> ClaimedScreening? {
        while true {
            let row = try await rows(
                .jobClaim, [.text(lane.rawValue), .uuid(UUID()), .text(worker), .double(lease.seconds)]
            ).first
            guard let row else { return nil }
            let id = try row.identifier("screening_id", of: Screening.self)
            guard let screening = try await screening(id) else {
                throw StorageError.notFound(.screening, id.description)
            }
            let claim = ClaimedScreening(
                screening: screening, lease: try row.get("lease"), attempt: try row.get("attempts"),
                leasedUntil: try row.get("leased_until"))
            guard claim.attempt > ClaimedScreening.maximumAttempts else { return claim }
            try await giveUp(claim, detail: "\(ClaimedScreening.maximumAttempts) attempts ended without an answer")
        }
    }

    /// Keeps a screening for longer.
    ///
    /// - Parameters:
    ///   - claim: The loan.
    ///   - lease: For how long, counted from this call.
    /// - Returns: When others may take it over.
    /// - Throws: ``StorageError/leaseLost(_:)``.
    @discardableResult
    public func extendLease(_ claim: ClaimedScreening, by lease: Duration) async throws -> Date {
        let id = claim.screening.id
        let parameters: [PostgresValue] = [.id(id), .uuid(claim.lease), .double(lease.seconds)]
        guard let row = try await rows(.jobExtend, parameters).first else { throw StorageError.leaseLost(id) }
        return try row.get("leased_until")
    }

    /// Answers a screening: verdict, candidates, event and end of the loan in one transaction.
    ///
    /// - Throws: ``StorageError/leaseLost(_:)`` where another worker has taken it over; nothing is written then.
    ///   ``StorageError/ruleBroken(rule:)`` for a verdict that contradicts itself.
    public func finishScreening(_ claim: ClaimedScreening, _ verdict: Verdict) async throws {
        let id = claim.screening.id
        try await transaction { session in
            guard try await !session.rows(.jobFinish, [.id(id), .uuid(claim.lease)]).isEmpty else {
                throw StorageError.leaseLost(id)
            }
            let engine = Reviewer(name: Self.engine)
            try await session.changingAnimal(of: id, to: verdict.outcome.individual, by: engine) {
                try await session.answer(id, with: verdict)
            }
            let opened = try await session.openCase(of: claim.screening, verdict)
            try await session.appendOutcome(of: verdict, claim.screening)
            try await session.appendTagEvents(of: claim.screening, verdict, opened: opened)
            try await session.appendMovement(of: verdict, claim.screening)
        }
    }

    /// Gives a screening back.
    ///
    /// - Returns: `received` where it waits again, `failed` where this was the last attempt.
    /// - Throws: ``StorageError/leaseLost(_:)``.
    @discardableResult
    public func releaseScreening(
        _ claim: ClaimedScreening, _ reason: ReleaseReason
    ) async throws -> Screening.State {
        let loan: [PostgresValue] = [.id(claim.screening.id), .uuid(claim.lease)]
        let returned: [Row]
        switch reason {
        case .interrupted:
            returned = try await rows(.jobReturn, loan)
        case .failed(let detail, _) where claim.attempt >= ClaimedScreening.maximumAttempts:
            try await giveUp(claim, detail: detail)
            return .failed
        case .failed(_, let delay):
            returned = try await rows(.jobRetry, loan + [.double(delay.seconds)])
        }
        guard !returned.isEmpty else { throw StorageError.leaseLost(claim.screening.id) }
        return .received
    }

    /// Who has assessments made that follow from an answer.
    private static let engine = "andrias"

    private func giveUp(_ claim: ClaimedScreening, detail: String) async throws {
        try await finishScreening(
            claim,
            Verdict(
                outcome: .failed, probability: nil, candidates: [],
                findings: [Finding(.processingFailed, ["detail": detail])], extractor: "", decider: "",
                photosSearched: 0, individualsSearched: 0, milliseconds: 0))
    }
}

extension Session {
    fileprivate func answer(_ id: Identifier<Screening>, with verdict: Verdict) async throws {
        _ = try await rows(
            .screeningAnswer,
            [
                .id(id), .text(verdict.outcome.name.rawValue), .id(verdict.outcome.individual),
                .number(verdict.probability), try .json(encoding: verdict.findings),
                try .json(encoding: verdict.quality),
                .text(verdict.extractor),
                .text(verdict.decider), .count(verdict.photosSearched), .count(verdict.individualsSearched),
                .double(verdict.milliseconds), try verdict.tags.map { try .json(encoding: $0) } ?? .null,
                try verdict.movement.map { try .json(encoding: $0) } ?? .null,
            ])
        if !verdict.candidates.isEmpty {
            _ = try await rows(.candidatesInsert, [.id(id), try .json(encoding: verdict.candidates)])
        }
    }

    /// Tells that a screening was answered, and whether its animal is known.
    fileprivate func appendOutcome(of verdict: Verdict, _ screening: Screening) async throws {
        let animal = verdict.outcome.individual
        try await append(
            .screeningCompleted, screening: screening, individual: animal,
            ["outcome": verdict.outcome.name.rawValue])
        switch verdict.outcome {
        case .matched: try await append(.identityMatched, screening: screening, individual: animal)
        case .unknown: try await append(.animalUnknown, screening: screening)
        case .undecided, .unusable, .failed: break
        }
    }

    /// Tells that an animal was moved, or is back; where, the receiver asks with its own key.
    fileprivate func appendMovement(of verdict: Verdict, _ screening: Screening) async throws {
        guard let movement = verdict.movement, movement.isAlert, let animal = verdict.identified?.individual else {
            return
        }
        try await append(
            movement.isReturn ? .animalReturned : .animalRelocated, screening: screening, individual: animal,
            ["verdict": movement.kind.rawValue])
    }
}
