import Foundation
import Logging
import Postgres
import Registry
import Storage
import Synchronization

/// A delivery in hand, as much of it as its record needs.
struct Claim: Sendable {
    let worker: UUID
    let endpoint: Identifier<Endpoint>
    let position: Int64
    let attempt: Int
    let step: Int
    let isLetter: Bool
    let createdAt: Date

    var isFirstAttempt: Bool { attempt == 1 }

    init(_ delivery: ClaimedDelivery, by worker: UUID) {
        self.worker = worker
        endpoint = delivery.endpoint.id
        position = delivery.event.position
        attempt = delivery.attempt
        step = delivery.step
        if case .email = delivery.endpoint.channel { isLetter = true } else { isLetter = false }
        createdAt = delivery.event.createdAt
    }
}

/// One run of a delivery worker, from its start to its stop.
///
/// Three tasks work side by side: one claims and begins, one records what has ended, one gives signs of life; what is on
/// the way is in the hands of the transfers' thread.
final class DeliveryRun: Sendable {
    private let worker: DeliveryWorker
    private let state = Mutex(State())
    private let claiming = Signal()
    private let recording = Signal()

    private struct State {
        /// Under which name deliveries are claimed.
        ///
        /// A claim whose answer was lost leaves loans that nobody knows of. The name is given up then: what is in hand
        /// under it is recorded, and when that is done, whatever else it holds is freed.
        var name = UUID()
        /// Deliveries in hand under each name that was used.
        var inHand: [UUID: Int] = [:]
        var ended: [(claim: Claim, outcome: DeliveryOutcome?)] = []
        /// Until when what has ended is still recorded; `nil` while the run goes on.
        var patienceEnds: ContinuousClock.Instant?
        /// Until when what is in hand is surely this run's.
        var ownedUntil = ContinuousClock.now

        var isStopping: Bool { patienceEnds != nil }
        var count: Int { inHand.values.reduce(0, +) }
    }

    init(_ worker: DeliveryWorker) { self.worker = worker }

