internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import Registry
internal import Screening
public import ServiceLifecycle
public import Storage
public import Webhooks

/// The registry over HTTP: API, pages, health.
public struct WebApplication: Service {
    private let configuration: WebConfiguration
    private let store: RegistryStore
    private let updates: AsyncStream<RegistryUpdate>
    private let failing: @Sendable () async -> [RegistryPart]
    private let pageSecret: [UInt8]
    private let seal: SecretSeal
    private let deliveries: DeliveryCounters?
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    /// An application.
    ///
    /// - Parameters:
    ///   - configuration: Where it listens and what it allows.
    ///   - store: The registry.
    ///   - updates: What the database tells; a stream that ends early only makes waiting slower.
    ///   - failing: What cannot work at the moment, for `/readyz`.
    ///   - pageSecret: At least 32 random bytes, the same in every process of a registry and over restarts, or else
    ///     links to pages open nothing any more.
    ///   - seal: What the secrets of endpoints are kept encrypted with.
    ///   - deliveries: What the delivery worker of this process counts; `nil` where it has none.
    ///   - logger: Where requests are logged.
    ///   - onRunning: Told the port once connections are accepted.
    public init(
        _ configuration: WebConfiguration, store: RegistryStore, updates: AsyncStream<RegistryUpdate>,
        failing: @escaping @Sendable () async -> [RegistryPart], pageSecret: [UInt8],
        seal: SecretSeal, deliveries: DeliveryCounters? = nil, logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.store = store
        self.updates = updates
        self.failing = failing
        self.pageSecret = pageSecret
        self.seal = seal
        self.deliveries = deliveries
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Answers requests until the task is cancelled or its service group shuts down.
    ///
    /// - Throws: What binding the address throws.
    public func run() async throws {
        let waiting = RegistryUpdates()
        let relay = Task { [updates] in await waiting.relay(updates) }
        defer { relay.cancel() }
        let application = Application(
            router: router(waiting: waiting),
            server: .http1(configuration: .init(idleTimeout: .nanoseconds(configuration.idleTimeout.nanoseconds))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)),
            onServerRunning: { [onRunning] in await onRunning($0.localAddress?.port ?? 0) },
            logger: logger)
        try await application.run()
    }

    private func router(waiting: RegistryUpdates) -> Router<RequestScope> {
        let router = Router(context: RequestScope.self, options: .autoGenerateHeadEndpoints)
        // The table of methods is read when a path was not found, long after all routes stand.
        let table = RouteTable()
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ProblemMiddleware { table.methods(for: $0) })
        let compute = Compute()
        let intake = Intake(store: store, compute: compute)
        let explanations = Explanations(store: store, compute: compute)
        let links = PageLinks(secret: pageSecret, publicAddress: configuration.publicAddress)
        let open = router.group("")
        HealthRoutes(failing: failing).add(to: open)
        open.get("openapi.yaml") { _, _ in Asset.description.response }
        let visitors = router.group("").add(middleware: VisitorRate(limiter: RateLimiter(configuration.pageRate)))
        PageRoutes(store: store, intake: intake, explanations: explanations, links: links).add(to: visitors)
        EventTypeRoutes(site: configuration.publicAddress).add(to: visitors.group("v1"))
        let authentication = Authentication(
            store: store, keyLimiter: RateLimiter(configuration.keyRate),
            strangerLimiter: RateLimiter(configuration.failedAuthenticationRate))
        MetricsRoutes(store: store, deliveries: deliveries).add(to: router.group("").add(middleware: authentication))
        let api = router.group("v1").add(middleware: authentication)
        let bodies = BodyReader(configuration)
        PhotoRoutes(store: store, bodies: bodies, intake: intake).add(to: api)
        ScreeningRoutes(
            store: store, bodies: bodies, intake: intake, updates: waiting, pages: links,
            usualWait: configuration.usualWait, longestWait: configuration.longestWait
        ).add(to: api)
        ExplanationRoutes(store: store, explanations: explanations).add(to: api)
        DecisionRoutes(store: store, bodies: bodies).add(to: api)
        IndividualRoutes(store: store).add(to: api)
        EncounterRoutes(store: store).add(to: api)
        IdentityRoutes(store: store, bodies: bodies).add(to: api)
        DuplicateRoutes(store: store, bodies: bodies).add(to: api)
        CalibrationRoutes(store: store).add(to: api)
        TranslocationRoutes(store: store, bodies: bodies).add(to: api)
        TagRoutes(store: store, bodies: bodies).add(to: api)
        TagReadRoutes(store: store, bodies: bodies).add(to: api)
        CaseRoutes(store: store, bodies: bodies).add(to: api)
        RiverRoutes(store: store).add(to: api)
        let registrar = EndpointRegistrar(store: store, seal: seal)
        EventRoutes(
            store: store, registrar: registrar, updates: waiting, site: configuration.publicAddress,
            longestWait: configuration.longestWait
        ).add(to: api)
        EndpointRoutes(store: store, registrar: registrar, bodies: bodies).add(to: api)
        DeliveryRoutes(store: store, bodies: bodies).add(to: api)
        HybridRoutes(store: store, bodies: bodies).add(to: api)
        HeadLandmarkRoutes(store: store, bodies: bodies).add(to: api)
        HybridModelRoutes(store: store).add(to: api)
        DNARoutes(store: store, bodies: bodies).add(to: api)
        table.fill(router.routes.map { ($0.method, $0.path.description) })
        return router
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
