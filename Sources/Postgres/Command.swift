import Foundation

/// A program to run to its end.
///
/// Foundation's `Process` does not fit: it waits until every descendant has closed a socket that it hands down, and a
/// server that the program leaves behind never does.
struct Command {
    let path: String
    let arguments: [String]

    /// Runs it in a session of its own, so that signals to us do not reach what it starts.
    ///
    /// - Returns: Its exit status, or 128 and the signal that ended it, and what it printed.
    /// - Throws: `POSIXError`.
    func run() throws -> (status: Int32, output: String) {
        var template = Array("/tmp/andrias-output-XXXXXX".utf8CString)
        let output = mkstemp(&template)
        guard output >= 0 else { throw failure(errno) }
        defer { close(output) }
        unlink(template)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        // Whoever started us may wait until what it handed down is closed; a server that outlives us would keep it.
        for descriptor in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int32.init)
        where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGCHLD] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // POSIX_SPAWN_SETSID is a macro that Swift does not import.
        let newSession: Int32 = 0x80
        posix_spawnattr_setflags(
            &attributes, Int16(newSession | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)))

        // The user that the program runs as may not enter our working directory.
        let env = "/usr/bin/env"
        let argumentTexts: [UnsafeMutablePointer<CChar>?] = ([env, "--chdir=/", path] + arguments).map { strdup($0) }
        let variables = ["PATH=/usr/bin:/bin", "LC_ALL=C"]
        let environmentTexts: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) }
        defer { (argumentTexts + environmentTexts).forEach { free($0) } }
        var process: pid_t = 0
        let error = posix_spawn(&process, env, &actions, &attributes, argumentTexts + [nil], environmentTexts + [nil])
        guard error == 0 else { throw failure(error) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { if errno != EINTR { throw failure(errno) } }
        let signal = status & 0x7F
        return (signal == 0 ? status >> 8 & 0xFF : 128 + signal, try text(in: output))
    }

    private func text(in file: Int32) throws -> String {
        guard lseek(file, 0, SEEK_SET) == 0 else { throw failure(errno) }
        let bytes = try FileHandle(fileDescriptor: file, closeOnDealloc: false).read(upToCount: 1 << 20)
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }

    private func failure(_ code: Int32) -> POSIXError { POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
}
