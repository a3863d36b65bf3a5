import Crypto
public import Foundation

/// Photograph files by the SHA-256 of their contents, as `ab/cd/abcd…`, two levels of 256 folders.
///
/// A file gets its name only once all of it is on the disk, and a call that keeps one returns only once the name is
/// too: power may fail at any moment. Several processes may share a folder.
public struct PhotoFiles: Sendable {
    /// The largest file taken, in bytes.
    public static let maximumBytes = 256 << 20

    /// The folder, made with the first photograph.
    public let directory: URL

    /// The photographs in a folder.
    public init(directory: URL) {
        self.directory = directory
    }

    /// What keeping a file came to.
    public enum Change: String, Sendable {
        /// The file is new.
        case stored
        /// The same file was there, and intact.
        case present
        /// A damaged file of this name was there and has been replaced.
        case repaired
    }

    /// Keeps a file.
    ///
    /// - Returns: Its fingerprint, lower-case hexadecimal, and whether it was new.
    /// - Throws: ``PhotoFileError``; nothing of the file is left then.
    @discardableResult
    public func put(_ bytes: [UInt8]) throws(PhotoFileError) -> (sha256: String, change: Change) {
        let sha256 = try Self.fingerprint(of: bytes)
        return (sha256, try put(bytes, as: sha256))
    }

    /// The fingerprint that a file would be kept under: its SHA-256 in lower-case hexadecimal.
    ///
    /// - Throws: ``PhotoFileError/empty``, ``PhotoFileError/tooLarge(bytes:)``.
    public static func fingerprint(of bytes: [UInt8]) throws(PhotoFileError) -> String {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= maximumBytes else { throw .tooLarge(bytes: bytes.count) }
        return hexadecimal(SHA256.hash(data: bytes))
    }

    /// Keeps a file under the fingerprint that was computed of it.
    func put(_ bytes: [UInt8], as sha256: String) throws(PhotoFileError) -> Change {
        do throws(PhotoFileError) {
            let (folders, path) = try place(of: sha256)
            try makeFolders(folders + [incoming])
            let change = try existing(path, sha256: sha256)
            if change != .present { try store(bytes, at: path) }
            // Also for a file that was there: whoever stored it may not have come this far yet.
            for folder in folders.reversed() { try FileDescriptor(folder, O_RDONLY | O_DIRECTORY).sync() }
            return change
        } catch .system(_, _, let code) where code == ENOSPC || code == EDQUOT || code == EFBIG {
            throw .diskFull(directory: directory.path)
        }
    }

    /// Reads a file and checks it against its name.
    ///
    /// - Throws: ``PhotoFileError/missing(_:)``, ``PhotoFileError/changed(_:)``.
    public func read(_ sha256: String) throws(PhotoFileError) -> [UInt8] {
        let file = try open(sha256)
        let count = try file.status().byteCount
        guard count <= Self.maximumBytes else { throw .changed(sha256) }
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try file.read(into: &bytes)
        guard filled == count, Self.hexadecimal(SHA256.hash(data: bytes)) == sha256 else { throw .changed(sha256) }
        return bytes
    }

    /// Reads a file in pieces, only to compare it with its name.
    ///
    /// - Throws: ``PhotoFileError/missing(_:)``, ``PhotoFileError/changed(_:)``.
    public func verify(_ sha256: String) throws(PhotoFileError) {
        guard try Self.hash(open(sha256)) == sha256 else { throw .changed(sha256) }
    }

    /// Removes a file; one that is not there is no error.
    public func remove(_ sha256: String) throws(PhotoFileError) {
        let (folders, path) = try place(of: sha256)
        guard unlink(path) == 0 else {
            if errno == ENOENT { return }
            throw .system(action: "remove", path: path, code: errno)
        }
        guard let folder = folders.last else { return }
        try FileDescriptor(folder, O_RDONLY | O_DIRECTORY).sync()
    }

