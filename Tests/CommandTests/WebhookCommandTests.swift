import Foundation
import Testing

/// Endpoints on the command line: entered, tested, delivered to, looked at.
@Suite(.serialized) struct WebhookCommandTests {
    @Test("An endpoint is entered with its secret shown once, a test is sent to it, and the list says how that went")
    func endpoints() async throws {
        let program = try Program()
        defer { program.remove() }
        _ = try await program.run("agency", "add", "Board")
        // Nobody listens on port 1.
        let added = try await program.run(
            "webhook", "add", "--agency", "Board", "--url", "http://127.0.0.1:1/alerts", "--allow-private", "--types",
            "animal.relocated,tag.conflict", "--urgency", "prompt", "--label", "Duty officer")
        #expect(
            added.status == 0 && added.output.contains("whsec_") && added.output.contains("whpk_"), "\(added.output)")
        let id = try #require(added.output.firstMatch(of: /endpoint +([0-9a-f-]{36})/).map { String($0.output.1) })
        let worker = try program.start(["webhook", "work"])
        defer {
            kill(worker.processIdentifier, SIGTERM)
            worker.waitUntilExit()
        }
        let test = try await program.run("webhook", "test", id)
        #expect(test.status == 0 && test.output.contains("webhook tail \(id)"), "\(test.output)")
        var list = ""
        for _ in 0..<60 where !list.contains("failing, 1 in a row") {
            list = try await program.run("webhook", "list", "--agency", "Board").output
            try await Task.sleep(for: .milliseconds(200))
        }
        #expect(list.contains("Duty officer: http://127.0.0.1:1/alerts") && list.contains("100 % of 1"), "\(list)")
        #expect(list.contains("failing, 1 in a row") && list.contains("never"), "\(list)")
        #expect(!list.contains("whsec_"))

        #expect(try await program.run("webhook", "quiet", id).output.contains("is quiet"))
        #expect(try await program.run("webhook", "unquiet", id).output.contains("is not quiet"))
        let rotated = try await program.run("webhook", "rotate", id, "--overlap", "90m")
        #expect(rotated.output.contains("whsec_"), "\(rotated.output)")
        #expect(try await program.run("webhook", "disable", id).output.contains("is disabled"))
        #expect(try await program.run("webhook", "list").output.contains("by a person"))
        #expect(try await program.run("webhook", "test", id).output.contains("enable it first"))
        #expect(try await program.run("webhook", "enable", id).status == 0)
        let replayed = try await program.run("webhook", "replay", id, "--dead")
        #expect(replayed.output.contains("0 events are on their way again"), "\(replayed.output)")
        #expect(try await program.run("webhook", "remove", id).status == 0)
        #expect(try await program.run("webhook", "test", id).output.contains("was removed"))
    }

    @Test("Mistakes are answered in words, and nothing is entered")
    func mistakes() async throws {
        let program = try Program()
        defer { program.remove() }
        _ = try await program.run("agency", "add", "Board")
        let polygon = program.data.appending(path: "area.geojson")
        try Data(#"{"type":"Polygon","coordinates":[[[134,35],[135,36],[135,35],[134,36],[134,35]]]}"#.utf8)
            .write(to: polygon)
        for (arguments, words) in [
            (["--url", "http://a.example/"], "give an https URL"),
            (["--url", "https://me:word@a.example/"], "user or password"),
            (["--url", "https://a.example/", "--email", "a@b.example"], "one of --url, --email and --feed"),
            (["--email", "nobody"], "name@domain"),
            (["--feed", "--types", "animal.lost"], "animal.relocated"),
            (["--feed", "--urgency", "soon"], "routine, prompt, immediate"),
            (["--feed", "--municipality", "28999"], "No municipality that is loaded"),
            (["--feed", "--system", "999999"], "no river network"),
            (["--feed", "--polygon", polygon.path], "longitude 134.5, latitude 35.5"),
            (["--url", "https://a.example/", "--ca", polygon.path], "PEM"),
        ] {
            let refused = try await program.run(arguments: ["webhook", "add", "--agency", "Board"] + arguments)
            #expect(
                refused.status != 0 && refused.output.lowercased().contains(words.lowercased()),
                "\(arguments): \(refused.output)")
        }
        #expect(try await !program.run("webhook", "list").output.contains("Board"))
        let overlap = try await program.run("webhook", "rotate", UUID().uuidString, "--overlap", "8d")
        #expect(overlap.output.contains("at most 7d"), "\(overlap.output)")

        let boundaries = program.data.appending(path: "N03-28.geojson")
        try Data(
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"N03_001":"兵庫県","N03_004":"豊岡市",
            "N03_007":"28209"},"geometry":{"type":"Polygon",
            "coordinates":[[[134.7,35.4],[134.9,35.4],[134.9,35.6],[134.7,35.6],[134.7,35.4]]]}}]}
            """.utf8
        ).write(to: boundaries)
        let loaded = try await program.run("municipality", "load", boundaries.path)
        #expect(
            loaded.status == 0 && loaded.output.contains("1 municipalities, loaded as “N03-28”"), "\(loaded.output)")
        #expect(try await program.run("municipality", "list").output.contains("豊岡市"))
        let local = try await program.run(
            "webhook", "add", "--agency", "Board", "--feed", "--municipality", "28209", "--label", "豊岡市")
        #expect(local.status == 0, "\(local.output)")
        let twice = try await program.run("webhook", "add", "--agency", "Board", "--feed")
        #expect(twice.status != 0 && twice.output.contains("already"), "\(twice.output)")
        let odd = try await program.run("municipality", "load", polygon.path)
        #expect(odd.status == 1 && odd.output.contains("nothing was changed"), "\(odd.output)")
    }
}
