import Foundation
import Postgres
import Registry
import SampleReceivers
import Storage
import Synchronization
import TestSupport
import Testing
import Webhooks

@Suite("Delivery worker", .database)
struct DeliveryWorkerTests {
    @Test("What happens is told at once: a CloudEvent whose signatures verify, and a record of it")
    func told() async throws {
        try await Post.with(.ok) { receiver in
            let stage = try await Stage()
            let (endpoint, keys) = try await stage.endpoint(receiver.url)
            let counters = DeliveryCounters()
            let deliveries = try await stage.working(stage.worker(counters: counters)) {
                try await stage.happen(3)
                #expect(try await receiver.waitForMessages(3))
                return try await stage.deliveries(of: endpoint) { $0.filter { $0.state == .delivered }.count == 3 }
            }
            #expect(deliveries.map(\.attempts) == [1, 1, 1])
            #expect(Set(receiver.messages.map(\.id)) == Set(deliveries.map(\.event.description)))
            for message in receiver.messages {
                try WebhookSignature.verify(message.signed, body: message.body, secret: keys.secret)
                try WebhookSignature.verify(message.signed, body: message.body, publicKey: keys.key.publicKey)
                #expect(message.headers["content-type"] == "application/cloudevents+json; charset=utf-8")
                let id = try #require(Identifier<Event>(message.id))
                let event = try #require(try await stage.store.event(id))
                let told = try event.cloudEvent(source: "urn:andrias:registry")
                #expect(message.body == told)
            }
            let attempt = try #require(try await stage.attempts(of: deliveries[0]).first)
            #expect(attempt.status == 200 && attempt.failure == nil && attempt.response == "ok")
            #expect(counters.counts.delivered == 3 && counters.counts.inHand == 0)
            #expect(counters.counts.delays.counts.reduce(0, +) == 3)
        }
    }

    @Test("A receiver that fails twice gets the event under the same id, and each attempt is on record")
    func failing() async throws {
        try await Post.with(.failing(times: 2)) { receiver in
            let stage = try await Stage()
            let (endpoint, _) = try await stage.endpoint(receiver.url)
            let deliveries = try await stage.working(stage.worker()) {
                try await stage.happen()
                return try await stage.deliveries(of: endpoint) { $0.first?.state == .delivered }
            }
            #expect(deliveries.map(\.attempts) == [3])
            #expect(receiver.count == 3 && Set(receiver.messages.map(\.id)).count == 1)
            let attempts = try await stage.attempts(of: deliveries[0])
            #expect(attempts.map(\.number) == [1, 2, 3])
            #expect(attempts.map(\.failure) == [.refused, .refused, nil])
            #expect(attempts.map(\.response) == ["not yet", "not yet", "ok"])
        }
    }

    @Test("A delivery that fails to the end of the schedule is a dead letter; 410 ends all of them")
    func endings() async throws {
        try await Post.with(.answers(status: 500)) { refusing in
            try await Post.with(.gone) { gone in
                let stage = try await Stage()
                let (first, second) = (
                    try await stage.endpoint(refusing.url).endpoint, try await stage.endpoint(gone.url).endpoint
                )
                let schedule = RetrySchedule(pauses: [.zero, .milliseconds(5)])
                try await stage.working(stage.worker(schedule: schedule)) {
                    try await stage.happen()
                    let dead = try await stage.deliveries(of: first) { $0.first?.state == .dead }
                    #expect(dead.map(\.attempts) == [2])
                    _ = try await stage.deliveries(of: second) { $0.first?.state == .dead }
                }
                #expect(try await stage.store.endpoint(first.id)?.disabled == nil)
                #expect(try await stage.store.endpoint(second.id)?.disabled?.reason == .gone)
                #expect(gone.count == 1)
            }
        }
    }

    @Test("While a secret is replaced, whoever knows the old one or the new one verifies")
    func rotation() async throws {
        try await Post.with(.ok) { receiver in
            let stage = try await Stage()
            let (endpoint, old) = try await stage.endpoint(receiver.url)
            let new = SigningKeys.generate()
            try await stage.store.replaceSecret(
                of: endpoint.id, with: new.sealed(for: endpoint.id, with: stage.seal), overlap: .seconds(3600))
            try await stage.working(stage.worker()) {
                try await stage.happen()
                #expect(try await receiver.waitForMessages(1))
            }
            let message = try #require(receiver.messages.first)
            for keys in [old, new] {
                try WebhookSignature.verify(message.signed, body: message.body, secret: keys.secret)
                try WebhookSignature.verify(message.signed, body: message.body, publicKey: keys.key.publicKey)
            }
        }
    }

