import Foundation
import Testing

/// Landmarks, models and training from the registry at the command line.
@Suite("Landmarks and models of the registry at the command line", .serialized)
struct HybridRegistryTests {
    @Test(
        "Drawn animals get landmarks and DNA results, training says how many are missing, and a drawn model asks for a word"
    )
    func wholeWay() async throws {
        let program = try Program()
        defer { program.remove() }
        let folder = program.data.appending(path: "drawn")
        let table = folder.appending(path: "animals.csv")
        let drawn = try await program.run("hybrid", "sample", folder.path, "--animals", "3", "--width", "480")
        #expect(drawn.status == 0, "\(drawn.output)")
        let enrolled = try await program.run("enroll", table.path)
        #expect(enrolled.status == 0, "\(enrolled.output)")
        let text = try String(contentsOf: table, encoding: .utf8)

        // One snout beside the photograph, and nothing of the whole table is placed.
        var lines = text.split(separator: "\n").map(String.init)
        var cells = lines[2].split(separator: ",").map(String.init)
        cells[6] = "1.4"
        lines[2] = cells.joined(separator: ",")
        let bad = program.data.appending(path: "bad.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: bad)
        let refused = try await program.run("hybrid", "landmarks", "import", bad.path, "--photos", folder.path)
        #expect(refused.status != 0 && refused.output.contains("Line 3, DRAWN-100001-1.jpg: snout_tip lies beside"))
        #expect(refused.output.contains("Nothing was placed"))
        let none = try await program.run("hybrid", "train", "--from-registry", "--keep", "head")
        #expect(none.status != 0 && none.output.contains("30 natives and 30 hybrids"), "\(none.output)")

        let placed = try await program.run(
            "hybrid", "landmarks", "import", table.path, "--photos", folder.path, "--by", "Hara")
        #expect(placed.status == 0 && placed.output.contains("on 3 photographs"), "\(placed.output)")
        for (label, animal, dnaClass) in [("K-1", "DRAWN-100000", "japonicus"), ("K-2", "DRAWN-100001", "f1")] {
            let sample = try await program.run(
                "dna", "sample", "add", label, "--animal", animal, "--taken-by", "Ito", "--at", "2026-01-05")
            #expect(sample.status == 0, "\(sample.output)")
            let result = try await program.run(
                "dna", "result", "add", label, "--markers", "snp", "--class", dnaClass, "--laboratory", "Kyoto",
                "--reported", "2026-02-01", "--by", "Sato")
            #expect(result.status == 0, "\(result.output)")
        }
        let few = try await program.run("hybrid", "train", "--from-registry", "--keep", "head")
        #expect(few.status != 0 && few.output.contains("29 natives and 29 hybrids"), "\(few.output)")

        // What people placed teaches, what was suggested does not: three animals of the 20 are there.
        _ = try await program.run(
            "hybrid", "landmarks", "import", table.path, "--photos", folder.path, "--suggested-by", "edges 1")
        let taught = try await program.run(
            "hybrid", "landmarks", "train", "--from-registry", "--out", program.data.appending(path: "m.json").path)
        #expect(taught.status != 0 && taught.output.contains("17 are missing"), "\(taught.output)")

        let photo = folder.appending(path: "DRAWN-100002-1.jpg").path
        let shown = try await program.run("hybrid", "landmarks", "show", photo)
        #expect(shown.status == 0, "\(shown.output)")
        for words in ["tip of the snout", "head width over head length", "CIELAB units", "by Hara"] {
            #expect(shown.output.contains(words), "\(shown.output)")
        }
        let wrong = try await program.run("hybrid", "landmarks", "place", photo, "snout_tip=nan,4")
        #expect(wrong.status != 0 && wrong.output.contains("Missing: nostril_left"), "\(wrong.output)")
        let unread = try await program.run("hybrid", "landmarks", "place", photo, "snout_tip")
        #expect(unread.status != 0 && unread.output.contains("snout_tip=1210,388"), "\(unread.output)")
    }

    @Test("A model of values that the registry does not measure is not kept, and what is no model is named")
    func models() async throws {
        let program = try Program()
        defer { program.remove() }
        let folder = program.data.appending(path: "drawn")
        _ = try await program.run("hybrid", "sample", folder.path, "--measures-only", "--animals", "240")
        let model = program.data.appending(path: "model.json")
        let table = folder.appending(path: "animals.csv").path
        let kept = try await program.run("hybrid", "train", table, "--model", model.path, "--keep", "head", "--drawn")
        #expect(kept.status != 0 && kept.output.contains("values measured elsewhere"), "\(kept.output)")
        let added = try await program.run("hybrid", "model", "add", model.path, "--drawn")
        #expect(added.status != 0 && added.output.contains("train one from landmarks"), "\(added.output)")
        let table2 = try await program.run("hybrid", "model", "add", table)
        #expect(table2.status != 0 && table2.output.contains("no model of `andrias hybrid train`"))
        let listed = try await program.run("hybrid", "model")
        #expect(listed.status == 0 && !listed.output.contains("in force"), "\(listed.output)")
        let nowhere = try await program.run("hybrid", "train", table)
        #expect(nowhere.status != 0 && nowhere.output.contains("--model FILE, --keep NAME"))
        let both = try await program.run("hybrid", "train", table, "--from-registry", "--keep", "head")
        #expect(both.status != 0 && both.output.contains("not both"))
    }
}
