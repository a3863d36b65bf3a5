import Foundation
import Identification

/// Measures, and prints tables: median and quartiles.
@main
struct Benchmarks {
    static let usage = """
        usage: Benchmarks                                 decoding, extraction, comparison; peak memory
               Benchmarks service URL KEY                 screenings through a running service
               Benchmarks heads ANIMALS SESSIONS          top-1, named and unknown on drawn heads
               Benchmarks quality NEWTS                   what spoiled photographs find: MatchChance.standard
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
        switch arguments.first {
        case nil:
            try await Steps().run()
        case "service" where arguments.count == 3:
            guard let address = URL(string: arguments[1]) else { throw BenchmarkError(usage) }
            try await ServiceLoad(address: address, key: arguments[2]).run()
        case "heads" where arguments.count == 3:
            guard let animals = Int(arguments[1]), let sessions = Int(arguments[2]) else { throw BenchmarkError(usage) }
            try await DrawnHeads(animals: animals, sessions: sessions).run()
        case "quality" where arguments.count == 2:
            try await GradedQuality(newts: URL(fileURLWithPath: arguments[1], isDirectory: true)).run()
        default: throw BenchmarkError(usage)
        }
    }
}
