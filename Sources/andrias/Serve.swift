import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import Storage
import UnixSignals
import Web
import Webhooks

/// `andrias serve`: answers requests over HTTP and works on the queue.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the registry over HTTP.")

    @OptionGroup var data: DataOptions
    @Option(help: "Address to listen on.") var host: String = "127.0.0.1"
    @Option(help: "Port to listen on; 0 takes any free one.") var port: Int = 8080
    @Option(help: "Address that links begin with, for instance https://registry.example.") var site: String?
    @Flag(inversion: .prefixedNo, help: "Deliver events to endpoints, beside `andrias webhook work` elsewhere.")
    var deliveries = true
    @Option(help: "Log level: trace, debug, info, notice, warning, error.") var log: String = "info"

    func run() async throws {
        let logger = try serviceLogger(level: log)
        try await OpenRegistry.with(data, connections: 16) { registry in
            let leftovers = try registry.store.photoFiles.sweepLeftovers()
            if leftovers > 0 { logger.notice("Removed \(leftovers) photographs that a crash had left half-written.") }
            _ = try await registry.gallery.current()
            let desk = ScreeningDesk(registry: registry, logger: logger)
            let delivery = deliveries ? try DeliveryDesk(registry: registry, site: site, logger: logger) : nil
            let web = WebApplication(
                WebConfiguration(host: host, port: port, publicAddress: site), store: registry.store,
                updates: desk.updates, failing: { await registry.failingParts() },
                pageSecret: try registry.pageSecret(), seal: try registry.secretSeal(),
                deliveries: delivery?.counters, logger: logger,
                onRunning: { port in note("andrias: listening on http://\(host):\(port)") })
            let services: [any Service] = [desk, web] + (delivery.map { [$0] } ?? [])
            let group = ServiceGroup(
                configuration: .init(
                    services: services.map { .init(service: $0) },
                    gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
            try await group.run()
        }
    }
}

/// The logger of a process that serves, to standard error.
///
/// - Throws: `CommandError` for an unknown level.
func serviceLogger(level name: String) throws -> Logger {
    guard let level = Logger.Level(rawValue: name) else { throw CommandError("“\(name)” is not a log level.") }
    var logger = Logger(label: "andrias", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = level
    return logger
}

extension OpenRegistry {
    /// What cannot work at this moment.
    fileprivate func failingParts() async -> [RegistryPart] {
        var failing: [RegistryPart] = []
        do {
            try await store.ping()
            do { _ = try await gallery.current() } catch { failing.append(.gallery) }
        } catch {
            failing.append(.database)
        }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: directory.path)
        let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        // Room for a few of the largest photographs.
        if free < 256 << 20 || access(directory.path, W_OK) != 0 { failing.append(.disk) }
        return failing
    }
}
