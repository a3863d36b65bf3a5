import Foundation
import Postgres
import Synchronization
import Testing

/// The pool: its bounds, its transactions, its end.
struct PoolTests {
    private struct Refusal: Error {}

    private final class Counts: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func enter() {
            counts.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
        }

        func leave() { counts.withLock { $0.now -= 1 } }
    }

    @Test func neverMoreThanItsSize() async throws {
        let pool = try await SharedCluster.pool(size: 3)
        let counts = Counts()
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<60 {
                group.addTask {
                    try await pool.withConnection { connection in
                        counts.enter()
                        defer { counts.leave() }
                        let row = try #require(
                            try await connection.query("SELECT $1::bigint AS n", [.int(Int64(number))]).first)
                        return try row.get("n")
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 59 * 60 / 2)
        #expect(counts.most <= 3)
        await pool.close()
    }

    @Test(arguments: [Duration.zero, .milliseconds(50)])
    func whoWaitsTooLongIsTold(_ timeout: Duration) async throws {
        let pool = try await SharedCluster.pool(size: 1, acquireTimeout: timeout)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withConnection { _ in _ = try await pool.query("SELECT 1") }
        }
        #expect(error?.kind == .poolTimeout)
        #expect(try await pool.query("SELECT 1").count == 1)
        await pool.close()
    }

    @Test func aCancelledWaiterIsTold() async throws {
        let pool = try await SharedCluster.pool(size: 1)
        try await pool.withConnection { _ in
            let waiter = Task { try await pool.query("SELECT 1") }
            waiter.cancel()
            let error = await #expect(throws: PostgresError.self) { try await waiter.value }
            #expect(error?.kind == .cancelled)
        }
        await pool.close()
    }

    @Test func aClosedPoolRefuses() async throws {
        let pool = try await SharedCluster.pool(size: 1)
        await pool.close()
        let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
        #expect(error?.kind == .poolClosed)
    }

    @Test func transactionsAreWholeOrNothing() async throws {
        let pool = PostgresPool(endpoint: try await SharedCluster.newDatabase(), size: 2, applicationName: "test")
        try await pool.query("CREATE TABLE animal (name text PRIMARY KEY)")
        try await pool.withTransaction { _ = try await $0.query("INSERT INTO animal VALUES ('kept')") }
        await #expect(throws: Refusal.self) {
            try await pool.withTransaction {
                try await $0.query("INSERT INTO animal VALUES ('thrown')")
                throw Refusal()
            }
        }
        let cancelled = Task {
            try await pool.withTransaction {
                try await $0.query("INSERT INTO animal VALUES ('cancelled')")
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        await #expect(throws: PostgresError.self) { try await cancelled.value }
        let names = try await pool.query("SELECT name FROM animal").map { try $0.get("name", as: String.self) }
        #expect(names == ["kept"])
        await pool.close()
    }

    @Test func aFailureThatTheBodyHidesFailsTheCommit() async throws {
        let pool = PostgresPool(endpoint: try await SharedCluster.newDatabase(), size: 1, applicationName: "test")
        try await pool.query("CREATE TABLE animal (name text PRIMARY KEY)")
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withTransaction {
                try await $0.query("INSERT INTO animal VALUES ('lost')")
                _ = try? await $0.query("SELECT 1/0")
            }
        }
        #expect(error?.sqlState == .inFailedTransaction)
        #expect(try await pool.query("SELECT 1 FROM animal").isEmpty)
        await pool.close()
    }
}
