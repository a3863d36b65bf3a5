import Foundation
import Logging
import Postgres
import Registry
import Screening
import Storage
import TestSupport
import Testing
import Web

@Suite
struct DatabaseAwayTests {
    @Test func nothingIsLostWhileTheDatabaseIsAway() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "andrias-away-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var cluster = try await EmbeddedCluster.open(in: folder.appending(path: "cluster"), durability: .none)
        let endpoint = cluster.endpoint
        let pool = PostgresPool(endpoint: endpoint, size: 6, acquireTimeout: .seconds(2), applicationName: "test")
        try await Migrator(migrations: RegistryStore.migrations).migrate(pool)
        let store = RegistryStore(pool: pool, photoFiles: PhotoFiles(directory: folder.appending(path: "photos")))
        try await RunningRegistry.with(on: (store, endpoint)) { registry in
            let client = try await registry.client(.observer)
            let photo = try #require(try await client.submit(try plainJPEG()).string("id"))
            let received = try await client.post(
                "/v1/screenings", json: #"{"photoIds":["\#(photo)"]}"#, ["Prefer": "wait=0"])
            #expect(received.status == 202)
            let claim = try #require(
                try await registry.store.claimScreening(lane: .interactive, worker: "dies", lease: .seconds(1)))
            await cluster.close()
            let away = try await client.get("/v1/photos")
            #expect(away.status == 503)
            #expect(away.problem == "database-away")
            #expect(away.header("Retry-After") != nil)
            #expect(try await registry.visitor.get("/healthz").status == 200)
            cluster = try await EmbeddedCluster.open(in: folder.appending(path: "cluster"), durability: .none)
            let path = try #require(received.header("Location"))
            // The lease of the worker that died runs out, and another takes the screening over.
            let queue = ScreeningQueue.live(
                store: registry.store, gallery: LiveGallery(store: registry.store), worker: "heir")
            let worker = ScreeningWorker(
                lane: .interactive, queue: queue, engine: registry.engine, logger: Logger(label: "test"))
            var state: String?
            for _ in 0..<100 where state != "done" {
                await worker.drain()
                state = try await client.get(path).string("state")
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(state == "done")
            #expect(claim.screening.id.description == received.string("id"))
        }
        await pool.close()
        await cluster.close()
    }
}
