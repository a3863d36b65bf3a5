/// A failure of the database or of the way to it; never carries parameter values.
public struct PostgresError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Kind: String, Sendable {
        /// The server could not be reached, or the connection broke.
        case connection
        /// The server refused a statement; see ``PostgresError/sqlState``.
        case server
        /// No connection became free in time.
        case poolTimeout
        /// The pool was closed.
        case poolClosed
        /// The statement was cancelled.
        case cancelled
        /// A value did not have the type asked for.
        case decoding
        /// The address of the server could not be read.
        case configuration
    }

    /// What kind of failure it is.
    public let kind: Kind
    /// What happened and, where it helps, what to do.
    public let message: String
    /// The server's code.
    public let sqlState: SQLState?
    /// The constraint that a value broke.
    public let constraint: String?

    /// A failure.
    public init(_ kind: Kind, _ message: String, sqlState: SQLState? = nil, constraint: String? = nil) {
        self.kind = kind
        self.message = message
        self.sqlState = sqlState
        self.constraint = constraint
    }

    /// What happened.
    public var description: String {
        let code = sqlState.map { " (SQLSTATE \($0.rawValue))" } ?? ""
        return "Postgres \(kind.rawValue): \(message)\(code)"
    }

    /// Whether a key exists already.
    public var isUniqueViolation: Bool { sqlState == .uniqueViolation }

    /// Whether the same work may succeed when it is done again from its beginning.
    public var isRetryable: Bool {
        if kind == .connection || kind == .poolTimeout { return true }
        guard let sqlState else { return false }
        return [.serializationFailure, .deadlockDetected, .adminShutdown, .crashShutdown, .cannotConnectNow]
            .contains(sqlState)
    }
}

/// A server's error code (PostgreSQL manual, appendix A).
public struct SQLState: RawRepresentable, Hashable, Sendable {
    /// Five characters.
    public let rawValue: String

    /// A code.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A key exists already.
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// A referenced row is missing.
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// A `CHECK` failed.
    public static let checkViolation = SQLState(rawValue: "23514")
    /// A value is missing.
    public static let notNullViolation = SQLState(rawValue: "23502")
    /// A trigger or function refused.
    public static let raiseException = SQLState(rawValue: "P0001")
    /// An earlier statement of the transaction failed.
    public static let inFailedTransaction = SQLState(rawValue: "25P02")
    /// Transactions got in each other's way.
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// Transactions waited for each other.
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    /// A statement was cancelled or took too long.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// The server is being stopped.
    public static let adminShutdown = SQLState(rawValue: "57P01")
    /// A server process crashed.
    public static let crashShutdown = SQLState(rawValue: "57P02")
    /// The server is starting or stopping.
    public static let cannotConnectNow = SQLState(rawValue: "57P03")
    /// The server's disk is full.
    public static let diskFull = SQLState(rawValue: "53100")
}
