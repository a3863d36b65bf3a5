import Foundation

/// The processes of a server, told by their working directory: each keeps to its data directory.
///
/// The number in `postmaster.pid` alone would not do: after a crash or a restart of the machine it may be another's.
enum ServerProcess {
    /// The server that owns a data directory, where it lives.
    static func postmaster(of data: String) -> pid_t? {
        guard let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8),
            let process = text.split(separator: "\n").first.flatMap({ pid_t($0) })
        else { return nil }
        return worksIn(data, process) ? process : nil
    }

    /// All processes in a data directory, those of a server that died among them.
    static func all(in data: String) -> [pid_t] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { pid_t($0) }.filter { worksIn(data, $0) }
    }

    private static func worksIn(_ data: String, _ process: pid_t) -> Bool {
        // Unreadable for processes of others and for those that have just ended.
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")) == data
    }
}
