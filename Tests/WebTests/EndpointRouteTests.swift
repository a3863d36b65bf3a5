import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web
import Webhooks

@Suite(.database)
struct EndpointRouteTests {
    @Test("An agency enters an endpoint, sees its secret once, changes it, and removes it")
    func life() async throws {
        try await RunningRegistry.with { registry in
            let reviewer = try await registry.client(.reviewer)
            let entered = try await reviewer.post(
                "/v1/endpoints",
                json: """
                    {"channel":"webhook","address":"https://Receiver.example:443/alerts","label":"Duty officer",
                    "types":["tag.conflict","animal.relocated"],"minimumUrgency":"prompt","ordered":true,
                    "area":{"polygon":{"type":"Polygon",
                    "coordinates":[[[134,35],[135,35],[135,36],[134,36],[134,35]]]}}}
                    """, ["Idempotency-Key": "one"])
            #expect(entered.status == 201, "\(entered.text)")
            #expect(entered.string("address") == "https://receiver.example/alerts")
            #expect(entered.string("types.0") == "animal.relocated" && entered.string("area.polygon.type") != nil)
            let shownSecret = try #require(entered.string("secret"))
            let secret = try WebhookSecret(shownSecret)
            let key = try #require(entered.string("publicKeys.0"))
            #expect(key.hasPrefix("whpk_"))
            #expect(entered.header("Cache-Control") == "no-store")
            let path = try #require(entered.header("Location"))
            let shown = try await reviewer.get(path)
            #expect(
                shown.status == 200 && shown.string("publicKeys.0") == key && shown.string("status.breaker") == "closed"
            )
            let again = try await reviewer.post(
                "/v1/endpoints",
                json: """
                    {"channel":"webhook","address":"https://Receiver.example:443/alerts","label":"Duty officer",
                    "types":["tag.conflict","animal.relocated"],"minimumUrgency":"prompt","ordered":true,
                    "area":{"polygon":{"type":"Polygon",
                    "coordinates":[[[134,35],[135,35],[135,36],[134,36],[134,35]]]}}}
                    """, ["Idempotency-Key": "one"])
            #expect(again.status == 201 && again.string("id") == entered.string("id"))
            let others = [shown, again, try await reviewer.get("/v1/endpoints")]
            for reply in others { #expect(!reply.text.contains("whsec_")) }
            let shownID = try #require(entered.string("id"))
            let id = try #require(Identifier<Endpoint>(shownID))
            let registrar = EndpointRegistrar(store: registry.store, seal: try RunningRegistry.seal)
            #expect(try await registrar.signingKeys(of: id).map(\.secret) == [secret])

            let changed = try await reviewer.patch(
                path, json: #"{"quiet":true,"area":null,"types":null,"enabled":false}"#)
            #expect(changed.status == 200, "\(changed.text)")
            #expect(changed.json("quiet") == .bool(true) && changed.json("area") == nil && changed.json("types") == nil)
            #expect(changed.string("disabledReason") == "by_person" && changed.string("minimumUrgency") == "prompt")
            #expect(try await reviewer.post(path + "/test", json: "").problem == "endpoint-disabled")
            #expect(try await reviewer.patch(path, json: #"{"enabled":true}"#).json("enabled") == .bool(true))

            let rotated = try await reviewer.post(path + "/secret", json: #"{"overlapInSeconds":60}"#)
            #expect(rotated.string("secret")?.hasPrefix("whsec_") == true && rotated.string("secret") != secret.text)
            #expect(try await reviewer.get(path).count("publicKeys") == 2)
            #expect(
                try await registrar.signingKeys(of: id).map(\.secret.text) == [rotated.string("secret"), secret.text])
            let long = try await reviewer.post(path + "/secret", json: #"{"overlapInSeconds":604801}"#)
            #expect(long.status == 422)

            #expect(try await reviewer.send("DELETE", path).status == 204)
            #expect(try await reviewer.get(path).status == 404)
            #expect(try await reviewer.get("/v1/endpoints").count("items") == 0)
        }
    }

    @Test("Only reviewers and administrators manage endpoints, and those of their own agency alone")
    func access() async throws {
        try await RunningRegistry.with { registry in
            let other = try await registry.store.createAgency(name: "Other Office")
            let reviewer = try await registry.client(.reviewer)
            let entered = try await reviewer.post("/v1/endpoints", json: #"{"channel":"feed","label":"Ward office"}"#)
            let path = try #require(entered.header("Location"))
            for role in [Role.observer, .screener, .ranger, .laboratory] {
                let client = try await registry.client(role)
                for reply in [
                    try await client.get("/v1/endpoints"), try await client.get(path),
                    try await client.post("/v1/endpoints", json: #"{"channel":"feed","label":"x"}"#),
                    try await client.patch(path, json: #"{"quiet":true}"#), try await client.send("DELETE", path),
                ] { #expect(reply.status == 403, "\(role)") }
            }
            let administrator = try await registry.client(.administrator, of: other)
            for reply in [
                try await administrator.get(path), try await administrator.patch(path, json: #"{"quiet":true}"#),
                try await administrator.post(path + "/secret", json: "{}"),
                try await administrator.send("DELETE", path),
            ] { #expect(reply.status == 404) }
            #expect(try await administrator.get("/v1/endpoints").count("items") == 0)
        }
    }

    @Test("Bad input is answered with the field and what to give instead, and nothing is entered")
    func refusals() async throws {
        try await RunningRegistry.with { registry in
            let reviewer = try await registry.client(.reviewer)
            let square = "[[134,35],[135,36],[135,35],[134,36],[134,35]]"
            let many = (0...10_000).map { "[\(134 + Double($0) / 100_000),35]" }.joined(separator: ",")
            let refused: [(json: String, field: String, code: String)] = [
                (#""channel":"pager","address":"x""#, "/channel", "notOneOf"),
                (#""channel":"feed","address":"https://a.example""#, "/address", "addressOfChannel"),
                (#""channel":"webhook""#, "/address", "addressOfChannel"),
                (#""channel":"webhook","address":"https://user:word@a.example/""#, "/address", "urlCredentials"),
                (#""channel":"webhook","address":"http://a.example/""#, "/address", "urlScheme"),
                (#""channel":"webhook","address":"ftp://a.example/""#, "/address", "urlScheme"),
                (#""channel":"webhook","address":"https://a.example:22/""#, "/address", "urlPort"),
                (#""channel":"webhook","address":"https://a.example/#x""#, "/address", "urlFragment"),
                (#""channel":"webhook","address":"https://a b/""#, "/address", "urlUnreadable"),
                (#""channel":"email","address":"nobody""#, "/address", "mailAddress"),
                (#""channel":"feed","types":["animal.lost"]"#, "/types/0", "notOneOf"),
                (#""channel":"feed","types":[]"#, "/types", "notEmpty"),
                (#""channel":"feed","parallel":65"#, "/parallel", "number"),
                (#""channel":"feed","secret":"whsec_short""#, "/secret", "secretUnreadable"),
                (
                    #""channel":"feed","secret":"whsec_\#(String(repeating: "A", count: 1_500_000))""#, "/secret",
                    "secretUnreadable"
                ),
                (#""channel":"feed","clientCertificate":"x""#, "/clientCertificate", "notPEM"),
                (#""channel":"feed","area":{}"#, "/area", "oneArea"),
                (#""channel":"feed","area":{"waterSystem":"999999"}"#, "/area/waterSystem", "unknownSystem"),
                (#""channel":"feed","area":{"municipality":"99999"}"#, "/area/municipality", "unknownMunicipality"),
                (
                    #""channel":"feed","area":{"polygon":{"type":"Point","coordinates":[1,2]}}"#, "/area/polygon",
                    "notAnArea"
                ),
                (
                    #""channel":"feed","area":{"polygon":{"type":"Polygon","coordinates":[\#(square)]}}"#,
                    "/area/polygon", "crossingAreaThere"
                ),
                (
                    #""channel":"feed","area":{"polygon":{"type":"Polygon","coordinates":[[\#(many),[134,35]]]}}"#,
                    "/area/polygon", "notAnArea"
                ),
            ]
            for (json, field, code) in refused {
                let reply = try await reviewer.post("/v1/endpoints", json: "{\"label\":\"x\",\(json)}")
                #expect(reply.status == 422, "\(json.prefix(100)): \(reply.text.prefix(300))")
                #expect(
                    reply.string("errors.0.field") == field && reply.string("errors.0.code") == code, "\(reply.text)")
            }
            let unknown = try await reviewer.post(
                "/v1/endpoints", json: #"{"label":"x","channel":"feed","types":["animal.lost"]}"#)
            #expect(unknown.text.contains("animal.relocated, animal.returned"))
            let crossing = try await reviewer.post(
                "/v1/endpoints",
                json:
                    #"{"label":"x","channel":"feed","area":{"polygon":{"type":"Polygon","coordinates":[\#(square)]}}}"#)
            #expect(crossing.string("detail")?.contains("longitude 134.5, latitude 35.5") == true)
            let huge = try await reviewer.post(
                "/v1/endpoints",
                json: #"{"label":"x","channel":"feed","secret":"whsec_\#(String(repeating: "A", count: 10 << 20))"}"#)
            #expect(huge.status == 413 && huge.text.contains("2097152"))
            #expect(try await reviewer.get("/v1/endpoints").count("items") == 0)

            let webhook = #"{"label":"x","channel":"webhook","address":"https://a.example/in"}"#
            #expect(try await reviewer.post("/v1/endpoints", json: webhook).status == 201)
            let twice = try await reviewer.post(
                "/v1/endpoints", json: #"{"label":"y","channel":"webhook","address":"HTTPS://A.example:443/in"}"#)
            #expect(twice.status == 409 && twice.problem == "endpoint-exists")
            let operatorsWord = try await reviewer.post(
                "/v1/endpoints",
                json: #"{"label":"z","channel":"feed","allowsPrivateAddresses":true}"#)
            #expect(operatorsWord.string("errors.0.code") == "unknownField")
        }
    }

    @Test("Private addresses that an operator allowed are not allowed for another address")
    func operatorsWord() async throws {
        try await RunningRegistry.with { registry in
            let registrar = EndpointRegistrar(store: registry.store, seal: try RunningRegistry.seal)
            let endpoint = try await registrar.enter(
                EndpointDraft(
                    agency: registry.agency.id, channel: .webhook(url: "http://127.0.0.1:9000/"), label: "inside",
                    delivery: DeliverySettings(allowsPrivateAddresses: true)), by: "operator"
            ).endpoint
            let reviewer = try await registry.client(.reviewer)
            let path = "/v1/endpoints/\(endpoint.id)"
            let kept = try await reviewer.patch(path, json: #"{"quiet":true}"#)
            #expect(kept.json("allowsPrivateAddresses") == .bool(true))
            let moved = try await reviewer.patch(path, json: #"{"address":"http://127.0.0.1:22/"}"#)
            #expect(moved.status == 422 && moved.string("errors.0.code") == "urlScheme")
            let outside = try await reviewer.patch(path, json: #"{"address":"https://a.example/"}"#)
            #expect(outside.json("allowsPrivateAddresses") == .bool(false))
        }
    }

    @Test("What was sent is listed with its attempts, and sent again on request")
    func deliveries() async throws {
        try await RunningRegistry.with { registry in
            let sent = try await HiddenPlaces.delivery(to: registry.agency, in: registry.store)
            let reviewer = try await registry.client(.reviewer)
            let path = "/v1/endpoints/\(sent.endpoint)"
            #expect(try await reviewer.get(path).number("status.attemptsOfDay") == 1)
            #expect(try await reviewer.get(path + "/deliveries?state=delivered").count("items") == 1)
            #expect(try await reviewer.get(path + "/deliveries?state=dead").count("items") == 0)
            let attempts = try await reviewer.get("\(path)/deliveries/\(sent.event)/attempts")
            #expect(attempts.number("items.0.status") == 204)
            let test = try await reviewer.post(path + "/test", json: "", ["Idempotency-Key": "t"])
            #expect(test.status == 202)
            let repeated = try await reviewer.post(path + "/test", json: "", ["Idempotency-Key": "t"])
            #expect(repeated.string("eventId") == test.string("eventId"))
            for json in [
                #"{"event":"\#(sent.event)"}"#, #"{"from":"1","to":"9"}"#, #"{"since":"2020-01-01T00:00:00Z"}"#,
            ] {
                let replayed = try await reviewer.post(path + "/replay", json: json)
                #expect(replayed.status == 202 && replayed.number("replayed") != nil, "\(replayed.text)")
            }
            let first = try await reviewer.get(path + "/deliveries?limit=1")
            #expect(first.count("items") == 1 && first.string("items.0.state") == "waiting")
            for json in ["{}", #"{"dead":false}"#, #"{"dead":true,"event":"x"}"#, #"{"from":"9","to":"1"}"#] {
                #expect(try await reviewer.post(path + "/replay", json: json).status == 422, "\(json)")
            }
            let feed = try #require(try await registry.store.endpoints(of: registry.agency.id).first)
            let refused = try await reviewer.post("/v1/endpoints/\(feed.id)/replay", json: #"{"dead":true}"#)
            #expect(refused.problem == "endpoint-is-feed")
        }
    }
}
