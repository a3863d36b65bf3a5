import CLibPQ
import Foundation

/// One connection to a server, on a thread of its own.
///
/// Statements are prepared on first use and kept by their text; parameters and results travel in binary form.
public actor PostgresConnection {
    private let executor: ConnectionExecutor
    private let handle: ConnectionHandle
    private var prepared: [String: String] = [:]
    private var columns: [String: Row.Columns] = [:]
    /// Statements kept prepared; the registry has fewer.
    private static let capacity = 200

    /// Runs on the connection's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(executor: ConnectionExecutor, handle: ConnectionHandle) {
        self.executor = executor
        self.handle = handle
    }

    /// Connects.
    ///
    /// - Parameters:
    ///   - endpoint: The server.
    ///   - applicationName: What the server's list of activity shows.
    ///   - timeout: Seconds until the attempt is given up.
    /// - Returns: A connection with UTC and UTF-8 set.
    /// - Throws: ``PostgresError`` of kind `connection`.
    public static func connect(
        to endpoint: PostgresEndpoint, applicationName: String, timeout: Int = 10
    ) async throws(PostgresError) -> PostgresConnection {
        let executor = ConnectionExecutor(label: "andrias.postgres")
        let outcome: Result<ConnectionHandle, PostgresError> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(PostgresError) in
                        try ConnectionHandle(endpoint, applicationName: applicationName, timeout: timeout)
                    })
            }
        }
        return PostgresConnection(executor: executor, handle: try outcome.get())
    }

    /// Runs one statement.
    ///
    /// Cancelling the task cancels the statement at the server.
    ///
    /// - Parameters:
    ///   - sql: The statement with `$1`, `$2`, … for its parameters.
    ///   - parameters: Their values.
    /// - Returns: The rows.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func query(_ sql: String, _ parameters: [PostgresValue] = []) async throws(PostgresError) -> [Row] {
        try checkCancellation()
        let types = parameters.map(\.typeIdentifier)
        let key = sql + types.map { ",\($0)" }.joined()
        // Preparing waits for locks too.
        let result = try await cancellable { () throws(PostgresError) in
            try handle.run(prepare(sql, types: types, key: key), parameters.map(\.binary))
        }
        return result.rows(sharing: &columns[key])
    }

    /// Runs statements without parameters, one after the other, in one transaction unless they say otherwise.
    ///
    /// - Throws: ``PostgresError``.
    public func execute(_ script: String) async throws(PostgresError) {
        try checkCancellation()
        _ = try await cancellable { () throws(PostgresError) in try handle.execute(script) }
    }

    /// Commits the open transaction.
    ///
    /// - Throws: ``PostgresError``; also where an earlier statement failed, for the server would then roll back without
    ///   a word.
    func commit() async throws(PostgresError) {
        guard !handle.isTransactionFailed else {
            throw PostgresError(
                .server, "A statement of the transaction failed, so nothing of it was kept.",
                sqlState: .inFailedTransaction)
        }
        try await execute("COMMIT")
    }

    /// Ends the connection; later statements fail.
    public func close() {
        handle.finish()
    }

    /// Whether the connection is believed to be alive.
    var isAlive: Bool { handle.isAlive }

    /// Whether the next borrower finds a live connection without an open transaction.
    var isReusable: Bool { handle.isAlive && handle.isIdle }

    private func prepare(_ sql: String, types: [UInt32], key: String) throws(PostgresError) -> String {
        if let name = prepared[key] { return name }
        if prepared.count >= Self.capacity {
            try handle.execute("DEALLOCATE ALL")
            prepared = [:]
            columns = [:]
        }
        let name = "s\(prepared.count)"
        try handle.prepare(name, sql, types: types)
        prepared[key] = name
        return name
    }

    private func checkCancellation() throws(PostgresError) {
        if Task.isCancelled { throw PostgresError(.cancelled, "The work was cancelled before the statement ran.") }
    }

    /// Runs a blocking call on this actor's thread; cancelling the task meanwhile asks the server to stop, from the
    /// thread that cancels.
    private func cancellable<T>(_ body: () throws(PostgresError) -> T) async throws(PostgresError) -> T {
        let canceller = handle.canceller
        let statement = canceller.arm()
        defer { canceller.disarm() }
        let outcome = await withTaskCancellationHandler {
            // A method of the actor: a closure that captures no actor would run, and block, on Swift's shared threads.
            self.outcome(of: body)
        } onCancel: {
            canceller.cancel(statement)
        }
        return try outcome.get()
    }

    private func outcome<T>(of body: () throws(PostgresError) -> T) -> Result<T, PostgresError> {
        Result { () throws(PostgresError) in try body() }
    }
}
