import Foundation
import Identification
import Postgres
import Registry
import Screening
import Storage
import Webhooks

/// The registry as one process holds it open: the composition root.
struct OpenRegistry: Sendable {
    let endpoint: PostgresEndpoint
    let store: RegistryStore
    let gallery: LiveGallery
    let engine: ScreeningEngine
    let directory: URL
    private let cluster: EmbeddedCluster?

    /// Opens the registry for one piece of work, and closes it whatever happens.
    static func with<T>(
        _ options: DataOptions, connections: Int = 4, _ body: (OpenRegistry) async throws -> T
    ) async throws -> T {
        let registry = try await open(options, connections: connections)
        do {
            let result = try await body(registry)
            await registry.close()
            return result
        } catch {
            await registry.close()
            throw error
        }
    }

    private static func open(_ options: DataOptions, connections: Int) async throws -> OpenRegistry {
        let directory = options.directory
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let cluster: EmbeddedCluster?
        let endpoint: PostgresEndpoint
        if let url = options.databaseURL {
            cluster = nil
            endpoint = try PostgresEndpoint(url: url)
        } else {
            let opened = try await EmbeddedCluster.open(in: directory.appending(path: "cluster"))
            cluster = opened
            endpoint = opened.endpoint
        }
        let pool = PostgresPool(endpoint: endpoint, size: connections, applicationName: "andrias")
        let photoFiles = PhotoFiles(directory: directory.appending(path: "photos"))
        let store = RegistryStore(pool: pool, photoFiles: photoFiles)
        do {
            _ = try await Migrator(migrations: RegistryStore.migrations).migrate(pool)
            return OpenRegistry(
                endpoint: endpoint, store: store, gallery: LiveGallery(store: store),
                engine: ScreeningEngine(), directory: directory, cluster: cluster)
        } catch {
            await pool.close()
            await cluster?.close()
            throw error
        }
    }

    private func close() async {
        await store.pool.close()
        await cluster?.close()
    }

    /// The queue of screenings for workers of this process.
    func queue(worker: String) -> ScreeningQueue {
        .live(store: store, gallery: gallery, worker: worker)
    }

    /// The agency of that name, entered where it is new.
    func agency(named name: String) async throws -> Agency {
        if let agency = try await store.agency(named: name) { return agency }
        return try await store.createAgency(name: name)
    }

    /// The key to capability links of pages, made on first use and readable by the owner alone.
    func pageSecret() throws -> [UInt8] {
        try secret(named: "page-secret", loss: "links to pages made so far then open nothing")
    }

    /// What the secrets of endpoints are encrypted with: the key in the file that `ANDRIAS_SECRET_KEY_FILE` names, else
    /// one in the data directory, made on first use.
    func secretSeal() throws -> SecretSeal {
        guard let path = ProcessInfo.processInfo.environment["ANDRIAS_SECRET_KEY_FILE"], !path.isEmpty else {
            return try SecretSeal(
                masterKey: secret(named: "secret-key", loss: "secrets of endpoints have to be rotated then"))
        }
        guard let key = FileManager.default.contents(atPath: path) else {
            throw CommandError("The master key cannot be read from \(path) (ANDRIAS_SECRET_KEY_FILE). Check the path.")
        }
        return try SecretSeal(masterKey: Array(key))
    }

    /// 32 random bytes, made on first use and readable by the owner alone.
    private func secret(named name: String, loss: String) throws -> [UInt8] {
        let file = directory.appending(path: name)
        if let secret = FileManager.default.contents(atPath: file.path), secret.count == 32 { return Array(secret) }
        var random = SystemRandomNumberGenerator()
        let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let draft = directory.appending(path: "\(name).\(getpid())")
        guard
            FileManager.default.createFile(
                atPath: draft.path, contents: Data(secret), attributes: [.posixPermissions: 0o600])
        else { throw CommandError("A secret could not be written to \(draft.path). Check the folder's owner.") }
        // A hard link fails where another process was first; then its secret counts.
        if link(draft.path, file.path) != 0, errno != EEXIST {
            throw CommandError("A secret could not be written to \(file.path). Check the folder's owner.")
        }
        unlink(draft.path)
        let kept = Array(try Data(contentsOf: file))
        guard kept.count == 32 else {
            throw CommandError("\(file.path) is damaged. Restore it, or remove it: \(loss).")
        }
        return kept
    }
}

/// An error of a command, worded for the person who typed it.
struct CommandError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
