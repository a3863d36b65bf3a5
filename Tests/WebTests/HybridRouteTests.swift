import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct HybridRouteTests {
    private func animal(_ name: String, in registry: RunningRegistry) async throws -> EnrolmentResult {
        try await registry.store.enroll(
            Enrolment(
                individual: name, species: "Andrias japonicus", agency: registry.agency.id,
                photo: Array(UUID().uuidString.utf8),
                description: PhotoDescription(
                    mediaType: "image/jpeg", width: 400, height: 300, capturedAt: nil, position: nil, camera: nil),
                region: .head, template: [1], extractor: "sift/1"))
    }

    private func screening(_ client: Client) async throws -> (id: String, photo: String) {
        let photo = try #require(try await client.submit(try plainJPEG()).string("id"))
        let made = try await client.post(
            "/v1/screenings", json: #"{"photoIds":["\#(photo)"]}"#, ["Prefer": "wait=0"])
        return (try #require(made.string("id")), photo)
    }

    @Test func charactersAreScoredAndTheScreeningLinksToWhatFollows() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.screener)
            let characters = try await client.get("/v1/hybrid-characters")
            #expect(characters.count("items") == 12 && characters.string("items.0.code") == "jaw_tubercles")
            #expect(characters.json("items.0.rates") == nil)
            let drawing = try await client.get(try #require(characters.string("items.0.drawing")))
            #expect(drawing.status == 200 && drawing.header("Content-Type") == "image/svg+xml")
            #expect(drawing.text.hasPrefix("<svg"))
            #expect(try await client.get("/v1/hybrid-characters/wings/drawing").status == 404)

            let (id, photo) = try await screening(client)
            let path = "/v1/screenings/\(id)"
            #expect(try await client.get(path).string("links.hybridAssessment") == nil)
            #expect(try await client.get(path + "/hybrid-assessment").status == 404)
            let scores = """
                {"scores":[{"character":"jaw_tubercles","sight":"present","photoId":"\(photo)"},
                {"character":"long_tail","sight":"not_visible"}]}
                """
            let key = ["Idempotency-Key": "h1"]
            let made = try await client.post(path + "/characters", json: scores, key)
            #expect(made.status == 201 && made.string("outcome") == "insufficient_evidence", "\(made.text)")
            #expect(made.string("prior.basis") == "no_network" || made.string("prior.basis") == "no_place")
            #expect(made.number("likelihoodRatio.ratio") == 1)
            #expect(try await client.post(path + "/characters", json: scores, key).text == made.text)
            #expect(made.header("Location") == path + "/hybrid-assessment")
            #expect(try await client.get(path + "/hybrid-assessment").string("id") == made.string("id"))
            #expect(try await client.get(path + "/characters").count("items") == 2)
            let shown = try await client.get(path)
            #expect(shown.string("links.hybridAssessment") == path + "/hybrid-assessment")
            #expect(try await client.get("/v1/screenings").string("items.0.links.hybridAssessment") != nil)
            let page = try await registry.visitor.get(try #require(shown.string("links.page")))
            #expect(page.text.contains("Native or not"))

            let other = try await registry.store.createAgency(name: "Other Office")
            let stranger = try await registry.client(.observer, of: other)
            #expect(try await stranger.get(path + "/hybrid-assessment").status == 404)
            #expect(try await stranger.post(path + "/characters", json: #"{"scores":[]}"#).status == 404)
            let laboratory = try await registry.client(.laboratory, of: other)
            #expect(try await laboratory.post(path + "/characters", json: #"{"scores":[]}"#).status == 403)
        }
    }

    @Test func badScoresSayWhichFieldIsWrong() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.screener)
            let path = "/v1/screenings/\(try await screening(client).id)/characters"
            for (body, field, code) in [
                (#"{"scores":[{"character":"long_tail","sight":"maybe"}]}"#, "/scores/0/sight", "notOneOf"),
                (#"{"scores":[{"character":"wings","sight":"present"}]}"#, "/scores", "noSuchCharacter"),
                (
                    #"{"scores":[{"character":"long_tail","sight":"absent","photoId":"x"}]}"#, "/scores/0/photoId",
                    "notAnIdentifier"
                ),
                (
                    #"{"scores":[{"character":"long_tail","sight":"absent","photoId":"\#(Identifier<Photo>())"}]}"#,
                    "/scores", "notInSubmission"
                ),
                (
                    #"{"scores":[{"character":"long_tail","sight":"absent"},{"character":"long_tail","sight":"present"}]}"#,
                    "/scores", "twice"
                ),
                (
                    #"{"scores":[{"character":"long_tail","sight":"absent","x":1}]}"#, "/scores/Index 0/x",
                    "unknownField"
                ),
            ] {
                let reply = try await client.post(path, json: body)
                #expect(reply.status == 422 && reply.problem == "invalid-value", "\(body)")
                #expect(reply.string("errors.0.code") == code, "\(reply.text)")
                if code != "unknownField" { #expect(reply.string("errors.0.field") == field, "\(reply.text)") }
            }
            #expect(try await client.post(path, json: "{}").problem == "malformed-json")
            #expect(try await client.get(path).count("items") == 0)
        }
    }

    @Test func aSampleGoesToALaboratoryWhichEntersAndCorrectsItsResult() async throws {
        try await RunningRegistry.with { registry in
            let one = try await animal("One", in: registry)
            let ranger = try await registry.client(.ranger)
            let other = try await registry.store.createAgency(name: "Laboratory")
            let laboratory = try await registry.client(.laboratory, of: other)
            let sample = try await ranger.post(
                "/v1/dna-samples",
                json: """
                    {"label":"K-1","individualId":"\(one.individual.id)","takenBy":"Ito","seal":"bag 7",
                    "takenAt":"2026-01-05T09:00:00+09:00","locality":"Below the weir","tissue":"tail tip"}
                    """)
            #expect(sample.status == 201 && sample.string("individual.name") == "One", "\(sample.text)")
            let path = try #require(sample.header("Location"))
            let custody = try await ranger.post(
                path + "/custody",
                json: """
                    {"step":"handed_over","from":"Ito","to":"Courier","seal":"bag 7 closed",
                    "happenedAt":"2026-01-05T12:00:00+09:00"}
                    """)
            #expect(custody.status == 201, "\(custody.text)")
            let received = try await laboratory.post(
                path + "/custody",
                json: #"{"step":"received","from":"Courier","to":"Lab","happenedAt":"2026-01-06T12:00:00+09:00"}"#)
            #expect(received.status == 201 && received.string("person") == "Lab")
            #expect(try await ranger.get(path + "/custody").count("items") == 3)
            let early = try await laboratory.post(
                path + "/custody",
                json: #"{"step":"received","from":"Courier","to":"Lab","happenedAt":"2026-01-05T12:00:00+09:00"}"#)
            #expect(early.status == 422 && early.string("errors.0.code") == "backwardsCustody")

            let id = try #require(sample.string("id"))
            let result = { (dnaClass: String, markers: String) in
                """
                {"sampleId":"\(id)","markers":"\(markers)","class":"\(dnaClass)","laboratory":"Kyoto",
                "reportedAt":"2026-02-01T00:00:00Z","documentSha256":"\(String(repeating: "a1", count: 32))"}
                """
            }
            #expect(try await ranger.post("/v1/dna-results", json: result("f1", "snp")).status == 403)
            let line = try await laboratory.post("/v1/dna-results", json: result("davidianus", "mtdna"))
            #expect(line.status == 201 && line.json("isConclusive") == .bool(false), "\(line.text)")
            let beyond = try await laboratory.post("/v1/dna-results", json: result("f1", "mtdna"))
            #expect(beyond.status == 422 && beyond.string("errors.0.field") == "/class")
            let unknown = try await laboratory.post(
                "/v1/dna-results", json: result("f1", "snp").replacing(id, with: "\(Identifier<DNASample>())"))
            #expect(unknown.status == 422 && unknown.string("errors.0.code") == "noSuchSample")
            let key = ["Idempotency-Key": "r1"]
            let found = try await laboratory.post("/v1/dna-results", json: result("f1", "snp"), key)
            #expect(found.status == 201 && found.json("isConclusive") == .bool(true))
            #expect(try await laboratory.post("/v1/dna-results", json: result("f1", "snp"), key).text == found.text)
            let correction = try #require(found.header("Location")) + "/correction"
            let corrected = """
                {"markers":"snp","class":"japonicus","laboratory":"Kyoto","reportedAt":"2026-02-03T00:00:00Z",
                "note":"tubes were swapped"}
                """
            let why = try await laboratory.post(
                correction,
                json: corrected.replacing(
                    #""note":"tubes were swapped""#, with: #""documentSha256":"\#(String(repeating: "0", count: 64))""#)
            )
            #expect(why.status == 422 && why.string("errors.0.field") == "/note", "\(why.text)")
            #expect(try await laboratory.post(correction, json: corrected).status == 201)
            let twice = try await laboratory.post(correction, json: corrected)
            #expect(twice.status == 409 && twice.problem == "result-corrected")
            #expect(try await ranger.get("/v1/dna-results?sample=\(id)").count("items") == 3)
            #expect(try await laboratory.get(path).string("locality") == nil)
            let label = try await ranger.post(
                "/v1/dna-samples",
                json: """
                    {"label":"K-1","individualId":"\(one.individual.id)","takenBy":"Ito",
                    "takenAt":"2026-01-05T09:00:00+09:00"}
                    """)
            #expect(label.status == 422 && label.string("errors.0.code") == "labelTaken")
            let nothing = try await ranger.post(
                "/v1/dna-samples", json: #"{"label":"K-2","takenBy":"Ito","takenAt":"2026-01-05T09:00:00+09:00"}"#)
            #expect(nothing.status == 422 && nothing.string("errors.0.code") == "missing")
        }
    }

    @Test func laboratoriesThatDisagreeOpenACase() async throws {
        try await RunningRegistry.with { registry in
            let one = try await animal("One", in: registry)
            let reviewer = try await registry.client(.reviewer)
            let sample = try await reviewer.post(
                "/v1/dna-samples",
                json: """
                    {"label":"K-1","individualId":"\(one.individual.id)","takenBy":"Ito",
                    "takenAt":"2026-01-05T09:00:00+09:00"}
                    """)
            let id = try #require(sample.string("id"))
            for (dnaClass, laboratory) in [("japonicus", "Kyoto"), ("f2", "Osaka")] {
                let entered = try await reviewer.post(
                    "/v1/dna-results",
                    json: """
                        {"sampleId":"\(id)","markers":"microsatellites","class":"\(dnaClass)",
                        "laboratory":"\(laboratory)","reportedAt":"2026-02-01T00:00:00Z"}
                        """)
                #expect(entered.status == 201)
            }
            let cases = try await reviewer.get("/v1/cases")
            #expect(cases.string("items.0.kind") == "dna_disagreement" && cases.json("items.0.screeningId") == nil)
            #expect(cases.string("items.0.individualId") == one.individual.id.description)
            #expect(cases.string("items.0.dnaDisagreement.results.1.laboratory") == "Osaka")
            let path = "/v1/cases/\(try #require(cases.string("items.0.id")))/resolutions"
            let unfit = try await reviewer.post(path, json: #"{"finding":"tag_misread"}"#)
            #expect(unfit.status == 422, "\(unfit.text)")
            #expect(try await reviewer.post(path, json: #"{"finding":"laboratory_wrong"}"#).status == 201)
        }
    }
}
