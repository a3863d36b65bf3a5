import Foundation
import Testing

@testable import Postgres

/// The private cluster: shared, recovered, and clear about what it lacks.
struct EmbeddedClusterTests {
    private func rows(_ cluster: EmbeddedCluster, _ sql: String) async throws -> [Row] {
        let connection = try await PostgresConnection.connect(to: cluster.endpoint, applicationName: "test")
        defer { Task { await connection.close() } }
        return try await connection.query(sql)
    }

    @Test func theLastOneOutStopsIt() async throws {
        let folder = temporaryFolder()
        async let one = EmbeddedCluster.open(in: folder, durability: .none)
        async let other = EmbeddedCluster.open(in: folder, durability: .none)
        let (first, second) = try await (one, other)
        let data = try ClusterLayout(path: folder.path).data
        let server = try #require(ServerProcess.postmaster(of: data))
        await first.close()
        #expect(ServerProcess.postmaster(of: data) == server)
        #expect(try await rows(second, "SELECT 1").count == 1)
        await second.close()
        #expect(ServerProcess.all(in: data).isEmpty)
        try FileManager.default.removeItem(at: folder)
    }

    @Test func itRunsUnprivilegedAndWithoutANetwork() async throws {
        let folder = temporaryFolder()
        let cluster = try await EmbeddedCluster.open(in: folder, durability: .none)
        let layout = try ClusterLayout(path: folder.path)
        let server = try #require(ServerProcess.postmaster(of: layout.data))
        let owner = try FileManager.default.attributesOfItem(atPath: "/proc/\(server)")[.ownerAccountID] as? Int
        #expect(owner != 0)
        let settings = try await rows(
            cluster,
            "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'data_checksums') ORDER BY name")
        #expect(try settings.map { try $0.get("setting", as: String.self) } == ["on", ""])
        let mode = try FileManager.default.attributesOfItem(atPath: layout.socketDirectory)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        await cluster.close()
        try FileManager.default.removeItem(at: folder)
    }

    @Test func committedRowsSurviveAKilledServer() async throws {
        let folder = temporaryFolder()
        let cluster = try await EmbeddedCluster.open(in: folder)
        _ = try await rows(cluster, "CREATE TABLE animal AS SELECT generate_series(1, 1000) AS number")
        let data = try ClusterLayout(path: folder.path).data
        let server = try #require(ServerProcess.postmaster(of: data))
        kill(server, SIGKILL)
        while ServerProcess.postmaster(of: data) != nil { await Task.yield() }
        let again = try await EmbeddedCluster.open(in: folder)
        #expect(try await rows(again, "SELECT number FROM animal").count == 1000)
        await again.close()
        await cluster.close()
        try FileManager.default.removeItem(at: folder)
    }

    @Test func aPidFileWithTheNumberOfAnotherProcessIsStale() async throws {
        let folder = temporaryFolder()
        let cluster = try await EmbeddedCluster.open(in: folder, durability: .none)
        await cluster.close()
        let layout = try ClusterLayout(path: folder.path)
        // A process of the server's own user, which PostgreSQL itself takes for another server.
        let started = try layout.user.command("/bin/sh", ["-c", "sleep 600 >/dev/null 2>&1 & echo $!"]).run()
        let sleeper = try #require(pid_t(started.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        defer { kill(sleeper, SIGKILL) }
        try "\(sleeper)\n\(layout.data)\n1\n5432\n\n\n\n".write(
            toFile: layout.data + "/postmaster.pid", atomically: true, encoding: .utf8)
        let again = try await EmbeddedCluster.open(in: folder, durability: .none)
        #expect(try await rows(again, "SELECT 1").count == 1)
        #expect(kill(sleeper, 0) == 0)
        await again.close()
        try FileManager.default.removeItem(at: folder)
    }

    @Test func anInterruptedFirstRunIsMended() async throws {
        let folder = temporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data.draft/base"), withIntermediateDirectories: true)
        let cluster = try await EmbeddedCluster.open(in: folder, durability: .none)
        let connection = try await PostgresConnection.connect(
            to: cluster.endpoint.database("postgres"), applicationName: "test")
        try await connection.execute("DROP DATABASE andrias")
        await connection.close()
        let again = try await EmbeddedCluster.open(in: folder, durability: .none)
        #expect(try await rows(again, "SELECT 1").count == 1)
        await again.close()
        await cluster.close()
        try FileManager.default.removeItem(at: folder)
    }

    @Test func anotherVersionIsRefused() async throws {
        let folder = temporaryFolder()
        let data = folder.appending(path: "data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        try "9.1\n".write(to: data.appending(path: "PG_VERSION"), atomically: true, encoding: .utf8)
        let error = await #expect(throws: EmbeddedClusterError.self) { try await EmbeddedCluster.open(in: folder) }
        guard case .versionMismatch(data: "9.1", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        try FileManager.default.removeItem(at: folder)
    }

    @Test func aFolderThatTheServerCannotEnterIsNamed() async throws {
        let closed = temporaryFolder()
        try FileManager.default.createDirectory(
            at: closed, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let inner = closed.appending(path: "cluster")
        if getuid() == 0 {
            await #expect(
                throws: EmbeddedClusterError.directoryUnreachable(
                    path: closed.path, user: ServiceUser.current()?.name ?? "")
            ) { try await EmbeddedCluster.open(in: inner) }
        } else {
            let cluster = try await EmbeddedCluster.open(in: inner, durability: .none)
            await cluster.close()
        }
        try FileManager.default.removeItem(at: closed)
    }

    @Test func longPathsAndLinksLeadToTheSameServer() async throws {
        let root = temporaryFolder()
        let folder = root.appending(path: String(repeating: "長い名前", count: 15))
            .appending(path: String(repeating: "x", count: 120))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let link = root.appending(path: "link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
        let direct = try await EmbeddedCluster.open(in: folder, durability: .none)
        let linked = try await EmbeddedCluster.open(in: link, durability: .none)
        #expect(direct.endpoint == linked.endpoint)
        #expect(try await rows(linked, "SELECT 1").count == 1)
        await direct.close()
        await linked.close()
        try FileManager.default.removeItem(at: root)
    }
}
