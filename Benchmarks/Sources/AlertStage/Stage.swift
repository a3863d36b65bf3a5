public import Foundation
public import Postgres
public import Registry
public import Storage

/// A registry in a folder of its own, for alerts to be sent from by processes of the program.
public final class Stage: Sendable {
    /// The folder, gone with ``close()``.
    public let folder: URL
    /// The registry.
    public let store: RegistryStore
    /// Whose screenings the events are of.
    public let agency: Agency
    /// Animals that screenings name.
    public let animals: [Identifier<Individual>]
    private let photo: Identifier<Photo>
    private let program: String
    private let environment: [String: String]
    /// Held, or the last process of the program to leave would stop the server.
    private let cluster: EmbeddedCluster

    private init(
        folder: URL, cluster: EmbeddedCluster, store: RegistryStore, agency: Agency, animals: [Identifier<Individual>],
        photo: Identifier<Photo>, program: String, environment: [String: String]
    ) {
        self.folder = folder
        self.cluster = cluster
        self.store = store
        self.agency = agency
        self.animals = animals
        self.photo = photo
        self.program = program
        self.environment = environment
    }

    /// A registry with an agency and some animals.
    ///
    /// - Parameters:
    ///   - program: Path of the program.
    ///   - count: How many animals.
    ///   - environment: What the server of the database finds in its environment besides.
    /// - Returns: A registry without endpoints.
    /// - Throws: What the database or the file system says.
    public static func open(
        program: String, animals count: Int, environment: [String: String] = [:]
    ) async throws -> Stage {
        let folder = FileManager.default.temporaryDirectory.appending(path: "andrias-stage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The server is not root and has to reach its folder.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        let cluster = try await openCluster(in: folder, environment)
        let pool = PostgresPool(endpoint: cluster.endpoint, size: 8, applicationName: "stage")
        _ = try await Migrator(migrations: RegistryStore.migrations).migrate(pool)
        let store = RegistryStore(pool: pool, photoFiles: PhotoFiles(directory: folder.appending(path: "photos")))
        let agency = try await store.createAgency(name: "Stage")
        let plain = PhotoDescription(
            mediaType: "image/jpeg", width: 4000, height: 3000, capturedAt: nil, position: nil, camera: nil)
        let photo = try await store.addPhoto([1, 2, 3], description: plain, agency: agency.id).record
        var animals: [Identifier<Individual>] = []
        for number in 0..<count {
            let enrolment = Enrolment(
                individual: "STAGE-\(number)", species: "Andrias japonicus", agency: agency.id, observedAt: nil,
                photo: Array("photo \(number)".utf8), description: plain, region: .head, mark: nil,
                template: Array("template".utf8), extractor: "stage/1")
            animals.append(try await store.enroll(enrolment).individual.id)
        }
        return Stage(
            folder: folder, cluster: cluster, store: store, agency: agency, animals: animals, photo: photo.id,
            program: program,
            environment: environment)
    }

    /// Enters a webhook by the program, as an operator would.
    public func addWebhook(_ url: String, _ options: [String] = []) async throws -> Identifier<Endpoint> {
        try run(
            ["webhook", "add", "--agency", agency.name, "--url", url, "--allow-private", "--label", "stage"] + options)
        for endpoint in try await store.endpoints(of: agency.id) where endpoint.channel == .webhook(url: url) {
            return endpoint.id
        }
        throw StageError("The endpoint for \(url) was entered, and is not there.")
    }

    /// Answers a screening with a known animal: two events of that animal, committed when it returns.
    public func answer(animal: Identifier<Individual>) async throws {
        let submission = Screening.Submission(photos: [photo], region: .head)
        _ = try await store.createScreening(submission, agency: agency.id)
        while let claim = try await store.claimScreening(lane: .interactive, worker: "stage", lease: .seconds(60)) {
            let verdict = Verdict(
                outcome: .matched(animal), probability: 0.99, candidates: [], findings: [], extractor: "stage/1",
                decider: "stage/1", photosSearched: 1, individualsSearched: 1, milliseconds: 1)
            try await store.finishScreening(claim, verdict)
            return
        }
        throw StageError("No screening waits for an answer.")
    }

    /// Starts a process that delivers.
    public func startWorker(_ options: [String] = []) throws -> Process {
        let process = try process(["webhook", "work"] + options)
        try process.run()
        return process
    }

    /// Stops the server of the database with a signal, and starts it again.
    public func restartDatabase(_ signal: Int32) async throws {
        try await stopDatabase(signal)
        _ = try await Self.openCluster(in: folder, environment)
    }

    private static func openCluster(in folder: URL, _ environment: [String: String]) async throws -> EmbeddedCluster {
        for (name, value) in environment { setenv(name, value, 1) }
        defer { for name in environment.keys { unsetenv(name) } }
        return try await EmbeddedCluster.open(in: folder.appending(path: "cluster"))
    }

    /// Stops the database and removes the folder.
    public func close() async throws {
        await store.pool.close()
        try await stopDatabase(SIGINT)
        try FileManager.default.removeItem(at: folder)
    }

    private func stopDatabase(_ signal: Int32) async throws {
        let file = folder.appending(path: "cluster/data/postmaster.pid")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        guard let server = lines.first.flatMap({ pid_t($0) }) else {
            throw StageError("\(file.path) names no process.")
        }
        kill(server, signal)
        while kill(server, 0) == 0 { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// Runs the program to its end.
    @discardableResult
    public func run(_ arguments: [String]) throws -> String {
        let process = try process(arguments)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw StageError("andrias \(arguments.joined(separator: " ")) ended with \(process.terminationStatus).")
        }
        return text
    }

    private func process(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["ANDRIAS_DATA": folder.path]) { $1 }
        return process
    }
}

/// A stage that could not be set: why.
public struct StageError: Error, CustomStringConvertible {
    /// What happened.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