    /// Begins nothing more.
    func stop() {
        state.withLock { $0.patienceEnds = .now + DeliveryWorker.patience }
        worker.transfers.withdrawWaiting()
        claiming.raise()
        recording.raise()
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    func work(wake: AsyncStream<Void>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [claiming] in for await _ in wake { claiming.raise() } }
            group.addTask { [claiming] in
                while (try? await Task.sleep(for: .seconds(1))) != nil { claiming.raise() }
            }
            group.addTask { await self.live() }
            await withTaskGroup(of: Void.self) { work in
                work.addTask { await self.claim() }
                work.addTask { await self.record() }
            }
            group.cancelAll()
        }
        for name in state.withLock({ [$0.name] + $0.inHand.keys }) {
            do {
                try await worker.queue.end(name)
            } catch {
                worker.logger.warning(
                    "What the delivery worker holds could not be given back; others take it over shortly.",
                    metadata: ["error": "\(error)"])
                return
            }
        }
    }

    private func claim() async {
        var isAway = false
        for await _ in claiming.raised {
            if isStopping { return }
            do {
                try await claimAll()
                isAway = false
            } catch {
                report(error, "No deliveries could be claimed", isFirst: !isAway)
                isAway = true
                let given = state.withLock { state in
                    let given = state.name
                    state.name = UUID()
                    return given
                }
                await freeLostLoans(of: given)
            }
        }
    }

    /// Claims until nothing is due or the hands are full.
    private func claimAll() async throws {
        while !isStopping {
            let looked = try await worker.queue.fanOut()
            let (name, isKnown, room) = state.withLock { state in
                (state.name, state.inHand[state.name] != nil, DeliveryWorker.capacity - state.count)
            }
            if !isKnown { try await beat([name]) }
            guard room > 0 else { return }
            let claims = try await worker.queue.claim(name, room)
            guard !claims.isEmpty else {
                if looked == 0 { return }
                continue
            }
            state.withLock { $0.inHand[name, default: 0] += claims.count }
            worker.counters.claimed(claims.count)
            begin(claims, as: name)
        }
    }

    /// Begins deliveries; endpoints do not wait for each other's names to be resolved.
    private func begin(_ deliveries: [ClaimedDelivery], as name: UUID) {
        var bodies: [Int64: [UInt8]] = [:]
        for delivery in deliveries where bodies[delivery.event.position] == nil {
            guard case .webhook = delivery.endpoint.channel else { continue }
            do {
                bodies[delivery.event.position] = try worker.preparation.content.body(delivery.event)
            } catch {
                worker.logger.error("An event cannot be put into words.", metadata: ["error": "\(error)"])
            }
        }
        for group in Dictionary(grouping: deliveries, by: \.endpoint.id).values {
            Task.detached { [bodies] in await self.begin(group, as: name, bodies: bodies) }
        }
    }

    private func begin(_ deliveries: [ClaimedDelivery], as name: UUID, bodies: [Int64: [UInt8]]) async {
        guard let endpoint = deliveries.first?.endpoint else { return }
        let prepared = await worker.preparation.transfers(to: endpoint, deliveries, bodies: bodies)
        let claims = deliveries.map { Claim($0, by: name) }
        var transfers: [(claim: Claim, transfer: Transfer)] = []
        for (claim, result) in zip(claims, prepared) {
            switch result {
            case .success(let transfer): transfers.append((claim, transfer))
            case .failure(let obstacle): end(claim, Answer(failed: obstacle.failure, obstacle.reason))
            }
        }
        guard !isStopping else { return transfers.forEach { end($0.claim, nil) } }
        let begun = transfers.map(\.claim)
        worker.transfers.start(transfers.map(\.transfer)) { self.end(begun[$0], $1) }
    }

    private func end(_ claim: Claim, _ answer: Answer?) {
        if let answer { worker.counters.ended(answer, of: claim) }
        let outcome = answer.map { answer in
            DeliveryOutcome(
                endpoint: claim.endpoint, position: claim.position, attempt: answer.attempt(number: claim.attempt),
                next: next(claim, answer))
        }
        state.withLock { $0.ended.append((claim, outcome)) }
        recording.raise()
    }

    private func next(_ claim: Claim, _ answer: Answer) -> DeliveryOutcome.Next {
        switch answer.failure {
        case nil: return .delivered
        case .gone: return .gone
        case _:
            return switch worker.schedule.next(afterStep: claim.step, retryAfter: answer.retryAfter) {
            case .retry(let pause): .retry(after: pause)
            case .dead: .dead
            }
        }
    }

    private func record() async {
        for await _ in recording.raised {
            while true {
                let ended = state.withLock { state in
                    let ended = state.ended
                    state.ended = []
                    return ended
                }
                guard !ended.isEmpty else { break }
                for (name, group) in Dictionary(grouping: ended, by: \.claim.worker) {
                    for start in stride(from: 0, to: group.count, by: DeliveryWorker.batch) {
                        await settle(Array(group[start..<min(start + DeliveryWorker.batch, group.count)]), of: name)
                    }
                }
                claiming.raise()
            }
            if state.withLock({ $0.isStopping && $0.count == 0 }) { return }
        }
    }

    /// Records outcomes and gives back what was not begun; what a database that is away does not take is kept until it
    /// is back.
    private func settle(_ ended: [(claim: Claim, outcome: DeliveryOutcome?)], of name: UUID) async {
        let outcomes = ended.compactMap(\.outcome)
        let unbegun = ended.filter { $0.outcome == nil }.map {
            (endpoint: $0.claim.endpoint, position: $0.claim.position)
        }
        await persist("Outcomes of deliveries could not be recorded", outcomes) { outcomes in
            let recorded = try await self.worker.queue.finish(name, outcomes)
            if !recorded.closed.isEmpty {
                self.worker.transfers.withdrawWaiting(lanes: Set(recorded.closed.map(\.uuid)))
            }
        }
        await persist("Deliveries that were not begun could not be given back", unbegun) { unbegun in
            try await self.worker.queue.giveBack(name, unbegun)
        }
        worker.counters.settled(ended.count)
        state.withLock { $0.inHand[name, default: 0] -= ended.count }
        await freeLostLoans(of: name)
    }

    /// Frees what is lent to a name that was given up, once nothing of it is in hand any more.
    private func freeLostLoans(of name: UUID) async {
        guard state.withLock({ $0.name != name && $0.inHand[name] == 0 }) else { return }
        await persist("Lost loans could not be freed", [name]) { _ in try await self.worker.queue.end(name) }
        state.withLock { $0.inHand[name] = nil }
    }

    /// Writes things until the database has taken them: again and again while it is away, and one by one where it refuses
    /// them together, so that one that cannot be kept does not keep the others.
    private func persist<T: Sendable>(
        _ failure: String, _ things: [T], _ write: @Sendable ([T]) async throws -> Void
    ) async {
        guard !things.isEmpty else { return }
        var isFirst = true
        while true {
            do {
                return try await write(things)
            } catch {
                guard (error as? PostgresError)?.isRetryable ?? false else {
                    if things.count == 1 { return report(error, failure, isFirst: true) }
                    let middle = things.count / 2
                    await persist(failure, Array(things[..<middle]), write)
                    return await persist(failure, Array(things[middle...]), write)
                }
                report(error, failure, isFirst: isFirst)
                isFirst = false
                if state.withLock({ $0.patienceEnds.map { $0 < .now } ?? false }) { return }
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    /// Gives signs of life.
    private func live() async {
        while (try? await Task.sleep(for: DeliveryWorker.lease / 3)) != nil {
            do {
                try await beat(state.withLock { Array($0.inHand.keys) })
            } catch {
                // Others take over what waits here, so that it must not begin here as well.
                if state.withLock({ $0.ownedUntil < .now }) { worker.transfers.withdrawWaiting() }
            }
        }
    }

    private func beat(_ names: [UUID]) async throws {
        let ownedUntil = ContinuousClock.now + DeliveryWorker.lease
        for name in names { try await worker.queue.beat(name, DeliveryWorker.lease) }
        state.withLock { state in
            for name in names { state.inHand[name, default: 0] += 0 }
            state.ownedUntil = ownedUntil
        }
    }

    private func report(_ error: any Error, _ failure: String, isFirst: Bool) {
        worker.logger.log(
            level: isFirst ? .error : .debug, "\(failure); trying again until it works.",
            metadata: ["error": "\(error)"])
    }
}

/// Something to wait for; raised many times before it is noticed, it is noticed once.
private struct Signal: Sendable {
    let raised: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (raised, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func raise() { continuation.yield() }
}
