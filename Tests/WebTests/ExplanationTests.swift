import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct ExplanationTests {
    /// A registry with one known animal, which an observer has met again.
    private func withScreening(
        _ body: (_ registry: RunningRegistry, _ observer: Client, _ screening: Reply) async throws -> Void
    ) async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            _ = try await registry.enroll(TestPhoto(animal: 2, take: 10), as: "Hanzaki 2")
            let photo = try TestPhoto(animal: 2, take: 20, position: (35.2345, 134.5678))
            let observer = try await registry.client(.observer)
            let id = try #require(try await observer.submit(photo.jpeg).string("id"))
            let box = try #require(photo.box)
            let reply = try await observer.post(
                "/v1/screenings",
                json: """
                    {"photoIds":["\(id)"],"box":{"x":\(box.x),"y":\(box.y),"width":\(box.width),
                    "height":\(box.height)}}
                    """, ["Prefer": "wait=30"])
            #expect(reply.string("state") == "done")
            try await body(registry, observer, reply)
        }
    }

    @Test func aCandidateIsExplainedInTheReadersLanguage() async throws {
        try await withScreening { registry, observer, screening in
            let path = try #require(screening.string("candidates.0.explanation"))
            let english = try await observer.get(path, ["Accept-Language": "en"])
            #expect(english.status == 200)
            #expect(english.header("Content-Type") == "image/svg+xml")
            #expect(english.header("Content-Language") == "en")
            #expect(english.header("Cache-Control")?.contains("private") == true)
            #expect(
                english.header("Content-Security-Policy")
                    == "default-src 'none'; img-src data:; style-src 'unsafe-inline'")
            #expect(english.text.contains("Registered: Hanzaki 2"))
            let spots = try #require(screening.number("candidates.0.matchingSpots"))
            #expect(english.text.contains("Spots that agree: \(Int(spots))"))
            let japanese = try await observer.get(path + "?lang=ja", ["Accept-Language": "en"])
            #expect(japanese.text.contains("登録写真 Hanzaki 2"))
            let neither = try await observer.get(path + "?lang=de")
            #expect(neither.status == 400)
            #expect(neither.problem == "invalid-parameter")
        }
    }

    @Test func onlyWhoMaySeeTheScreeningSeesItsExplanations() async throws {
        try await withScreening { registry, _, screening in
            let path = try #require(screening.string("candidates.0.explanation"))
            let other = try await registry.store.createAgency(name: "Other Office")
            let foreign = try await registry.client(.observer, of: other).get(path)
            #expect(foreign.status == 404)
            #expect(foreign.problem == "not-found")
            #expect(try await registry.visitor.get(path).status == 401)
            #expect(try await registry.client(.reviewer, of: other).get(path).status == 200)
        }
    }

    @Test func whatIsNoCandidateIsNotFound() async throws {
        try await withScreening { _, observer, screening in
            let path = try #require(screening.string("links.self"))
            for rank in ["2", "0", "-1", "x", "99999999999999999999"] {
                let reply = try await observer.get("\(path)/candidates/\(rank)/explanation")
                #expect(reply.status == 404)
                #expect(reply.problem == "not-found")
            }
            let nobody = "/v1/screenings/\(Identifier<Screening>())/candidates/1/explanation"
            #expect(try await observer.get(nobody).status == 404)
        }
    }

    @Test func thePageShowsTheExplanationToWhoeverHoldsItsLink() async throws {
        try await withScreening { registry, _, screening in
            let page = try #require(screening.string("links.page"))
            let html = try await registry.visitor.get(page + "&lang=ja").text
            let source = try #require(html.firstMatch(of: /<img src="([^"]*explanation[^"]*)"[^>]*loading="lazy"/))
            let address = source.output.1.replacing("&amp;", with: "&")
            let drawing = try await registry.visitor.get(String(address))
            #expect(drawing.status == 200)
            #expect(drawing.text.contains("登録写真 Hanzaki 2"))
            let id = try #require(screening.string("id"))
            for path in [
                "/screenings/\(id)/candidates/1/explanation", "/screenings/\(id)/candidates/1/explanation?token=x",
                String(address).replacing("candidates/1", with: "candidates/2"),
            ] {
                #expect(try await registry.visitor.get(path).status == 404)
            }
        }
    }
}
