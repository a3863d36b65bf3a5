import Foundation
import Postgres
import Provenance
public import Registry

extension RegistryStore {
    /// Appends what a person decided on an answered screening, with its event.
    ///
    /// Where a person names an animal that the answer did not, its place is judged too: nobody was told of it then. What
    /// DNA says follows to the animal that the screening shows by now.
    ///
    /// - Parameters:
    ///   - screening: What is decided on.
    ///   - kind: What is decided.
    ///   - individual: The animal of a confirmation; `nil` for every other kind.
    ///   - key: The key under which it is decided.
    ///   - note: Why.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The decision: new, or the one that the same request led to before.
    /// - Throws: ``StorageError/notFound(_:_:)``; ``StorageError/screeningUnanswered(_:)``;
    ///   ``StorageError/ruleBroken(rule:)`` for a confirmation without an animal, or an animal without one.
    public func decide(
        on screening: Identifier<Screening>, _ kind: Decision.Kind, individual: Identifier<Individual>? = nil,
        by key: Identifier<APIKey>, note: String? = nil, idempotency: IdempotencyKey? = nil
    ) async throws -> Added<Decision> {
        let movement = try await movement(of: individual, on: screening)
        return try await once(idempotency, .decision, id: \.id) { session, id in
            guard let decided = try await session.screening(screening) else {
                throw StorageError.notFound(.screening, screening.description)
            }
            guard decided.verdict != nil else { throw StorageError.screeningUnanswered(screening) }
            let parameters: [PostgresValue] = [
                .id(id), .id(screening), .text(kind.rawValue), .id(individual), .id(key), .text(note),
            ]
            guard let holder = try await session.rows(.apiKeyByID, [.id(key)]).first.map(Authenticated.init) else {
                throw StorageError.notFound(.apiKey, key.description)
            }
            let reviewer = Reviewer(holder.key, of: holder.agency)
            try await session.changingAnimal(of: screening, to: individual, by: reviewer) {
                _ = try await session.rows(.decisionInsert, parameters)
            }
            guard let row = try await session.rows(.decisionByID, [.id(id)]).first else {
                throw StorageError.notFound(.screening, screening.description)
            }
            try await session.append(
                .decisionMade, screening: decided, individual: individual,
                ["decision": id.description, "kind": kind.rawValue])
            if let movement, movement.isAlert, let individual {
                try await session.append(
                    movement.isReturn ? .animalReturned : .animalRelocated, screening: decided,
                    individual: individual, ["decision": id.description, "verdict": movement.kind.rawValue])
            }
            return Added(try Decision(row: row), .created)
        } find: { session, id in
            try await session.rows(.decisionByID, [.id(id)]).first.map(Decision.init)
        }
    }

    /// What the place of an answered screening means for an animal that the answer did not name.
    private func movement(
        of individual: Identifier<Individual>?, on id: Identifier<Screening>
    ) async throws -> MovementVerdict? {
        guard let individual, let screening = try await screening(id), let verdict = screening.verdict,
            verdict.identified?.individual != individual
        else { return nil }
        let question = try await movementQuestion(on: screening, of: individual, identity: 1)
        return MovementJudge(try await movementParameters(of: screening.agency)).verdict(on: question)
    }

    /// The decisions on a screening, oldest first.
    public func decisions(of screening: Identifier<Screening>) async throws -> [Decision] {
        try await rows(.decisionsOfScreening, [.id(screening)]).map(Decision.init)
    }
}
