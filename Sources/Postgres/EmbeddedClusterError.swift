/// Why the private cluster cannot be used, and what to do.
public enum EmbeddedClusterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No server binaries of a usable version.
    case binariesMissing
    /// The data was made by another major version.
    case versionMismatch(data: String, binaries: String)
    /// The data directory cannot be used.
    case directoryUnusable(path: String, reason: String)
    /// The server's user cannot reach the data directory.
    case directoryUnreachable(path: String, user: String)
    /// The disk is too full to run.
    case diskFull(path: String)
    /// `initdb` failed.
    case initialisationFailed(log: String)
    /// The server did not start.
    case startFailed(log: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .binariesMissing:
            "No PostgreSQL server was found in PATH or /usr/lib/postgresql. Install it: apt-get install postgresql-15"
        case .versionMismatch(let data, let binaries):
            """
            The data is of PostgreSQL \(data), the programs found are \(binaries). Install postgresql-\(data), or move \
            the data with pg_upgrade.
            """
        case .directoryUnusable(let path, let reason):
            "The cluster's folder \(path) cannot be used: \(reason). Choose another folder with --data."
        case .directoryUnreachable(let path, let user):
            """
            The server runs as “\(user)”, who cannot enter \(path). Allow others to pass (chmod o+x), or choose another \
            folder with --data.
            """
        case .diskFull(let path): "No space is left for the cluster in \(path). Make room and start again."
        case .initialisationFailed(let log): "initdb failed: \(log)"
        case .startFailed(let log): "The private PostgreSQL server did not start: \(log)"
        }
    }
}
