public import Foundation

/// The folder of real photographs that tests measure with, where it is present.
public enum SharedData {
    /// `ANDRIAS_SHARED_DATA`, or `../shared/data` beside the package.
    public static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["ANDRIAS_SHARED_DATA"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/data", directoryHint: .isDirectory).standardizedFileURL
    }()

    /// Whether the folder is there; for `.enabled(if:)`.
    public static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    /// The bytes of one of its files.
    public static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }
}
