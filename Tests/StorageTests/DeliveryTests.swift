import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

/// Events on their way to endpoints.
@Suite("Deliveries", .database)
struct DeliveryTests {
    @Test("Each event is delivered once, whoever works, and a dead worker's are taken over")
    func once() async throws {
        try await Fixture.with { fixture in
            let endpoint = try await fixture.endpoint()
            for _ in 0..<5 { try await fixture.answer() }
            let (first, second) = (try await fixture.worker(), try await fixture.worker())
            let lent = try await fixture.due(for: first)
            #expect(lent.count == 10 && lent.map(\.event.position) == lent.map(\.event.position).sorted())
            #expect(lent.allSatisfy { $0.secrets == [.opaque()] && $0.attempt == 1 && $0.step == 0 })
            #expect(try await fixture.due(for: second).isEmpty)
            _ = try await fixture.store.pool.query(
                "UPDATE delivery_workers SET alive_until = now() - interval '1 second'")
            try await fixture.store.beat(worker: second, name: "second", for: .seconds(60))
            #expect(try await fixture.due(for: second).count == 10)
            // The first one was only slow: what it brings late is not recorded, for the second one's answer counts.
            #expect(try await fixture.finish(lent, by: first, .delivered).recorded == 0)
            #expect(try await fixture.finish(lent, by: second, .delivered).recorded == 10)
            let deliveries = try await fixture.store.deliveries(of: endpoint.id)
            #expect(deliveries.allSatisfy { $0.state == .delivered && $0.attempts == 1 && $0.nextAttemptAt == nil })
            let attempts = try await fixture.store.deliveryAttempts(of: lent[0].event.id, to: endpoint.id)
            #expect(attempts.map(\.status) == [204] && attempts.first?.response == "body")
        }
    }

