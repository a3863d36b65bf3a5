import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web
import Webhooks

@Suite(.database)
struct FeedTests {
    @Test("An agency without a server reads signed events, is woken by new ones, and goes on where it was")
    func feed() async throws {
        try await RunningRegistry.with { registry in
            let observer = try await registry.client(.observer)
            let none = try await observer.get("/v1/events")
            #expect(none.status == 409 && none.problem == "no-feed")
            let reviewer = try await registry.client(.reviewer)
            let entered = try await reviewer.post("/v1/endpoints", json: #"{"channel":"feed","label":"Ward office"}"#)
            let shownID = try #require(entered.string("id"))
            let id = try #require(Identifier<Endpoint>(shownID))
            let shownSecret = try #require(entered.string("secret"))
            let secret = try WebhookSecret(shownSecret)
            let shownKey = try #require(entered.string("publicKeys.0"))
            let publicKey = try WebhookPublicKey(shownKey)

            async let woken = observer.get("/v1/events?wait=20")
            try await Task.sleep(for: .milliseconds(300))
            let began = ContinuousClock.now
            let event = try await registry.store.appendTest(of: id).record
            let page = try await woken
            // It would have waited twenty seconds; a lost signal delays by one.
            #expect(began.duration(to: .now) < .seconds(10))
            #expect(page.status == 200 && page.count("items") == 1, "\(page.text)")
            #expect(page.string("items.0.id") == event.id.description)
            #expect(page.string("items.0.type") == "endpoint.test.v1")
            #expect(page.string("next") == String(event.position))
            let headers = WebhookSignature.Headers(
                id: try #require(page.header("webhook-id")), timestamp: try #require(page.header("webhook-timestamp")),
                signature: try #require(page.header("webhook-signature")))
            try WebhookSignature.verify(headers, body: page.bytes, secret: secret)
            try WebhookSignature.verify(headers, body: page.bytes, publicKey: publicKey)
            #expect(throws: WebhookSignature.Doubt.self) {
                try WebhookSignature.verify(headers, body: page.bytes + [32], secret: secret)
            }
            let again = try await observer.get("/v1/events")
            #expect(again.bytes == page.bytes && again.header("webhook-id") == page.header("webhook-id"))

            let empty = try await observer.get("/v1/events?after=\(event.position)&wait=0")
            #expect(empty.count("items") == 0 && empty.string("next") == String(event.position))
            for query in ["wait=31", "wait=x", "after=-1", "after=x", "limit=0"] {
                #expect(try await observer.get("/v1/events?\(query)").status == 400, "\(query)")
            }
        }
    }

    @Test("A feed of the whole registry is for keys that may read it, and a disabled one for none")
    func scope() async throws {
        try await RunningRegistry.with { registry in
            let reviewer = try await registry.client(.reviewer)
            let entered = try await reviewer.post(
                "/v1/endpoints", json: #"{"channel":"feed","label":"all","scope":"registry"}"#)
            #expect(try await registry.client(.observer).get("/v1/events").status == 403)
            #expect(try await registry.client(.screener).get("/v1/events").status == 200)
            let path = try #require(entered.header("Location"))
            _ = try await reviewer.patch(path, json: #"{"enabled":false}"#)
            #expect(try await reviewer.get("/v1/events").problem == "endpoint-disabled")
        }
    }

    @Test("Metrics are for administrators, in Prometheus' format, names escaped")
    func metrics() async throws {
        try await RunningRegistry.with { registry in
            let agency = try await registry.store.createAgency(name: "Office \"of\" \\ waters")
            _ = try await HiddenPlaces.delivery(to: agency, in: registry.store)
            #expect(try await registry.visitor.get("/metrics").status == 401)
            #expect(try await registry.client(.reviewer).get("/metrics").status == 403)
            let reply = try await registry.client(.administrator).get("/metrics")
            #expect(reply.status == 200 && reply.header("Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
            let lines = reply.text.split(separator: "\n")
            for line in lines where !line.hasPrefix("# ") {
                #expect(
                    line.wholeMatch(of: /[a-z_]+(\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)+\})? -?[0-9.e+-]+/) != nil,
                    "\(line)")
            }
            #expect(reply.text.contains(#"agency="Office \"of\" \\ waters""#))
            #expect(lines.contains { $0.hasPrefix("andrias_deliveries{") && $0.contains(#"state="delivered"} 1.0"#) })
            #expect(lines.contains { $0.hasPrefix("andrias_endpoint_breaker_open{") && $0.hasSuffix("} 0.0") })
        }
    }
}
