import Foundation
import Synchronization

@testable import Postgres

/// The cluster that this process's tests share; tests that break a server open one of their own.
enum SharedCluster {
    private static let opening = Task {
        let folder = temporaryFolder()
        let cluster = try await EmbeddedCluster.open(in: folder, durability: .none)
        leaving.withLock { $0 = (cluster, folder) }
        atexit { SharedCluster.leave() }
        return cluster
    }
    private static let leaving = Mutex<(EmbeddedCluster, URL)?>(nil)

    static func endpoint() async throws -> PostgresEndpoint { try await opening.value.endpoint }

    /// A connection to it.
    static func connect() async throws -> PostgresConnection {
        try await PostgresConnection.connect(to: endpoint(), applicationName: "test")
    }

    static func pool(size: Int, acquireTimeout: Duration = .seconds(60)) async throws -> PostgresPool {
        PostgresPool(
            endpoint: try await endpoint(), size: size, acquireTimeout: acquireTimeout, applicationName: "test")
    }

    /// The address of a new, empty database.
    static func newDatabase() async throws -> PostgresEndpoint {
        let name = "d" + UUID().uuidString.replacing("-", with: "").lowercased()
        let connection = try await connect()
        try await connection.execute("CREATE DATABASE \(name)")
        await connection.close()
        return try await endpoint().database(name)
    }

    private static func leave() {
        guard let (cluster, folder) = leaving.withLock({ $0 }) else { return }
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            await cluster.close()
            try? FileManager.default.removeItem(at: folder)
            done.signal()
        }
        done.wait()
    }
}

/// A folder that does not exist yet.
func temporaryFolder() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "andrias-postgres-\(UUID().uuidString)")
}