    @Test("What is immediate does not wait behind an endpoint's routine events")
    func urgentFirst() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.endpoint(Subscription(), DeliverySettings(parallel: 1))
            let worker = try await fixture.worker()
            for _ in 0..<5 { try await fixture.answer() }
            while try await fixture.store.fanOut() > 0 {}
            _ = try await fixture.store.pool.query(
                "UPDATE deliveries SET is_immediate = true WHERE event_position = (SELECT max(position) FROM events)")
            let lent = try await fixture.due(for: worker)
            let last = try await fixture.store.lastEventPosition()
            #expect(lent.count == 2 && lent.contains { $0.event.position == last })
        }
    }

    @Test("Workers that claim at the same moment share the work and never double it")
    func sharing() async throws {
        try await Fixture.with { fixture in
            for _ in 0..<4 { _ = try await fixture.endpoint() }
            for _ in 0..<10 { try await fixture.answer() }
            while try await fixture.store.fanOut() > 0 {}
            let store = fixture.store
            let delivered = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 {
                    let worker = try await fixture.worker()
                    group.addTask {
                        var mine: [String] = []
                        var idle = 0
                        while idle < 20 {
                            let claims = try await store.claimDeliveries(worker: worker, limit: 7)
                            idle = claims.isEmpty ? idle + 1 : 0
                            try await fixture.finish(claims, by: worker, .delivered)
                            mine += claims.map { "\($0.endpoint.id) \($0.event.position)" }
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(delivered.count == 80 && Set(delivered).count == 80)
        }
    }

    @Test("A failure waits for its next attempt, counts on, and is a dead letter in the end; a replay begins anew")
    func failures() async throws {
        try await Fixture.with { fixture in
            let endpoint = try await fixture.endpoint(Subscription(types: [.animalUnknown]))
            try await fixture.answer()
            let worker = try await fixture.worker()
            let first = try await fixture.due(for: worker)
            try await fixture.finish(first, by: worker, .retry(after: .seconds(3600)), .refused)
            #expect(try await fixture.due(for: worker).isEmpty)
            let status = try #require(try await fixture.store.endpointStatuses(of: [endpoint.id])[endpoint.id])
            #expect(status.waiting == 1 && status.failures == 1 && status.failuresInARow == 1)
            #expect(status.lastSuccessAt == nil && status.oldestWaiting == first[0].event.createdAt)
            #expect(try #require(status.nextAttemptAt).timeIntervalSinceNow > 3500)
            #expect(try await fixture.store.replay(.event(first[0].event.id), to: endpoint.id) == 1)
            let second = try await fixture.due(for: worker)
            #expect(second.map(\.attempt) == [2] && second.map(\.step) == [0])
            try await fixture.finish(second, by: worker, .dead, .timeout)
            #expect(try await fixture.store.deliveries(of: endpoint.id, state: .dead).count == 1)
            try await fixture.heal(endpoint)
            #expect(try await fixture.store.replay(.dead, to: endpoint.id) == 1)
            #expect(try await fixture.store.replay(.dead, to: endpoint.id) == 0)
            let third = try await fixture.due(for: worker)
            #expect(third.map(\.event.id) == first.map(\.event.id) && third.map(\.attempt) == [3])
        }
    }

    @Test("A breaker opens for all workers, lends one delivery when its time is over, and closes with a success")
    func breaker() async throws {
        try await Fixture.with { fixture in
            let endpoint = try await fixture.endpoint()
            let healthy = try await fixture.endpoint()
            for _ in 0..<3 { try await fixture.answer() }
            let worker = try await fixture.worker()
            let claims = try await fixture.due(for: worker)
            let failing = claims.filter { $0.endpoint.id == endpoint.id }
            let recorded = try await fixture.finish(failing, by: worker, .retry(after: .zero), .connection)
            #expect(recorded.closed == [endpoint.id])
            try await fixture.finish(claims.filter { $0.endpoint.id == healthy.id }, by: worker, .delivered)
            #expect(try await fixture.due(for: worker).isEmpty)
            #expect(try await fixture.store.endpointStatuses(of: [endpoint.id])[endpoint.id]?.openUntil != nil)
            try await fixture.openTimeIsOver()
            let other = try await fixture.worker()
            let probe = try await fixture.due(for: other)
            #expect(probe.count == 1)
            #expect(try await fixture.due(for: worker).isEmpty)
            try await fixture.finish(probe, by: other, .delivered)
            #expect(try await fixture.due(for: worker).count == failing.count - 1)
        }
    }

    @Test("An endpoint that is gone, or failed for days, is disabled, and the agency's other endpoints hear of it")
    func disabling() async throws {
        try await Fixture.with { fixture in
            let gone = try await fixture.endpoint()
            let failing = try await fixture.endpoint()
            let wardens = try await fixture.endpoint(channel: .email(address: "warden@example.org"))
            try await fixture.answer()
            let worker = try await fixture.worker()
            let claims = try await fixture.due(for: worker)
            _ = try await fixture.store.pool.query(
                "UPDATE endpoint_health SET failures = 1, failing_since = now() - interval '6 days' "
                    + "WHERE endpoint_id = $1", [.uuid(failing.id.uuid)])
            try await fixture.finish(claims.filter { $0.endpoint.id == gone.id }, by: worker, .gone, .gone)
            try await fixture.finish(
                claims.filter { $0.endpoint.id == failing.id }, by: worker, .retry(after: .zero), .timeout)
            try await fixture.finish(claims.filter { $0.endpoint.id == wardens.id }, by: worker, .delivered)
            #expect(try await fixture.store.endpoint(gone.id)?.disabled?.reason == .gone)
            #expect(try await fixture.store.endpoint(failing.id)?.disabled?.reason == .failing)
            let told = try await fixture.due(for: worker)
            #expect(told.map(\.event.type) == [.endpointDisabled, .endpointDisabled])
            #expect(told.map(\.event.endpoint) == [gone.id, failing.id])
            #expect(told.allSatisfy { $0.endpoint.id == wardens.id })
            await #expect(throws: EndpointError.disabled(gone.id)) {
                try await fixture.store.replay(.dead, to: gone.id)
            }
            // Enabled again it gets what waited, and by a replay what happened in the meantime.
            try await fixture.answer()
            _ = try await fixture.store.enableEndpoint(failing.id)
            let waited = try await fixture.due(for: worker).filter { $0.endpoint.id == failing.id }
            #expect(waited.count == 4)
            #expect(try await fixture.store.replay(.since(Date(timeIntervalSinceNow: -60)), to: failing.id) >= 1)
        }
    }

    @Test("Of an ordered endpoint each animal's next event waits for the one before, other animals do not")
    func ordered() async throws {
        try await Fixture.with { fixture in
            let endpoint = try await fixture.endpoint(
                Subscription(types: [.screeningCompleted, .identityMatched]), DeliverySettings(isOrdered: true))
            let animals = [
                try await fixture.store.enroll(fixture.enrolment(of: "A")).individual,
                try await fixture.store.enroll(fixture.enrolment(of: "B")).individual,
            ]
            for animal in animals {
                for _ in 0..<2 { try await fixture.answer(.matched(animal.id)) }
            }
            let worker = try await fixture.worker()
            let first = try await fixture.due(for: worker)
            #expect(Set(first.map(\.event.individual)) == Set(animals.map(\.id)) && first.count == 2)
            try await fixture.finish([first[0]], by: worker, .retry(after: .seconds(3600)), .refused)
            try await fixture.finish([first[1]], by: worker, .delivered)
            let second = try await fixture.due(for: worker)
            #expect(second.map(\.event.individual) == [first[1].event.individual])
            #expect(second[0].event.position > first[1].event.position)
            try await fixture.finish(second, by: worker, .delivered)
            // Given up, it holds up nobody any more.
            _ = try await fixture.store.replay(.event(first[0].event.id), to: endpoint.id)
            let again = try await fixture.due(for: worker).filter { $0.event.id == first[0].event.id }
            try await fixture.finish(again, by: worker, .dead, .refused)
            try await fixture.heal(endpoint)
            #expect(try await fixture.due(for: worker).contains { $0.event.individual == first[0].event.individual })
        }
    }

    @Test("A quiet endpoint is sent what is immediate; the rest waits until it wants to hear again")
    func quiet() async throws {
        try await Fixture.with { fixture in
            let endpoint = try await fixture.endpoint(Subscription(isQuiet: true))
            try await fixture.answer(on: .seizure)
            let worker = try await fixture.worker()
            let claims = try await fixture.due(for: worker)
            #expect(claims.map(\.event.type) == [.animalUnknown])
            let draft = EndpointDraft(agency: endpoint.agency, channel: endpoint.channel, label: endpoint.label)
            _ = try await fixture.store.updateEndpoint(endpoint.id, draft)
            #expect(try await fixture.due(for: worker).map(\.event.type) == [.screeningCompleted])
        }
    }

    @Test("A test message goes to its endpoint alone, once for a repeated request")
    func testMessage() async throws {
        try await Fixture.with { fixture in
            let endpoint = try await fixture.endpoint(Subscription(types: [.animalRelocated]))
            _ = try await fixture.endpoint()
            let key = try fixture.idempotencyKey("test")
            let event = try await fixture.store.appendTest(of: endpoint.id, idempotency: key).record
            #expect(try await fixture.store.appendTest(of: endpoint.id, idempotency: key).change == .replayed)
            let claims = try await fixture.due(for: fixture.worker())
            #expect(claims.map(\.event.id) == [event.id] && claims.map(\.endpoint.id) == [endpoint.id])
        }
    }

    @Test("Old and new secret sign together for a while, the newest first")
    func rotation() async throws {
        try await Fixture.with { fixture in
            let endpoint = try await fixture.endpoint()
            let store = fixture.store
            try await store.replaceSecret(of: endpoint.id, with: .opaque("second"), overlap: .seconds(3600))
            #expect(try await store.secrets(of: endpoint.id) == [.opaque("second"), .opaque()])
            try await store.replaceSecret(of: endpoint.id, with: .opaque("third"), overlap: .zero)
            #expect(try await store.secrets(of: endpoint.id) == [.opaque("third")])
            try await store.removeEndpoint(endpoint.id)
            #expect(try await store.secrets(of: endpoint.id).isEmpty)
        }
    }

    @Test("What a stopping worker gives back is free at once, and a worker that ends frees everything")
    func givingBack() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.endpoint()
            for _ in 0..<2 { try await fixture.answer() }
            let (first, second) = (try await fixture.worker(), try await fixture.worker())
            let lent = try await fixture.due(for: first)
            try await fixture.store.returnDeliveries(
                worker: first, lent.prefix(1).map { ($0.endpoint.id, $0.event.position) })
            #expect(try await fixture.due(for: second).map(\.event.id) == [lent[0].event.id])
            try await fixture.store.endWorker(first)
            #expect(try await fixture.due(for: second).count == 3)
        }
    }
}

extension Fixture {
    /// Ends the pause of open breakers, as time would.
    fileprivate func openTimeIsOver() async throws {
        _ = try await store.pool.query(
            "UPDATE endpoint_health SET open_until = now() - interval '1 second' WHERE open_until IS NOT NULL")
    }

    fileprivate func heal(_ endpoint: Endpoint) async throws { _ = try await store.enableEndpoint(endpoint.id) }
}
