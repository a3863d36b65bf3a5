import Foundation

/// One numbered step of the schema.
public struct Migration: Hashable, Sendable {
    /// Its number, from 1, without gaps.
    public let number: Int
    /// What it does.
    public let name: String
    /// The step forward.
    public let up: String
    /// The step back.
    public let down: String

    /// A step.
    public init(number: Int, name: String, up: String, down: String) {
        self.number = number
        self.name = name
        self.up = up
        self.down = down
    }

    /// FNV-1a of the step forward, to notice that it was changed after it had been applied.
    var fingerprint: String {
        let hash = up.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}

/// Why the schema cannot be brought to where it is wanted.
public enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The database has a migration that this program does not know.
    case databaseIsNewer(number: Int)
    /// A migration that is applied reads differently in this program.
    case changed(number: Int, name: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .databaseIsNewer(let number):
            "The database has migration \(number), which this program does not know. Use a newer andrias."
        case .changed(let number, let name):
            "Migration \(number) (\(name)) was changed after it had been applied. Restore its text and add a new one."
        }
    }
}

/// Brings a schema forward and back, whoever else tries at the same time.
///
/// Migrators take turns by an advisory lock; each step and its number are one transaction.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    /// A migrator of steps in rising order.
    public init(migrations: [Migration]) {
        self.migrations = migrations
    }

    /// Applies every step that is missing.
    ///
    /// - Parameter pool: Connections to the database.
    /// - Returns: The steps applied by this call.
    /// - Throws: ``MigrationError``, ``PostgresError``; steps before the failing one stay.
    @discardableResult
    public func migrate(_ pool: PostgresPool) async throws -> [Migration] {
        try await inTurn(pool) { connection in
            let applied = try await check(connection)
            let missing = migrations.filter { !applied.contains($0.number) }
            for migration in missing {
                try await step(connection) {
                    try await connection.query(
                        MigrationTable.insert,
                        [.int32(Int32(migration.number)), .text(migration.name), .text(migration.fingerprint)])
                    try await connection.execute(migration.up)
                }
            }
            return missing
        }
    }

    /// Takes back every step after a number.
    ///
    /// - Parameters:
    ///   - number: The last step that stays; 0 takes back all.
    ///   - pool: Connections to the database.
    /// - Returns: The steps taken back, the latest first.
    /// - Throws: ``MigrationError``, ``PostgresError``.
    @discardableResult
    public func revert(to number: Int, _ pool: PostgresPool) async throws -> [Migration] {
        try await inTurn(pool) { connection in
            let applied = try await check(connection)
            let later = migrations.filter { $0.number > number && applied.contains($0.number) }.reversed()
            for migration in later {
                try await step(connection) {
                    try await connection.execute(migration.down)
                    try await connection.query(MigrationTable.delete, [.int32(Int32(migration.number))])
                }
            }
            return Array(later)
        }
    }

    private func inTurn<T: Sendable>(
        _ pool: PostgresPool, _ body: @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        try await pool.withConnection { connection in
            try await connection.query(MigrationTable.lock)
            do {
                let result = try await body(connection)
                try await connection.query(MigrationTable.unlock)
                return result
            } catch {
                // Closing gives the lock back whatever state the connection is in.
                await connection.close()
                throw error
            }
        }
    }

    /// Compares what is applied with what this program knows.
    private func check(_ connection: PostgresConnection) async throws -> Set<Int> {
        try await connection.execute(MigrationTable.create)
        let known = Dictionary(migrations.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var applied: Set<Int> = []
        for row in try await connection.query(MigrationTable.applied) {
            let number: Int = try row.get("number")
            guard let migration = known[number] else { throw MigrationError.databaseIsNewer(number: number) }
            guard migration.fingerprint == (try row.get("fingerprint", as: String.self)) else {
                throw MigrationError.changed(number: number, name: migration.name)
            }
            applied.insert(number)
        }
        return applied
    }

    private func step(_ connection: PostgresConnection, _ body: () async throws -> Void) async throws {
        try await connection.execute("BEGIN")
        try await body()
        try await connection.execute("COMMIT")
    }
}
