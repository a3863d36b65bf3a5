import Foundation
import Logging
import Postgres
import Registry
import ServiceLifecycle
import Storage
import Webhooks

/// The delivery worker of a process, woken by the database.
struct DeliveryDesk: Service {
    /// What it has done since it began.
    let counters = DeliveryCounters()
    private let worker: DeliveryWorker
    private let endpoint: PostgresEndpoint

    /// - Parameters:
    ///   - registry: The registry.
    ///   - site: The address that links in messages begin with.
    ///   - timeScale: What waits between attempts are multiplied with.
    ///   - logger: Hears of a database that is away.
    /// - Throws: `CommandError` and what reading the master key and the mail server throws.
    init(registry: OpenRegistry, site: String?, timeScale: Double = 1, logger: Logger) throws {
        endpoint = registry.endpoint
        worker = DeliveryWorker(
            queue: .live(
                store: registry.store, name: "andrias \(getpid())", limits: .standard.scaled(by: timeScale)),
            content: .live(site: site), seal: try registry.secretSeal(), mail: try Self.mailServer(),
            schedule: .standard.scaled(by: timeScale), counters: counters, logger: logger)
    }

    /// Delivers until the service group shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            let (wake, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            let ear = Task {
                let listener = PostgresListener(endpoint: endpoint)
                for await _ in listener.notifications(on: ["event_appended"]) { waker.yield() }
            }
            await worker.run(wake: wake)
            ear.cancel()
        }
    }

    /// The server of `ANDRIAS_SMTP_URL`, with letters from `ANDRIAS_SMTP_FROM`; `nil` where neither is set.
    private static func mailServer() throws -> MailServer? {
        let environment = ProcessInfo.processInfo.environment
        switch (environment["ANDRIAS_SMTP_URL"], environment["ANDRIAS_SMTP_FROM"]) {
        case (nil, nil): return nil
        case (let url?, let sender?): return try MailServer(url, sender: MailAddress(sender))
        default:
            throw CommandError("ANDRIAS_SMTP_URL and ANDRIAS_SMTP_FROM come together. Set both, or neither.")
        }
    }
}
