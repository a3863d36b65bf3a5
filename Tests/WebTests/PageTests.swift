import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct PageTests {
    @Test func theSubmitPageSpeaksTheVisitorsLanguage() async throws {
        try await RunningRegistry.with { registry in
            let japanese = try await registry.visitor.get("/", ["Accept-Language": "ja"])
            #expect(japanese.text.contains("<html lang=\"ja\">"))
            #expect(japanese.text.contains("写真を送る"))
            #expect(japanese.text.contains("<option value=\"seizure\">押収</option>"))
            let english = try await registry.visitor.get("/", ["Accept-Language": "de, en;q=0.5, ja;q=0.1"])
            #expect(english.text.contains("Submit a photograph"))
            let chosen = try await registry.visitor.get("/?lang=ja", ["Accept-Language": "en"])
            #expect(chosen.text.contains("写真を送る"))
            for asset in ["style.css", "submit.js", "icon.svg"] {
                #expect(english.text.contains("/assets/\(asset)"))
                #expect(try await registry.visitor.get("/assets/\(asset)").status == 200)
            }
        }
    }

    @Test func whatPeopleWroteIsEscaped() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            let name = #"<img src=x onerror=alert(1)>&"quoted""#
            _ = try await registry.enroll(TestPhoto(animal: 2, take: 10), as: name)
            let photo = try TestPhoto(animal: 2, take: 20)
            let client = try await registry.client(.observer)
            let id = try #require(try await client.submit(photo.jpeg).string("id"))
            let box = try #require(photo.box)
            let reply = try await client.post(
                "/v1/screenings",
                json: """
                    {"photoIds":["\(id)"],"boxes":[{"photoId":"\(id)","x":\(box.x),"y":\(box.y),
                    "width":\(box.width),"height":\(box.height)}]}
                    """, ["Prefer": "wait=30"])
            #expect(reply.string("candidates.0.individual.name") == name)
            let page = try await registry.visitor.get(try #require(reply.string("links.page")))
            #expect(page.status == 200)
            #expect(!page.text.contains("<img src=x"))
            #expect(page.text.contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;quoted&quot;"))
        }
    }

    @Test func unknownAmongSomeAnimalsIsNotCalledUnknownToTheRegistry() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            func page(_ findings: [Finding]) async throws -> String {
                let id = try #require(try await client.submit(plainJPEG()).string("id"))
                let reply = try await client.post("/v1/screenings", json: #"{"photoIds":["\#(id)"]}"#)
                let claim = try #require(
                    try await registry.store.claimScreening(
                        lane: .interactive, worker: "test", lease: .seconds(60)))
                try await registry.store.finishScreening(
                    claim,
                    Verdict(
                        outcome: .unknown, probability: 0.75, candidates: [], findings: findings, extractor: "a",
                        decider: "b", photosSearched: 9, individualsSearched: 3, milliseconds: 1))
                return try await registry.visitor.get(
                    try #require(reply.string("links.page")), ["Accept-Language": "en"]
                ).text
            }
            let all = try await page([])
            #expect(all.contains("Not a known animal"))
            let some = try await page([Finding(.notSearched, ["count": "2", "total": "5"])])
            #expect(some.contains("None of the animals compared") && !some.contains("Not a known animal"))
            #expect(
                some.contains("2 of the registry&#39;s 5 animals") || some.contains("2 of the registry's 5 animals"))
        }
    }

    @Test func aVisitorWithAWrongLinkGetsAPageInWords() async throws {
        try await RunningRegistry.with { registry in
            let reply = try await registry.visitor.get(
                "/screenings/\(Identifier<Screening>())?token=x", ["Accept": "text/html", "Accept-Language": "ja"])
            #expect(reply.status == 404)
            #expect(reply.header("Content-Type")?.hasPrefix("text/html") == true)
            #expect(reply.text.contains("見つかりません"))
        }
    }
}
