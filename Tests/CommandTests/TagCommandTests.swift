import Foundation
import Testing

/// Tags on the command line.
@Suite(.serialized) struct TagCommandTests {
    private func object(_ text: String) throws -> [String: Any] {
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("{") })
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test func parsePrintsEveryFormAndRefusesWithTheNearest() async throws {
        let program = try Program()
        defer { program.remove() }
        let parsed = try await program.run("tag", "parse", "--json", "3E7.1CBE991A14")
        #expect(parsed.status == 0)
        let code = try object(parsed.output)
        #expect(code["kind"] as? String == "iso" && code["canonical"] as? String == "999123456789012")
        #expect(code["decimal"] as? String == "999123456789012" && code["dotted_hex"] as? String == "3E7.1CBE991A14")
        #expect(code["left_hex"] as? String == "8000F9DCBE991A14")
        #expect(code["reversed_hex"] as? String == "2858997D3B9F0001")
        #expect(code["flags"] as? [String] == ["test_code"])
        let avid = try object(try await program.run("tag", "parse", "--json", "AVID*012*345*678").output)
        #expect(avid["kind"] as? String == "avid" && avid["decimal"] is NSNull)
        let refused = try await program.run("tag", "parse", "39200001234567O")
        #expect(refused.status == 1 && refused.output.contains("392000012345670"))
    }

    @Test func listsAreReportedLineByLineAndEnteredWholeOrNotAtAll() async throws {
        let program = try Program()
        defer { program.remove() }
        // Shift_JIS with half-width kana, as reader software on Japanese Windows writes it.
        let japanese = "ﾀｸﾞ番号,装着日,備考\r\n3DD.003BC12345,2007/6/15,安佐動物公園\r\n989 001002513221,,\r\n39200001234567O,,\r\n"
        let list = program.data.appending(path: "list.csv")
        try #require(japanese.data(using: .shiftJIS)).write(to: list)
        let refused = try await program.run("tag", "import", list.path, "--by", "Sato")
        #expect(refused.status == 1 && refused.output.contains("nothing was entered"), "\(refused.output)")
        #expect(refused.output.contains("line 2 already") && refused.output.contains("392000012345670"))
        let nothing = try await program.run("tag", "history", "989001002513221")
        #expect(nothing.status == 0 && !nothing.output.contains("2007"))
        let kept = try await program.run("tag", "import", list.path, "--keep-good", "--by", "Sato")
        #expect(kept.status == 1 && kept.output.contains("1 of 3 lines are entered, 2 were refused"), "\(kept.output)")

        let bare = program.data.appending(path: "bare.csv")
        try Data("\u{FEFF}3D9.1BF1A9919D\n3D9.1BF1A9919E\n".utf8).write(to: bare)
        let entered = try await program.run("tag", "import", bare.path, "--by", "Sato")
        #expect(entered.status == 0 && entered.output.contains("2 of 2 lines are entered"), "\(entered.output)")
        let again = try await program.run("tag", "import", bare.path, "--by", "Sato")
        #expect(again.status == 0 && again.output.contains("known before"))
        let wrong = program.data.appending(path: "wrong.csv")
        try Data("name,weight\nOne,3\n".utf8).write(to: wrong)
        let columns = try await program.run("tag", "import", wrong.path, "--by", "Sato")
        #expect(columns.status != 0 && columns.output.contains("タグ番号"))
        let nobody = program.data.appending(path: "nobody.csv")
        try Data("tag;individual;from\n392000012345678;Nobody;2007-06-15\n392000012345679;;2007-13-40\n".utf8)
            .write(to: nobody)
        let unnamed = try await program.run("tag", "import", nobody.path, "--keep-good", "--by", "Sato")
        #expect(unnamed.output.contains("No animal is named") && unnamed.output.contains("2007-13-40"))
    }

    @Test func aConflictIsShownAndResolved() async throws {
        let program = try Program()
        defer { program.remove() }
        let folder = program.data.appending(path: "photos")
        let drawn = try await program.run(
            "sample", folder.path, "--animals", "2", "--photos", "2", "--width", "480")
        #expect(drawn.status == 0, "\(drawn.output)")
        let text = try String(contentsOf: folder.appending(path: "enroll.csv"), encoding: .utf8)
        let enrolled = try await program.run("enroll", folder.appending(path: "enroll.csv").path)
        #expect(enrolled.status == 0, "\(enrolled.output)")
        let code = "392000012345678"
        let assigned = try await program.run(
            "tag", "assign", code, "SAMPLE-002", "--from", "2007-06-15", "--evidence", "put in", "--by", "Sato")
        #expect(assigned.status == 0 && assigned.output.contains("SAMPLE-002"), "\(assigned.output)")
        let taken = try await program.run(
            "tag", "assign", code, "SAMPLE-001", "--evidence", "x", "--by", "Sato")
        #expect(taken.status != 0 && taken.output.contains("SAMPLE-002"))
        // A photograph that is enrolled itself names nobody; its tag of another animal is told all the same.
        let line = try #require(text.split(separator: "\n").first { $0.contains("SAMPLE-001") })
        let file = try #require(line.split(separator: ",").first.map(String.init))
        let screened = try await program.run(
            "screen", folder.appending(path: file).path, "--tag", "188.0000BC614E", "--tag", "39200001234567O", "--json"
        )
        let tags = try #require(try object(screened.output)["tags"] as? [String: Any], "\(screened.output)")
        let readings = try #require(tags["readings"] as? [[String: Any]])
        #expect(readings.count == 2 && readings.first?["code"] as? String == code)
        #expect(tags["agreement"] as? String == "tag_alone" || tags["agreement"] as? String == "conflict")
        let other = try await program.run(
            "tag", "assign", "392000012345679", "SAMPLE-001", "--evidence", "put in", "--by", "Sato")
        #expect(other.status == 0)
        let two = try await program.run(
            "screen", folder.appending(path: file).path, "--tag", code, "--tag", "392000012345679")
        #expect(two.status == 10 && two.output.contains("conflict"), "\(two.output)")
        let cases = try await program.run("cases")
        let found = cases.output.split(separator: "\n").last { $0.contains("two_animals") }
        let id = try #require(found?.split(separator: " ").last.map(String.init), "\(cases.output)")
        #expect(try await program.run("cases", "show", id).output.contains("SAMPLE-002 (bears)"))
        let resolved = try await program.run(
            "cases", "resolve", id, "record_wrong", "--note", "swapped", "--by", "Sato")
        #expect(resolved.status == 0 && resolved.output.contains("resolved"), "\(resolved.output)")
        #expect(try await !program.run("cases").output.contains(id))
        let none = try await program.run("screen", folder.appending(path: file).path, "--no-tag-found")
        #expect(none.status != 0 && none.output.contains("tagFrequencies"), "\(none.output)")
        let ended = try await program.run("tag", "end", code, "lost", "--at", "2012-08-01", "--by", "Sato")
        #expect(ended.status == 0 && ended.output.contains("lost"), "\(ended.output)")
        let read = try await program.run("tag", "read", code, "--frequency", "134.2", "--locality", "weir")
        #expect(read.status == 0 && read.output.contains("weir"))
        let history = try await program.run("tag", "history", code)
        #expect(history.output.contains("weir") && history.output.contains("SAMPLE-002"), "\(history.output)")
        #expect(try await program.run("tag", "rates").output.contains("assumption"))
    }
}
