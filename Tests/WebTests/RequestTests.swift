import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct RequestTests {
    struct Refused: Sendable, CustomTestStringConvertible {
        let json: String
        let status: Int
        let field: String
        let code: String
        var testDescription: String { json }
    }

    static let refused = [
        Refused(json: #""bodyRegion":"wing""#, status: 422, field: "/bodyRegion", code: "notOneOf"),
        Refused(json: #""eventDate":"2999-01-01T00:00:00Z""#, status: 422, field: "/eventDate", code: "inTheFuture"),
        Refused(json: #""eventDate":"yesterday""#, status: 422, field: "/eventDate", code: "notAMoment"),
        Refused(
            json: #""decimalLatitude":0,"decimalLongitude":0"#, status: 422, field: "/decimalLatitude",
            code: "nullIsland"),
        Refused(
            json: #""decimalLatitude":91,"decimalLongitude":0"#, status: 422, field: "/decimalLatitude",
            code: "outOfRange"),
        Refused(json: #""decimalLatitude":35.2"#, status: 422, field: "/decimalLongitude", code: "halfAPosition"),
        Refused(
            json: #""coordinateUncertaintyInMeters":5"#, status: 422, field: "/coordinateUncertaintyInMeters",
            code: "halfAPosition"),
        Refused(json: #""latitude":35.2"#, status: 422, field: "/latitude", code: "unknownField"),
        Refused(
            json: #""box":{"x":0.5,"y":0.5,"width":0.6,"height":0.1}"#, status: 422, field: "/box",
            code: "outsidePhoto"),
        Refused(json: #""box":{"x":0.5,"y":0.5}"#, status: 422, field: "/box", code: "boxOrOutline"),
        Refused(
            json: #""box":{"outline":[{"x":0,"y":0},{"x":1,"y":1}]}"#, status: 422, field: "/box/outline",
            code: "outlinePoints"),
        Refused(
            json: #""box":{"outline":[{"x":0,"y":0},{"x":1,"y":2},{"x":0,"y":1}]}"#, status: 422,
            field: "/box/outline/1", code: "outsidePhoto"),
        Refused(
            json: #""box":{"outline":[{"x":0,"y":0},{"x":1,"y":1},{"x":0.5,"y":0.5}]}"#, status: 422,
            field: "/box/outline", code: "flatOutline"),
        Refused(
            json: #"""
                "box":{"x":0,"y":0,"width":1,"height":1,"axis":{"snout":{"x":0.5,"y":0.5},"neck":{"x":0.5,"y":0.51}}}
                """#, status: 422, field: "/box/axis", code: "shortAxis"),
        Refused(
            json: #"""
                "bodyRegion":"tail","box":{"x":0,"y":0,"width":1,"height":1,
                "axis":{"snout":{"x":0.5,"y":0.5},"neck":{"x":0.5,"y":0.9}}}
                """#, status: 422, field: "/bodyRegion", code: "axisOfAHead"),
        Refused(json: #""lane":"fast""#, status: 422, field: "/lane", code: "notOneOf"),
        Refused(json: #""locality":"""#, status: 422, field: "/locality", code: "textLength"),
        Refused(json: #""tagCodes":["a\u0000b"]"#, status: 422, field: "/tagCodes/0", code: "breaksRule"),
    ]

    @Test(arguments: refused) func aValueThatCannotBeIsNamedInBothLanguages(refused: Refused) async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let photo = try #require(try await client.submit(try plainJPEG()).string("id"))
            let json = "{\"photoIds\":[\"\(photo)\"],\(refused.json)}"
            var details: Set<String> = []
            for language in ["ja", "en"] {
                let reply = try await client.post("/v1/screenings", json: json, ["Accept-Language": language])
                #expect(reply.status == refused.status)
                #expect(reply.string("errors.0.field") == refused.field)
                #expect(reply.string("errors.0.code") == refused.code)
                details.insert(try #require(reply.string("detail")))
            }
            #expect(details.count == 2)
            #expect(try await registry.store.screenings().items.isEmpty)
        }
    }

    @Test func malformedJSONIsToldWhatAndWhere() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let cases = [
                ("{\"photoIds\":[", "/"), ("[]", "/"), ("", "/"), (#"{"photoIds":"x"}"#, "/photoIds"),
                (#"{"photoIds":[7]}"#, "/photoIds/0"), (#"{"photo":{}}"#, "/photo/data"),
                (#"{"photoIds":[],"locality":null}"#, "/locality"),
                (#"{"photoIds":[],"decimalLatitude":"north"}"#, "/decimalLatitude"),
            ]
            for (json, place) in cases {
                let reply = try await client.post("/v1/screenings", json: json)
                #expect(reply.status == 400, "\(json)")
                #expect(reply.problem == "malformed-json")
                #expect(reply.string("detail")?.contains("At \(place):") == true, "\(reply.text)")
                for inside in ["Swift", "Decod", "ScreeningRequest", "Optional", "Dictionary", "Array<"] {
                    #expect(!reply.text.contains(inside))
                }
            }
            let typed = try await client.send(
                "POST", "/v1/screenings", ["Content-Type": "text/plain"], Array("{}".utf8))
            #expect(typed.status == 415)
        }
    }

    @Test func aRepeatedRequestIsCarriedOutOnce() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let photo = try #require(try await client.submit(try plainJPEG()).string("id"))
            let json = #"{"photoIds":["\#(photo)"],"lane":"batch"}"#
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await client.post("/v1/screenings", json: json, ["Idempotency-Key": "once"]).string("id")
                    }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await registry.store.screenings().items.count == 1)
            let other = try await client.post(
                "/v1/screenings", json: #"{"photoIds":["\#(photo)"],"lane":"batch","recordedBy":"Sato"}"#,
                ["Idempotency-Key": "once"])
            #expect(other.status == 422)
            #expect(other.problem == "idempotency-key-reused")
            for bad in [String(repeating: "k", count: 256), "käse"] {
                let reply = try await client.post("/v1/screenings", json: json, ["Idempotency-Key": bad])
                #expect(reply.status == 400)
                #expect(reply.problem == "idempotency-key-invalid")
            }
            let stranger = try await registry.client(.observer)
            let own = try await stranger.post("/v1/screenings", json: json, ["Idempotency-Key": "once"])
            #expect(own.status == 202)
            #expect(try await registry.store.screenings().items.count == 2)
        }
    }

    @Test func aWrongPathAndAWrongMethodAreToldApart() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let lost = try await client.get("/v2/photos")
            #expect(lost.status == 404)
            #expect(lost.problem == "no-such-page")
            let deleted = try await client.send("DELETE", "/v1/photos/\(Identifier<Photo>())")
            #expect(deleted.status == 405)
            #expect(deleted.problem == "method-not-allowed")
            #expect(deleted.header("Allow") == "GET, HEAD")
            #expect(try await client.get("/v1/photos/7").status == 404)
        }
    }

    @Test func healthTellsWhatFails() async throws {
        try await RunningRegistry.with(failing: [.database, .disk]) { registry in
            #expect(try await registry.visitor.get("/healthz").status == 200)
            let reply = try await registry.visitor.get("/readyz")
            #expect(reply.status == 503)
            #expect(reply.json("failing") == .array([.string("database"), .string("disk")]))
            #expect(reply.header("Retry-After") != nil)
        }
        try await RunningRegistry.with { registry in
            #expect(try await registry.visitor.get("/readyz").status == 200)
            let description = try await registry.visitor.get("/openapi.yaml")
            #expect(description.text.hasPrefix("openapi: 3.1.0"))
        }
    }
}
