import Foundation
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
}
