import Foundation

/// Lets people who wait go first: from here on this process takes what others leave of the processors.
///
/// Linux keeps a niceness for each thread; a thread inherits it from the one that makes it. Call it when the registry is
/// open, or a database server started by this process would stay slow for everybody.
func yieldProcessors() throws {
    for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task") {
        // A thread that has ended meanwhile needs nothing.
        if let thread = id_t(thread) { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), thread, 10) }
    }
}
