import Foundation
import Testing

/// The command line as a newcomer uses it, on the embedded cluster.
@Suite(.serialized) struct CommandTests {
    struct Answer: Decodable {
        let outcome: String
        let individual: String?
        let probability: Double?
        let reasons: [[String: String]]
        let milliseconds: Double
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

        let enrolled = try await program.run("enroll", "\(photos)/enroll.csv")
        #expect(enrolled.status == 0, "\(enrolled.output)")
        #expect(enrolled.output.contains("6 photographs enrolled"))
        let again = try await program.run("enroll", "\(photos)/enroll.csv")
        #expect(again.output.contains("0 photographs enrolled, 6 were there already"))

        let screened = try await program.run("screen", "\(photos)/screen.csv", "--json")
        let answers = try answers(screened.output)
        #expect(answers.map(\.outcome) == ["matched", "matched", "unknown", "unusable", "unusable"])
        #expect(answers[0].individual == "SAMPLE-001")
        #expect(answers[4].reasons.first?["code"] == "image.truncated")
        #expect(screened.status == 12)

        let table = try await program.run("screen", "\(photos)/screen.csv", "--check")
        #expect(table.status == 0, "\(table.output)")
        #expect(table.output.contains("5 of 5 outcomes are as expected"))

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
        let text = program.data.appending(path: "text.jpg")
        try Data("this is not a photograph".utf8).write(to: text)
        let refused = try await program.run("screen", text.path, "--json")
        #expect(refused.status == 12)
        #expect(try answers(refused.output).first?.reasons.first?["code"] == "image.unrecognised")
        let role = try await program.run("key", "add", "--agency", "local", "--role", "king")
        #expect(role.output.contains("Known roles: observer"))
    }

    @Test func killingTheServiceLosesNothing() async throws {
        let program = try Program()
        defer { program.remove() }
        let made = try await program.run("agency", "add", "Board of Education")
        #expect(made.status == 0, "\(made.output)")
        let service = try program.start(["serve", "--port", "0"])
        let listed = try await program.run("agency", "list")
        #expect(listed.output.contains("Board of Education"))
        kill(service.processIdentifier, SIGKILL)
        service.waitUntilExit()
        let after = try await program.run("agency", "list")
        #expect(after.status == 0, "\(after.output)")
        #expect(after.output.contains("Board of Education"))
    }
}
