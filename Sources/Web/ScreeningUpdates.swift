public import Registry
internal import Foundation
internal import Storage

/// What is heard about screenings from the database.
public enum ScreeningUpdate: Hashable, Sendable {
    /// A screening was answered or given up.
    case finished(Identifier<Screening>)
    /// Some updates may have been missed: look again.
    case lookAgain
}

/// Wakes those who wait for the answer of a screening.
actor ScreeningUpdates {
    private var waiting: [Identifier<Screening>: [UUID: AsyncStream<Void>.Continuation]] = [:]
    /// After how long is looked without having heard anything, so that a lost signal only delays.
    private static let pause = Duration.seconds(1)

    /// Passes updates on until the stream ends or the task is cancelled.
    func relay(_ updates: AsyncStream<ScreeningUpdate>) async {
        for await update in updates {
            switch update {
            case .finished(let id): wake(waiting[id])
            case .lookAgain: waiting.values.forEach(wake)
            }
        }
    }

    /// The screening, as soon as it has its answer or the time is over.
    ///
    /// - Parameters:
    ///   - id: What is waited for.
    ///   - time: How long at most.
    ///   - store: Where it stands.
    /// - Returns: The screening as it stands then, or `nil` where it does not exist.
    /// - Throws: What reading it throws.
    func answer(
        of id: Identifier<Screening>, within time: Duration, in store: RegistryStore
    ) async throws -> Screening? {
        let deadline = ContinuousClock.now + time
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        // Registered before the first look: what ends between the two is heard.
        let ticket = UUID()
        waiting[id, default: [:]][ticket] = signal
        let clock = Task {
            while ContinuousClock.now < deadline {
                signal.yield()
                try await Task.sleep(for: min(Self.pause, ContinuousClock.now.duration(to: deadline)))
            }
            signal.finish()
        }
        defer {
            clock.cancel()
            waiting[id]?[ticket] = nil
            if waiting[id]?.isEmpty == true { waiting[id] = nil }
        }
        for await _ in signals {
            let screening = try await store.screening(id)
            if screening?.verdict != nil { return screening }
        }
        return try await store.screening(id)
    }

    private func wake(_ continuations: [UUID: AsyncStream<Void>.Continuation]?) {
        continuations?.values.forEach { $0.yield() }
    }
}
