import Foundation
import Postgres
import Testing

/// Schemas move forward and back, whoever else tries.
struct MigratorTests {
    private let steps = (1...4).map {
        Migration(
            number: $0, name: "step \($0)", up: "CREATE TABLE t\($0) (a int); INSERT INTO t\($0) VALUES (1)",
            down: "DROP TABLE t\($0)")
    }

    private func pool() async throws -> PostgresPool {
        PostgresPool(
            endpoint: try await SharedCluster.newDatabase(), size: 8, acquireTimeout: .seconds(60),
            applicationName: "test")
    }

    private func tables(_ pool: PostgresPool) async throws -> [String] {
        try await pool.query("SELECT tablename FROM pg_tables WHERE tablename LIKE 't_' ORDER BY 1")
            .map { try $0.get("tablename") }
    }

    @Test func forwardAndBack() async throws {
        let pool = try await pool()
        let migrator = Migrator(migrations: steps)
        #expect(try await migrator.migrate(pool) == steps)
        #expect(try await migrator.migrate(pool).isEmpty)
        #expect(try await migrator.revert(to: 2, pool).map(\.number) == [4, 3])
        #expect(try await tables(pool) == ["t1", "t2"])
        #expect(try await migrator.migrate(pool).map(\.number) == [3, 4])
        #expect(try await migrator.revert(to: 0, pool).count == 4)
        #expect(try await tables(pool).isEmpty)
        await pool.close()
    }

    @Test func racingMigratorsApplyEachStepOnce() async throws {
        let pool = try await pool()
        let migrator = Migrator(migrations: steps)
        let applied = try await withThrowingTaskGroup(of: [Migration].self) { group in
            for _ in 0..<6 { group.addTask { try await migrator.migrate(pool) } }
            return try await group.reduce([], +)
        }
        #expect(applied == steps)
        await pool.close()
    }

    @Test func aFailingStepLeavesNothingOfItself() async throws {
        let pool = try await pool()
        let broken = Migration(number: 3, name: "broken", up: "CREATE TABLE t3 (a int); SELECT 1/0", down: "")
        await #expect(throws: PostgresError.self) {
            try await Migrator(migrations: Array(steps.prefix(2)) + [broken]).migrate(pool)
        }
        #expect(try await tables(pool) == ["t1", "t2"])
        #expect(try await Migrator(migrations: steps).migrate(pool).map(\.number) == [3, 4])
        await pool.close()
    }

    @Test func changedAndUnknownStepsAreRefused() async throws {
        let pool = try await pool()
        try await Migrator(migrations: steps).migrate(pool)
        await #expect(throws: MigrationError.databaseIsNewer(number: 4)) {
            try await Migrator(migrations: Array(steps.prefix(3))).migrate(pool)
        }
        var changed = steps
        changed[1] = Migration(number: 2, name: "step 2", up: "SELECT 1", down: "SELECT 1")
        await #expect(throws: MigrationError.changed(number: 2, name: "step 2")) {
            try await Migrator(migrations: changed).migrate(pool)
        }
        await pool.close()
    }
}
