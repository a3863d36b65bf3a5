import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct TranslocationRouteTests {
    private func animal(in registry: RunningRegistry) async throws -> Identifier<Individual> {
        try await registry.store.enroll(
            Enrolment(
                individual: "One", species: "Andrias japonicus", agency: registry.agency.id, photo: [1, 2, 3],
                description: PhotoDescription(
                    mediaType: "image/jpeg", width: 400, height: 300, capturedAt: nil, position: nil, camera: nil),
                region: .head, template: [1], extractor: "sift/1")
        ).individual.id
    }

    @Test func aTranslocationIsRecordedOnceAndRead() async throws {
        try await RunningRegistry.with { registry in
            let animal = try await animal(in: registry)
            let reviewer = try await registry.client(.reviewer)
            let document = """
                {"individualId":"\(animal)","movedAt":"2015-10-01T10:00:00+09:00","permit":"Hyogo 12-3",
                "authority":"Board of Education","from":{"waterSystem":"860700"},
                "to":{"decimalLatitude":35.02,"decimalLongitude":136.05,"waterSystem":"860400"}}
                """
            let key = ["Idempotency-Key": "t1"]
            let added = try await reviewer.post("/v1/translocations", json: document, key)
            #expect(added.status == 201, "\(added.text)")
            #expect(try await reviewer.post("/v1/translocations", json: document, key).text == added.text)
            let path = try #require(added.header("Location"))
            #expect(try await reviewer.get(path).text == added.text)
            #expect(added.number("to.decimalLatitude") == 35.02 && added.string("from.waterSystem") == "860700")
            let listed = try await reviewer.get("/v1/translocations?individual=\(animal)")
            #expect(listed.count("items") == 1)
            #expect(
                try await reviewer.get("/v1/translocations?individual=\(Identifier<Individual>())").count("items") == 0)
            for role in [Role.observer, .screener, .ranger, .laboratory] {
                #expect(try await registry.client(role).post("/v1/translocations", json: document).status == 403)
            }
        }
    }

    @Test(arguments: [
        (#""to":{"decimalLatitude":136.05,"decimalLongitude":35.02}"#, "/to/decimalLatitude", "swappedAxes"),
        (#""to":{"decimalLatitude":0,"decimalLongitude":0}"#, "/to/decimalLatitude", "nullIsland"),
        (#""to":{"decimalLatitude":48.9,"decimalLongitude":2.3}"#, "/to/decimalLatitude", "outsideJapan"),
        (#""to":{"decimalLatitude":35.02}"#, "/to/decimalLongitude", "halfAPosition"),
        (#""to":{"locality":"a river"}"#, "/to", "noDestination"),
        (#""to":{"waterSystem":" "}"#, "/to/waterSystem", "textLength"),
        (#""to":{"waterSystem":"1"},"movedAt":"2999-01-01T00:00:00Z""#, "/movedAt", "inTheFuture"),
        (#""to":{"waterSystem":"1"},"permit":"""#, "/permit", "textLength"),
        (#""to":{"waterSystem":"1"},"individualId":"One""#, "/individualId", "notAnIdentifier"),
        (#""to":{"waterSystem":"1"},"weather":"fine""#, "/weather", "unknownField"),
        (#""to":{"waterSystem":"1"}"#, "individualId", "noSuchIndividual"),
    ])
    func whatCannotBeIsRefused(part: String, field: String, code: String) async throws {
        try await RunningRegistry.with { registry in
            var parts = [part]
            if !part.contains("individualId") { parts.append(#""individualId":"\#(Identifier<Individual>())""#) }
            if !part.contains("movedAt") { parts.append(#""movedAt":"2015-10-01T10:00:00+09:00""#) }
            if !part.contains("permit") { parts.append(#""permit":"x""#) }
            let document = "{\(parts.joined(separator: ",")),\"authority\":\"y\"}"
            let reply = try await registry.client(.reviewer).post("/v1/translocations", json: document)
            #expect(reply.status == 422, "\(reply.text)")
            #expect(reply.string("errors.0.field") == field)
            #expect(reply.string("errors.0.code") == code)
        }
    }

    @Test func highWaterIsRecordedAndRead() async throws {
        try await RunningRegistry.with { registry in
            let reviewer = try await registry.client(.reviewer)
            let document = """
                {"waterSystem":"860604","river":"Kamo","from":"2021-08-14T00:00:00+09:00",
                "to":"2021-08-16T00:00:00+09:00","source":"gauge"}
                """
            let added = try await reviewer.post("/v1/high-waters", json: document, ["Idempotency-Key": "h1"])
            #expect(added.status == 201, "\(added.text)")
            let again = try await reviewer.post("/v1/high-waters", json: document, ["Idempotency-Key": "h1"])
            #expect(again.text == added.text)
            #expect(try await reviewer.get(try #require(added.header("Location"))).string("river") == "Kamo")
            #expect(try await reviewer.get("/v1/high-waters?waterSystem=860604").count("items") == 1)
            #expect(try await reviewer.get("/v1/high-waters?waterSystem=1").count("items") == 0)
            #expect(try await reviewer.get("/v1/high-waters?waterSystem=").status == 400)
            let turned = try await reviewer.post(
                "/v1/high-waters", json: document.replacingOccurrences(of: "2021-08-16", with: "2021-08-12"))
            #expect(turned.string("errors.0.code") == "backwards")
            let ranger = try await registry.client(.ranger)
            #expect(try await ranger.post("/v1/high-waters", json: document).status == 403)
        }
    }

    @Test func theOwnAgencysMovementParametersAreRead() async throws {
        try await RunningRegistry.with { registry in
            try await registry.store.setMovementParameter(
                .homeRange, to: 350, source: "own study", of: registry.agency.id, by: "Sato")
            let listed = try await registry.client(.observer).get("/v1/movement-parameters")
            #expect(listed.count("items") == MovementParameters.Name.allCases.count)
            #expect(listed.text.contains(#""isOwn":true,"name":"home_range","setBy":"Sato","source":"own study""#))
        }
    }

    @Test func anOriginNamesWhoDecides() async throws {
        try await RunningRegistry.with { registry in
            let animal = try await animal(in: registry)
            let origin = try await registry.client(.ranger).get("/v1/individuals/\(animal)/origin")
            #expect(origin.status == 200)
            #expect(origin.json("home") == nil)
            #expect(origin.text.contains("origin.no_contact"))
            let ranger = try await registry.client(.ranger)
            let nobody = Identifier<Individual>()
            #expect(try await ranger.get("/v1/individuals/\(nobody)/origin").status == 404)
            #expect(try await ranger.get("/v1/individuals/\(animal)/origin?screening=\(nobody)").status == 404)
            #expect(try await ranger.get("/v1/individuals/\(animal)/origin?screening=x").status == 400)
            #expect(try await registry.client(.observer).get("/v1/individuals/\(animal)/origin").status == 403)
        }
    }

    @Test func swappedAxesOfAScreeningAreNamed() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let reply = try await client.post(
                "/v1/screenings",
                json: #"{"photoIds":["\#(Identifier<Photo>())"],"decimalLatitude":135.77,"decimalLongitude":35.03}"#)
            #expect(reply.status == 422)
            #expect(reply.string("errors.0.code") == "swappedAxes")
        }
    }
}
