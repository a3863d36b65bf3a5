import Foundation
import Testing

/// A drawn study, as evaluation reads it.
@Suite struct StudyTests {
    struct Figures: Decodable {
        let probes: Int
        let animals: Int
        let gallery: String
        let failures: [[String: String]]
    }

    @Test func aDrawnStudyIsEvaluatedBySessions() async throws {
        let program = try Program()
        defer { program.remove() }
        let study = program.data.appending(path: "study").path
        let drawn = try await program.run(
            "sample", study, "--study", "--animals", "3", "--photos", "3", "--unknown", "2", "--width", "400")
        #expect(drawn.status == 0, "\(drawn.output)")
        #expect(drawn.output.contains("11 photographs of 3 known and 2 unknown"))
        let list = "\(study)/protocol.csv"
        let protocolText = try String(contentsOfFile: list, encoding: .utf8)
        #expect(protocolText.contains("STUDY-00002-3.jpg,STUDY-00002,no,120.0"))
        #expect(protocolText.contains("UNKNOWN-00001.jpg,UNKNOWN-00001,yes,"))

        let json = program.data.appending(path: "figures.json")
        let run = try await program.run("evaluate", "--protocol", list, "--photos", study, "--json", json.path)
        #expect(run.status == 0, "\(run.output)")
        // The second session is searched among three photographs, the unknown animals among nine; the first by nobody.
        #expect(run.output.contains("rolling gallery of 3 animals on 3–9 photographs"))
        let figures = try JSONDecoder().decode(Figures.self, from: Data(contentsOf: json))
        #expect(figures.probes == 6)
        #expect(figures.animals == 3)

        let single = try await program.run("evaluate", "--protocol", list, "--photos", study, "--gallery", "single")
        #expect(single.output.contains("single gallery of 3 animals on 3 photographs"))
    }

    @Test func aProbeOfTheFirstSessionIsNamed() async throws {
        let program = try Program()
        defer { program.remove() }
        let write = { (text: String, name: String) in
            let file = program.data.appending(path: name)
            try Data(text.utf8).write(to: file)
            return file.path
        }
        let list = try write("probe,individual,new_animal,months\na.jpg,A,no,1\n", "protocol.csv")
        _ = try write("file,individual,session\na.jpg,A,1\nb.jpg,A,2\n", "metadata.csv")
        let run = try await program.run("evaluate", "--protocol", list, "--photos", program.data.path)
        #expect(run.status != 0)
        #expect(run.output.contains("no photograph is of an earlier session than a.jpg"))
    }

    @Test func aStudyOfOneSessionIsRefused() async throws {
        let program = try Program()
        defer { program.remove() }
        let refused = try await program.run("sample", program.data.path, "--study", "--photos", "1")
        #expect(refused.status != 0)
        #expect(refused.output.contains("2 or more photographs of each animal"))
    }
}
