import Foundation
import Testing

/// The registry's own history replayed: `andrias evaluate --history`, `andrias drift` and `andrias quality`.
@Suite(.serialized) struct HistoryCommandTests {
    struct Figures: Decodable {
        let probes: Int
        let animals: Int
        let top1: Double
        let `protocol`: String
        let nonMated: NonMated
        let suspectedDoubleEntries: [Suspected]
        let populationDrift: [Drift]
        let strata: [Stratum]

        struct NonMated: Decodable {
            let searches: Int
            let newAnimals: Int
        }
        struct Suspected: Decodable {
            let first: String
            let second: String
        }
        struct Drift: Decodable {
            let population: String?
            let animals: Int
            let pairs: Int
            let refusal: String?
        }
        struct Stratum: Decodable {
            let by: String
            let stratum: String
            let probes: Int
        }
    }

    /// Enrolls drawn animals, each photograph a year after the one before; the first animal changes its name after half
    /// of its photographs, the last one is of another river.
    private func enroll(_ program: Program, animals: Int, photos: Int) async throws {
        let folder = program.data.appending(path: "photos")
        let drawn = try await program.run(
            "sample", folder.path, "--animals", "\(animals)", "--photos", "\(photos)", "--width", "480")
        #expect(drawn.status == 0, "\(drawn.output)")
        let list = try String(contentsOf: folder.appending(path: "enroll.csv"), encoding: .utf8)
        var lines = list.split(separator: "\n").map(String.init)
        lines[0] += ",population,eventDate"
        for index in lines.indices.dropFirst() {
            let (animal, photo) = ((index - 1) / photos, (index - 1) % photos)
            if animal == 0, photo >= photos / 2 { lines[index].replace(",SAMPLE-001,", with: ",TWIN,") }
            lines[index] += ",\(animal == animals - 1 ? "Ota" : "Hatsuka"),\(2001 + photo)-06-01"
        }
        let changed = folder.appending(path: "dated.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: changed)
        let enrolled = try await program.run("enroll", changed.path)
        #expect(enrolled.status == 0, "\(enrolled.output)")
    }

    private func figures(_ program: Program, _ options: String...) async throws -> Figures {
        let file = program.data.appending(path: "\(UUID().uuidString).json")
        let arguments = ["evaluate", "--history", "--json", file.path] + options
        let process = try program.start(arguments)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Figures.self, from: try Data(contentsOf: file))
    }

    @Test func theHistoryIsReplayedAsSettled() async throws {
        let program = try Program()
        defer { program.remove() }
        try await enroll(program, animals: 12, photos: 3)

        let before = try await figures(program)
        // 36 photographs, of which the first has nothing to be searched among; 13 names met for the first time.
        #expect(before.nonMated.searches == 35 && before.nonMated.newAnimals == 12)
        #expect(before.probes == 23 && before.animals == 12)
        #expect(before.top1 >= 0.9)
        #expect(before.suspectedDoubleEntries.map { [$0.first, $0.second] } == [["SAMPLE-001", "TWIN"]])
        #expect(before.strata.filter { $0.by == "months" }.map(\.stratum) == ["1–3 years"])
        #expect(before.strata.filter { $0.by == "months" }.map(\.probes) == [23])
        #expect(before.strata.contains { $0.by == "quality" })

        let merged = try await program.run(
            "identity", "merge", "TWIN", "SAMPLE-001", "--reason", "spots agree", "--by", "Ito")
        #expect(merged.status == 0, "\(merged.output)")
        let after = try await figures(program)
        #expect(after.suspectedDoubleEntries.isEmpty)
        #expect(after.probes == 24 && after.animals == 12 && after.nonMated.newAnimals == 11)
        #expect(after.populationDrift.map(\.population) == ["Hatsuka", "Ota"])
        #expect(after.populationDrift.map(\.pairs) == [33, 3])
        #expect(after.populationDrift[0].refusal == nil)
        #expect(after.populationDrift[1].refusal?.contains("1, where 10 are needed") == true)
        let single = try await figures(program, "--gallery", "single", "--population", "Ota")
        #expect(single.probes == 2 && single.protocol == "Ota head")

        let drift = try await program.run("drift")
        #expect(drift.status == 0 && drift.output.contains("1, where 10 are needed"), "\(drift.output)")
        #expect(drift.output.contains(/Hatsuka +11 +33 +1\.0–2\.0/), "\(drift.output)")
        let quality = try await program.run("quality", "learn")
        #expect(
            quality.status != 0 && quality.output.contains("30 and 30 of 10 animals are needed"), "\(quality.output)")
        let nothing = try await program.run("evaluate", "--history", "--region", "tail")
        #expect(nothing.status != 0 && nothing.output.contains("no reviewed photograph of the tail"))
    }

    @Test func exactlyOneSourceIsAsked() async throws {
        let program = try Program()
        defer { program.remove() }
        for arguments in [["evaluate"], ["evaluate", "--history", "--protocol", "x.csv", "--photos", "."]] {
            let output = try await run(program, arguments)
            #expect(output.contains("exactly one of --protocol (with --photos) and --history"), "\(output)")
        }
        #expect(try await run(program, ["evaluate", "--protocol", "x.csv"]).contains("needs --photos"))
        let region = try await run(program, ["evaluate", "--protocol", "x.csv", "--photos", ".", "--region", "head"])
        #expect(region.contains("--region means nothing with --protocol"))
        #expect(
            try await run(program, ["evaluate", "--history", "--photos", "."]).contains(
                "--photos means nothing with --history"))
    }

    private func run(_ program: Program, _ arguments: [String]) async throws -> String {
        let errors = program.data.appending(path: UUID().uuidString)
        FileManager.default.createFile(atPath: errors.path, contents: nil)
        let process = try program.start(arguments, errors: try FileHandle(forWritingTo: errors))
        process.waitUntilExit()
        #expect(process.terminationStatus != 0)
        return try String(contentsOf: errors, encoding: .utf8)
    }
}
