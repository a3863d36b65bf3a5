public import Foundation

/// A private PostgreSQL server in a folder, shared by every process that opens it, stopped by the last one.
///
/// It listens on a Unix socket alone, in a folder only its users can enter. It outlives a process that is killed; the
/// next one to open the folder uses it, or recovers it where it died too. Committed data survives both.
public final class EmbeddedCluster: Sendable {
    /// How much is done so that nothing committed is lost.
    public enum Durability: Sendable {
        /// Everything: each commit is on disk.
        case full
        /// Nothing, for tests that throw the data away.
        case none
    }

    /// The server's address.
    public let endpoint: PostgresEndpoint
    private let layout: ClusterLayout
    private let use: FileLock

    private init(layout: ClusterLayout, use: FileLock) {
        self.layout = layout
        self.use = use
        endpoint = PostgresEndpoint(
            socketDirectory: layout.socketDirectory, database: "andrias", user: ClusterLayout.role)
    }

    /// Opens the cluster of a folder: made on the first use, started where it is not running.
    ///
    /// - Parameters:
    ///   - directory: The cluster's folder.
    ///   - durability: Less than full is for tests alone.
    /// - Returns: A cluster that accepts connections.
    /// - Throws: ``EmbeddedClusterError``.
    public static func open(
        in directory: URL, durability: Durability = .full
    ) async throws(EmbeddedClusterError) -> EmbeddedCluster {
        let outcome = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(EmbeddedClusterError) in
                        try openBlocking(in: directory.standardizedFileURL.path, durability: durability)
                    })
            }
        }
        return try outcome.get()
    }

    /// Leaves the cluster; the last one to leave stops the server.
    public func close() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            DispatchQueue.global().async { [self] in
                leave()
                continuation.resume()
            }
        }
    }

    private static func openBlocking(
        in path: String, durability: Durability
    ) throws(EmbeddedClusterError) -> EmbeddedCluster {
        let layout = try ClusterLayout(path: path)
        // `turn` orders those who start and stop; `use` tells whether anybody is inside.
        let turn = try FileLock(path: layout.turnFile)
        turn.own()
        defer { turn.release() }
        let use = try FileLock(path: layout.useFile)
        use.share()
        try layout.initialise()
        try layout.start(durability: durability)
        return EmbeddedCluster(layout: layout, use: use)
    }

    private func leave() {
        guard let turn = try? FileLock(path: layout.turnFile) else { return use.release() }
        turn.own()
        defer { turn.release() }
        if use.tryToOwn() { layout.stop() }
        use.release()
    }
}
