import Foundation
import Testing

/// The command line as a newcomer uses it, on the embedded cluster.
@Suite(.serialized) struct CommandTests {
    struct Answer: Decodable {
        struct Movement: Decodable {
            let kind: String
        }
        struct Tags: Decodable {
            let agreement: String
        }
        let outcome: String
        let individual: String?
        let probability: Double?
        let reasons: [[String: String]]
        let movement: Movement?
        let tags: Tags?
        let milliseconds: Double
        let page: String?
    }

    func answers(_ output: String) throws -> [Answer] {
        try output.split(separator: "\n").filter { $0.hasPrefix("{") }
            .map { try JSONDecoder().decode(Answer.self, from: Data($0.utf8)) }
    }

    @Test func drawnAnimalsAreEnrolledAndNamed() async throws {
        let program = try Program()
        defer { program.remove() }
        let photos = program.data.appending(path: "photos").path
        let drawn = try await program.run("sample", photos, "--animals", "3", "--photos", "2", "--width", "800")
        #expect(drawn.status == 0, "\(drawn.output)")

        let rivers = try await program.run("river", "load", "--invented")
        #expect(rivers.status == 0, "\(rivers.output)")
        let enrolled = try await program.run("enroll", "\(photos)/enroll.csv")
        #expect(enrolled.status == 0, "\(enrolled.output)")
        #expect(enrolled.output.contains("6 photographs enrolled"))
        let again = try await program.run("enroll", "\(photos)/enroll.csv")
        #expect(again.output.contains("0 photographs enrolled, 6 were there already"))

        let tagged = try await program.run("tag", "import", "\(photos)/tags.csv", "--by", "demo")
        #expect(tagged.status == 0, "\(tagged.output)")

        let screened = try await program.run("screen", "\(photos)/screen.csv", "--json")
        let answers = try answers(screened.output)
        #expect(
            answers.map(\.outcome)
                == ["matched", "matched", "unknown", "unusable", "unusable", "matched", "undecided"])
        #expect(answers.map(\.movement?.kind)[5] == "implausible_without_people")
        #expect(answers.map(\.tags?.agreement)[6] == "conflict")
        #expect(answers[0].individual == "SAMPLE-001")
        #expect(answers[4].reasons.first?["code"] == "image.truncated")
        #expect(screened.status == 12)

        let id = try #require(answers[0].page?.firstMatch(of: /screenings\/([^?]+)/)?.output.1)
        let drawing = program.data.appending(path: "why.svg")
        let explained = try await program.run("explain", String(id), "--language", "ja", "--output", drawing.path)
        #expect(explained.status == 0, "\(explained.output)")
        #expect(explained.output.contains("一致する斑紋："))
        #expect(try String(contentsOf: drawing, encoding: .utf8).contains("登録写真 SAMPLE-001"))
        let beyond = try await program.run("explain", String(id), "--candidate", "9")
        #expect(beyond.status != 0)
        #expect(beyond.output.contains("candidates, not 9"))

        let table = try await program.run("screen", "\(photos)/screen.csv", "--check")
        #expect(table.status == 0, "\(table.output)")
        #expect(table.output.contains("7 of 7 outcomes are as expected"))

        let verified = try await program.run("verify")
        #expect(verified.status == 0, "\(verified.output)")
        let healthy = try await program.run("doctor")
        #expect(healthy.status == 0, "\(healthy.output)")
        #expect(healthy.output.contains("3 animals"))
    }

    @Test func mistakesAreAnsweredInWords() async throws {
        let program = try Program()
        defer { program.remove() }
        let missing = try await program.run("screen", "/nowhere/photo.jpg")
        #expect(missing.status != 0)
        #expect(missing.output.contains("/nowhere/photo.jpg cannot be read"))
        let region = try await program.run("screen", "--region", "wing", "x.jpg")
        #expect(region.output.contains("Known regions: head, trunk, belly, tail"))
        let occasion = try await program.run("screen", "--occasion", "hunt", "x.jpg")
        #expect(occasion.output.contains("Known ones: survey, find, rescue, seizure"))
        let text = program.data.appending(path: "text.jpg")
        try Data("this is not a photograph".utf8).write(to: text)
        let refused = try await program.run("screen", text.path, "--json")
        #expect(refused.status == 12)
        #expect(try answers(refused.output).first?.reasons.first?["code"] == "image.unrecognised")
        let role = try await program.run("key", "add", "--agency", "local", "--role", "king")
        #expect(role.output.contains("Known roles: observer"))
    }

    @Test func twoPhotographsAreComparedWithoutARegistry() async throws {
        let program = try Program()
        defer { program.remove() }
        let photos = program.data.appending(path: "photos").path
        _ = try await program.run("sample", photos, "--animals", "1", "--photos", "2", "--width", "800")
        let pair = ["\(photos)/SAMPLE-001-1.jpg", "\(photos)/SAMPLE-001-2.jpg"]
        let drawn = try await program.run("explain", "--photos", pair[0], pair[1], "--language", "en")
        #expect(drawn.status == 0, "\(drawn.output)")
        #expect(drawn.output.hasPrefix("<?xml"))
        #expect(drawn.output.contains("Registered: SAMPLE-001-2.jpg"))
        #expect(!FileManager.default.fileExists(atPath: program.data.appending(path: "registry").path))
        let both = try await program.run("explain", "x", "--photos", pair[0], pair[1])
        #expect(both.output.contains("either the identifier of a screening, or --photos"))
        let missing = try await program.run("explain", "--photos", pair[0], "/nowhere/photo.jpg")
        #expect(missing.output.contains("/nowhere/photo.jpg cannot be read"))
    }

    @Test func halfAPlaceIsRefusedAndNothingIsEntered() async throws {
        let program = try Program()
        defer { program.remove() }
        let list = program.data.appending(path: "list.csv")
        try Data("file,individual,decimalLatitude,decimalLongitude\nphoto.png,A,35.1,\n".utf8).write(to: list)
        let photo = try await program.run(
            "sample", program.data.path, "--animals", "1", "--photos", "1", "--width", "400")
        #expect(photo.status == 0, "\(photo.output)")
        try FileManager.default.moveItem(
            at: program.data.appending(path: "SAMPLE-001-1.jpg"), to: program.data.appending(path: "photo.png"))
        let refused = try await program.run("enroll", list.path)
        #expect(refused.status == 1)
        #expect(refused.output.contains("half a place"))
        #expect(try await !program.run("individuals").output.contains("Andrias japonicus"))
    }

    @Test func killingTheServiceLosesNothing() async throws {
        let program = try Program()
        defer { program.remove() }
        let log = program.data.appending(path: "service.log")
        FileManager.default.createFile(atPath: log.path, contents: nil)
        let service = try program.start(["serve", "--port", "0"], errors: try FileHandle(forWritingTo: log))
        while service.isRunning, try !String(contentsOf: log, encoding: .utf8).contains("listening on") {
            try await Task.sleep(for: .milliseconds(50))
        }
        let said = try String(contentsOf: log, encoding: .utf8)
        #expect(service.isRunning, "\(said)")
        let made = try await program.run("agency", "add", "Board of Education")
        #expect(made.status == 0, "\(made.output)")
        kill(service.processIdentifier, SIGKILL)
        service.waitUntilExit()
        let after = try await program.run("agency", "list")
        #expect(after.status == 0, "\(after.output)")
        #expect(after.output.contains("Board of Education"))
    }
}
