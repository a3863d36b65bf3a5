public import Foundation
public import Identification
import Postgres
public import Registry

/// What a photograph's quality promises, as it was learned for one body region.
public struct LearnedMatchChance: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<LearnedMatchChance>
    /// The part of the animal.
    public let region: BodyRegion
    /// Versions of extractor and matcher, a space between; what no other finds is told by it.
    public let scorer: String
    /// What was learned, with its sample sizes.
    public let chance: MatchChance
    /// When.
    public let madeAt: Date
    /// Who had it learned.
    public let madeBy: String
    /// Since when it counts for its region and scorer; `nil` where another one does, or none.
    public let activeSince: Date?
}

extension RegistryStore {
    /// Keeps what quality promises; it counts for nothing until it is activated.
    ///
    /// - Throws: `PostgresError`, ``StorageError``.
    public func addMatchChance(
        _ chance: MatchChance, region: BodyRegion, scorer: String, by name: String
    ) async throws -> LearnedMatchChance {
        try await row(
            .matchChanceInsert,
            [
                .id(Identifier<LearnedMatchChance>()), .text(region.rawValue), .text(scorer),
                try .json(encoding: chance), .text(name),
            ], read: LearnedMatchChance.init)
    }

    /// Chances in the order they were learned.
    ///
    /// - Parameters:
    ///   - after: The last one of the page before.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func matchChances(
        after: Identifier<LearnedMatchChance>? = nil, limit: Int = 50
    ) async throws -> Page<LearnedMatchChance> {
        let limit = Page<LearnedMatchChance>.bounded(limit)
        let rows = try await rows(.matchChances, [.after(after), .count(limit + 1)])
        return Page(try rows.map(LearnedMatchChance.init), limit: limit, id: \.id)
    }

    /// The chances that count for a scorer, by body region; regions for which none was activated are missing.
    ///
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func activeMatchChances(scorer: String) async throws -> [BodyRegion: LearnedMatchChance] {
        let active = try await rows(.matchChancesActive, [.text(scorer)]).map(LearnedMatchChance.init)
        return Dictionary(active.map { ($0.region, $0) }, uniquingKeysWith: { $1 })
    }

    /// The chance that counts for a body region; ``MatchChance/standard`` where none was activated.
    ///
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func activeMatchChance(region: BodyRegion, scorer: String) async throws -> MatchChance {
        try await activeMatchChances(scorer: scorer)[region]?.chance ?? .standard
    }

    /// Lets a chance count from this moment on; what counted before is kept and can be activated again.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)``.
    @discardableResult
    public func activateMatchChance(
        _ id: Identifier<LearnedMatchChance>, by name: String, note: String? = nil
    ) async throws -> LearnedMatchChance {
        try await transaction { session in
            _ = try await session.rows(.matchChanceActivate, [.id(id), .text(name), .text(note)])
            guard let row = try await session.rows(.matchChanceByID, [.id(id)]).first else {
                throw StorageError.notFound(.matchChance, id.description)
            }
            return try LearnedMatchChance(row: row)
        }
    }

    /// Photographs of screenings whose animal people confirmed and which was enrolled before.
    ///
    /// - Parameters:
    ///   - region: The part of the animal.
    ///   - scorer: Versions of extractor and matcher, a space between.
    /// - Returns: What was measured of them, and whether the screening named their animal.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func reviewedQualities(region: BodyRegion, scorer: String) async throws -> [GradedPhotograph] {
        try await rows(.reviewedQualities, [.text(region.rawValue), .text(scorer)]).map { row in
            GradedPhotograph(
                quality: try row.json("quality"), isMatched: try row.get("is_matched"),
                animal: try row.get("individual_name"))
        }
    }
}

extension LearnedMatchChance {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), region: try row.named("body_region"), scorer: try row.get("scorer"),
            chance: try row.json("content"), madeAt: try row.get("made_at"), madeBy: try row.get("made_by"),
            activeSince: try row.optional("active_since"))
    }
}
