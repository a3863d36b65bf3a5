import Foundation
import Logging
import Postgres
import Registry
import Screening
import ServiceLifecycle
import Storage
import Web

/// The workers of a serving process, and what the database tells of screenings and events.
struct ScreeningDesk: Service {
    /// For those who wait for answers and events.
    let updates: AsyncStream<RegistryUpdate>
    private let tell: AsyncStream<RegistryUpdate>.Continuation
    private let registry: OpenRegistry
    private let logger: Logger

    init(registry: OpenRegistry, logger: Logger) {
        self.registry = registry
        self.logger = logger
        (updates, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1000))
    }

    /// Works until the service group shuts down; what a worker has begun then is given back.
    func run() async throws {
        // One lane cannot hold up the other: bulk work has a worker of its own.
        let processors = ProcessInfo.processInfo.activeProcessorCount
        let lanes = [Screening.Lane](repeating: .interactive, count: max(2, processors)) + [.batch]
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                var wakers: [AsyncStream<Void>.Continuation] = []
                for (index, lane) in lanes.enumerated() {
                    let (wake, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                    wakers.append(waker)
                    let worker = ScreeningWorker(
                        lane: lane, queue: registry.queue(worker: "\(lane.rawValue) \(index) of \(getpid())"),
                        engine: registry.engine, logger: logger)
                    group.addTask { await worker.run(wake: wake) }
                }
                group.addTask { [wakers] in await listen(waking: wakers) }
                group.addTask {
                    await registry.gallery.follow(registry.endpoint) { error in
                        logger.warning(
                            "The gallery could not be brought up to date; the next screening tries again.",
                            metadata: ["error": "\(error)"])
                    }
                }
            }
        }
        tell.finish()
    }

    private func listen(waking wakers: [AsyncStream<Void>.Continuation]) async {
        let listener = PostgresListener(endpoint: registry.endpoint)
        for await heard in listener.notifications(on: ["screening_received", "screening_finished", "event_appended"]) {
            switch heard {
            case .notification("screening_finished", let payload):
                if let id = Identifier<Screening>(payload) { tell.yield(.screeningFinished(id)) }
            case .notification("event_appended", _): tell.yield(.eventAppended)
            case .notification: wakers.forEach { $0.yield() }
            case .reconnected:
                tell.yield(.lookAgain)
                wakers.forEach { $0.yield() }
            }
        }
    }
}
