import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct TagRouteTests {
    private let code = "392000012345678"

    private func animal(_ name: String, in registry: RunningRegistry) async throws -> EnrolmentResult {
        try await registry.store.enroll(
            Enrolment(
                individual: name, species: "Andrias japonicus", agency: registry.agency.id,
                photo: Array(UUID().uuidString.utf8),
                description: PhotoDescription(
                    mediaType: "image/jpeg", width: 400, height: 300, capturedAt: nil, position: nil, camera: nil),
                region: .head, template: [1], extractor: "sift/1"))
    }

    @Test func aTagIsAssignedEndedMovedAndRead() async throws {
        try await RunningRegistry.with { registry in
            let one = try await animal("One", in: registry)
            let two = try await animal("Two", in: registry)
            let client = try await registry.client(.reviewer)
            let path = "/v1/tags/\(code)/assignments"
            let first = """
                {"individualId":"\(one.individual.id)","validFrom":"2007-06-15T12:00:00+09:00",
                "encounterId":"\(one.encounter.id)","evidence":"put in"}
                """
            let key = ["Idempotency-Key": "a1"]
            let assigned = try await client.post(path, json: first, key)
            #expect(assigned.status == 201 && assigned.string("individual.name") == "One")
            #expect(try await client.post(path, json: first, key).text == assigned.text)
            let second = #"{"individualId":"\#(two.individual.id)","evidence":"read"}"#
            let taken = try await client.post(path, json: second)
            #expect(taken.status == 409 && taken.problem == "tag-taken")
            #expect(taken.string("detail")?.contains("One") == true)
            let id = try #require(assigned.string("id"))
            let early = try await client.post(
                "/v1/tag-assignments/\(id)/end", json: #"{"reason":"lost","validTo":"2001-01-01T00:00:00Z"}"#)
            #expect(early.status == 422 && early.string("errors.0.code") == "endBeforeBeginning")
            let end = #"{"reason":"moved","validTo":"2012-08-01T00:00:00Z","note":"reused"}"#
            let ended = try await client.post("/v1/tag-assignments/\(id)/end", json: end, ["Idempotency-Key": "e1"])
            #expect(ended.status == 201 && ended.string("endReason") == "moved")
            let again = try await client.post("/v1/tag-assignments/\(id)/end", json: end, ["Idempotency-Key": "e1"])
            #expect(again.text == ended.text)
            let twice = try await client.post("/v1/tag-assignments/\(id)/end", json: #"{"reason":"lost"}"#)
            #expect(twice.status == 409 && twice.problem == "tag-ended")
            let moved = try await client.post(
                path,
                json:
                    #"{"individualId":"\#(two.individual.id)","validFrom":"2012-08-01T00:00:00Z","evidence":"x"}"#)
            #expect(moved.status == 201)
            #expect(try await client.get(path).count("items") == 2)
            #expect(try await client.get("/v1/individuals/\(one.individual.id)/tags").count("items") == 1)
            // The path takes what readers print.
            let shown = try await client.get("/v1/tags/392.000012345678")
            #expect(shown.string("code") == code && shown.string("dottedHex") == "188.0000BC614E")
            #expect(try await client.get("/v1/tags").string("items.0.code") == code)
            #expect(try await client.get("/v1/tags/392000012345679").status == 404)
            #expect(try await client.get("/v1/tags/nothing").status == 404)

            let read = try await client.post(
                "/v1/tag-reads",
                json: #"{"text":"188.0000BC614E","frequencies":["134.2"],"reader":"stick","locality":"weir"}"#)
            #expect(read.status == 201 && read.string("code") == code)
            #expect(try await client.get("/v1/tags/\(code)/reads").string("items.0.text") == "188.0000BC614E")
        }
    }

    @Test func badInputSaysWhatIsWrongAndWhatWasPerhapsMeant() async throws {
        try await RunningRegistry.with { registry in
            let one = try await animal("One", in: registry)
            let two = try await animal("Two", in: registry)
            let client = try await registry.client(.reviewer)
            let assignment = #"{"individualId":"\#(one.individual.id)","evidence":"x"}"#
            let slip = try await client.post("/v1/tags/39200001234567O/assignments", json: assignment)
            #expect(slip.status == 422 && slip.string("errors.0.code") == "tagUnreadable")
            #expect(slip.string("errors.0.detail")?.contains("392000012345670") == true)
            let future = try await client.post(
                "/v1/tags/\(code)/assignments",
                json: #"{"individualId":"\#(one.individual.id)","evidence":"x","validFrom":"2999-01-01T00:00:00Z"}"#)
            #expect(future.status == 422 && future.string("errors.0.code") == "inTheFuture")
            let foreign = try await client.post(
                "/v1/tags/\(code)/assignments",
                json:
                    #"{"individualId":"\#(one.individual.id)","evidence":"x","encounterId":"\#(two.encounter.id)"}"#)
            #expect(foreign.status == 422 && foreign.string("errors.0.code") == "encountersOfTheIndividual")
            let nobody = try await client.post(
                "/v1/tags/\(code)/assignments", json: #"{"individualId":"\#(UUID())","evidence":"x"}"#)
            #expect(nobody.status == 422 && nobody.string("errors.0.code") == "noSuchIndividual")
            for (json, expected) in [
                (#"{}"#, "missing"), (#"{"noneFound":true}"#, "scanWithoutReader"),
                (#"{"noneFound":true,"text":"1","frequencies":["125"]}"#, "tagAndNoneFound"),
                (#"{"text":"1","frequencies":["13"]}"#, "notOneOf"),
                (#"{"text":"1","frequencies":["125","125"]}"#, "twice"),
                (#"{"text":"1","decimalLatitude":0,"decimalLongitude":0}"#, "nullIsland"),
                (#"{"text":"1","decimalLatitude":35}"#, "halfAPosition"), (#"{"text":""}"#, "textLength"),
            ] {
                let refused = try await client.post("/v1/tag-reads", json: json)
                #expect(refused.status == 422 && refused.string("errors.0.code") == expected, "\(json)")
            }
            let photo = try await client.submit(plainJPEG()).string("id") ?? ""
            for (scan, expected) in [
                (#"{"noneFound":true}"#, "scanWithoutReader"), (#"{"frequencies":["9"]}"#, "notOneOf"),
            ] {
                let refused = try await client.post(
                    "/v1/screenings", json: #"{"photoIds":["\#(photo)"],"tagScan":\#(scan)}"#)
                #expect(refused.status == 422 && refused.string("errors.0.code") == expected, "\(scan)")
            }
        }
    }

    @Test func codesAreForThoseWhoMaySeeExactPositions() async throws {
        try await RunningRegistry.with { registry in
            let one = try await animal("One", in: registry)
            try await registry.store.assignTag(
                try TagReading(code).code, to: one.individual.id, evidence: "x", by: Reviewer(name: "Sato"))
            for role in [Role.observer, .screener, .laboratory] {
                let client = try await registry.client(role)
                for path in [
                    "/v1/tags", "/v1/tags/\(code)", "/v1/tags/\(code)/assignments", "/v1/tags/\(code)/reads",
                    "/v1/individuals/\(one.individual.id)/tags",
                ] {
                    #expect(try await client.get(path).status == 403, "\(role) \(path)")
                }
            }
            let ranger = try await registry.client(.ranger)
            #expect(try await ranger.get("/v1/tags/\(code)").status == 200)
            let refused = try await ranger.post(
                "/v1/tags/\(code)/assignments", json: #"{"individualId":"\#(one.individual.id)","evidence":"x"}"#)
            #expect(refused.status == 403)
        }
    }

    @Test func aConflictIsACaseWithBothSidesThatReviewersResolve() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            for (animal, name) in [(1, "Three"), (2, "One")] {
                _ = try await registry.enroll(try TestPhoto(animal: UInt64(animal), take: 10), as: name)
            }
            let two = try await registry.enroll(try TestPhoto(animal: 3, take: 10), as: "Two")
            try await registry.store.assignTag(
                try TagReading(code).code, to: two.individual.id, evidence: "x", by: Reviewer(name: "Sato"))
            let client = try await registry.client(.reviewer)
            let again = try TestPhoto(animal: 2, take: 20)
            let sent = try await client.submit(again.jpeg)
            let box = try #require(again.box)
            let screening = try await client.post(
                "/v1/screenings",
                json: """
                    {"photoIds":["\(try #require(sent.string("id")))"],"tagCodes":["188.0000BC614E"],
                    "tagScan":{"frequencies":["134.2"],"reader":"stick"},
                    "box":{"x":\(box.x),"y":\(box.y),"width":\(box.width),"height":\(box.height)}}
                    """, ["Prefer": "wait=30"])
            #expect(screening.status == 201 && screening.string("outcome") == "undecided")
            #expect(screening.string("tags.agreement") == "conflict")
            #expect(screening.string("tags.photo.individual.name") == "One")
            #expect(screening.string("tags.readings.0.holders.0.individual.name") == "Two")
            #expect(screening.string("reasons.0.code") == "tag.against_photo")
            #expect(screening.string("tagScan.frequencies.0") == "134.2")
            let listed = try await client.get("/v1/cases?state=open")
            let path = try #require(listed.string("items.0.links.self"))
            #expect(try await client.get(path).string("tagConflict.readings.0.code") == code)
            let stranger = try await registry.store.createAgency(name: "Other")
            let other = try await registry.client(.screener, of: stranger)
            let hidden = try await other.get(path)
            #expect(hidden.status == 200 && !hidden.text.contains(code) && !hidden.text.contains("BC614E"))
            #expect(hidden.string("informationWithheld") != nil)
            let shown = try await other.get("/v1/screenings/\(try #require(screening.string("id")))")
            #expect(shown.string("tags.agreement") == "conflict" && !shown.text.contains("BC614E"))
            #expect(!shown.text.contains(code))
            #expect(try await registry.client(.observer, of: stranger).get(path).status == 404)
            #expect(try await other.post("\(path)/resolutions", json: #"{"finding":"undecided"}"#).status == 403)
            let odd = try await client.post("\(path)/resolutions", json: #"{"finding":"x"}"#)
            #expect(odd.status == 422 && odd.string("errors.0.code") == "notOneOf")
            let resolved = try await client.post(
                "\(path)/resolutions", json: #"{"finding":"record_wrong","note":"swapped on the list"}"#)
            #expect(resolved.status == 201)
            #expect(try await client.get(path).string("state") == "resolved")
            #expect(try await client.get("\(path)/resolutions").count("items") == 1)
            #expect(try await client.get("/v1/cases?state=open").count("items") == 0)
            #expect(try await client.get("/v1/cases?state=x").status == 400)
            let page = try await registry.visitor.get(
                try #require(screening.string("links.page")?.replacing(registry.address, with: "")))
            #expect(page.status == 200 && !page.text.contains(code) && page.text.contains("Two"))
        }
    }
}