    /// Removes what writers left that died before they could name their file; live writers are not disturbed.
    ///
    /// - Returns: How many files.
    @discardableResult
    public func sweepLeftovers() throws(PhotoFileError) -> Int {
        var swept = 0
        for name in try Self.names(in: incoming) {
            let path = incoming + "/" + name
            do throws(PhotoFileError) {
                // A writer holds its lock from before the first byte until the file has its name.
                let file = try FileDescriptor(path, O_RDWR)
                guard try file.lock(), try file.status().hasName else { continue }
                guard unlink(path) == 0 || errno == ENOENT else {
                    throw PhotoFileError.system(action: "remove", path: path, code: errno)
                }
                swept += 1
            } catch .system(_, _, let code) where code == ENOENT {
                continue
            }
        }
        return swept
    }

    /// The sorted fingerprints of files in one first-level folder.
    func fingerprints(in first: String) throws(PhotoFileError) -> [String] {
        var found: [String] = []
        for second in try Self.names(in: directory.path + "/" + first).sorted() where Self.isFolderName(second) {
            found += try Self.names(in: directory.path + "/\(first)/\(second)").sorted()
                .filter { Self.isFingerprint($0) && $0.hasPrefix(first + second) }
        }
        return found
    }
}

extension PhotoFiles {
    private var incoming: String { directory.path + "/incoming" }

    private func place(of sha256: String) throws(PhotoFileError) -> (folders: [String], path: String) {
        guard Self.isFingerprint(sha256) else { throw .notAFingerprint(sha256) }
        let first = directory.path + "/" + sha256.prefix(2)
        let second = first + "/" + sha256.dropFirst(2).prefix(2)
        return ([directory.path, first, second], second + "/" + sha256)
    }

    private func makeFolders(_ folders: [String]) throws(PhotoFileError) {
        for folder in folders where mkdir(folder, 0o750) != 0 && errno != EEXIST {
            let code = errno
            let parent = URL(filePath: folder).deletingLastPathComponent().path
            guard code == ENOENT, parent != folder else {
                throw .system(action: "make the folder", path: folder, code: code)
            }
            try makeFolders([parent, folder])
        }
    }

    private func open(_ sha256: String) throws(PhotoFileError) -> FileDescriptor {
        do throws(PhotoFileError) {
            return try FileDescriptor(place(of: sha256).path, O_RDONLY)
        } catch .system(_, _, let code) where code == ENOENT {
            throw .missing(sha256)
        }
    }

    private func existing(_ path: String, sha256: String) throws(PhotoFileError) -> Change {
        do throws(PhotoFileError) {
            return try Self.hash(FileDescriptor(path, O_RDONLY)) == sha256 ? .present : .repaired
        } catch .system(_, _, let code) where code == ENOENT {
            return .stored
        }
    }

    private func store(_ bytes: [UInt8], at path: String) throws(PhotoFileError) {
        let temporary = incoming + "/" + UUID().uuidString
        do throws(PhotoFileError) {
            let file = try FileDescriptor(temporary, O_WRONLY | O_CREAT | O_EXCL)
            // Between opening and locking a sweeper may have taken the file for a leftover.
            guard try file.lock(), try file.status().hasName else { return try store(bytes, at: path) }
            try file.write(bytes)
            try file.sync()
            guard rename(temporary, path) == 0 else {
                throw PhotoFileError.system(action: "name", path: path, code: errno)
            }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private static func hash(_ file: borrowing FileDescriptor) throws(PhotoFileError) -> String {
        var hasher = SHA256()
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try file.read(into: &piece)
            if count == 0 { return hexadecimal(hasher.finalize()) }
            hasher.update(data: piece.prefix(count))
        }
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func isFingerprint(_ text: String) -> Bool { text.utf8.count == 64 && isLowerHexadecimal(text) }

    private static func isFolderName(_ text: String) -> Bool { text.utf8.count == 2 && isLowerHexadecimal(text) }

    private static func isLowerHexadecimal(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// The names in a folder, none where there is no folder.
    private static func names(in folder: String) throws(PhotoFileError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .system(action: "list", path: folder, code: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw .system(action: "list", path: folder, code: errno) }
        return names
    }
}
