import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Work on screenings", .database)
struct ScreeningWorkTests {
    @Test("Eight workers at once answer every screening, none twice")
    func manyWorkers() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            var submitted: Set<Identifier<Screening>> = []
            for _ in 0..<40 { submitted.insert(try await fixture.submit().id) }
            let claimed = try await withThrowingTaskGroup(of: [Identifier<Screening>].self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        var mine: [Identifier<Screening>] = []
                        while let claim = try await store.claimScreening(
                            lane: .interactive, worker: "w\(worker)", lease: .seconds(60))
                        {
                            try await store.finishScreening(claim, .plain(.unknown))
                            mine.append(claim.screening.id)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            // A worker stops where all that waits is being looked at by others, so none may be left but none doubled.
            #expect(claimed.count == Set(claimed).count)
            #expect(Set(claimed) == submitted)
            let events = try await store.events(after: 0)
            #expect(Set(events.map(\.screening)) == submitted && events.count == 80)
            #expect(events.map(\.position) == events.map(\.position).sorted())
        }
    }

    @Test("The oldest goes first, and lanes do not mix")
    func order() async throws {
        try await Fixture.with { fixture in
            let batch = try await fixture.submit(lane: .batch)
            let first = try await fixture.submit()
            let second = try await fixture.submit()
            #expect(try await fixture.claim().screening.id == first.id)
            #expect(try await fixture.claim().screening.id == second.id)
            let none = try await fixture.store.claimScreening(lane: .interactive, worker: "w", lease: .seconds(9))
            #expect(none == nil)
            let claim = try await fixture.store.claimScreening(lane: .batch, worker: "w", lease: .seconds(9))
            #expect(claim?.screening.id == batch.id)
            #expect(claim?.screening.state == .processing)
        }
    }

    @Test("A dead worker's screening is taken up by another, and the dead one's answer is refused")
    func leaseLost() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let screening = try await fixture.submit()
            let slow = try await fixture.claim("slow")
            try await fixture.expireLeases()
            #expect(try await store.screening(screening.id)?.state == .received)
            let fast = try await fixture.claim("fast")
            #expect(fast.screening.id == screening.id && fast.attempt == 2)
            for action in ["finish", "extend", "release", "fail"] {
                let error = await #expect(throws: StorageError.self, "\(action)") {
                    switch action {
                    case "finish": try await store.finishScreening(slow, .plain(.unknown))
                    case "extend": try await store.extendLease(slow, by: .seconds(9))
                    case "release": try await store.releaseScreening(slow, .interrupted)
                    default: try await store.releaseScreening(slow, .failed(detail: "x", retryAfter: .zero))
                    }
                }
                guard case .leaseLost(screening.id) = error else {
                    Issue.record("\(action): \(String(describing: error))")
                    continue
                }
            }
            try await store.finishScreening(fast, .plain(.undecided))
            #expect(try await store.screening(screening.id)?.verdict?.outcome == .undecided)
            await #expect(throws: StorageError.self) { try await store.finishScreening(fast, .plain(.unknown)) }
        }
    }

    @Test("A worker that is late but still the only one may answer; an extended lease is not taken over")
    func lateAndExtended() async throws {
        try await Fixture.with { fixture in
            let late = try await fixture.submit()
            let claim = try await fixture.claim()
            try await fixture.expireLeases()
            try await fixture.store.finishScreening(claim, .plain(.unknown))
            #expect(try await fixture.store.screening(late.id)?.state == .done)
            _ = try await fixture.submit()
            let kept = try await fixture.claim()
            try await fixture.expireLeases()
            #expect(try await fixture.store.extendLease(kept, by: .seconds(90)) > kept.leasedUntil)
            let other = try await fixture.store.claimScreening(lane: .interactive, worker: "x", lease: .seconds(9))
            #expect(other == nil)
        }
    }

    @Test("When three workers have died over a screening, the next claim gives it up")
    func threeDeaths() async throws {
        try await Fixture.with { fixture in
            let screening = try await fixture.submit()
            for attempt in 1...ClaimedScreening.maximumAttempts {
                #expect(try await fixture.claim().attempt == attempt)
                try await fixture.expireLeases()
            }
            let next = try await fixture.submit()
            #expect(try await fixture.claim().screening.id == next.id)
            let given = try #require(try await fixture.store.screening(screening.id))
            #expect(given.state == .failed && given.verdict?.outcome == .failed)
            #expect(given.verdict?.findings.map(\.code) == [.processingFailed])
            #expect(try await fixture.store.events(after: 0).map(\.screening) == [screening.id])
        }
    }

    @Test("A failure is tried again later and given up after the last attempt; an interruption does not count")
    func releases() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let screening = try await fixture.submit()
            for _ in 0..<5 {
                let claim = try await fixture.claim()
                #expect(claim.attempt == 1)
                #expect(try await store.releaseScreening(claim, .interrupted) == .received)
            }
            for attempt in 1...ClaimedScreening.maximumAttempts {
                let claim = try await fixture.claim()
                #expect(claim.attempt == attempt)
                let state = try await store.releaseScreening(claim, .failed(detail: "away", retryAfter: .zero))
                #expect(state == (attempt == ClaimedScreening.maximumAttempts ? .failed : .received))
            }
            let given = try #require(try await store.screening(screening.id))
            #expect(given.verdict?.findings == [Finding(.processingFailed, ["detail": "away"])])
            _ = try await fixture.submit()
            _ = try await store.releaseScreening(fixture.claim(), .failed(detail: "x", retryAfter: .seconds(3600)))
            #expect(try await store.claimScreening(lane: .interactive, worker: "w", lease: .seconds(9)) == nil)
        }
    }

    @Test("Events become visible in their order, though transactions overlap")
    func eventOrder() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let screening = try await fixture.submit()
            try await store.finishScreening(fixture.claim(), .plain(.unknown))
            let (held, hold) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            let values: [PostgresValue] = [.uuid(fixture.agency.id.uuid), .uuid(screening.id.uuid)]
            async let late: Void = store.pool.withTransaction { connection in
                _ = try await connection.query(
                    "INSERT INTO events (id, type, urgency, agency_id, screening_id, payload) "
                        + "VALUES (gen_random_uuid(), 'decision.made', 'routine', $1, $2, '{\"late\": \"yes\"}')",
                    values)
                hold.yield()
                for await _ in released { break }
            }
            for await _ in held { break }
            let key = fixture.key.id
            async let overtaking = store.decide(on: screening.id, .unknown, by: key)
            try await Task.sleep(for: .milliseconds(100))
            let before = try await store.events(after: 0)
            #expect(before.map(\.type) == [.screeningCompleted, .animalUnknown])
            release.yield()
            _ = try await (late, overtaking)
            let after = try await store.events(after: try #require(before.last).position)
            #expect(after.count == 2)
            #expect(after.first.map { String(decoding: $0.payload, as: UTF8.self) }?.contains("late") == true)
        }
    }
}
