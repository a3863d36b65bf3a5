public import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Records high water.
    ///
    /// - Parameters:
    ///   - system: Code of the water system.
    ///   - river: The river by name; `nil` for all of the system.
    ///   - from: Its first moment.
    ///   - to: Its last moment, at most a year later.
    ///   - source: Who says so, 1 … 1000 characters.
    ///   - agency: Who records it.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The record: new, or the one that the same request led to before.
    /// - Throws: ``StorageError/notFound(_:_:)``; ``StorageError/ruleBroken(rule:)``.
    @discardableResult
    public func addHighWater(
        in system: String, river: String? = nil, from: Date, to: Date, source: String, agency: Identifier<Agency>,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<HighWater> {
        try await once(idempotency, .highWater, id: \.id) { session, id in
            let parameters: [PostgresValue] = [
                .id(id), .id(agency), .text(system), .text(river), .timestamp(from), .timestamp(to), .text(source),
            ]
            guard let row = try await session.rows(.highWaterInsert, parameters).first else {
                throw StorageError.notFound(.agency, agency.description)
            }
            return Added(try HighWater(row: row), .created)
        } find: { session, id in
            try await session.rows(.highWaterByID, [.id(id)]).first.map(HighWater.init)
        }
    }

    /// The high water with an identifier.
    public func highWater(_ id: Identifier<HighWater>) async throws -> HighWater? {
        try await rows(.highWaterByID, [.id(id)]).first.map(HighWater.init)
    }

    /// Recorded high water in the order it was entered.
    ///
    /// - Parameters:
    ///   - after: The last one of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - system: Of which water system; `nil` for all.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func highWaters(
        after: Identifier<HighWater>? = nil, limit: Int = 50, system: String? = nil
    ) async throws -> Page<HighWater> {
        let limit = Page<HighWater>.bounded(limit)
        let rows = try await rows(.highWaters, [.after(after), .count(limit + 1), .text(system)])
        return Page(try rows.map(HighWater.init), limit: limit, id: \.id)
    }

    /// Recorded high water of water systems that fell between two moments.
    ///
    /// - Parameters:
    ///   - systems: Codes of the water systems.
    ///   - from: The earlier moment; `nil` bounds nothing.
    ///   - to: The later moment; `nil` bounds nothing.
    /// - Returns: The records by time.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func highWaters(in systems: some Sequence<String> & Sendable, from: Date?, to: Date?) async throws
        -> [HighWater]
    {
        try await rows(.highWatersBetween, [.textArray(Array(systems)), .date(from), .date(to)]).map(HighWater.init)
    }
}

extension HighWater {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"), system: try row.get("system"),
            river: try row.optional("river"), from: try row.get("starts_at"), to: try row.get("ends_at"),
            source: try row.get("source"), createdAt: try row.get("created_at"))
    }
}
