import Foundation
import Logging
import Registry
import Screening
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct ScreeningTests {
    @Test func aKnownAnimalIsNamedWithItsEvidence() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            for animal in 1...3 {
                _ = try await registry.enroll(TestPhoto(animal: UInt64(animal), take: 10), as: "Hanzaki \(animal)")
            }
            let client = try await registry.client(.observer)
            let photo = try TestPhoto(animal: 2, take: 20)
            let box = try #require(photo.box)
            let reply = try await client.post(
                "/v1/screenings",
                json: """
                    {"photo":{"contentType":"image/jpeg","data":"\(Data(photo.jpeg).base64EncodedString())"},
                    "box":{"x":\(box.x),"y":\(box.y),"width":\(box.width),"height":\(box.height)}}
                    """, ["Prefer": "wait=30", "Accept-Language": "ja"])
            #expect(reply.status == 201)
            #expect(reply.header("Preference-Applied") == "wait=30")
            #expect(reply.string("state") == "done")
            #expect(reply.string("candidates.0.individual.name") == "Hanzaki 2")
            #expect(try #require(reply.number("candidates.0.matchingSpots")) > 10)
            #expect(reply.number("photosSearched") == 3)
            #expect(reply.number("individualsSearched") == 3)
            #expect(try #require(reply.count("reasons")) > 0)
            try await checkPages(of: reply, registry)
            let location = try #require(reply.header("Location"))
            #expect(try await client.get(location).string("outcome") == reply.string("outcome"))
            try await checkDecisions(on: location, registry, individual: reply.string("candidates.0.individual.id"))
        }
    }

    @Test func outlineAndLandmarksComeBackAsTheyWereDrawn() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            let client = try await registry.client(.observer)
            let photo = try TestPhoto(animal: 2, take: 20)
            let id = try #require(try await client.submit(photo.jpeg).string("id"))
            let reply = try await client.post(
                "/v1/screenings",
                json: """
                    {"photoIds":["\(id)"],"boxes":[{"photoId":"\(id)",
                    "outline":[{"x":0.25,"y":0.25},{"x":0.75,"y":0.25},{"x":0.5,"y":0.875}],
                    "axis":{"snout":{"x":0.5,"y":0.25},"neck":{"x":0.5,"y":0.75}}}]}
                    """, ["Prefer": "wait=30"])
            #expect(reply.status == 201)
            #expect(reply.string("quality.0.region") == "outline")
            #expect(reply.count("photos.0.box.outline") == 3)
            #expect(reply.number("photos.0.box.outline.2.y") == 0.875)
            #expect(reply.number("photos.0.box.axis.neck.y") == 0.75)
            #expect(reply.number("photos.0.box.x") == nil)
        }
    }

    @Test func aPolicyAndAnActivationDecideTheNextScreening() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            for animal in 1...3 {
                _ = try await registry.enroll(TestPhoto(animal: UInt64(animal), take: 10), as: "Hanzaki \(animal)")
            }
            let client = try await registry.client(.observer)
            let photo = try TestPhoto(animal: 2, take: 20)
            let box = try #require(photo.box)
            func screen() async throws -> Reply {
                try await client.post(
                    "/v1/screenings",
                    json: """
                        {"photo":{"contentType":"image/jpeg","data":"\(Data(photo.jpeg).base64EncodedString())"},
                        "box":{"x":\(box.x),"y":\(box.y),"width":\(box.width),"height":\(box.height)}}
                        """, ["Prefer": "wait=30", "Accept-Language": "en"])
            }
            let first = try await screen()
            #expect(first.string("outcome") == "matched", "\(first.text)")
            #expect(first.text.contains("calibration.borrowed"))

            let strict = try DecisionPolicy(
                falsePositiveIdentificationRate: 0.003, costWrongName: 1e9, costMissedAnimal: 20, costReview: 1)
            try await registry.store.setPolicy(strict, of: registry.agency.id, by: "Sato")
            let second = try await screen()
            #expect(second.string("outcome") == "undecided")
            #expect(second.string("candidates.0.individual.name") == "Hanzaki 2")
            #expect(second.text.contains("decide.retake_head"))

            let fit = LearnedCalibration.Fit(ece: 0.01, brier: 0.02, logLoss: 0.1)
            let learned = try await registry.store.addCalibration(
                LearnedCalibration.Content(
                    population: nil, region: .head, scorer: registry.engine.scorer, intercept: -500, slope: 1,
                    lookAlikeRate: 1e-5, genuinePairs: 41, impostorPairs: 456, animals: 13,
                    tail: ImpostorTail(location: 27.5, scale: 1.75, searches: 44),
                    figures: .init(before: fit, after: fit, falsePositives: nil)), by: "Sato")
            #expect(try await screen().string("outcome") == "undecided")
            try await registry.store.activateCalibration(learned.id, by: "Sato")
            let third = try await screen()
            #expect(third.string("outcome") == "unknown")
            #expect(third.string("decider")?.contains(learned.id.description) == true)
            #expect(third.text.contains("calibration.registry"))
        }
    }

    private func checkPages(of reply: Reply, _ registry: RunningRegistry) async throws {
        let page = try #require(reply.string("links.page"))
        for (language, words) in [("ja", "次にすること"), ("en", "What to do next")] {
            let html = try await registry.visitor.get(page, ["Accept-Language": language])
            #expect(html.status == 200)
            #expect(html.text.contains(words))
            #expect(html.text.contains("Hanzaki 2"))
            #expect(html.text.contains("/candidates/1/explanation"))
            #expect(html.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
            #expect(html.header("Referrer-Policy") == "no-referrer")
            #expect(html.header("Cache-Control")?.contains("private") == true)
        }
        let token = try #require(page.split(separator: "=").last)
        let id = try #require(reply.string("id"))
        let reference = try #require(reply.string("candidates.0.referencePhotoId"))
        let picture = try await registry.visitor.get("/screenings/\(id)/photos/\(reference)?token=\(token)")
        #expect(picture.status == 200)
        #expect(picture.header("Content-Type") == "image/jpeg")
        #expect(!picture.text.contains("Exif"))
        let wrong = String(token.dropLast()) + (token.last == "A" ? "E" : "A")
        for path in [
            "/screenings/\(id)?token=\(wrong)", "/screenings/\(id)", "/screenings/\(id)/photos/\(reference)?token=x",
            "/screenings/\(id)/photos/\(Identifier<Photo>())?token=\(token)",
        ] {
            #expect(try await registry.visitor.get(path).status == 404)
        }
    }

    private func checkDecisions(on location: String, _ registry: RunningRegistry, individual: String?) async throws {
        let reviewer = try await registry.client(.reviewer)
        let json = #"{"kind":"confirmed","individualId":"\#(try #require(individual))","note":"Same spots."}"#
        let first = try await reviewer.post(location + "/decisions", json: json, ["Idempotency-Key": "d1"])
        #expect(first.status == 201)
        let again = try await reviewer.post(location + "/decisions", json: json, ["Idempotency-Key": "d1"])
        #expect(again.string("id") == first.string("id"))
        let second = try await reviewer.post(location + "/decisions", json: #"{"kind":"undecidable"}"#)
        #expect(second.status == 201)
        let list = try await reviewer.get(location + "/decisions")
        #expect(list.count("items") == 2)
        #expect(list.string("items.0.note") == "Same spots.")
        let nameless = try await reviewer.post(location + "/decisions", json: #"{"kind":"confirmed"}"#)
        #expect(nameless.status == 422)
        let unknown = try await reviewer.post(
            location + "/decisions", json: #"{"kind":"confirmed","individualId":"\#(Identifier<Individual>())"}"#)
        #expect(unknown.string("errors.0.code") == "noSuchIndividual")
    }

    @Test func aScreeningThatTakesLongerIsAnsweredLater() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let photo = try #require(try await client.submit(try plainJPEG()).string("id"))
            let reply = try await client.post(
                "/v1/screenings", json: #"{"photoIds":["\#(photo)"]}"#, ["Prefer": "wait=1"])
            #expect(reply.status == 202)
            #expect(reply.string("state") == "received")
            let path = try #require(reply.header("Location"))
            let waiting = try await registry.visitor.get(try #require(reply.string("links.page")))
            #expect(waiting.text.contains("http-equiv=\"refresh\""))
            let decision = try await registry.client(.reviewer).post(path + "/decisions", json: #"{"kind":"unknown"}"#)
            #expect(decision.status == 409)
            let queue = ScreeningQueue.live(
                store: registry.store, gallery: LiveGallery(store: registry.store), worker: "late")
            await ScreeningWorker(
                lane: .interactive, queue: queue, engine: registry.engine, logger: .init(label: "test")
            )
            .drain()
            let done = try await client.get(path)
            #expect(done.string("state") == "done")
            #expect(done.string("outcome") != nil)
        }
    }

    @Test func bulkWorkDoesNotHoldUpAPerson() async throws {
        // No worker takes the batch lane: an interactive screening behind a long queue is answered all the same.
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            let client = try await registry.client(.observer)
            let photo = try #require(try await client.submit(try plainJPEG()).string("id"))
            for _ in 0..<5 {
                let bulk = try await client.post(
                    "/v1/screenings", json: #"{"photoIds":["\#(photo)"],"lane":"batch"}"#, ["Prefer": "wait=30"])
                #expect(bulk.status == 202)
                #expect(bulk.header("Preference-Applied") == nil)
            }
            let reply = try await client.post(
                "/v1/screenings", json: #"{"photoIds":["\#(photo)"]}"#, ["Prefer": "wait=30"])
            #expect(reply.status == 201)
            #expect(try await client.get("/v1/screenings?state=received").count("items") == 5)
        }
    }

    @Test func listsComeInPages() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            var submitted: [String] = []
            for shade in UInt8(0)..<5 {
                submitted.append(try #require(try await client.submit(try plainJPEG(shade: shade * 50)).string("id")))
            }
            var path: String? = "/v1/photos?limit=2"
            var read: [String] = []
            var pages = 0
            while let next = path {
                let page = try await client.get(next)
                for index in 0..<(try #require(page.count("items"))) {
                    read.append(try #require(page.string("items.\(index).id")))
                }
                pages += 1
                path = page.header("Link").map { String($0.dropFirst().prefix { $0 != ">" }) }
                #expect((path == nil) == (page.json("next") == nil))
            }
            #expect(read == submitted)
            #expect(pages == 3)
            for bad in ["limit=0", "limit=201", "limit=x", "after=7"] {
                let reply = try await client.get("/v1/photos?\(bad)")
                #expect(reply.status == 400)
                #expect(reply.problem == "invalid-parameter")
            }
        }
    }
}
