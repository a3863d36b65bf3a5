import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Appends what a person decided on an answered screening, with its event.
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
        try await once(idempotency, .decision, id: \.id) { session, id in
            guard let decided = try await session.screening(screening) else {
                throw StorageError.notFound(.screening, screening.description)
            }
            guard decided.verdict != nil else { throw StorageError.screeningUnanswered(screening) }
            let parameters: [PostgresValue] = [
                .id(id), .id(screening), .text(kind.rawValue), .id(individual), .id(key), .text(note),
            ]
            guard let row = try await session.rows(.decisionInsert, parameters).first else {
                throw StorageError.notFound(.screening, screening.description)
            }
            var payload = ["decision": id.description, "kind": kind.rawValue]
            payload["individual"] = individual?.description
            try await session.append(.screeningDecided, screening: decided, payload)
            return Added(try Decision(row: row), .created)
        } find: { session, id in
            try await session.rows(.decisionByID, [.id(id)]).first.map(Decision.init)
        }
    }

    /// The decisions on a screening, oldest first.
    public func decisions(of screening: Identifier<Screening>) async throws -> [Decision] {
        try await rows(.decisionsOfScreening, [.id(screening)]).map(Decision.init)
    }
}
