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
    @Option(help: "Log level: trace, debug, info, notice, warning, error.") var log: String = "info"

    func run() async throws {
        guard let level = Logger.Level(rawValue: log) else { throw CommandError("“\(log)” is not a log level.") }
        var logger = Logger(label: "andrias", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = level
        try await OpenRegistry.with(data, connections: 16) { [logger] registry in
            let leftovers = try registry.store.photoFiles.sweepLeftovers()
            if leftovers > 0 { logger.notice("Removed \(leftovers) photographs that a crash had left half-written.") }
            _ = try await registry.gallery.current()
            let desk = ScreeningDesk(registry: registry, logger: logger)
            let web = WebApplication(
                WebConfiguration(host: host, port: port, publicAddress: site), store: registry.store,
                updates: desk.updates, failing: { await registry.failingParts() },
                pageSecret: try registry.pageSecret(), seal: try registry.secretSeal(), logger: logger,
                onRunning: { port in note("andrias: listening on http://\(host):\(port)") })
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: desk), .init(service: web)],
                    gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
            try await group.run()
        }
    }
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
