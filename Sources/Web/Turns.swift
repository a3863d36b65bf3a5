import Registry
import Synchronization

/// Lets a few callers work at once and a few more wait, first come first served.
final class Turns: Sendable {
    private let longestQueue: Int
    private let state: Mutex<State>

    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// - Parameters:
    ///   - atOnce: How many may work at the same time.
    ///   - longestQueue: How many may wait.
    init(atOnce: Int, longestQueue: Int) {
        self.longestQueue = longestQueue
        state = Mutex(State(free: atOnce))
    }

    /// Waits for a turn and takes it.
    ///
    /// - Throws: `Problem` where too many wait already, and what the work throws.
    func take<T: Sendable>(_ work: () async throws -> T) async throws -> T {
        var overloaded = false
        await withCheckedContinuation { continuation in
            let goes = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                guard state.waiting.count < longestQueue else {
                    overloaded = true
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if goes { continuation.resume() }
        }
        guard !overloaded else {
            var problem = Problem(.overloaded)
            problem.retryAfter = 5
            throw problem
        }
        defer { giveBack() }
        try Task.checkCancellation()
        return try await work()
    }

    private func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
