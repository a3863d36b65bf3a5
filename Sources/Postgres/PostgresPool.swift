import Foundation
import Synchronization

/// A bounded set of connections that work borrows.
///
/// Connections are made when needed; one that broke, or whose transaction could not be ended, is dropped.
public final class PostgresPool: Sendable {
    private let endpoint: PostgresEndpoint
    private let applicationName: String
    private let acquireTimeout: Duration
    private let state: Mutex<State>

    private struct State {
        var idle: [PostgresConnection] = []
        var free: Int
        var waiting: [Waiter] = []
        var nextWaiter: UInt64 = 0
        var isClosed = false
    }

    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Bool, Never>
        let timer: Task<Void, any Error>

        func resume(withSlot: Bool) {
            timer.cancel()
            continuation.resume(returning: withSlot)
        }
    }

    /// A pool; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - endpoint: The server.
    ///   - size: The largest number of connections.
    ///   - acquireTimeout: How long work waits for a connection.
    ///   - applicationName: What the server's list of activity shows.
    public init(
        endpoint: PostgresEndpoint, size: Int, acquireTimeout: Duration = .seconds(10), applicationName: String
    ) {
        self.endpoint = endpoint
        self.acquireTimeout = acquireTimeout
        self.applicationName = applicationName
        state = Mutex(State(free: max(1, size)))
    }

    /// Lends a connection.
    ///
    /// - Throws: ``PostgresError`` of kind `poolTimeout`, `poolClosed`, `connection` or `cancelled`, and what the body
    ///   throws.
    public func withConnection<T: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        let connection = try await acquire()
        do {
            let result = try await body(connection)
            await release(connection)
            return result
        } catch {
            await release(connection)
            throw error
        }
    }

    /// Runs a transaction: committed when the body returns, rolled back when it throws.
    ///
    /// - Throws: As ``withConnection(_:)``; a failed commit too.
    public func withTransaction<T: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        try await withConnection { connection in
            try await connection.execute("BEGIN")
            do {
                let result = try await body(connection)
                try await connection.commit()
                return result
            } catch {
                // A cancelled task could not speak any more, and the transaction must end.
                await Task.detached { try? await connection.execute("ROLLBACK") }.value
                throw error
            }
        }
    }

    /// Runs one statement on any connection.
    ///
    /// - Throws: As ``withConnection(_:)``.
    @discardableResult
    public func query(_ sql: String, _ parameters: [PostgresValue] = []) async throws -> [Row] {
        try await withConnection { try await $0.query(sql, parameters) }
    }

    /// Closes idle connections and refuses further work; lent connections close when they return.
    public func close() async {
        let (idle, waiting) = state.withLock { state in
            state.isClosed = true
            defer { (state.idle, state.waiting) = ([], []) }
            return (state.idle, state.waiting)
        }
        for waiter in waiting { waiter.resume(withSlot: false) }
        for connection in idle { await connection.close() }
    }

    private func acquire() async throws(PostgresError) -> PostgresConnection {
        try await takeSlot()
        while let connection = state.withLock({ $0.idle.popLast() }) {
            // A server that was restarted leaves dead connections; a reply tells them from live ones.
            if (try? await connection.execute("")) != nil, await connection.isAlive { return connection }
            await connection.close()
        }
        do {
            return try await PostgresConnection.connect(to: endpoint, applicationName: applicationName)
        } catch {
            giveSlot()
            throw error
        }
    }

    private func release(_ connection: PostgresConnection) async {
        let isReusable = await connection.isReusable
        let isKept = state.withLock { state in
            guard isReusable, !state.isClosed else { return false }
            state.idle.append(connection)
            return true
        }
        if !isKept { await connection.close() }
        giveSlot()
    }

    private func takeSlot() async throws(PostgresError) {
        if Task.isCancelled { throw PostgresError(.cancelled, "The work was cancelled before it had a connection.") }
        enum Turn {
            case now, wait(UInt64), closed
        }
        let turn = state.withLock { state -> Turn in
            if state.isClosed { return .closed }
            if state.free > 0 {
                state.free -= 1
                return .now
            }
            state.nextWaiter += 1
            return .wait(state.nextWaiter)
        }
        switch turn {
        case .now: return
        case .closed: throw PostgresError(.poolClosed, "The pool of connections is closed.")
        case .wait(let id):
            guard await waitForSlot(id) else {
                if state.withLock({ $0.isClosed }) {
                    throw PostgresError(.poolClosed, "The pool of connections is closed.")
                }
                if Task.isCancelled {
                    throw PostgresError(.cancelled, "The work was cancelled while it waited for a connection.")
                }
                throw PostgresError(.poolTimeout, "No connection became free within \(acquireTimeout). Try again.")
            }
        }
    }

    /// Waits for a slot; false when the time is over, the task is cancelled or the pool is closed.
    private func waitForSlot(_ id: UInt64) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    if state.isClosed || Task.isCancelled { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    let timer = Task {
                        try await Task.sleep(for: acquireTimeout)
                        giveUp(id)
                    }
                    state.waiting.append(Waiter(id: id, continuation: continuation, timer: timer))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            giveUp(id)
        }
    }

    private func giveUp(_ id: UInt64) {
        let waiter = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        waiter?.resume(withSlot: false)
    }

    private func giveSlot() {
        let waiter = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil as Waiter?
            }
            return state.waiting.removeFirst()
        }
        waiter?.resume(withSlot: true)
    }
}
