import Foundation
public import Identification
public import Logging
public import Provenance
public import Registry

/// What a worker needs of storage, as closures.
public struct ScreeningQueue: Sendable {
    /// Leases the oldest waiting screening of a lane, or one whose lease ran out.
    public let claim: @Sendable (Screening.Lane) async throws -> ClaimedScreening?
    /// Renews the lease, or throws where another worker has taken over.
    public let renew: @Sendable (ClaimedScreening) async throws -> Void
    /// Stores the verdict and its events in one transaction, or throws where the lease was lost.
    public let finish: @Sendable (ClaimedScreening, Verdict) async throws -> Void
    /// Gives the screening back for another attempt, or ends it as failed after the last one.
    public let release: @Sendable (ClaimedScreening, ReleaseReason) async throws -> Void
    /// Reads the submitted photographs.
    public let photos: @Sendable (Screening.Submission) async throws -> [SubmittedPhoto]
    /// The gallery, current at this moment.
    public let gallery: @Sendable () async throws -> Gallery
    /// What has to be asked about the place of an animal that a screening names, with the probability that it is that
    /// animal, and the parameters by which it is judged.
    public let movement:
        @Sendable (Screening, Identifier<Individual>, _ identity: Double) async throws -> (
            question: MovementQuestion, parameters: MovementParameters
        )
    /// By what a screening is decided at this moment, with the scores of one scorer.
    public let rules: @Sendable (Screening, _ scorer: String) async throws -> ScreeningRules
    /// What is known of the tags that came with a screening, and of those of the animals that it may show.
    public let tags: @Sendable (Screening, [Identifier<Individual>]) async throws -> TagEvidence

    /// A queue of closures.
    public init(
        claim: @escaping @Sendable (Screening.Lane) async throws -> ClaimedScreening?,
        renew: @escaping @Sendable (ClaimedScreening) async throws -> Void,
        finish: @escaping @Sendable (ClaimedScreening, Verdict) async throws -> Void,
        release: @escaping @Sendable (ClaimedScreening, ReleaseReason) async throws -> Void,
        photos: @escaping @Sendable (Screening.Submission) async throws -> [SubmittedPhoto],
        gallery: @escaping @Sendable () async throws -> Gallery,
        rules: @escaping @Sendable (Screening, _ scorer: String) async throws -> ScreeningRules,
        movement:
            @escaping @Sendable (Screening, Identifier<Individual>, _ identity: Double) async throws -> (
                question: MovementQuestion, parameters: MovementParameters
            ),
        tags: @escaping @Sendable (Screening, [Identifier<Individual>]) async throws -> TagEvidence
    ) {
        self.claim = claim
        self.renew = renew
        self.finish = finish
        self.release = release
        self.photos = photos
        self.gallery = gallery
        self.rules = rules
        self.movement = movement
        self.tags = tags
    }
}

/// Takes screenings of one lane from the queue, one at a time, and answers them.
public struct ScreeningWorker: Sendable {
    private let lane: Screening.Lane
    private let queue: ScreeningQueue
    private let engine: ScreeningEngine
    private let logger: Logger
    /// How long a lease lasts; it is renewed three times in that span.
    public static let lease = Duration.seconds(15)

    /// A worker for a lane.
    public init(lane: Screening.Lane, queue: ScreeningQueue, engine: ScreeningEngine, logger: Logger) {
        self.lane = lane
        self.queue = queue
        self.engine = engine
        self.logger = logger
    }

    /// Works until the task is cancelled.
    ///
    /// - Parameter wake: Elements tell that something may be waiting; the queue is also looked at every few seconds, so that a lost
    ///   signal only delays.
    public func run(wake: AsyncStream<Void>) async {
        await withTaskGroup(of: Void.self) { group in
            let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            group.addTask {
                for await _ in wake { signal.yield() }
            }
            group.addTask {
                while !Task.isCancelled {
                    signal.yield()
                    try? await Task.sleep(for: .seconds(2))
                }
                signal.finish()
            }
            for await _ in signals {
                await drain()
                if Task.isCancelled { break }
            }
            group.cancelAll()
        }
    }

    /// Answers screenings until none is waiting.
    public func drain() async {
        while !Task.isCancelled {
            do {
                guard let claim = try await queue.claim(lane) else { return }
                await work(on: claim)
            } catch is CancellationError {
                return
            } catch {
                logger.error("No screening could be claimed; trying again shortly.", metadata: ["error": "\(error)"])
                return
            }
        }
    }

    private func work(on claim: ClaimedScreening) async {
        let submission = claim.screening.submission
        let renewal = Task {
            while true {
                try await Task.sleep(for: Self.lease / 3)
                try await queue.renew(claim)
            }
        }
        defer { renewal.cancel() }
        do {
            let answer = try await engine.screen(
                try await queue.photos(submission), region: submission.region, gallery: try await queue.gallery(),
                rules: try await queue.rules(claim.screening, engine.scorer))
            let tags = try await queue.tags(claim.screening, answer.verdict.candidates.map(\.individual))
            let joined = TagAgreement(answer.verdict, tags).joined
            try await queue.finish(claim, try await judgingMovement(of: joined, claim.screening))
        } catch {
            let metadata: Logger.Metadata = ["screening": "\(claim.screening.id)", "error": "\(error)"]
            logger.error("A screening failed in attempt \(claim.attempt).", metadata: metadata)
            await giveBack(claim, after: error)
        }
    }

    /// The answer with what the place means for the animal it names.
    private func judgingMovement(of verdict: Verdict, _ screening: Screening) async throws -> Verdict {
        guard let animal = verdict.identified else { return verdict }
        let (question, parameters) = try await queue.movement(screening, animal.individual, animal.probability)
        return verdict.with(MovementJudge(parameters).verdict(on: question))
    }

    private func giveBack(_ claim: ClaimedScreening, after error: any Error) async {
        // The kind of error alone: its text may hold what the submitter should not see.
        let reason: ReleaseReason =
            error is CancellationError
            ? .interrupted : .failed(detail: String(describing: type(of: error)), retryAfter: .seconds(2))
        do {
            // A cancelled task could not speak to the database any more.
            try await Task.detached { try await queue.release(claim, reason) }.value
        } catch {
            logger.warning(
                "The screening could not be given back; its lease will run out.",
                metadata: ["screening": "\(claim.screening.id)", "error": "\(error)"])
        }
    }
}
