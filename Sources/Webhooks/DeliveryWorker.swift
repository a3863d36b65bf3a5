public import Logging

/// Tells agencies of events: takes deliveries from the queue, many at once, makes them, and records what became of each.
///
/// At least once: a delivery whose answer came and was not recorded, because the process died or was away from the
/// database for longer than ``lease``, is made again under the same `webhook-id`.
public struct DeliveryWorker: Sendable {
    let queue: DeliveryQueue
    let preparation: DeliveryPreparation
    let transfers: Transfers
    let schedule: RetrySchedule
    let counters: DeliveryCounters
    let logger: Logger

    /// How long what a worker holds is its own after a sign of life; it gives three in that span.
    public static let lease = Duration.seconds(15)
    /// Deliveries in hand at once: claimed and not yet recorded.
    static let capacity = 4096
    /// How long a worker that stops waits for what is on the way and for the database.
    static let patience = Duration.seconds(25)
    /// Outcomes recorded in one transaction.
    static let batch = 500

    /// A worker.
    ///
    /// - Parameters:
    ///   - queue: What is to be delivered.
    ///   - content: How events are put into words.
    ///   - seal: What endpoints' secrets were sealed with.
    ///   - guard: Where requests may go.
    ///   - mail: Who takes letters; without one, letters fail as misconfigured.
    ///   - transfers: What sends; for this worker alone, which withdraws what waits when it stops.
    ///   - schedule: When a failure is tried again.
    ///   - counters: For metrics.
    ///   - logger: Hears of a database that is away, once each time.
    public init(
        queue: DeliveryQueue, content: DeliveryContent, seal: SecretSeal, guard: AddressGuard = AddressGuard(),
        mail: MailServer? = nil, transfers: Transfers = Transfers(), schedule: RetrySchedule = .standard,
        counters: DeliveryCounters = DeliveryCounters(), logger: Logger
    ) {
        self.queue = queue
        preparation = DeliveryPreparation(seal: seal, guard: `guard`, mail: mail, content: content)
        self.transfers = transfers
        self.schedule = schedule
        self.counters = counters
        self.logger = logger
    }

    /// Works until the task is cancelled; then what is on the way ends and is recorded, and the rest is given back.
    ///
    /// - Parameter wake: Elements tell that something may be waiting; the queue is also looked at every second, so that a
    ///   lost signal only delays.
    public func run(wake: AsyncStream<Void>) async {
        let run = DeliveryRun(self)
        // A cancelled task could not speak to the database any more.
        await withTaskCancellationHandler {
            await Task.detached { await run.work(wake: wake) }.value
        } onCancel: {
            run.stop()
        }
    }
}
