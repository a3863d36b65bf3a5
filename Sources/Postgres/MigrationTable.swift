/// The statements of this room's own: everything else stands in the SQL folder.
enum MigrationTable {
    static let create = """
        CREATE TABLE IF NOT EXISTS andrias_migrations (
            number integer PRIMARY KEY,
            name text NOT NULL,
            fingerprint text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
        )
        """
    static let applied = "SELECT number, name, fingerprint FROM andrias_migrations ORDER BY number"
    static let insert = "INSERT INTO andrias_migrations (number, name, fingerprint) VALUES ($1, $2, $3)"
    static let delete = "DELETE FROM andrias_migrations WHERE number = $1"
    /// Held while the schema changes; the number is arbitrary.
    static let lock = "SELECT pg_advisory_lock(7205759403792793601)"
    static let unlock = "SELECT pg_advisory_unlock(7205759403792793601)"

    static func listen(_ channel: String) -> String {
        "LISTEN \"\(channel.replacing("\"", with: "\"\""))\""
    }

    static let createDatabase = "CREATE DATABASE andrias"
    static let databaseExists = "SELECT 1 FROM pg_database WHERE datname = 'andrias'"
}
