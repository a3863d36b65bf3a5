import Foundation
import Identification
import SampleAnimals

/// Measures, and prints tables: median and quartiles.
@main
struct Benchmarks {
    static let usage = """
        usage: Benchmarks                                  steps of a screening beside plain OpenCV; peak memory
               Benchmarks service URL KEY                  screenings through a running service
               Benchmarks enrolling URL ANIMALS LIST KEY…  eight clients while `andrias enroll LIST` runs
               Benchmarks found URL KEY                    from an enrolment elsewhere to the animal named
               Benchmarks heads STUDY [ANSWERS.csv]        outcomes on drawn heads over ten years
               Benchmarks quality NEWTS                    what spoiled photographs find: MatchChance.standard
               Benchmarks peer STUDY ANIMALS               top-1 on the same heads beside plain OpenCV
               Benchmarks search STUDY SIZE…               one query among so many photographs; memory
               Benchmarks fill FOLDER COUNT STUDY          enters so many templates in a registry of its own
               Benchmarks start FOLDER                     time to hold that registry's gallery
               Benchmarks rivers SEGMENTS                  places and ways on a drawn river network
               Benchmarks alerts                           delivery of webhooks by one worker, run by $ANDRIAS
        STUDY is a folder of `andrias sample --study`. `enrolling` and `found` run $ANDRIAS on $ANDRIAS_DATA.
        """

    static func main() async {
        LinearAlgebraLibrary.useOneThread()
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        let rest = Array(arguments.dropFirst())
        switch (arguments.first, rest.count) {
        case (nil, _): try await Steps().run()
        case ("service", 2): try await ServiceLoad(client: try client(rest[0], rest[1])).run()
        case ("enrolling", 4...):
            // Animals of `andrias sample` with its usual seed.
            let known = (0..<(try number(rest[1]))).map { UInt64(7919 + $0) }
            try await EnrolmentLoad(
                clients: try rest[3...].map { try client(rest[0], $0) }, known: known,
                enrolment: [try setting("ANDRIAS"), "enroll", rest[2], "--agency", "Benchmark"]
            ).run()
        case ("found", 2):
            try await TimeToFound(
                client: try client(rest[0], rest[1]), data: folder(try setting("ANDRIAS_DATA")),
                program: try setting("ANDRIAS")
            ).run()
        case ("heads", 1...2):
            try await HeadStudy(
                folder: folder(rest[0]), answers: rest.dropFirst().first.map { URL(fileURLWithPath: $0) }
            ).run()
        case ("quality", 1): try await GradedQuality(newts: folder(rest[0])).run()
        case ("peer", 2): try await PeerAccuracy(folder: folder(rest[0]), animals: try number(rest[1])).run()
        case ("search", 2...):
            try await SearchCost(folder: folder(rest[0]), sizes: try rest.dropFirst().map(number)).run()
        case ("fill", 3):
            try await StartCost(folder: folder(rest[0])).fill(to: try number(rest[1]), from: folder(rest[2]))
        case ("start", 1): try await StartCost(folder: folder(rest[0])).run()
        case ("alerts", 0): try await AlertCost(program: try setting("ANDRIAS")).run()
        case ("rivers", 1): try await RiverCost(segments: try number(rest[0])).run()
        default: throw BenchmarkError(usage)
        }
    }

    private static func client(_ address: String, _ key: String) throws -> ServiceClient {
        guard let address = URL(string: address) else { throw BenchmarkError(usage) }
        return ServiceClient(address: address, key: key)
    }

    private static func folder(_ path: String) -> URL { URL(fileURLWithPath: path, isDirectory: true) }

    private static func number(_ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else { throw BenchmarkError(usage) }
        return number
    }

    private static func setting(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[name] else { throw BenchmarkError("\(name) is not set.") }
        return value
    }
}
