import AlertStage
import Foundation
import Synchronization

/// What goes wrong while alerts are sent, and when it did.
final class Trouble: Sendable {
    /// Something that went wrong.
    struct Blow: Sendable {
        let what: String
        let at: Date
    }

    private let stage: Stage
    private let options: [String]
    private let workers: Mutex<[Process]>
    private let log = Mutex<[Blow]>([])
    private let isDatabaseDown = Atomic(false)

    /// Workers that will be hit.
    init(stage: Stage, workers count: Int, options: [String]) throws {
        self.stage = stage
        self.options = options
        workers = Mutex(try (0..<count).map { _ in try stage.startWorker(options) })
    }

    /// What went wrong so far.
    var blows: [Blow] { log.withLock { $0 } }

    /// Kills a worker with SIGKILL and starts another in its place, every few seconds until the task ends.
    func killWorkers(every pause: Duration) async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: pause)
            // A worker that starts now would start the database too, with the clock of everybody.
            if isDatabaseDown.load(ordering: .acquiring) { continue }
            try workers.withLock { workers in
                let victim = workers.removeFirst()
                kill(victim.processIdentifier, SIGKILL)
                victim.waitUntilExit()
                note("a worker was killed")
                workers.append(try stage.startWorker(options))
            }
        }
    }

    /// Stops the database, gently or not, and starts it again.
    func restartDatabase(gently: Bool) async throws {
        note(gently ? "the database was restarted" : "the database was killed")
        isDatabaseDown.store(true, ordering: .releasing)
        defer { isDatabaseDown.store(false, ordering: .releasing) }
        try await stage.restartDatabase(gently ? SIGINT : SIGKILL)
        note("the database was back")
    }

    /// Sets the database's clock, by which leases end and attempts are due, so many seconds off.
    func stepClock(by seconds: Int) throws {
        try Data("\(seconds >= 0 ? "+" : "")\(seconds)".utf8).write(to: FakeClock.file)
        note("the database's clock went \(seconds) s off")
    }

    /// Ends the workers as an operator would.
    func stopWorkers() {
        workers.withLock { workers in
            for worker in workers { kill(worker.processIdentifier, SIGTERM) }
            for worker in workers { worker.waitUntilExit() }
        }
    }

    private func note(_ what: String) {
        log.withLock { $0.append(Blow(what: what, at: Date())) }
    }
}

/// A clock that can be set for the database of the drill alone, by libfaketime.
enum FakeClock {
    static let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
    static let file = FileManager.default.temporaryDirectory.appending(path: "andrias-drill-clock-\(getpid())")

    /// What the database's server needs to see it.
    static func environment() throws -> [String: String] {
        guard FileManager.default.fileExists(atPath: library) else {
            throw DrillError("\(library) is missing: run Deploy/install.")
        }
        try Data("+0".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        return [
            "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": file.path, "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        ]
    }
}

/// A drill that could not be held: why.
struct DrillError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
