import Foundation
import Testing

@testable import Postgres

/// Pool and listener live through a restart of the server.
struct ServerRestartTests {
    @Test func poolAndListenerComeBack() async throws {
        let folder = temporaryFolder()
        let cluster = try await EmbeddedCluster.open(in: folder, durability: .none)
        let layout = try ClusterLayout(path: folder.path)
        let pool = PostgresPool(endpoint: cluster.endpoint, size: 3, applicationName: "test")
        let (first, second) = (Task { try await pool.query("SELECT 1") }, Task { try await pool.query("SELECT 1") })
        _ = try await (first.value, second.value)

        var heard = PostgresListener(endpoint: cluster.endpoint).notifications(on: ["news", "Odd \"name\""])
            .makeAsyncIterator()
        #expect(await heard.next() == .reconnected)
        try await pool.query("SELECT pg_notify('news', 'オオサンショウウオ')")
        #expect(await heard.next() == .notification(channel: "news", payload: "オオサンショウウオ"))

        let broken = Task { try await pool.query("SELECT pg_sleep(600)") }
        while try await pool.query(
            "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)' AND state = 'active'"
        ).isEmpty { await Task.yield() }
        layout.stop()
        let error = await #expect(throws: PostgresError.self) { try await broken.value }
        #expect(error?.kind == .connection)
        #expect(error?.isRetryable == true)
        try layout.start(durability: .none)

        for _ in 0..<5 { #expect(try await pool.query("SELECT 1").count == 1) }
        #expect(await heard.next() == .reconnected)
        try await pool.query("SELECT pg_notify('Odd \"name\"', 'again')")
        #expect(await heard.next() == .notification(channel: "Odd \"name\"", payload: "again"))
        await pool.close()
        await cluster.close()
        try FileManager.default.removeItem(at: folder)
    }
}
