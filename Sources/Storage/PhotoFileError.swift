import Foundation

/// Why a photograph's file could not be kept or given.
public enum PhotoFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not a hexadecimal SHA-256.
    case notAFingerprint(String)
    /// There is no such file.
    case missing(String)
    /// The file is not what its name says.
    case changed(String)
    /// Nothing to keep.
    case empty
    /// More bytes than the store takes.
    case tooLarge(bytes: Int)
    /// No space or no quota is left where the photographs lie.
    case diskFull(directory: String)
    /// The system refused; what was tried, where, and its error number.
    case system(action: String, path: String, code: Int32)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .notAFingerprint(let text):
            "“\(text)” is not the SHA-256 of a photograph: 64 lower-case hexadecimal digits are."
        case .missing(let sha256):
            "The file of photograph \(sha256) is missing: bring it back from a backup, or submit it again."
        case .changed(let sha256):
            "The file of photograph \(sha256) was changed or damaged: bring it back from a backup, or submit it again."
        case .empty:
            "The photograph's file is empty: send the original."
        case .tooLarge(let bytes):
            "The photograph's file has \(bytes) bytes; \(PhotoFiles.maximumBytes) are the limit."
        case .diskFull(let directory):
            "No space is left in \(directory): free some or enlarge the disk; nothing was kept of this photograph."
        case .system(let action, let path, let code):
            "Cannot \(action) \(path): \(String(cString: strerror(code)))."
        }
    }
}
