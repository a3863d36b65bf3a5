import Postgres

/// One connection inside a transaction, speaking named statements.
struct Session: Sendable {
    let connection: PostgresConnection

    func rows(_ statement: Statement, _ parameters: [PostgresValue] = []) async throws -> [Row] {
        do {
            return try await connection.query(statement.sql, parameters)
        } catch {
            throw StorageError.translated(error)
        }
    }
}

extension RegistryStore {
    /// Runs one statement outside a transaction.
    func rows(_ statement: Statement, _ parameters: [PostgresValue] = []) async throws -> [Row] {
        do {
            return try await pool.query(statement.sql, parameters)
        } catch {
            throw StorageError.translated(error)
        }
    }

    /// Runs one statement and reads the first row; a statement that answers nothing at all is unreadable.
    func row<T>(
        _ statement: Statement, _ parameters: [PostgresValue] = [], read: (Row) throws -> T
    ) async throws -> T {
        guard let row = try await rows(statement, parameters).first else {
            throw StorageError.recordUnreadable(column: statement.rawValue, reason: "no row")
        }
        return try read(row)
    }

    /// Runs a transaction; a rule broken at its commit is translated too.
    func transaction<T: Sendable>(_ body: @Sendable @escaping (Session) async throws -> T) async throws -> T {
        do {
            return try await pool.withTransaction { connection in try await body(Session(connection: connection)) }
        } catch {
            throw StorageError.translated(error)
        }
    }
}
