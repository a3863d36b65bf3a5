public import Registry
internal import Foundation

/// What is heard about the registry from the database.
public enum RegistryUpdate: Hashable, Sendable {
    /// A screening was answered or given up.
    case screeningFinished(Identifier<Screening>)
    /// Something happened that others may have to be told.
    case eventAppended
    /// Some updates may have been missed: look again.
    case lookAgain
}

/// Wakes those who wait for something to come about.
actor RegistryUpdates {
    /// What somebody waits for.
    enum Subject: Hashable {
        /// The answer of a screening.
        case screening(Identifier<Screening>)
        /// Any event.
        case events
    }

    private var waiting: [Subject: [UUID: AsyncStream<Void>.Continuation]] = [:]
    /// After how long is looked without having heard anything, so that a lost signal only delays.
    private static let pause = Duration.seconds(1)

    /// Passes updates on until the stream ends or the task is cancelled.
    func relay(_ updates: AsyncStream<RegistryUpdate>) async {
        for await update in updates {
            switch update {
            case .screeningFinished(let id): wake(waiting[.screening(id)])
            case .eventAppended: wake(waiting[.events])
            case .lookAgain: waiting.values.forEach(wake)
            }
        }
    }

    /// Looks again and again until something is found or the time is over.
    ///
    /// - Parameters:
    ///   - subject: What is waited for.
    ///   - time: How long at most.
    ///   - look: Looks; `nil` goes on waiting.
    /// - Returns: What was found, or `nil` where the time is over.
    /// - Throws: What looking throws.
    func first<Found: Sendable>(
        _ subject: Subject, within time: Duration, _ look: @Sendable () async throws -> Found?
    ) async throws -> Found? {
        let deadline = ContinuousClock.now + time
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        // Registered before the first look: what ends between the two is heard.
        let ticket = UUID()
        waiting[subject, default: [:]][ticket] = signal
        let clock = Task {
            while ContinuousClock.now < deadline {
                signal.yield()
                try await Task.sleep(for: min(Self.pause, ContinuousClock.now.duration(to: deadline)))
            }
            signal.finish()
        }
        defer {
            clock.cancel()
            waiting[subject]?[ticket] = nil
            if waiting[subject]?.isEmpty == true { waiting[subject] = nil }
        }
        for await _ in signals {
            if let found = try await look() { return found }
        }
        return nil
    }

    private func wake(_ continuations: [UUID: AsyncStream<Void>.Continuation]?) {
        continuations?.values.forEach { $0.yield() }
    }
}
