import Foundation
import Postgres
import Registry

extension RegistryStore {
    /// Events in their order.
    ///
    /// - Parameters:
    ///   - position: The last event read; 0 starts at the beginning.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: The events after it.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func events(after position: Int64, limit: Int = 100) async throws -> [Event] {
        try await rows(.events, [.int(position), .count(min(max(limit, 1), 1000))]).map(Event.init)
    }
}

extension Session {
    /// Appends an event; the last statement of its transaction, for it locks out other appenders to the commit.
    func append(_ kind: Event.Kind, screening: Screening, _ payload: [String: String]) async throws {
        _ = try await rows(
            .eventInsert,
            [.text(kind.rawValue), .id(screening.agency), .id(screening.id), try .json(encoding: payload)])
    }

    /// Appends an event of animals, which concerns the whole registry; the last statement of its transaction.
    func append(_ kind: Event.Kind, _ payload: [String: String]) async throws {
        _ = try await rows(.eventInsert, [.text(kind.rawValue), .null, .null, try .json(encoding: payload)])
    }
}
