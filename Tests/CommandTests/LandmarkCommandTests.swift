import Foundation
import Hybrids
import TestSupport
import Testing

/// Suggested landmarks, on the command line.
@Suite struct LandmarkCommandTests {
    @Test("Too few animals, a table without landmarks and a file that is no model are refused with what to do")
    func refusals() async throws {
        let program = try Program()
        defer { program.remove() }
        let folder = program.data.appending(path: "drawn")
        let drawn = try await program.run("hybrid", "sample", folder.path, "--animals", "2", "--width", "400")
        #expect(drawn.status == 0, "\(drawn.output)")
        let table = folder.appending(path: "animals.csv").path
        let model = program.data.appending(path: "model.json")

        let few = try await program.run("hybrid", "landmarks", "train", table, "--out", model.path)
        #expect(few.status != 0 && few.output.contains("18 are missing"), "\(few.output)")
        #expect(!FileManager.default.fileExists(atPath: model.path))

        let bare = program.data.appending(path: "bare.csv")
        try Data("file,individual\na.jpg,A\n".utf8).write(to: bare)
        let columns = try await program.run("hybrid", "landmarks", "evaluate", bare.path)
        #expect(columns.status != 0 && columns.output.contains("snout_tip_x"), "\(columns.output)")

        try Data("{\"form\":\"landmark-model-0\",\"scheme\":\"dorsal-head-1\"}".utf8).write(to: model)
        let photo = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix(".jpg") })
        let old = try await program.run(
            "hybrid", "landmarks", "suggest", folder.appending(path: photo).path, "--model", model.path)
        #expect(old.status != 0 && old.output.contains("Train it again"), "\(old.output)")
    }

    @Test("A model of landmarks is kept beside the others, drawn ones where somebody says so, and the registry teaches")
    func models() async throws {
        let program = try Program()
        defer { program.remove() }
        let file = program.data.appending(path: "landmarks.json")
        try inventedLandmarkModel().json().write(to: file)
        let refused = try await program.run("hybrid", "model", "add", file.path)
        #expect(refused.status != 0 && refused.output.contains("--drawn"), "\(refused.output)")
        let added = try await program.run("hybrid", "model", "add", file.path, "--drawn", "--by", "Hara")
        #expect(added.status == 0, "\(added.output)")
        for words in ["landmarks 1 (drawn, not real)", "in force", "Hara"] {
            #expect(added.output.contains(words), "\(added.output)")
        }
        let listed = try await program.run("hybrid", "model", "list")
        #expect(listed.output.contains("landmarks 1 (drawn, not real)"), "\(listed.output)")
        let id = try #require(
            listed.output.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/))
        let again = program.data.appending(path: "again.json")
        let shown = try await program.run("hybrid", "model", "show", "\(id.output)", "--model", again.path)
        #expect(shown.status == 0 && shown.output.contains("nothing suggested"), "\(shown.output)")
        #expect(try Data(contentsOf: again) == Data(contentsOf: file))
        let retired = try await program.run("hybrid", "model", "retire", "\(id.output)", "--note", "a trial")
        #expect(retired.status == 0 && retired.output.contains("retired 20"), "\(retired.output)")

        let few = try await program.run(
            "hybrid", "landmarks", "train", "--from-registry", "--out", program.data.appending(path: "m.json").path)
        #expect(few.status != 0 && few.output.contains("20 are missing"), "\(few.output)")
        let both = try await program.run("hybrid", "landmarks", "evaluate", file.path, "--from-registry")
        #expect(both.status != 0 && both.output.contains("not both"), "\(both.output)")
    }
}
