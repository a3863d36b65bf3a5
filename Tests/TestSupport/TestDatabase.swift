public import Foundation
public import Postgres
public import Storage
import Synchronization
public import Testing

/// A migrated database that one test has to itself.
public struct TestDatabase: Sendable {
    /// The database's address.
    public let endpoint: PostgresEndpoint
    /// Connections to it.
    public let pool: PostgresPool
    /// A folder for files, gone after the test.
    public let folder: URL
    fileprivate let name: String

    /// The database lent to the running test.
    @TaskLocal public static var current: TestDatabase?

    /// The registry on this database, its photographs in ``folder``.
    public var store: RegistryStore {
        RegistryStore(pool: pool, photoFiles: PhotoFiles(directory: folder.appending(path: "photos")))
    }
}

/// Lends each test a migrated database of its own.
public struct DatabaseTrait: SuiteTrait, TestTrait, TestScoping {
    /// Suites hand the trait to their tests.
    public var isRecursive: Bool { true }

    /// Runs a test with ``TestDatabase/current`` set.
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        let database = try await TestCluster.shared.lend()
        do {
            try await TestDatabase.$current.withValue(database) { try await function() }
        } catch {
            try await TestCluster.shared.takeBack(database)
            throw error
        }
        try await TestCluster.shared.takeBack(database)
    }
}

extension Trait where Self == DatabaseTrait {
    /// Lends each test a migrated database of its own.
    public static var database: DatabaseTrait { DatabaseTrait() }
}

/// The cluster of this test process.
public actor TestCluster {
    /// The one of this process.
    public static let shared = TestCluster()

    private var opening: Task<(EmbeddedCluster, PostgresPool), any Error>?
    private var lent = 0

    /// A fresh copy of the migrated template.
    func lend() async throws -> TestDatabase {
        if opening == nil { opening = Task { try await Self.prepare() } }
        guard let (cluster, administration) = try await opening?.value else { throw CancellationError() }
        lent += 1
        let name = "test_\(lent)"
        // Without fsync a copy of the files is cheaper than writing the copy to the log.
        try await administration.withConnection {
            try await $0.execute("CREATE DATABASE \(name) TEMPLATE andrias STRATEGY file_copy")
        }
        let endpoint = try cluster.endpoint.database(name)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "andrias-test-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return TestDatabase(
            endpoint: endpoint, pool: PostgresPool(endpoint: endpoint, size: 12, applicationName: "test"),
            folder: folder, name: name)
    }

    /// Drops a database with whatever still speaks to it.
    func takeBack(_ database: TestDatabase) async throws {
        await database.pool.close()
        guard let (_, administration) = try await opening?.value else { return }
        try await administration.withConnection {
            try await $0.execute("DROP DATABASE \(database.name) WITH (FORCE)")
        }
        try FileManager.default.removeItem(at: database.folder)
    }

    private static func prepare() async throws -> (EmbeddedCluster, PostgresPool) {
        let root = FileManager.default.temporaryDirectory
        for leftover in try FileManager.default.contentsOfDirectory(atPath: root.path)
        where leftover.hasPrefix("andrias-cluster-") {
            try await sweep(root.appending(path: leftover, directoryHint: .isDirectory))
        }
        let folder = root.appending(path: "andrias-cluster-\(getpid())", directoryHint: .isDirectory)
        let cluster = try await EmbeddedCluster.open(in: folder, durability: .none)
        let template = PostgresPool(endpoint: cluster.endpoint, size: 1, applicationName: "test template")
        try await Migrator(migrations: RegistryStore.migrations).migrate(template)
        // PostGIS brings thousands of systems of coordinates, and every test copies what the template holds.
        for statement in ["DELETE FROM spatial_ref_sys WHERE srid <> 4326", "VACUUM FULL"] {
            try await template.query(statement)
        }
        await template.close()
        let administration = PostgresPool(
            endpoint: try cluster.endpoint.database("postgres"), size: 1, acquireTimeout: .seconds(60),
            applicationName: "test")
        atexit { TestCluster.stopAtExit() }
        stopping.withLock { $0 = (cluster, folder) }
        return (cluster, administration)
    }

    /// Stops the cluster of a test process that is gone.
    private static func sweep(_ folder: URL) async throws {
        guard let process = folder.lastPathComponent.split(separator: "-").last.flatMap({ pid_t($0) }),
            kill(process, 0) != 0
        else { return }
        await (try? EmbeddedCluster.open(in: folder, durability: .none))?.close()
        try FileManager.default.removeItem(at: folder)
    }

    private static let stopping = Mutex<(EmbeddedCluster, URL)?>(nil)

    private static func stopAtExit() {
        guard let (cluster, folder) = stopping.withLock({ $0 }) else { return }
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            await cluster.close()
            try? FileManager.default.removeItem(at: folder)
            done.signal()
        }
        done.wait()
    }
}
