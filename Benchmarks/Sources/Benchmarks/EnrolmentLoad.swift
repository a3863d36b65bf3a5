import Foundation
import Postgres
import Registry
import SampleAnimals

/// Screens from eight clients while another process enrols animals that none of the photographs shows.
///
/// Every answer must be that of a serial run before: the animals that come in between resemble nobody photographed, so
/// they change neither outcome, nor the animal named, nor its score. Where nobody is named, who resembles most by chance
/// depends on who is enrolled.
struct EnrolmentLoad: Sendable {
    let clients: [ServiceClient]
    /// Animals enrolled before.
    let known: [UInt64]
    /// Program and arguments that enrol.
    let enrolment: [String]

    func run() async throws {
        let photos = try await concurrentMap(probes) { animal, take in
            var conditions = SampleConditions.random(seed: take, difficulty: .ordinary)
            conditions.width = 1600
            conditions.height = 1200
            return try await clients[Int(take) % clients.count].upload(try draw(animal, conditions))
        }
        var serial: [ServiceClient.Answer] = []
        for photo in photos { serial.append(try await clients[0].screen(photo)) }
        print(
            "screenings from \(clients.count) clients of \(photos.count) photographs, "
                + "\(serial.count { $0.outcome == "matched" }) matched in the serial run")
        print("                                              median ms   quartiles          p99 ms")
        let quiet = try await load(photos, rounds: 10, while: { true })
        summarise("quiet, \(serial[0].photosSearched) references", quiet)
        let process = try start(enrolment)
        let loaded = try await load(photos, rounds: .max, while: { process.isRunning })
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("the enrolment failed") }
        summarise("while enrolling, up to \(loaded.map(\.answer.photosSearched).max() ?? 0) references", loaded)
        let settled = try await load(photos, rounds: 10, while: { true })
        summarise("quiet again, \(settled.last?.answer.photosSearched ?? 0) references", settled)
        let ratio = Spread(loaded.map(\.answer.milliseconds)).p99 / Spread(quiet.map(\.answer.milliseconds)).p99
        let all = quiet + loaded + settled
        let equal = all.count { same(serial[$0.photo], $0.answer) }
        print(
            "p99 while enrolling: \(fixed(ratio, 2)) × the quiet one; \(equal) of \(all.count) answers equal the serial ones"
        )
        for one in all.filter({ !same(serial[$0.photo], $0.answer) }).prefix(5) {
            print("    \(serial[one.photo]) became \(one.answer)")
        }
    }

    private struct Timed: Sendable {
        let photo: Int
        let answer: ServiceClient.Answer
    }

    /// Three of four photographs show an animal that is enrolled.
    private var probes: [(UInt64, UInt64)] {
        (0..<24).map { number in
            (number % 4 == 3 ? UInt64(900_000 + number) : known[number % known.count], UInt64(5000 + number))
        }
    }

    private func load(
        _ photos: [ServiceClient.Uploaded], rounds: Int, while isWanted: @escaping @Sendable () -> Bool
    ) async throws -> [Timed] {
        try await withThrowingTaskGroup(of: [Timed].self) { group in
            for (number, client) in clients.enumerated() {
                group.addTask {
                    var answers: [Timed] = []
                    var turn = number
                    while isWanted(), answers.count / 3 < rounds {
                        let photo = turn % photos.count
                        answers.append(Timed(photo: photo, answer: try await client.screen(photos[photo])))
                        turn += clients.count
                    }
                    return answers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func same(_ serial: ServiceClient.Answer, _ answer: ServiceClient.Answer) -> Bool {
        serial.outcome == answer.outcome && serial.individual == answer.individual
            && (serial.individual == nil || answer.firstScore == serial.firstScore)
    }

    private func summarise(_ name: String, _ answers: [Timed]) {
        let spread = Spread(answers.map(\.answer.milliseconds))
        row(name, spread, also: spread.p99)
        print("    \(answers.count) screenings")
    }
}

/// Times how long after the commit of an enrolment by one process another process finds the animal.
struct TimeToFound: Sendable {
    let client: ServiceClient
    /// The registry's data directory.
    let data: URL
    /// The `andrias` program.
    let program: String

    func run() async throws {
        let cluster = try await EmbeddedCluster.open(in: data.appending(path: "cluster"))
        var times: [Double] = []
        for trial in 0..<7 {
            var heard = PostgresListener(endpoint: cluster.endpoint).notifications(on: ["gallery"]).makeAsyncIterator()
            _ = await heard.next()
            let list = try write(trial, to: data.deletingLastPathComponent())
            let photo = try await client.upload(try draw(animal(trial), conditions(trial, take: 2)))
            let process = try start([program, "enroll", list.path, "--agency", "Benchmark"])
            // Notifications arrive at the commit.
            _ = await heard.next()
            let commit = ContinuousClock.now
            let answer = try await client.screen(photo)
            times.append((ContinuousClock.now - commit) / .milliseconds(1))
            process.waitUntilExit()
            guard answer.outcome == "matched", answer.individual == name(trial) else {
                throw BenchmarkError("the photograph enrolled last was not found: \(answer)")
            }
        }
        await cluster.close()
        row("commit of another process to the animal named", Spread(times))
    }

    private func animal(_ trial: Int) -> UInt64 { UInt64(700_000 + trial) }
    private func name(_ trial: Int) -> String { "FOUND-\(trial)-\(getpid())" }

    private func conditions(_ trial: Int, take: Int) -> SampleConditions {
        // Two of good conditions, straight from above, may be taken for one picture.
        var conditions = SampleConditions.random(
            seed: UInt64(8000 + 10 * trial + take), difficulty: take == 1 ? .good : .ordinary)
        conditions.width = 1600
        conditions.height = 1200
        return conditions
    }

    private func write(_ trial: Int, to folder: URL) throws -> URL {
        let photo = try draw(animal(trial), conditions(trial, take: 1))
        guard let box = photo.headBox else { throw BenchmarkError("the drawn photograph has no head") }
        try Data(photo.jpeg).write(to: folder.appending(path: "found-\(trial).jpg"))
        let list = folder.appending(path: "found-\(trial).csv")
        let text = """
            file,individual,region,box_x,box_y,box_width,box_height
            found-\(trial).jpg,\(name(trial)),head,\(box.x),\(box.y),\(box.width),\(box.height)

            """
        try Data(text.utf8).write(to: list)
        return list
    }
}

/// Starts a program whose output is of no interest.
private func start(_ command: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
}
