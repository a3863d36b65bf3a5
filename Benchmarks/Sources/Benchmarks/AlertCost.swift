import AlertStage
import Foundation
import PlainPost
import Registry
import SampleReceivers
import Storage
import Synchronization
import Webhooks

/// How soon and how fast alerts are delivered, by one worker process on loopback.
struct AlertCost {
    let program: String

    func run() async throws {
        print("alerts: one worker process, receivers and Postgres on the same machine")
        print(pad("", 46) + pad("median", 12) + pad("quartiles", 19) + "p99")
        try await latency("committed to received at 100 events a second, ms", beside: nil)
        try await latency("the same with twenty endpoints that hang", beside: .hangs)
        try await throughput()
    }

    /// From the commit of an event to its arrival.
    private func latency(_ name: String, beside bad: SampleReceiver.Behaviour?) async throws {
        let stage = try await Stage.open(program: program, animals: 1)
        let receiver = try await SampleReceiver.start()
        let arrived = Mutex<[String: Date]>([:])
        receiver.onMessage { message, _ in arrived.withLock { $0[message.id] = message.arrivedAt } }
        let endpoint = try await stage.addWebhook(receiver.url)
        var others: [SampleReceiver] = []
        if let bad {
            for _ in 0..<20 {
                let other = try await SampleReceiver.start(bad, keeps: 0)
                let id = try await stage.addWebhook(other.url)
                for _ in 0..<50 { _ = try await stage.store.appendTest(of: id) }
                others.append(other)
            }
        }
        let worker = try stage.startWorker()
        _ = try await stage.store.appendTest(of: endpoint)
        _ = try await receiver.waitForMessages(1)
        var committed: [String: Date] = [:]
        var next = ContinuousClock.now
        for _ in 0..<1000 {
            let event = try await stage.store.appendTest(of: endpoint).record
            committed[event.id.description] = Date()
            next += .milliseconds(10)
            try await Task.sleep(until: next)
        }
        _ = try await receiver.waitForMessages(1001)
        let delays = arrived.withLock { arrived in
            committed.compactMap { id, moment in arrived[id].map { $0.timeIntervalSince(moment) * 1000 } }
        }
        let spread = Spread(delays)
        row(name, spread, also: spread.p99)
        if delays.count < 1000 { print("  NOT all arrived: \(delays.count) of 1000") }
        worker.terminate()
        worker.waitUntilExit()
        for receiver in [receiver] + others { await receiver.stop() }
        try await stage.close()
    }

    /// A backlog of 100,000 deliveries to twenty fast receivers, and what a plain loop makes of the same.
    private func throughput() async throws {
        let stage = try await Stage.open(program: program, animals: 20)
        var receivers: [SampleReceiver] = []
        for _ in 0..<20 {
            let receiver = try await SampleReceiver.start(keeps: 0)
            _ = try await stage.addWebhook(receiver.url)
            receivers.append(receiver)
        }
        for number in 0..<2500 { try await stage.answer(animal: stage.animals[number % 20]) }
        let worker = try stage.startWorker()
        let start = ContinuousClock.now
        var memory: [(Int, Int)] = []
        var count = 0
        while count < 100_000, ContinuousClock.now - start < .seconds(300) {
            try await Task.sleep(for: .milliseconds(100))
            count = receivers.map(\.count).reduce(0, +)
            if count >= (memory.count + 1) * 20_000 { memory.append((count, resident(worker))) }
        }
        let time = (ContinuousClock.now - start) / .seconds(1)
        print("\(count) deliveries to 20 receivers in \(fixed(time, 1)) s: \(Int(Double(count) / time)) a second")
        print("memory of the worker, MB: " + memory.map { "\($0.1 >> 10) after \($0.0)" }.joined(separator: ", "))
        worker.terminate()
        worker.waitUntilExit()
        print("a plain loop of blocking requests: \(Int(try await plainLoop(stage, to: receivers[0]))) a second")
        for receiver in receivers { await receiver.stop() }
        try await stage.close()
    }

    /// Claims, signs, posts and records one delivery after the other, for ten seconds.
    private func plainLoop(_ stage: Stage, to receiver: SampleReceiver) async throws -> Double {
        for endpoint in try await stage.store.endpoints(of: stage.agency.id) {
            _ = try await stage.store.replay(.range(1...2000), to: endpoint.id)
        }
        guard let post = plain_post_open() else { throw BenchmarkError("No handle of the HTTP client could be made.") }
        defer { plain_post_close(post) }
        let worker = UUID()
        try await stage.store.beat(worker: worker, name: "plain loop", for: .seconds(60))
        let keys = SigningKeys.generate()
        let start = ContinuousClock.now
        var count = 0
        while ContinuousClock.now - start < .seconds(10) {
            guard let claim = try await stage.store.claimDeliveries(worker: worker, limit: 1).first else { break }
            let body = try claim.event.cloudEvent(source: "urn:andrias:registry")
            let headers = try WebhookSignature.headers(
                id: claim.event.id.description, at: Date(), body: body, keys: [keys]
            ).fields.map { "\($0.name): \($0.value)" }
            let status = plain_post_send(post, receiver.url, headers[0], headers[1], headers[2], body, body.count)
            guard status == 200 else { throw BenchmarkError("The receiver answered \(status).") }
            let attempt = DeliveryAttempt(
                number: claim.attempt, startedAt: Date(), milliseconds: 1, status: 200, failure: nil, response: "ok")
            _ = try await stage.store.finishDeliveries(
                worker: worker,
                [
                    DeliveryOutcome(
                        endpoint: claim.endpoint.id, position: claim.event.position, attempt: attempt, next: .delivered)
                ], limits: .standard)
            count += 1
        }
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    /// Memory of a process in kB.
    private func resident(_ process: Process) -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        return status.firstMatch(of: /VmRSS:\s+(\d+)/).flatMap { Int($0.1) } ?? 0
    }
}
