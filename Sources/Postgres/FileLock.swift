import Foundation

/// An advisory lock on a file, given up when this value goes or the process dies.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Opens the file; nothing is locked yet.
    init(path: String) throws(EmbeddedClusterError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .directoryUnusable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        close(descriptor)
    }

    /// Waits until others may hold it too, but nobody alone.
    func share() { while flock(descriptor, LOCK_SH) != 0 && errno == EINTR {} }

    /// Waits until nobody else holds it.
    func own() { while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {} }

    /// Whether nobody else holds it; then it is ours alone.
    func tryToOwn() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    func release() { flock(descriptor, LOCK_UN) }
}
