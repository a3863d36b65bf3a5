import ArgumentParser
import Foundation

/// Where the registry keeps its data.
struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "Data directory (default: ANDRIAS_DATA, or a folder of the user's).")
    var path: String?

    /// The data directory.
    var directory: URL {
        let environment = ProcessInfo.processInfo.environment
        if let chosen = path ?? environment["ANDRIAS_DATA"] {
            return URL(fileURLWithPath: chosen, isDirectory: true).standardizedFileURL
        }
        if getuid() == 0 { return URL(fileURLWithPath: "/var/lib/andrias", isDirectory: true) }
        let home =
            environment["XDG_DATA_HOME"].map { URL(fileURLWithPath: $0, isDirectory: true) }
            ?? URL(fileURLWithPath: NSHomeDirectory(), isDirectory: true).appending(path: ".local/share")
        return home.appending(path: "andrias", directoryHint: .isDirectory)
    }

    /// The server to use instead of a private cluster.
    var databaseURL: String? {
        ProcessInfo.processInfo.environment["ANDRIAS_DATABASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