    @Test("One that hangs, one that resets and one that is away cost a good one nothing")
    func neighbours() async throws {
        try await Post.with(.hangs) { hanging in
            try await Post.with(.resets) { resetting in
                try await Post.with(.ok) { good in
                    let stage = try await Stage()
                    let away = try await SampleReceiver.start()
                    await away.stop()
                    for receiver in [hanging, resetting, away] { try await stage.endpoint(receiver.url) }
                    let (endpoint, _) = try await stage.endpoint(good.url)
                    let limits = Transfers.Limits(connect: .seconds(1), whole: .seconds(2))
                    try await stage.working(stage.worker(limits: limits)) {
                        try await stage.happen(40)
                        #expect(try await good.waitForMessages(40))
                        let deliveries = try await stage.deliveries(of: endpoint) {
                            $0.filter { $0.state == .delivered }.count == 40
                        }
                        #expect(deliveries.allSatisfy { $0.attempts == 1 && $0.state == .delivered })
                    }
                    #expect(good.count == 40)
                }
            }
        }
    }

    @Test("A worker that stops lets end and records what is on the way, and gives back the rest for others, once each")
    func stopping() async throws {
        try await Post.with(.slow(.milliseconds(300))) { receiver in
            let stage = try await Stage()
            let (endpoint, _) = try await stage.endpoint(
                receiver.url, DeliverySettings(parallel: 2, allowsPrivateAddresses: true))
            try await stage.working(stage.worker()) {
                try await stage.happen(8)
                #expect(try await receiver.waitForMessages(2))
            }
            let deliveries = try await stage.store.deliveries(of: endpoint.id)
            #expect(deliveries.filter { $0.state == .delivered }.count == receiver.count)
            #expect(receiver.count < 8)
            receiver.behaviour = .ok
            try await stage.working(stage.worker()) {
                _ = try await stage.deliveries(of: endpoint) { $0.allSatisfy { $0.state == .delivered } }
            }
            #expect(receiver.count == 8 && Set(receiver.messages.map(\.id)).count == 8)
        }
    }

    @Test("While the database is away outcomes are kept; when it is back all are recorded and nothing is sent twice")
    func databaseAway() async throws {
        try await Post.with(.ok) { receiver in
            let stage = try await Stage()
            let (endpoint, _) = try await stage.endpoint(receiver.url)
            let faults = Mutex(3)
            let live = stage.queue
            let queue = DeliveryQueue(
                fanOut: live.fanOut, beat: live.beat, end: live.end, claim: live.claim,
                finish: { worker, outcomes in
                    let isAway = faults.withLock { left in
                        left -= 1
                        return left >= 0
                    }
                    if isAway { throw PostgresError(.connection, "away") }
                    return try await live.finish(worker, outcomes)
                }, giveBack: live.giveBack)
            try await stage.working(stage.worker(queue)) {
                try await stage.happen(5)
                let deliveries = try await stage.deliveries(of: endpoint) {
                    $0.filter { $0.state == .delivered }.count == 5
                }
                #expect(deliveries.filter { $0.state == .delivered }.count == 5)
            }
            #expect(receiver.count == 5 && Set(receiver.messages.map(\.id)).count == 5)
        }
    }

    @Test("A claim whose answer was lost on the way is not lost: others get it, once")
    func lostClaim() async throws {
        try await Post.with(.ok) { receiver in
            let stage = try await Stage()
            let (endpoint, _) = try await stage.endpoint(receiver.url)
            let isLost = Mutex(false)
            let live = stage.queue
            let queue = DeliveryQueue(
                fanOut: live.fanOut, beat: live.beat, end: live.end,
                claim: { worker, limit in
                    let claims = try await live.claim(worker, limit)
                    let loses = isLost.withLock { isLost in
                        defer { isLost = isLost || !claims.isEmpty }
                        return !isLost && !claims.isEmpty
                    }
                    if loses { throw PostgresError(.connection, "the answer was lost") }
                    return claims
                }, finish: live.finish, giveBack: live.giveBack)
            try await stage.working(stage.worker(queue)) {
                try await stage.happen(4)
                let deliveries = try await stage.deliveries(of: endpoint) {
                    $0.filter { $0.state == .delivered }.count == 4
                }
                #expect(deliveries.filter { $0.state == .delivered }.count == 4)
            }
            #expect(isLost.withLock { $0 })
            #expect(receiver.count == 4 && Set(receiver.messages.map(\.id)).count == 4)
        }
    }

