import ArgumentParser
import Logging
import ServiceLifecycle
import UnixSignals

/// `andrias webhook work`: delivers events until it is told to stop.
struct WebhookWork: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Deliver events in this process until SIGTERM; several may run at once, beside services too.")

    @OptionGroup var data: DataOptions
    @Option(help: "Address that links begin with, for instance https://registry.example.") var site: String?
    @Option(help: .init("What waits between attempts are multiplied with; for drills.", visibility: .hidden))
    var timeScale: Double = 1
    @Option(help: "Log level: trace, debug, info, notice, warning, error.") var log: String = "notice"

    func run() async throws {
        let logger = try serviceLogger(level: log)
        try await OpenRegistry.with(data, connections: 8) { registry in
            let desk = try DeliveryDesk(registry: registry, site: site, timeScale: timeScale, logger: logger)
            note("andrias: delivering")
            try await ServiceGroup(
                configuration: .init(
                    services: [.init(service: desk)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            ).run()
        }
    }
}
