import Foundation
import Hybrids
import Registry
import Storage
import TestSupport
import Testing
import Web

/// `/v1/photos/{id}/head-landmarks`, `head-measures` and `/v1/hybrid-models`.
@Suite("Landmarks and models over HTTP", .database)
struct HeadLandmarkRouteTests {
    private func body(_ landmarks: [SubmittedHead.Landmark], scheme: String = HeadLandmark.scheme, more: String = "")
        -> String
    {
        let list = landmarks.map { #"{"name":"\#($0.name)","x":\#($0.point.x),"y":\#($0.point.y)}"# }
        return #"{"scheme":"\#(scheme)",\#(more)"landmarks":[\#(list.joined(separator: ","))]}"#
    }

    @Test("A person places landmarks, sees 26 measures with units, and the next assessment hears the model")
    func wholeWay() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.screener)
            let drawn = try DrawnHead.one.get()
            let photo = try #require(try await client.submit(drawn.jpeg).string("id"))
            let path = "/v1/photos/\(photo)"
            #expect(try await client.get(path + "/head-landmarks").count("items") == 0)
            #expect(try await client.get(path + "/head-measures").status == 404)
            let key = ["Idempotency-Key": "l1"]
            let placed = try await client.post(path + "/head-landmarks", json: body(drawn.landmarks), key)
            #expect(placed.status == 201 && placed.string("source") == "person", "\(placed.text)")
            #expect(placed.count("landmarks") == 12 && placed.count("measures.items") == 26)
            #expect(placed.header("Location") == path + "/head-landmarks")
            #expect(
                try await client.post(path + "/head-landmarks", json: body(drawn.landmarks), key).text == placed.text)
            let reused = try await client.post(
                path + "/head-landmarks", json: body(drawn.landmarks, more: #""suggestedBy":"edges 1","#), key)
            #expect(reused.status == 422 && reused.problem == "idempotency-key-reused")
            let suggested = try await client.post(
                path + "/head-landmarks", json: body(drawn.landmarks, more: #""suggestedBy":"edges 1","#))
            #expect(suggested.string("source") == "suggested" && suggested.string("suggestedBy") == "edges 1")
            let listed = try await client.get(path + "/head-landmarks")
            #expect(listed.count("items") == 2 && listed.string("items.1.id") == suggested.string("id"))
            #expect(listed.number("items.0.landmarks.0.x") == drawn.landmarks[0].point.x)
            let measures = try await client.get(path + "/head-measures", ["Accept-Language": "ja"])
            // What a person placed counts, whatever is suggested later.
            #expect(measures.string("landmarksId") == placed.string("id"))
            #expect(measures.string("items.0.unit") == "head lengths")
            #expect(measures.string("items.0.name") == "頭の幅（頭の長さ比）")

            let id = try #require(Identifier<Photo>(photo))
            let head = try #require(try await registry.store.currentHead(of: id))
            let stored = try #require(try await registry.store.photo(id))
            let record = try inventedModel(about: try await registry.store.measured(head, on: stored).values)
            let model = try await registry.store.addModel(record, named: "head", keepsDrawn: true, by: "Hara")
            let screening = try #require(
                try await client.post("/v1/screenings", json: #"{"photoIds":["\#(photo)"]}"#, ["Prefer": "wait=0"])
                    .string("id"))
            let assessed = try await client.post("/v1/screenings/\(screening)/characters", json: #"{"scores":[]}"#)
            #expect(assessed.status == 201 && assessed.string("evidence.0.model") == model.label, "\(assessed.text)")
            #expect(assessed.text.contains("Drawn, not real") && assessed.text.contains("hybrid.unknown_river"))
            #expect(assessed.number("evidence.0.ratio.ratio") != nil)
            // Landmarks that come later are heard at once, a repeated request is not.
            let again = try await client.post(
                path + "/head-landmarks", json: body(drawn.landmarks), ["Idempotency-Key": "l2"])
            #expect(again.status == 201)
            let anew = try await client.get("/v1/screenings/\(screening)/hybrid-assessment").string("id")
            #expect(anew != nil && anew != assessed.string("id"))
            _ = try await client.post(path + "/head-landmarks", json: body(drawn.landmarks), ["Idempotency-Key": "l2"])
            #expect(try await client.get("/v1/screenings/\(screening)/hybrid-assessment").string("id") == anew)

            let models = try await client.get("/v1/hybrid-models")
            #expect(models.count("items") == 1 && models.json("items.0.isInForce") == .bool(true))
            #expect(models.string("items.0.notice")?.hasPrefix("Drawn, not real") == true)
            #expect(models.json("items.0.figures") == nil)
            let shown = try await client.get("/v1/hybrid-models/\(model.id)")
            #expect(shown.number("figures.data.natives") == 40 && shown.json("card") == nil, "\(shown.text)")
            let reviewer = try await registry.client(.reviewer)
            let whole = try await reviewer.get("/v1/hybrid-models/\(model.id)", ["Accept-Language": "ja"])
            #expect(whole.string("card")?.contains("実在の個体ではありません") == true)
            #expect(try await client.get("/v1/hybrid-models/\(Identifier<KeptHybridModel>())").status == 404)
            let observer = try await registry.client(.observer)
            #expect(try await observer.get("/v1/hybrid-models").status == 403)
        }
    }

    @Test("Landmarks are suggested round the marked head for a person to place, or it is said why none are")
    func suggestion() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.screener)
            let store = registry.store
            let drawn = try DrawnHead.one.get()
            let photo = try #require(try await client.submit(drawn.jpeg).string("id"))
            let path = "/v1/photos/\(photo)/head-landmarks"
            let none = try await client.get(path + "/suggestion")
            #expect(none.status == 404 && none.problem == "no-landmark-model", "\(none.text)")
            try await store.addModel(
                inventedLandmarkModel(leastSureness: 4), named: "landmarks", keepsDrawn: true, by: "Hara")
            let unsure = try await client.get(path + "/suggestion", ["Accept-Language": "ja"])
            #expect(unsure.status == 404 && unsure.problem == "no-sure-head", "\(unsure.text)")
            #expect(unsure.string("detail")?.contains("手で置く") == true)

            let model = try await store.addModel(
                inventedLandmarkModel(), named: "landmarks", keepsDrawn: true, by: "Hara")
            let truth = drawn.landmarks.map(\.point)
            let size = SIMD2(Double(drawn.width), Double(drawn.height))
            func fraction(_ point: SIMD2<Double>) -> PhotoPoint {
                PhotoPoint(x: point.x / size.x, y: point.y / size.y)
            }
            let mark = try RegionMark(
                .box(.whole), axis: HeadAxis(snout: fraction(truth[0]), neck: fraction(truth[11])))
            let id = try #require(Identifier<Photo>(photo))
            let key = try #require(client.key)
            _ = try await store.createScreening(
                Screening.Submission(photos: [id], region: .head, marks: [id: mark]), agency: registry.agency.id,
                key: key.id)
            let suggested = try await client.get(path + "/suggestion")
            #expect(suggested.status == 200 && suggested.count("landmarks") == 12, "\(suggested.text)")
            #expect(suggested.string("suggestedBy") == model.label && model.label == "landmarks 2 (drawn, not real)")
            #expect(suggested.string("notice")?.hasPrefix("Drawn, not real") == true)
            #expect(suggested.string("advice")?.contains("move it where it belongs") == true)
            let japanese = try await client.get(path + "/suggestion", ["Accept-Language": "ja"])
            #expect(japanese.string("advice")?.contains("正しい位置に動かして") == true)
            // A third of a head is how far starts lie from the axis; the picture's other half is farther.
            let length = ((truth[11] - truth[0]) * (truth[11] - truth[0])).sum().squareRoot()
            var points: [SubmittedHead.Landmark] = []
            for (place, landmark) in HeadLandmark.allCases.enumerated() {
                #expect(suggested.string("landmarks.\(place).name") == landmark.rawValue)
                let x = try #require(suggested.number("landmarks.\(place).x"))
                let y = try #require(suggested.number("landmarks.\(place).y"))
                let way = SIMD2(x, y) - truth[place]
                #expect((way * way).sum().squareRoot() < 0.7 * length, "\(landmark)")
                points.append(.init(name: landmark.rawValue, point: SIMD2(x, y)))
            }
            // Nothing is placed by asking, and what is suggested can be placed as it is.
            #expect(try await client.get(path).count("items") == 0)
            let taken = try await client.post(path, json: body(points, more: #""suggestedBy":"\#(model.label)","#))
            #expect(taken.status == 201 && taken.string("source") == "suggested", "\(taken.text)")

            let other = try await store.createAgency(name: "Other Office")
            let stranger = try await registry.client(.observer, of: other)
            #expect(try await stranger.get(path + "/suggestion").problem == "not-found")
            try await store.retireModel(model.id, by: "Sato")
            #expect(try await client.get(path + "/suggestion").problem == "no-sure-head")
        }
    }

    @Test("Bad landmarks are refused with the field and the reason, in both languages, and nothing is kept")
    func badLandmarks() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.screener)
            let drawn = try DrawnHead.one.get()
            let photo = try #require(try await client.submit(drawn.jpeg).string("id"))
            let path = "/v1/photos/\(photo)/head-landmarks"
            func with(_ place: Int, _ x: Double) -> String {
                var landmarks = drawn.landmarks
                landmarks[place] = .init(name: landmarks[place].name, point: SIMD2(x, landmarks[place].point.y))
                return body(landmarks)
            }
            let mirrored = drawn.landmarks.map {
                SubmittedHead.Landmark(name: $0.name, point: SIMD2(Double(drawn.width) - $0.point.x, $0.point.y))
            }
            var exchanged = drawn.landmarks
            (exchanged[3], exchanged[4]) = (
                .init(name: "eye_left", point: exchanged[4].point), .init(name: "eye_right", point: exchanged[3].point)
            )
            for (document, field, code) in [
                (with(0, 401), "/landmarks/0", "landmarkOutside"), (body(mirrored), "/landmarks", "landmarksMirrored"),
                (body(exchanged), "/landmarks/3", "landmarkSides"),
                (body(drawn.landmarks.reversed()), "/landmarks/0", "landmarkOutOfOrder"),
                (body(Array(drawn.landmarks.dropLast())), "/landmarks", "landmarksMissing"),
                (body(drawn.landmarks + [drawn.landmarks[0]]), "/landmarks/0", "landmarkTwice"),
                (body(drawn.landmarks + [.init(name: "tail", point: .zero)]), "/landmarks", "noSuchLandmark"),
                (body(drawn.landmarks, scheme: "lateral-1"), "/scheme", "landmarkScheme"),
                (body(drawn.landmarks, more: #""suggestedBy":" ","#), "/suggestedBy", "textLength"),
                (body(drawn.landmarks + drawn.landmarks + drawn.landmarks), "/landmarks", "listLength"),
            ] {
                let reply = try await client.post(path, json: document)
                #expect(reply.status == 422 && reply.problem == "invalid-value", "\(code): \(reply.text)")
                #expect(
                    reply.string("errors.0.code") == code && reply.string("errors.0.field") == field, "\(reply.text)")
                let japanese = try await client.post(path, json: document, ["Accept-Language": "ja"])
                #expect(japanese.string("detail") != reply.string("detail"))
            }
            let large = body(drawn.landmarks).replacing(#""x":"#, with: #""x":1e999,"z":"#)
            #expect(try await client.post(path, json: large).status / 100 == 4)
            #expect(try await client.post(path, json: "{}").problem == "malformed-json")
            #expect(try await client.post(path, json: #"{"landmarks":7}"#).problem == "malformed-json")
            #expect(try await client.get(path).count("items") == 0)

            let other = try await registry.store.createAgency(name: "Other Office")
            let stranger = try await registry.client(.observer, of: other)
            #expect(try await stranger.post(path, json: body(drawn.landmarks)).status == 404)
            #expect(try await stranger.get(path).status == 404)
            let laboratory = try await registry.client(.laboratory)
            #expect(try await laboratory.post(path, json: body(drawn.landmarks)).status == 403)
            #expect(
                try await client.post("/v1/photos/\(Identifier<Photo>())/head-landmarks", json: body(drawn.landmarks))
                    .status == 404)
        }
    }

    @Test("Landmarks on a photograph that shows too little are kept, and the answer says why nothing was measured")
    func unmeasured() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.screener)
            let photo = try #require(try await client.submit(try plainJPEG()).string("id"))
            // On 320 × 240 pixels the head fills the photograph to its edges.
            let places = [
                (160, 1), (152, 8), (168, 8), (100, 70), (220, 70), (60, 150), (260, 150), (3, 140), (317, 140),
                (20, 236), (300, 236), (160, 232),
            ]
            let landmarks = zip(HeadLandmark.allCases, places).map {
                SubmittedHead.Landmark(name: $0.rawValue, point: SIMD2(Double($1.0), Double($1.1)))
            }
            let path = "/v1/photos/\(photo)"
            let placed = try await client.post(path + "/head-landmarks", json: body(landmarks))
            #expect(placed.status == 201 && placed.string("notMeasured.code") == "hybrid.bed_missing", "\(placed.text)")
            #expect(placed.json("measures") == nil)
            let measures = try await client.get(path + "/head-measures")
            #expect(measures.status == 422 && measures.problem == "head-bed-missing", "\(measures.text)")
        }
    }
}
