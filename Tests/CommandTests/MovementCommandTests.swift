import Foundation
import Testing

/// Translocations, high water, parameters, privacy and origin on the command line.
@Suite(.serialized) struct MovementCommandTests {
    @Test func whatMovementsAreJudgedByIsRecordedAndListed() async throws {
        let program = try Program()
        defer { program.remove() }
        let folder = program.data.appending(path: "photos")
        _ = try await program.run("sample", folder.path, "--animals", "1", "--photos", "1", "--width", "480")
        let enrolled = try await program.run("enroll", folder.appending(path: "enroll.csv").path)
        #expect(enrolled.status == 0, "\(enrolled.output)")
        _ = try await program.run("agency", "add", "Board", "--contact", "079-000-0000")

        let added = try await program.run(
            "translocation", "add", "SAMPLE-001", "--on", "2015-10-01", "--permit", "Hyogo 12-3", "--authority",
            "Board", "--agency", "Board", "--to-system", "860400", "--to-latitude", "35.02", "--to-longitude", "136.05")
        #expect(added.status == 0, "\(added.output)")
        let listed = try await program.run("translocation", "list", "SAMPLE-001")
        #expect(listed.output.contains("Hyogo 12-3") && listed.output.contains("860400"), "\(listed.output)")
        for (arguments, words) in [
            (["--to-latitude", "136.05", "--to-longitude", "35.02"], "wrong way round"),
            (["--to-latitude", "0", "--to-longitude", "0"], "knows no position"),
            (["--to-latitude", "48.9", "--to-longitude", "2.3"], "outside Japan"),
            ([], "--to-system"),
        ] {
            let refused = try await program.run(
                arguments: [
                    "translocation", "add", "SAMPLE-001", "--on", "2015-10-01", "--permit", "x", "--authority", "y",
                    "--agency", "Board",
                ] + arguments)
            #expect(refused.status != 0 && refused.output.contains(words), "\(refused.output)")
        }

        let water = try await program.run(
            "highwater", "add", "860604", "--from", "2021-08-14", "--to", "2021-08-16", "--source", "gauge", "--agency",
            "Board")
        #expect(water.status == 0, "\(water.output)")
        #expect(try await program.run("highwater", "list").output.contains("860604"))
        let future = try await program.run(
            "highwater", "add", "860604", "--from", "2999-08-14", "--to", "2999-08-16", "--source", "gauge", "--agency",
            "Board")
        #expect(future.status != 0 && future.output.contains("future"))

        let parameters = try await program.run(
            "agency", "movement", "Board", "--set", "home_range", "--value", "350", "--source", "own study")
        #expect(parameters.output.contains("350.0") && parameters.output.contains("own study"), "\(parameters.output)")
        #expect(try await program.run("agency", "movement").output.contains("200.0"))
        let wild = try await program.run(
            "agency", "movement", "--set", "weir_passage", "--value", "7", "--source", "x")
        #expect(wild.status != 0 && wild.output.contains("weir_passage is 0.0 to 1.0"), "\(wild.output)")

        #expect(try await program.run("agency", "privacy", "Board").output.contains("0.1"))
        #expect(try await program.run("agency", "privacy", "Board", "withheld").output.contains("withheld"))
        let responsible = try await program.run("agency", "responsible", "860700", "Board")
        #expect(responsible.output.contains("079-000-0000"))

        let origin = try await program.run("origin", "SAMPLE-001")
        #expect(origin.status == 0 && origin.output.contains("Decided by the agency responsible"), "\(origin.output)")
        #expect(try await program.run("origin", "SAMPLE-001", "--language", "ja").output.contains("担当機関"))
    }
}
