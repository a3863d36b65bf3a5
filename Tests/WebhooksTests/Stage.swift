import Foundation
import Logging
import Postgres
import Registry
import SampleReceivers
import Storage
import Synchronization
import TestSupport
import Testing
import Webhooks

/// A registry with an agency, on the test's own database, whose endpoints are receivers in this process.
struct Stage {
    let store: RegistryStore
    let database: TestDatabase
    let agency: Agency
    let seal: SecretSeal
    private let photo: Identifier<Photo>

    init() async throws {
        database = try #require(TestDatabase.current)
        store = database.store
        agency = try await store.createAgency(name: "River Office")
        seal = try SecretSeal(masterKey: Array(repeating: 9, count: 32))
        let plain = PhotoDescription(
            mediaType: "image/jpeg", width: 4000, height: 3000, capturedAt: nil, position: nil, camera: nil)
        photo = try await store.addPhoto([1, 2, 3], description: plain, agency: agency.id).record.id
    }

    /// An endpoint of the agency, and what signs for it.
    @discardableResult
    func endpoint(
        _ url: String, _ delivery: DeliverySettings = DeliverySettings(allowsPrivateAddresses: true),
        _ subscription: Subscription = Subscription(types: [.animalUnknown, .endpointTest])
    ) async throws -> (endpoint: Endpoint, keys: SigningKeys) {
        try await endpoint(.webhook(url: url), delivery, subscription)
    }

    @discardableResult
    func endpoint(
        _ channel: Endpoint.Channel, _ delivery: DeliverySettings = DeliverySettings(),
        _ subscription: Subscription = Subscription(types: [.animalUnknown, .endpointTest])
    ) async throws -> (endpoint: Endpoint, keys: SigningKeys) {
        let keys = SigningKeys.generate()
        let draft = EndpointDraft(
            agency: agency.id, channel: channel, label: "test", subscription: subscription, delivery: delivery)
        let endpoint = try await store.createEndpoint(draft, by: "test") { [seal] id in
            SealedEndpointKeys(secret: try keys.sealed(for: id, with: seal))
        }.record
        return (endpoint, keys)
    }

    /// Answers screenings with animals that nobody knows; an event of each is for the endpoints.
    func happen(_ count: Int = 1) async throws {
        for _ in 0..<count {
            _ = try await store.createScreening(
                Screening.Submission(photos: [photo], region: .head), agency: agency.id)
            let claim = try #require(
                try await store.claimScreening(lane: .interactive, worker: "test", lease: .seconds(60)))
            let verdict = Verdict(
                outcome: .unknown, probability: 0.9, candidates: [], findings: [], extractor: "test/1",
                decider: "test/1", photosSearched: 1, individualsSearched: 1, milliseconds: 1)
            try await store.finishScreening(claim, verdict)
        }
    }

    var queue: DeliveryQueue { .live(store: store, name: "test") }

    /// Attempts again after a hundredth of a second.
    static let soon = RetrySchedule(
        pauses: [.zero] + Array(repeating: .milliseconds(10), count: 9), longestRetryAfter: .milliseconds(20))

    func worker(
        _ queue: DeliveryQueue? = nil, schedule: RetrySchedule = Stage.soon, mail: MailServer? = nil,
        seal: SecretSeal? = nil, counters: DeliveryCounters = DeliveryCounters(),
        limits: Transfers.Limits = Transfers.Limits(connect: .seconds(2), whole: .seconds(5))
    ) -> DeliveryWorker {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return DeliveryWorker(
            queue: queue ?? self.queue, content: .live(site: nil), seal: seal ?? self.seal, mail: mail,
            transfers: Transfers(limits: limits), schedule: schedule, counters: counters, logger: logger)
    }

    /// Lets a worker work, woken as it is by the composition root, until the body has ended.
    func working<T: Sendable>(_ worker: DeliveryWorker, _ body: () async throws -> T) async throws -> T {
        let (wake, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listening = Task { [endpoint = database.endpoint] in
            for await _ in PostgresListener(endpoint: endpoint).notifications(on: ["event_appended"]) { waker.yield() }
        }
        let work = Task { await worker.run(wake: wake) }
        do {
            let result = try await body()
            work.cancel()
            await work.value
            listening.cancel()
            return result
        } catch {
            work.cancel()
            await work.value
            listening.cancel()
            throw error
        }
    }

    /// Waits until an endpoint's deliveries are as a test wants them.
    func deliveries(
        of endpoint: Endpoint, within limit: Duration = .seconds(20), until isRight: ([Delivery]) -> Bool
    ) async throws -> [Delivery] {
        let end = ContinuousClock.now + limit
        while true {
            let deliveries = try await store.deliveries(of: endpoint.id, limit: 1000)
            if isRight(deliveries) || .now > end { return deliveries }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    func attempts(of delivery: Delivery) async throws -> [DeliveryAttempt] {
        try await store.deliveryAttempts(of: delivery.event, to: delivery.endpoint)
    }
}

extension SampleReceiver.Message {
    var signed: WebhookSignature.Headers {
        WebhookSignature.Headers(
            id: id, timestamp: headers["webhook-timestamp"] ?? "", signature: headers["webhook-signature"] ?? "")
    }
}
