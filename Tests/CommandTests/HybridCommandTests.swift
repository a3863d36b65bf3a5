import Foundation
import Testing

/// Native or not, on the command line.
@Suite(.serialized) struct HybridCommandTests {
    @Test func anExpertsNoteSamplesAndASheetOfResults() async throws {
        let program = try Program()
        defer { program.remove() }
        let folder = program.data.appending(path: "photos")
        let drawn = try await program.run("sample", folder.path, "--animals", "1", "--photos", "2", "--width", "480")
        #expect(drawn.status == 0, "\(drawn.output)")
        let enrolled = try await program.run("enroll", folder.appending(path: "enroll.csv").path)
        #expect(enrolled.status == 0, "\(enrolled.output)")
        let text = try String(contentsOf: folder.appending(path: "enroll.csv"), encoding: .utf8)
        let file = try #require(
            text.split(separator: "\n").first { $0.contains("SAMPLE-001") }?.split(separator: ",").first)
        let screened = try await program.run("screen", folder.appending(path: String(file)).path, "--json")
        let screening = try #require(screened.output.firstMatch(of: /screenings\/([0-9a-f-]{36})/)).output.1
        let id = String(screening)

        let characters = try await program.run("hybrid", "characters")
        #expect(characters.output.contains("jaw_tubercles") && characters.output.contains("weighs nothing"))
        let set = try await program.run(
            "hybrid", "characters", "set", "jaw_tubercles", "--native", "3,57", "--not-native", "41,9", "--source",
            "own study", "--by", "Hara")
        #expect(set.status == 0 && set.output.contains("3 of 60"), "\(set.output)")
        let none = try await program.run("hybrid", "show", id)
        #expect(none.status != 0 && none.output.contains("hybrid score"))
        let wrong = try await program.run("hybrid", "score", id, "wings=present", "--by", "Ito")
        #expect(wrong.status != 0 && wrong.output.contains("jaw_tubercles"))
        let sight = try await program.run("hybrid", "score", id, "jaw_tubercles=maybe", "--by", "Ito")
        #expect(sight.status != 0 && sight.output.contains("not_visible"))
        let scored = try await program.run(
            "hybrid", "score", id, "jaw_tubercles=present", "wide_mouth=not_visible", "long_tail=absent", "--by", "Ito")
        #expect(scored.status == 0, "\(scored.output)")
        let shown = try await program.run("hybrid", "show", id)
        for words in ["Tubercles on lower jaw", "this water", "together", "is an assumption", "weighs nothing"] {
            #expect(shown.output.contains(words), "\(shown.output)")
        }
        #expect(!shown.output.contains("F1"))
        let expected = try await program.run("hybrid", "show", id, "--expect", "suspect_non_native")
        #expect(expected.status == 0, "\(expected.output)")
        let unexpected = try await program.run("hybrid", "show", id, "--expect", "likely_native")
        #expect(unexpected.status == 1 && unexpected.output.contains("It comes to suspect_non_native"))
        let japanese = try await program.run("hybrid", "show", id, environment: ["LANG": "ja_JP.UTF-8"])
        for words in ["この水域", "両方から", "次に撮影・確認するもの", "「尾が長い」なし"] {
            #expect(japanese.output.contains(words), "\(japanese.output)")
        }

        let loaded = try await program.run("hybrid", "prior", "load", "--examples", "--by", "Sato")
        #expect(loaded.status == 0 && loaded.output.contains("Kamo River system"), "\(loaded.output)")
        let listed = try await program.run("hybrid", "prior")
        #expect(listed.output.contains("224") && listed.output.contains("half_life"))
        let bad = program.data.appending(path: "bad.csv")
        try Data("reach,native,hybrid,source\nKiso,118,1,x\n".utf8).write(to: bad)
        let refused = try await program.run("hybrid", "prior", "load", bad.path, "--by", "Sato")
        #expect(refused.status != 0 && refused.output.contains("line 2"), "\(refused.output)")
        let agency = try await program.run("hybrid", "thresholds", "local", "--cost-wrong", "4", "--by", "Sato")
        #expect(agency.status == 0 && agency.output.contains("0.75"), "\(agency.output)")

        let sample = try await program.run(
            "dna", "sample", "add", "K-1", "--animal", "SAMPLE-001", "--taken-by", "Ito", "--at", "2026-01-05",
            "--seal", "bag 7", "--by", "Ito")
        #expect(sample.status == 0 && sample.output.contains("K-1"), "\(sample.output)")
        let handed = try await program.run(
            "dna", "sample", "hand-over", "K-1", "--from", "Ito", "--to", "Courier", "--at", "2026-01-06", "--seal",
            "closed")
        #expect(handed.status == 0 && handed.output.contains("handed_over"), "\(handed.output)")

        // Half-width kana and Shift_JIS, as laboratories' spreadsheets write them.
        let sheet = program.data.appending(path: "sheet.csv")
        let lines = "ｻﾝﾌﾟﾙ番号,マーカー,判定,検査機関,報告日\r\nK-1,SNP,F9,京大,2026/2/1\r\nK-9,SNP,F1,京大,2026/2/1\r\n"
        try #require(lines.data(using: .shiftJIS)).write(to: sheet)
        let unread = try await program.run("dna", "result", "import", sheet.path, "--by", "Sato")
        #expect(unread.status == 1 && unread.output.contains("F9") && unread.output.contains("K-9"), "\(unread.output)")
        let before = try await program.run("dna", "result", "list")
        #expect(!before.output.contains("K-1"))
        try Data("\u{FEFF}sample,markers,class,laboratory,reported\nK-1,SNP,F1,Kyoto,2026-02-01\n".utf8).write(
            to: sheet)
        let entered = try await program.run("dna", "result", "import", sheet.path, "--by", "Sato")
        #expect(entered.status == 0 && entered.output.contains("1 lines are entered"), "\(entered.output)")
        let known = try await program.run("hybrid", "show", id, "--expect", "suspect_non_native")
        #expect(known.status == 0 && known.output.hasPrefix("Not purely native by DNA"), "\(known.output)")
        let told = try await program.run("webhook", "tail", "--once")
        #expect(told.status == 0 && told.output.contains("hybrid.confirmed"), "\(told.output)")
        let other = try await program.run(
            "dna", "result", "add", "K-1", "--markers", "microsatellites", "--class", "japonicus", "--laboratory",
            "Osaka", "--reported", "2026-02-02", "--document", sheet.path, "--by", "Sato")
        #expect(other.status == 0 && other.output.contains("a case is open"), "\(other.output)")
        let cases = try await program.run("cases")
        #expect(cases.output.contains("dna_disagreement"), "\(cases.output)")
        let result = try #require(
            try await program.run("dna", "result", "list", "--animal", "SAMPLE-001").output
                .split(separator: "\n").first { $0.contains("Osaka") }?.split(separator: " ").last)
        let corrected = try await program.run(
            "dna", "result", "correct", String(result), "--markers", "microsatellites", "--class", "hybrid",
            "--laboratory", "Osaka", "--reported", "2026-02-03", "--note", "wrong tube", "--by", "Sato")
        #expect(corrected.status == 0, "\(corrected.output)")
        let standing = try await program.run("dna", "result", "list", "--animal", "SAMPLE-001")
        #expect(standing.output.contains("corrected") && standing.output.contains("not_native"), "\(standing.output)")
    }
}
