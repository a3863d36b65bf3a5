import Postgres
public import Registry

extension RegistryStore {
    /// The movement parameters that count for an agency, by name, each its own or that of all.
    ///
    /// - Parameter agency: The agency; `nil` for what counts without one.
    /// - Returns: One row a name.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func movementParameterRows(of agency: Identifier<Agency>?) async throws -> [MovementParameter] {
        try await rows(.movementParameters, [.id(agency)]).map(MovementParameter.init)
    }

    /// The movement parameters that count for an agency.
    ///
    /// - Throws: ``StorageError/recordUnreadable(column:reason:)`` where one is missing or out of its range.
    public func movementParameters(of agency: Identifier<Agency>?) async throws -> MovementParameters {
        let rows = try await movementParameterRows(of: agency)
        do {
            return try MovementParameters(
                Dictionary(rows.map { ($0.name, $0.value) }) { first, _ in first })
        } catch {
            throw StorageError.recordUnreadable(column: "movement_parameters", reason: "\(error)")
        }
    }

    /// Sets a movement parameter from this moment on.
    ///
    /// - Parameters:
    ///   - name: Which.
    ///   - value: Its value, in the unit it has.
    ///   - source: Where the value comes from.
    ///   - agency: For which agency; `nil` for all that have set none.
    ///   - person: Who decides, by name.
    /// - Returns: The parameter as it counts.
    /// - Throws: `MovementParameters.Rejection` for a value out of its range; ``StorageError/notFound(_:_:)`` for an
    ///   unknown agency; ``StorageError/ruleBroken(rule:)`` for a blank source.
    @discardableResult
    public func setMovementParameter(
        _ name: MovementParameters.Name, to value: Double, source: String, of agency: Identifier<Agency>?,
        by person: String
    ) async throws -> MovementParameter {
        guard name.range.contains(value) else { throw MovementParameters.Rejection.outOfRange(name, value) }
        return try await row(
            .movementParameterInsert,
            [.id(agency), .text(name.rawValue), .double(value), .text(source), .text(person)],
            read: MovementParameter.init)
    }
}

extension MovementParameter {
    fileprivate init(row: Row) throws {
        self.init(
            name: try row.named("name"), value: try row.get("value"), unit: try row.get("unit"),
            source: try row.get("source"), agency: try row.optionalIdentifier("agency_id"),
            setBy: try row.get("set_by"), validSince: try row.get("valid_since"))
    }
}
