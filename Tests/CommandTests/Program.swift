import Foundation
import Testing

/// The built program, run as a person runs it.
struct Program {
    let data: URL

    /// A program with a data directory of its own.
    init() throws {
        data = FileManager.default.temporaryDirectory
            .appending(path: "andrias-command-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        chmod(data.path, 0o755)
    }

    /// The product beside the test bundle.
    static let path: String = {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let program = folder.appending(path: "andrias").path
            if FileManager.default.isExecutableFile(atPath: program) { return program }
            folder = folder.deletingLastPathComponent()
        }
        return "andrias"
    }()

    /// Starts it and leaves it running.
    func start(
        _ arguments: [String], output: FileHandle = .nullDevice, errors: FileHandle = .nullDevice,
        environment: [String: String] = [:]
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["ANDRIAS_DATA": data.appending(path: "registry").path, "LANG": "C.UTF-8", "LC_ALL": ""]) { $1 }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        return process
    }

    /// Runs it to its end; what it prints comes before what it complains of.
    func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> (
        status: Int32, output: String
    ) {
        try await run(arguments: arguments, environment: environment)
    }

    /// Runs it with a list of arguments.
    func run(arguments: [String], environment: [String: String] = [:]) async throws -> (
        status: Int32, output: String
    ) {
        let files = ["output", "errors"].map { data.appending(path: "\($0)-\(UUID().uuidString)") }
        for file in files { FileManager.default.createFile(atPath: file.path, contents: nil) }
        let process = try start(
            arguments, output: try FileHandle(forWritingTo: files[0]), errors: try FileHandle(forWritingTo: files[1]),
            environment: environment)
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                process.waitUntilExit()
                continuation.resume()
            }
        }
        let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
        return (process.terminationStatus, texts.joined(separator: "\n"))
    }

    /// Removes everything it left.
    func remove() {
        try? FileManager.default.removeItem(at: data)
    }
}
