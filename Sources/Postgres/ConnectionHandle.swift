import CLibPQ
import Foundation
import Synchronization

/// libpq's connection.
// Sendable: used by one connection actor, on its thread alone; the canceller guards itself.
final class ConnectionHandle: @unchecked Sendable {
    private var connection: OpaquePointer?
    let canceller: Canceller

    init(_ endpoint: PostgresEndpoint, applicationName: String, timeout: Int) throws(PostgresError) {
        // What comes before the address is a default that the address may override.
        let settings = [
            ("application_name", applicationName), ("connect_timeout", String(timeout)),
            ("keepalives_idle", "30"), ("tcp_user_timeout", "30000"),
            ("options", "-c timezone=UTC -c client_min_messages=warning"),
            ("dbname", endpoint.connectionString), ("client_encoding", "UTF8"),
        ]
        let keywords = settings.map { strdup($0.0) }
        let values = settings.map { strdup($0.1) }
        defer { (keywords + values).forEach { free($0) } }
        // expand_dbname: the value of `dbname` is itself a connection string.
        let connection = PQconnectdbParams(
            keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
        guard PQstatus(connection) == CONNECTION_OK else {
            let reason = ConnectionHandle.message(connection)
            PQfinish(connection)
            throw PostgresError(.connection, "\(endpoint) cannot be reached: \(reason)")
        }
        self.connection = connection
        canceller = Canceller(PQgetCancel(connection))
    }

    deinit {
        PQfinish(connection)
    }

    var isAlive: Bool { connection != nil && PQstatus(connection) == CONNECTION_OK }

    var isIdle: Bool { connection != nil && PQtransactionStatus(connection) == PQTRANS_IDLE }

    /// Whether a statement failed in the open transaction, which can only be rolled back then.
    var isTransactionFailed: Bool { connection != nil && PQtransactionStatus(connection) == PQTRANS_INERROR }

    /// The connection's socket, for waiting on it.
    var socket: Int32 { PQsocket(connection) }

    func finish() {
        PQfinish(connection)
        connection = nil
    }

    func prepare(_ name: String, _ sql: String, types: [UInt32]) throws(PostgresError) {
        try check(QueryResult(PQprepare(connection, name, sql, Int32(types.count), types)))
    }

    func run(_ name: String, _ parameters: [[UInt8]?]) throws(PostgresError) -> QueryResult {
        let buffers = parameters.map { bytes in bytes.map { UnsafeMutableBufferPointer.copy(of: $0) } }
        defer { buffers.forEach { $0?.deallocate() } }
        let values = buffers.map {
            $0.map { UnsafeRawPointer($0.baseAddress)?.assumingMemoryBound(to: CChar.self) } ?? nil
        }
        let result = QueryResult(
            PQexecPrepared(
                connection, name, Int32(parameters.count), values, parameters.map { Int32($0?.count ?? 0) },
                parameters.map { _ in 1 }, 1))
        try check(result)
        return result
    }

    @discardableResult
    func execute(_ script: String) throws(PostgresError) -> QueryResult {
        let result = QueryResult(PQexec(connection, script))
        try check(result)
        return result
    }

    /// Reads what has arrived and returns the notifications in it.
    func arrivedNotifications() throws(PostgresError) -> [(channel: String, payload: String)] {
        guard PQconsumeInput(connection) == 1 else {
            throw PostgresError(.connection, "The connection broke: \(Self.message(connection))")
        }
        var notifications: [(String, String)] = []
        while let notification = PQnotifies(connection) {
            notifications.append(
                (String(cString: notification.pointee.relname), String(cString: notification.pointee.extra)))
            PQfreemem(notification)
        }
        return notifications
    }

    private func check(_ result: QueryResult) throws(PostgresError) {
        guard !result.isSuccess else { return }
        throw result.error(connectionBroken: !isAlive, message: Self.message(connection))
    }

    private static func message(_ connection: OpaquePointer?) -> String {
        guard let connection, let text = PQerrorMessage(connection) else { return "the connection is closed" }
        return String(cString: text).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension UnsafeMutableBufferPointer where Element == UInt8 {
    /// At least one byte, so that an empty value is not taken for a null.
    fileprivate static func copy(of bytes: [UInt8]) -> UnsafeMutableBufferPointer<UInt8> {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Swift.max(1, bytes.count))
        _ = buffer.initialize(from: bytes)
        return buffer
    }
}

/// Asks the server to stop the running statement, from any thread.
// Sendable: the pointer is read by PQcancel, which is safe from any thread; the state is under the lock.
final class Canceller: @unchecked Sendable {
    private let pointer: OpaquePointer?
    /// The statement that runs; 0 for none.
    private let running = Mutex<(current: UInt64, latest: UInt64)>((0, 0))

    init(_ pointer: OpaquePointer?) {
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Marks the start of a statement.
    ///
    /// - Returns: Its mark, for ``cancel(_:)``.
    func arm() -> UInt64 {
        running.withLock { running in
            running.latest += 1
            running.current = running.latest
            return running.current
        }
    }

    /// Marks the statement's end; waits for a request on its way, so that it never meets the next statement.
    func disarm() { running.withLock { $0.current = 0 } }

    /// Asks until the statement has ended, for a request that comes before the server has begun is lost.
    func cancel(_ statement: UInt64) {
        DispatchQueue.global().async { [self] in
            let isAsked = running.withLock { running in
                guard running.current == statement else { return false }
                var reason = [CChar](repeating: 0, count: 256)
                PQcancel(pointer, &reason, Int32(reason.count))
                return true
            }
            guard isAsked else { return }
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(200)) { [self] in cancel(statement) }
        }
    }
}
