import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Keeps a learned calibration; it counts for nothing until it is activated.
    ///
    /// - Throws: ``StorageError/ruleBroken(rule:)`` for numbers that are none, or that weigh nothing.
    public func addCalibration(
        _ content: LearnedCalibration.Content, by name: String
    ) async throws -> LearnedCalibration {
        try await row(
            .calibrationInsert,
            [
                .id(Identifier<LearnedCalibration>()), .text(content.population), .text(content.region.rawValue),
                .text(content.scorer), .double(content.intercept), .double(content.slope),
                .double(content.lookAlikeRate), .count(content.genuinePairs), .count(content.impostorPairs),
                .count(content.animals), .number(content.tail?.location), .number(content.tail?.scale),
                content.tail.map { .count($0.searches) } ?? .null, try .json(encoding: content.figures), .text(name),
            ], read: LearnedCalibration.init)
    }

    /// Calibrations in the order they were learned.
    ///
    /// - Parameters:
    ///   - after: The last one of the page before.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func calibrations(
        after: Identifier<LearnedCalibration>? = nil, limit: Int = 50
    ) async throws -> Page<LearnedCalibration> {
        let limit = Page<LearnedCalibration>.bounded(limit)
        let rows = try await rows(.calibrations, [.after(after), .count(limit + 1)])
        return Page(try rows.map(LearnedCalibration.init), limit: limit, id: \.id)
    }

    /// The calibration with an identifier.
    public func calibration(_ id: Identifier<LearnedCalibration>) async throws -> LearnedCalibration? {
        try await rows(.calibrationByID, [.id(id)]).first.map(LearnedCalibration.init)
    }

    /// The calibrations that count for a body region and scorer.
    ///
    /// - Parameters:
    ///   - region: The part of the animal.
    ///   - scorer: Versions of extractor and matcher, a space between.
    /// - Returns: The one activated last of each population, and of the whole registry.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func activeCalibrations(region: BodyRegion, scorer: String) async throws -> [LearnedCalibration] {
        try await rows(.calibrationsActive, [.text(region.rawValue), .text(scorer)]).map(LearnedCalibration.init)
    }

    /// Lets a calibration count from this moment on; what counted before is kept and can be activated again.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)``.
    @discardableResult
    public func activateCalibration(
        _ id: Identifier<LearnedCalibration>, by name: String, note: String? = nil
    ) async throws -> LearnedCalibration {
        try await transaction { session in
            _ = try await session.rows(.calibrationActivate, [.id(id), .text(name), .text(note)])
            guard let row = try await session.rows(.calibrationByID, [.id(id)]).first else {
                throw StorageError.notFound(.calibration, id.description)
            }
            return try LearnedCalibration(row: row)
        }
    }
}

extension LearnedCalibration {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.identifier("id"),
            content: Content(
                population: try row.optional("population"), region: try row.named("body_region"),
                scorer: try row.get("scorer"), intercept: try row.get("intercept"), slope: try row.get("slope"),
                lookAlikeRate: try row.get("look_alike_rate"), genuinePairs: try row.get("genuine_pairs"),
                impostorPairs: try row.get("impostor_pairs"), animals: try row.get("animals"),
                tail: try ImpostorTail(row: row),
                figures: try row.json("figures")),
            madeAt: try row.get("made_at"), madeBy: try row.get("made_by"),
            activeSince: try row.optional("active_since"))
    }
}

extension ImpostorTail {
    fileprivate init?(row: Row) throws {
        guard let location: Double = try row.optional("tail_location") else { return nil }
        self.init(
            location: location, scale: try row.get("tail_scale"), searches: try row.get("tail_searches"))
    }
}
