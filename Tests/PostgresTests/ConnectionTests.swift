import Foundation
import Postgres
import Testing

/// One connection: its errors, its cancellation, its address.
struct ConnectionTests {
    private func failure(_ sql: String, _ parameters: [PostgresValue] = []) async throws -> PostgresError {
        let connection = try await SharedCluster.connect()
        defer { Task { await connection.close() } }
        try await connection.execute(
            """
            CREATE TEMPORARY TABLE animal (name text PRIMARY KEY, length integer CONSTRAINT long CHECK (length > 0));
            INSERT INTO animal VALUES ('Hanzaki', 80)
            """)
        return try #require(
            await #expect(throws: PostgresError.self) { try await connection.query(sql, parameters) })
    }

    @Test func refusalsCarryTheServersCode() async throws {
        let twice = try await failure("INSERT INTO animal VALUES ($1, 90)", [.text("Hanzaki")])
        #expect(twice.isUniqueViolation)
        #expect(twice.constraint == "animal_pkey")
        #expect(!twice.description.contains("Hanzaki"))
        #expect(!twice.isRetryable)
        let short = try await failure("INSERT INTO animal VALUES ('Anko', $1)", [.int32(-3)])
        #expect(short.sqlState == .checkViolation)
        #expect(short.constraint == "long")
        #expect(try await failure("SELEC 1").sqlState == SQLState(rawValue: "42601"))
    }

    @Test func cancellingTheTaskEndsTheStatement() async throws {
        let connection = try await SharedCluster.connect()
        let work = Task { try await connection.query("SELECT pg_sleep(600)") }
        let observer = try await SharedCluster.connect()
        while try await observer.query(
            "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)' AND state = 'active'"
        ).isEmpty { await Task.yield() }
        work.cancel()
        let error = await #expect(throws: PostgresError.self) { try await work.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.sqlState == .queryCanceled)
        #expect(try await connection.query("SELECT 1").count == 1)
        await connection.close()
        await observer.close()
    }

    @Test func cancellingAtAnyMomentEndsTheStatement() async throws {
        let connection = try await SharedCluster.connect()
        for pause in 0..<40 {
            let work = Task { try await connection.query("SELECT pg_sleep(600)") }
            try await Task.sleep(for: .microseconds(pause * 20))
            work.cancel()
            let error = await #expect(throws: PostgresError.self) { try await work.value }
            #expect(error?.kind == .cancelled)
            #expect(try await connection.query("SELECT 1").count == 1)
        }
        await connection.close()
    }

    @Test func moreStatementsThanAreKeptPrepared() async throws {
        let connection = try await SharedCluster.connect()
        for round in 0..<2 {
            for number in 0..<250 {
                let row = try #require(
                    try await connection.query("SELECT $1::bigint + \(number) AS sum", [.int(Int64(round))]).first)
                #expect(try row.get("sum", as: Int.self) == number + round)
            }
        }
        await connection.close()
    }

    @Test func addressesHideThePassword() throws {
        let endpoint = try PostgresEndpoint(url: "postgres://me:s3cret@example.org/registry")
        #expect(endpoint.description == "registry on example.org")
        let error = #expect(throws: PostgresError.self) {
            try PostgresEndpoint(url: "postgres://me:s3cret@[broken/registry")
        }
        #expect(error?.kind == .configuration)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test func anAbsentServerIsNamed() async throws {
        let endpoint = try PostgresEndpoint(url: "host=/nonexistent dbname=registry")
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(to: endpoint, applicationName: "test")
        }
        #expect(error?.kind == .connection)
        #expect(error?.description.contains("registry on /nonexistent") == true)
    }
}
