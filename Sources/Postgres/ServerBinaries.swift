import Foundation

/// The PostgreSQL server's programs on this machine.
struct ServerBinaries: Hashable, Sendable {
    let directory: String
    let majorVersion: String

    /// All usable ones, those in PATH first, then the newest packaged version first.
    static func all() -> [ServerBinaries] {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let root = "/usr/lib/postgresql"
        let packaged = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
            .sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
        return (path + packaged).compactMap(ServerBinaries.init)
    }

    private init?(directory: String) {
        let programs = ["initdb", "pg_ctl", "postgres"].map { "\(directory)/\($0)" }
        guard programs.allSatisfy(FileManager.default.isExecutableFile),
            let answer = try? Command(path: "\(directory)/postgres", arguments: ["--version"]).run(),
            let version = answer.output.firstMatch(of: /\) (\d+)/)
        else { return nil }
        self.directory = directory
        majorVersion = String(version.1)
    }
}
