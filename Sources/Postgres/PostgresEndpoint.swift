/// Where a server is, as libpq's connection string.
public struct PostgresEndpoint: Hashable, Sendable, CustomStringConvertible {
    let connectionString: String

    /// An address such as `postgres://user@host/database`, or `host=… dbname=…`.
    ///
    /// - Throws: ``PostgresError`` of kind `configuration` where libpq cannot read it.
    public init(url: String) throws(PostgresError) {
        try ConnectionString.check(url)
        connectionString = url
    }

    init(socketDirectory: String, database: String, user: String) {
        let quoted = { (text: String) in
            "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
        }
        connectionString = "host=\(quoted(socketDirectory)) dbname=\(quoted(database)) user=\(quoted(user))"
    }

    /// The same server, another database.
    public func database(_ name: String) throws(PostgresError) -> PostgresEndpoint {
        // A later value counts in a `key=value` string; a URL takes the name as a parameter.
        if connectionString.contains("://") {
            let separator = connectionString.contains("?") ? "&" : "?"
            return try PostgresEndpoint(url: connectionString + "\(separator)dbname=\(name)")
        }
        return try PostgresEndpoint(url: connectionString + " dbname='\(name)'")
    }

    /// Host and database, never a password.
    public var description: String { ConnectionString.summary(connectionString) }
}