    @Test("An outcome that the database refuses does not keep the others from being recorded")
    func refusedOutcome() async throws {
        try await Post.with(.ok) { receiver in
            let stage = try await Stage()
            let (endpoint, _) = try await stage.endpoint(receiver.url)
            try await stage.happen(6)
            while try await stage.store.fanOut() > 0 {}
            let poison = try #require(try await stage.store.deliveries(of: endpoint.id).dropFirst(2).first).position
            let live = stage.queue
            let queue = DeliveryQueue(
                fanOut: live.fanOut, beat: live.beat, end: live.end, claim: live.claim,
                finish: { worker, outcomes in
                    if outcomes.contains(where: { $0.position == poison }) {
                        throw PostgresError(.server, "refused", sqlState: .checkViolation)
                    }
                    return try await live.finish(worker, outcomes)
                }, giveBack: live.giveBack)
            try await stage.working(stage.worker(queue)) {
                _ = try await stage.deliveries(of: endpoint) { $0.filter { $0.state == .delivered }.count == 5 }
            }
            let deliveries = try await stage.store.deliveries(of: endpoint.id)
            #expect(deliveries.filter { $0.state == .waiting }.map(\.position) == [poison])
            #expect(deliveries.filter { $0.state == .delivered }.count == 5)
        }
    }

    @Test("What keeps an endpoint from being spoken to is on record as its failure, and nothing is sent")
    func obstacles() async throws {
        try await Post.with(.ok) { receiver in
            let stage = try await Stage()
            let schedule = RetrySchedule(pauses: [.zero])
            func failure(_ channel: Endpoint.Channel, seal: SecretSeal? = nil) async throws -> DeliveryAttempt {
                let (endpoint, _) = try await stage.endpoint(channel)
                _ = try await stage.store.appendTest(of: endpoint.id)
                let dead = try await stage.working(stage.worker(schedule: schedule, seal: seal)) {
                    try await stage.deliveries(of: endpoint) { $0.first?.state == .dead }
                }
                let delivery = try #require(dead.first)
                return try #require(try await stage.attempts(of: delivery).first)
            }
            let inside = try await failure(.webhook(url: receiver.url))
            #expect(inside.failure == .forbiddenAddress && inside.status == nil && !inside.response.isEmpty)
            let private443 = try await failure(.webhook(url: "https://127.0.0.1/"))
            #expect(private443.failure == .forbiddenAddress && private443.response.contains("loopback"))
            #expect(try await failure(.webhook(url: "https://does-not-exist.invalid/")).failure == .unresolved)
            let other = try SecretSeal(masterKey: Array(repeating: 1, count: 32))
            #expect(try await failure(.webhook(url: "https://127.0.0.2/"), seal: other).failure == .misconfigured)
            #expect(try await failure(.email(address: "office@agency.example")).failure == .misconfigured)
            #expect(receiver.count == 0)
        }
    }

    @Test("A letter is sent in the endpoint's language, and its message id is the same when it is sent again")
    func letters() async throws {
        let stage = try await Stage()
        let sample = try await SampleMailServer.start(.refusesText())
        let mail = try MailServer(
            "smtp://127.0.0.1:\(sample.port)?tls=none", sender: try MailAddress("alerts@registry.example"))
        let (endpoint, _) = try await stage.endpoint(.email(address: "office@agency.example"))
        try await stage.working(stage.worker(mail: mail)) {
            try await stage.happen()
            _ = try await stage.deliveries(of: endpoint) { ($0.first?.attempts ?? 0) >= 2 }
            sample.behaviour = .takes
            let deliveries = try await stage.deliveries(of: endpoint) { $0.first?.state == .delivered }
            let delivery = try #require(deliveries.first)
            let attempts = try await stage.attempts(of: delivery)
            #expect(attempts.first?.status == 451 && attempts.first?.failure == .refused)
            #expect(attempts.last?.status == 250 && attempts.last?.failure == nil)
            #expect(sample.letters.count == 1)
            let letter = try #require(sample.letters.first)
            #expect(letter.recipients == ["office@agency.example"])
            #expect(letter.message.contains("<\(deliveries[0].event).\(endpoint.id)@registry.example>"))
        }
        await sample.stop()
    }

    @Test("Two workers share what there is; each event arrives once, and the events of one animal in their order")
    func sharing() async throws {
        try await Post.with(.ok) { receiver in
            let stage = try await Stage()
            let (endpoint, _) = try await stage.endpoint(receiver.url)
            try await stage.working(stage.worker()) {
                try await stage.working(stage.worker()) {
                    try await stage.happen(60)
                    _ = try await stage.deliveries(of: endpoint) { $0.filter { $0.state == .delivered }.count == 60 }
                }
            }
            #expect(receiver.count == 60 && Set(receiver.messages.map(\.id)).count == 60)
        }
    }
}
