import Foundation

/// Where a private cluster's files are, and the commands that make, start and stop it.
struct ClusterLayout: Sendable {
    static let role = "andrias"

    let path: String
    let binaries: ServerBinaries
    let user: ServiceUser

    var data: String { path + "/data" }
    var turnFile: String { path + "/turn.lock" }
    var useFile: String { path + "/use.lock" }

    /// A short path, for a socket's name holds 107 bytes; told apart by a hash of the folder's path.
    var socketDirectory: String {
        let hash = path.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "/tmp/.andrias-\(user.uid)-\(String(hash, radix: 16))"
    }

    init(path: String) throws(EmbeddedClusterError) {
        guard let user = ServiceUser.current() else {
            throw .directoryUnusable(path: path, reason: "there is no unprivileged user to run the server")
        }
        self.user = user
        if let obstacle = user.obstacle(on: path) { throw .directoryUnreachable(path: obstacle, user: user.name) }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .directoryUnusable(path: path, reason: "it cannot be made (\(error.localizedDescription))")
        }
        // One name whatever links lead here, for the socket's folder is named after it.
        guard let resolved = realpath(path, nil) else {
            throw .directoryUnusable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { free(resolved) }
        let path = String(cString: resolved)
        self.path = path
        if let obstacle = user.obstacle(on: path + "/data") {
            throw .directoryUnreachable(path: obstacle, user: user.name)
        }
        binaries = try Self.fittingBinaries(path: path)
    }

    private static func fittingBinaries(path: String) throws(EmbeddedClusterError) -> ServerBinaries {
        let all = ServerBinaries.all()
        guard let first = all.first else { throw .binariesMissing }
        guard let text = try? String(contentsOfFile: path + "/data/PG_VERSION", encoding: .utf8) else { return first }
        let version = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let fitting = all.first(where: { $0.majorVersion == version }) else {
            throw .versionMismatch(data: version, binaries: all.map(\.majorVersion).joined(separator: ", "))
        }
        return fitting
    }

    /// Makes the cluster where there is none, whole or not at all.
    func initialise() throws(EmbeddedClusterError) {
        guard !FileManager.default.fileExists(atPath: data + "/PG_VERSION") else { return }
        let draft = path + "/data.draft"
        try? FileManager.default.removeItem(atPath: draft)
        do {
            try makeFolder(draft)
            let command = user.command(
                binaries.directory + "/initdb",
                [
                    "--pgdata", draft, "--username", Self.role, "--encoding", "UTF8", "--locale", "C",
                    "--data-checksums", "--auth", "peer", "--no-instructions",
                ])
            let made = try command.run()
            guard made.status == 0 else { throw failure(made.output) { .initialisationFailed(log: $0) } }
            try configure(draft)
            guard rename(draft, data) == 0 else {
                throw EmbeddedClusterError.directoryUnusable(path: data, reason: String(cString: strerror(errno)))
            }
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error as? EmbeddedClusterError ?? .initialisationFailed(log: "\(error)")
        }
    }

    /// Starts the server where it does not run, recovering after a crash.
    func start(durability: EmbeddedCluster.Durability) throws(EmbeddedClusterError) {
        do {
            if ServerProcess.postmaster(of: data) == nil {
                try clearRemains()
                try makeFolder(socketDirectory)
                try launch(durability: durability)
            }
            try createDatabase(through: connectWhenReady())
        } catch {
            throw error as? EmbeddedClusterError ?? .startFailed(log: "\(error)")
        }
    }

    func stop() {
        _ = try? user.command(
            binaries.directory + "/pg_ctl", ["stop", "--pgdata", data, "--mode", "fast", "--wait", "--silent"]
        ).run()
        try? FileManager.default.removeItem(atPath: socketDirectory)
    }

    /// Waits for the processes of a server that was killed, and removes its pid and socket files.
    ///
    /// The number in them may be another process's, or one that is dead and not yet reaped; PostgreSQL takes both for a
    /// running server.
    private func clearRemains() throws {
        for _ in 0..<300 where !ServerProcess.all(in: data).isEmpty { usleep(100_000) }
        guard ServerProcess.all(in: data).isEmpty else {
            throw EmbeddedClusterError.startFailed(
                log: "processes of a server that died still work in \(data); end them and start again")
        }
        for remains in [data + "/postmaster.pid", socketDirectory]
        where FileManager.default.fileExists(atPath: remains) {
            try FileManager.default.removeItem(atPath: remains)
        }
    }

    private func launch(durability: EmbeddedCluster.Durability) throws {
        var options = "-c listen_addresses='' -c unix_socket_directories='\(socketDirectory)'"
        if durability == .none {
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
        }
        let log = data + "/server.log"
        let started = try user.command(
            binaries.directory + "/pg_ctl",
            [
                "start", "--pgdata", data, "--wait", "--timeout", "60", "--silent", "--log", log, "--options", options,
            ]
        ).run()
        guard started.status != 0 else { return }
        let tail = ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n").suffix(5)
        throw failure(started.output + " " + tail.joined(separator: " ")) { .startFailed(log: $0) }
    }

    /// A server that another process started may still be coming up.
    private func connectWhenReady() throws -> ConnectionHandle {
        let endpoint = PostgresEndpoint(socketDirectory: socketDirectory, database: "postgres", user: Self.role)
        for _ in 0..<600 {
            if let handle = try? ConnectionHandle(endpoint, applicationName: "andrias", timeout: 5) { return handle }
            guard ServerProcess.postmaster(of: data) != nil else { break }
            usleep(100_000)
        }
        return try ConnectionHandle(endpoint, applicationName: "andrias", timeout: 5)
    }

    private func createDatabase(through handle: ConnectionHandle) throws(PostgresError) {
        guard try handle.execute(MigrationTable.databaseExists).isEmpty else { return }
        try handle.execute(MigrationTable.createDatabase)
    }

    private func configure(_ folder: String) throws {
        let settings = """
            shared_buffers = 128MB
            max_connections = 60
            timezone = 'UTC'
            log_timezone = 'UTC'
            """
        let file = URL(fileURLWithPath: folder + "/postgresql.conf")
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(("\n" + settings + "\n").utf8))
        try handle.close()
        // The operating system's user speaks for the role: the server's own user, and root who could be it anyway.
        let names = Set([user.name, "root"]).sorted().map { "andrias \($0) \(Self.role)" }
        try Data((names.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: folder + "/pg_ident.conf"))
        try Data("local all all peer map=andrias\n".utf8).write(to: URL(fileURLWithPath: folder + "/pg_hba.conf"))
    }

    /// Makes a folder that only the server's user can enter.
    private func makeFolder(_ folder: String) throws {
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw failure(String(cString: strerror(errno))) { .directoryUnusable(path: folder, reason: $0) }
        }
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
            status.st_uid == user.uid || status.st_uid == getuid()
        else {
            throw EmbeddedClusterError.directoryUnusable(path: folder, reason: "it belongs to somebody else")
        }
        if getuid() == 0 { chown(folder, user.uid, user.gid) }
        chmod(folder, 0o700)
    }

    private func failure(_ text: String, _ make: (String) -> EmbeddedClusterError) -> EmbeddedClusterError {
        if text.contains("No space left on device") { return .diskFull(path: path) }
        return make(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
