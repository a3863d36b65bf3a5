import Foundation
import Identification
import Imaging
import Logging
import Postgres
import Registry
import SampleAnimals
import Screening
import ServiceLifecycle
import Storage
import TestSupport
import Testing
import Web
import Webhooks

/// The application on a port of its own with a lent database and real workers.
struct RunningRegistry: Sendable {
    let store: RegistryStore
    let address: String
    let agency: Agency
    let engine: ScreeningEngine

    /// Serves a registry while the body runs.
    ///
    /// - Parameters:
    ///   - lanes: The lanes that have a worker.
    ///   - failing: What `/readyz` is to report.
    ///   - database: The database; `nil` takes the one lent to the test.
    ///   - configure: Changes of the limits.
    ///   - body: What is tested.
    /// - Throws: What the body throws.
    static func with(
        lanes: [Screening.Lane] = [], failing: [RegistryPart] = [],
        on database: (store: RegistryStore, endpoint: PostgresEndpoint)? = lent,
        configure: (inout WebConfiguration) -> Void = { _ in }, _ body: (RunningRegistry) async throws -> Void
    ) async throws {
        let database = try #require(database)
        let store = database.store
        let agency = try await store.createAgency(name: "River Office \(UUID())")
        let engine = ScreeningEngine()
        var configuration = WebConfiguration(port: 0)
        configuration.keyRate = .init(burst: 1000, perSecond: 1000)
        configuration.failedAuthenticationRate = .init(burst: 1000, perSecond: 1000)
        configuration.pageRate = .init(burst: 1000, perSecond: 1000)
        configure(&configuration)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = WebApplication(
            configuration, store: store, updates: updates(from: database.endpoint), failing: { failing },
            pageSecret: Array(repeating: 7, count: 32), seal: try Self.seal,
            logger: quiet
        ) { port.yield($0) }
        let service = Task { try await application.run() }
        let queue = ScreeningQueue.live(store: store, gallery: LiveGallery(store: store), worker: "test")
        let workers = lanes.map { lane in
            Task {
                await ScreeningWorker(lane: lane, queue: queue, engine: engine, logger: quiet)
                    .run(wake: arrivals(from: database.endpoint))
            }
        }
        let serving = try #require(await ports.first { _ in true })
        let registry = RunningRegistry(
            store: store, address: "http://127.0.0.1:\(serving)", agency: agency, engine: engine)
        let result: Result<Void, any Error>
        do { result = .success(try await body(registry)) } catch { result = .failure(error) }
        workers.forEach { $0.cancel() }
        for worker in workers { await worker.value }
        service.cancel()
        _ = await service.result
        try result.get()
    }

    /// What secrets of endpoints are encrypted with.
    static var seal: SecretSeal {
        get throws { try SecretSeal(masterKey: Array(repeating: 9, count: 32)) }
    }

    /// What is lent to the running test.
    static var lent: (store: RegistryStore, endpoint: PostgresEndpoint)? {
        TestDatabase.current.map { ($0.store, $0.endpoint) }
    }

    private static var quiet: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }

    private static func updates(from endpoint: PostgresEndpoint) -> AsyncStream<RegistryUpdate> {
        let heard = PostgresListener(endpoint: endpoint).notifications(on: ["screening_finished", "event_appended"])
        return AsyncStream { continuation in
            let task = Task {
                for await notification in heard {
                    switch notification {
                    case .notification("event_appended", _): continuation.yield(.eventAppended)
                    case .notification(_, let payload):
                        if let id = Identifier<Screening>(payload) { continuation.yield(.screeningFinished(id)) }
                    case .reconnected: continuation.yield(.lookAgain)
                    }
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private static func arrivals(from endpoint: PostgresEndpoint) -> AsyncStream<Void> {
        let heard = PostgresListener(endpoint: endpoint).notifications(on: ["screening_received"])
        return AsyncStream { continuation in
            let task = Task { for await _ in heard { continuation.yield() } }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// A client with a key of a role.
    func client(_ role: Role, of agency: Agency? = nil) async throws -> Client {
        let made = try await store.createKey(agency: (agency ?? self.agency).id, role: role, label: "test")
        return Client(address: address, secret: made.secret, key: made.key)
    }

    /// A visitor without a key.
    var visitor: Client { Client(address: address, secret: nil, key: nil) }

    /// Enters a photograph of an animal.
    func enroll(
        _ photo: TestPhoto, as name: String, agency: Agency? = nil, region: BodyRegion = .head,
        position: Position? = nil, locality: String? = nil
    ) async throws -> EnrolmentResult {
        let examination = try await engine.examine(
            SubmittedPhoto(
                id: Identifier(), sha256: "", bytes: photo.jpeg, mark: photo.box.map { RegionMark(.box($0)) }))
        let template = try #require(examination.template)
        return try await store.enroll(
            Enrolment(
                individual: name, species: "Andrias japonicus", agency: (agency ?? self.agency).id,
                observedAt: Date(timeIntervalSince1970: 1_700_000_000), position: position, locality: locality,
                photo: photo.jpeg, description: try describePhoto(photo.jpeg), region: region,
                mark: photo.box.map { RegionMark(.box($0)) },
                template: template.encoded, extractor: template.extractor))
    }
}

/// A drawn photograph with its head box.
struct TestPhoto: Sendable {
    let jpeg: [UInt8]
    let box: RegionBox?

    /// An animal's head, or the bare river bed.
    init(animal: UInt64?, take: UInt64, position: (latitude: Double, longitude: Double)? = nil) throws {
        var conditions = SampleConditions.random(seed: take, difficulty: .good)
        conditions.width = 800
        conditions.height = 600
        let photo = try renderPhoto(
            of: animal.map { SampleAnimal(seed: $0) }, under: conditions,
            capturedAt: Date(timeIntervalSince1970: 1_700_000_000), position: position)
        jpeg = photo.jpeg
        box = try photo.headBox.map { try RegionBox(x: $0.x, y: $0.y, width: $0.width, height: $0.height) }
    }
}

/// A small picture where content does not matter; each shade is another file.
func plainJPEG(shade: UInt8 = 90) throws -> [UInt8] {
    try encodeJPEG(PixelImage(width: 320, height: 240, repeating: (shade, 100, 80)))
}
