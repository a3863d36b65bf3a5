import Foundation
import Testing

/// Duplicates, identities, calibrations and policies on the command line.
@Suite(.serialized) struct IdentityCommandTests {
    /// The last column of the last line that holds a text.
    private func identifier(in output: String, after text: String) throws -> String {
        let line = try #require(output.split(separator: "\n").last { $0.contains(text) }, "\(output)")
        return String(try #require(line.split(separator: " ").last))
    }

    /// Draws animals, one of them enrolled under two names, each photograph a year after the one before.
    private func enrollTwin(_ program: Program, animals: Int, photos: Int) async throws {
        let folder = program.data.appending(path: "photos")
        let drawn = try await program.run(
            "sample", folder.path, "--animals", "\(animals)", "--photos", "\(photos)", "--width", "480")
        #expect(drawn.status == 0, "\(drawn.output)")
        let list = try String(contentsOf: folder.appending(path: "enroll.csv"), encoding: .utf8)
        var lines = list.split(separator: "\n").map(String.init)
        lines[0] += ",population,eventDate"
        for index in lines.indices.dropFirst() {
            let photo = (index - 1) % photos + 1
            if photo > photos / 2 { lines[index].replace(",SAMPLE-001,", with: ",TWIN,") }
            lines[index] += ",Hatsuka,\(2000 + photo)-06-01"
        }
        let changed = folder.appending(path: "twin.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: changed)
        let enrolled = try await program.run("enroll", changed.path)
        #expect(enrolled.status == 0, "\(enrolled.output)")
    }

    @Test func anAnimalEnteredTwiceIsFoundMergedUndoneAndSplit() async throws {
        let program = try Program()
        defer { program.remove() }
        try await enrollTwin(program, animals: 3, photos: 4)
        let found = try await program.run("duplicates", "--region", "head")
        #expect(found.output.contains("1 pairs resemble each other, 1 are new"), "\(found.output)")
        let proposal = try identifier(in: found.output, after: "TWIN")
        #expect(try await program.run("duplicates").output.contains("0 are new"))
        #expect(try await program.run("duplicates", "list").output.contains(proposal))

        let reviewed = try await program.run("duplicates", "review", proposal, "same", "--by", "Sato")
        #expect(reviewed.status == 0 && reviewed.output.contains("merge"), "\(reviewed.output)")
        #expect(try await !program.run("duplicates", "list").output.contains(proposal))
        let again = try await program.run("duplicates", "review", proposal, "different", "--by", "Ito")
        #expect(again.status != 0 && again.output.contains("SAMPLE-001"))
        let history = try await program.run("identity", "history", "TWIN")
        #expect(history.output.contains("TWIN was merged into SAMPLE-001"))

        let change = try identifier(in: try await program.run("identity", "history").output, after: "merge")
        let undone = try await program.run("identity", "undo", change, "--reason", "bands differ", "--by", "Ito")
        #expect(undone.status == 0 && undone.output.contains("undo"), "\(undone.output)")
        #expect(try await program.run("duplicates", "list").output.contains(proposal))

        let merged = try await program.run(
            "identity", "merge", "TWIN", "SAMPLE-001", "--reason", "spots agree", "--by", "Ito")
        #expect(merged.status == 0, "\(merged.output)")
        let own = try await program.run("identity", "history", "SAMPLE-001").output
        // One of those that the merge moved.
        let encounter = try #require(
            own.split(separator: "\n").first { $0.contains("2004-06-01") }?.split(separator: " ").first)
        let split = try await program.run(
            "identity", "split", "SAMPLE-001", "--encounter", String(encounter), "--reason", "stranger", "--by", "Ito")
        #expect(split.output.contains("SAMPLE-001-2"), "\(split.output)")
        let underSplit = try await program.run(
            "identity", "undo", try identifier(in: own, after: "spots agree"), "--reason", "x", "--by", "Ito")
        let splitChange = try identifier(in: split.output, after: "stranger")
        #expect(underSplit.status != 0, "\(underSplit.output)")
        #expect(underSplit.output.contains("undo \(splitChange) first"), "\(underSplit.output)")
        let nobody = try await program.run("identity", "merge", "Nobody", "TWIN", "--reason", "x", "--by", "Ito")
        #expect(nobody.status != 0 && nobody.output.contains("No animal is called “Nobody”"))

        let few = try await program.run("calibration", "learn", "--population", "Hatsuka")
        #expect(few.status != 0 && few.output.contains("30 from 10 animals and 300 are needed"), "\(few.output)")
    }

    @Test func aCalibrationIsLearnedComparedAndActivated() async throws {
        let program = try Program()
        defer { program.remove() }
        try await enrollTwin(program, animals: 11, photos: 4)
        let learned = try await program.run("calibration", "learn", "--population", "Hatsuka", "--by", "Sato")
        #expect(learned.status == 0 && learned.output.contains("Before, by newt bellies"), "\(learned.output)")
        #expect(learned.output.contains("False names: wanted 0.1, obtained 0."), "\(learned.output)")
        let first = try identifier(in: learned.output, after: "Hatsuka  ")
        let activated = try await program.run("calibration", "activate", first, "--note", "better", "--by", "Sato")
        #expect(activated.status == 0, "\(activated.output)")
        let screened = try await program.run(
            "screen", program.data.appending(path: "photos/SAMPLE-002-1.jpg").path, "--json")
        #expect(!screened.output.contains("calibration.borrowed"), "\(screened.output)")
        #expect(try await program.run("doctor").output.contains("1 in use"))
        let again = try await program.run("calibration", "learn", "--population", "Hatsuka")
        #expect(again.output.contains("Before, by Hatsuka"), "\(again.output)")
        let second = try identifier(in: again.output, after: "Hatsuka  ")
        let compared = try await program.run("calibration", "compare", first, second)
        #expect(compared.status == 0, "\(compared.output)")
        #expect(compared.output.contains(first) && compared.output.contains(second))
        let listed = try await program.run("calibration", "list")
        #expect(listed.output.contains(first) && listed.output.contains(second))
    }

    @Test func anAgencySetsHowSureItWantsAnswers() async throws {
        let program = try Program()
        defer { program.remove() }
        _ = try await program.run("agency", "add", "River Office")
        let standard = try await program.run("agency", "policy", "River Office")
        #expect(standard.output.contains("0.003") && standard.output.contains("0.95"), "\(standard.output)")
        let stricter = try await program.run("agency", "policy", "River Office", "--cost-wrong", "100")
        #expect(stricter.output.contains("0.99"), "\(stricter.output)")
        #expect(try await program.run("agency", "policy", "River Office").output.contains("0.99"))
        let guessing = try await program.run("agency", "policy", "River Office", "--cost-review", "60")
        #expect(guessing.status != 0 && guessing.output.contains("the registry would guess"))
        let rate = try await program.run("agency", "policy", "River Office", "--false-positive-rate", "0.5")
        #expect(rate.status != 0 && rate.output.contains("at most 0.1"))
    }
}
