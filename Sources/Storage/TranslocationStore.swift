public import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Records a permitted move of an animal by people.
    ///
    /// - Parameters:
    ///   - individual: The animal.
    ///   - agency: Who records it.
    ///   - movedAt: When it was moved.
    ///   - from: Where it was taken.
    ///   - to: Where it was set down: coordinates, or the code of a water system.
    ///   - permit: The permit, 1 … 200 characters.
    ///   - authority: Who gave it, 1 … 200 characters.
    ///   - person: Who records it, by name.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The record: new, or the one that the same request led to before.
    /// - Throws: ``StorageError/notFound(_:_:)``; ``StorageError/ruleBroken(rule:)``.
    @discardableResult
    public func addTranslocation(
        of individual: Identifier<Individual>, agency: Identifier<Agency>, movedAt: Date, from: Translocation.End,
        to: Translocation.End, permit: String, authority: String, by person: String,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<Translocation> {
        try await once(idempotency, .translocation, id: \.id) { session, id in
            let parameters: [PostgresValue] =
                [.id(id), .id(agency), .id(individual), .timestamp(movedAt)] + .end(from) + .end(to)
                + [.text(permit), .text(authority), .text(person)]
            guard let row = try await session.rows(.translocationInsert, parameters).first else {
                throw StorageError.notFound(.individual, individual.description)
            }
            return Added(try Translocation(row: row), .created)
        } find: { session, id in
            try await session.rows(.translocationByID, [.id(id)]).first.map(Translocation.init)
        }
    }

    /// The translocation with an identifier.
    public func translocation(_ id: Identifier<Translocation>) async throws -> Translocation? {
        try await rows(.translocationByID, [.id(id)]).first.map(Translocation.init)
    }

    /// Translocations in the order they were entered.
    ///
    /// - Parameters:
    ///   - after: The last one of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - individual: Of which animal, whatever it was merged with; `nil` for all.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func translocations(
        after: Identifier<Translocation>? = nil, limit: Int = 50, individual: Identifier<Individual>? = nil
    ) async throws -> Page<Translocation> {
        let limit = Page<Translocation>.bounded(limit)
        let rows = try await rows(.translocations, [.after(after), .count(limit + 1), .id(individual)])
        return Page(try rows.map(Translocation.init), limit: limit, id: \.id)
    }
}

extension [PostgresValue] {
    /// Latitude, longitude, uncertainty, system and locality.
    fileprivate static func end(_ end: Translocation.End) -> [PostgresValue] {
        PostgresValue.position(end.position) + [.text(end.system), .text(end.locality)]
    }
}

extension Translocation {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"),
            individual: try row.identifier("individual_id"), movedAt: try row.get("moved_at"),
            from: try row.end("from"), to: try row.end("to"), permit: try row.get("permit"),
            authority: try row.get("authority"), recordedBy: try row.get("recorded_by"),
            createdAt: try row.get("created_at"))
    }
}

extension Row {
    fileprivate func end(_ side: String) throws -> Translocation.End {
        Translocation.End(
            position: try position(
                latitude: "\(side)_latitude", longitude: "\(side)_longitude",
                uncertainty: "\(side)_uncertainty_in_meters"),
            system: try optional("\(side)_system"), locality: try optional("\(side)_locality"))
    }
}
