import Foundation

/// An open file that closes itself; errors carry what was tried and where.
struct FileDescriptor: ~Copyable {
    let number: Int32
    let path: String

    init(_ path: String, _ flags: Int32, mode: mode_t = 0o640) throws(PhotoFileError) {
        var number: Int32
        repeat { number = open(path, flags | O_CLOEXEC, mode) } while number < 0 && errno == EINTR
        guard number >= 0 else { throw .system(action: "open", path: path, code: errno) }
        self.number = number
        self.path = path
    }

    deinit { close(number) }

    /// Takes the file for this process; `false` where another open file of it is locked.
    func lock() throws(PhotoFileError) -> Bool {
        if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw .system(action: "lock", path: path, code: errno) }
        return false
    }

    /// Size in bytes, and whether the file still has a name.
    func status() throws(PhotoFileError) -> (byteCount: Int, hasName: Bool) {
        var information = stat()
        guard fstat(number, &information) == 0 else { throw .system(action: "examine", path: path, code: errno) }
        return (Int(information.st_size), information.st_nlink > 0)
    }

    func write(_ bytes: [UInt8]) throws(PhotoFileError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Foundation.write(number, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(action: "write", path: path, code: errno) }
            written += count
        }
    }

    /// Overwrites the bytes from the beginning, as far as the file goes.
    ///
    /// - Returns: How many bytes were read; 0 at the end of the file.
    func read(into bytes: inout [UInt8]) throws(PhotoFileError) -> Int {
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Foundation.read(number, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(action: "read", path: path, code: errno) }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Waits until the contents are on the disk.
    func sync() throws(PhotoFileError) {
        guard fsync(number) == 0 else { throw .system(action: "synchronise", path: path, code: errno) }
    }
}
