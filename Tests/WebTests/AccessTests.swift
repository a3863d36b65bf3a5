import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct AccessTests {
    @Test("Nothing of the interface is open without a key, but what events are and their schemas")
    func noOperationOfTheInterfaceIsOpenWithoutAKey() async throws {
        let open = ["/v1/event-types", "/v1/event-types/{type}"]
        try await RunningRegistry.with { registry in
            var (path, operations): (String?, [(method: String, path: String)]) = (nil, [])
            for line in try await registry.visitor.get("/openapi.yaml").text.split(separator: "\n") {
                if line.hasPrefix("components:") { break }
                if line.hasPrefix("  /"), line.hasSuffix(":") { path = String(line.dropFirst(2).dropLast()) }
                let method = ["get", "post", "put", "patch", "delete"].first { line == "    \($0):" }
                guard let path, path.hasPrefix("/v1/"), !open.contains(path), let method else { continue }
                operations.append((method.uppercased(), path.replacing(/\{\w+\}/, with: "1")))
            }
            #expect(operations.count > 40)
            for operation in operations {
                let body: [UInt8]? = operation.method == "GET" ? nil : Array("{}".utf8)
                for stranger in [
                    registry.visitor, Client(address: registry.address, secret: "andrias_wrong", key: nil),
                ] {
                    let reply = try await stranger.send(
                        operation.method, operation.path, ["Content-Type": "application/json"], body)
                    #expect(reply.status == 401, "\(operation.method) \(operation.path)")
                    #expect(reply.problem == "unauthorized")
                }
            }
        }
    }

    @Test func missingWrongAndRevokedKeysOpenNothing() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            #expect(try await client.get("/v1/photos").status == 200)
            try await registry.store.revokeKey(try #require(client.key).id)
            let strangers = [
                registry.visitor, Client(address: registry.address, secret: "andrias_wrong", key: nil), client,
            ]
            for stranger in strangers {
                let reply = try await stranger.get("/v1/photos")
                #expect(reply.status == 401)
                #expect(reply.problem == "unauthorized")
                #expect(reply.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
            }
        }
    }

    @Test func rolesBoundWhatAKeyMayDo() async throws {
        try await RunningRegistry.with { registry in
            let laboratory = try await registry.client(.laboratory)
            let refused = try await laboratory.submit(try plainJPEG())
            #expect(refused.status == 403)
            #expect(refused.problem == "forbidden")
            let observer = try await registry.client(.observer)
            #expect(try await observer.get("/v1/individuals").status == 403)
            #expect(try await laboratory.get("/v1/individuals").status == 200)
            let decision = try await observer.post(
                "/v1/screenings/\(Identifier<Screening>())/decisions", json: #"{"kind":"unknown"}"#)
            #expect(decision.status == 403)
        }
    }

    @Test func anObserverSeesOnlyTheOwnAgency() async throws {
        try await RunningRegistry.with { registry in
            let other = try await registry.store.createAgency(name: "Other Office")
            let own = try await registry.client(.observer)
            let foreign = try await registry.client(.observer, of: other)
            let photo = try #require(try await own.submit(try plainJPEG()).string("id"))
            let screening = try await own.post(
                "/v1/screenings", json: #"{"photoIds":["\#(photo)"]}"#, ["Prefer": "wait=0"])
            #expect(screening.status == 202)
            let paths = [
                "/v1/photos/\(photo)", "/v1/photos/\(photo)/file", try #require(screening.header("Location")),
                try #require(screening.header("Location")) + "/decisions",
            ]
            for path in paths {
                #expect(try await own.get(path).status == 200)
                let reply = try await foreign.get(path)
                #expect(reply.status == 404)
                #expect(reply.problem == "not-found")
            }
            #expect(try await foreign.get("/v1/photos").count("items") == 0)
            #expect(try await foreign.get("/v1/screenings").count("items") == 0)
            let borrowed = try await foreign.post("/v1/screenings", json: #"{"photoIds":["\#(photo)"]}"#)
            #expect(borrowed.status == 422)
            #expect(borrowed.string("errors.0.code") == "noSuchPhoto")
        }
    }

    @Test func positionsOfAnotherAgencyAreGeneralised() async throws {
        try await RunningRegistry.with { registry in
            let other = try await registry.store.createAgency(name: "Other Office")
            let own = try await registry.client(.observer)
            let photo = try TestPhoto(animal: nil, take: 1, position: (35.2345, 134.5678))
            let id = try #require(try await own.submit(photo.jpeg).string("id"))
            let submitted = try await own.post(
                "/v1/screenings",
                json: """
                    {"photoIds":["\(id)"],"decimalLatitude":35.2345,"decimalLongitude":134.5678,
                    "coordinateUncertaintyInMeters":12,"locality":"Below the weir","tagCodes":["392141000123456"]}
                    """, ["Prefer": "wait=0"])
            #expect(submitted.status == 202)
            let path = try #require(submitted.header("Location"))
            let screener = try await registry.client(.screener, of: other)
            let seen = try await screener.get(path)
            #expect(seen.number("decimalLatitude") == 35.2)
            #expect(seen.number("decimalLongitude") == 134.6)
            #expect(try #require(seen.number("coordinateUncertaintyInMeters")) > 15_000)
            #expect(seen.string("dataGeneralizations") != nil)
            #expect(seen.string("informationWithheld") != nil)
            for secret in ["35.23", "134.56", "weir", "392141"] { #expect(!seen.text.contains(secret)) }
            let record = try await screener.get("/v1/photos/\(id)")
            #expect(record.json("decimalLatitude") == nil)
            let file = try await screener.get("/v1/photos/\(id)/file")
            #expect(file.status == 403)
            let ranger = try await registry.client(.ranger, of: other)
            #expect(try await ranger.get(path).number("decimalLatitude") == 35.2345)
            #expect(try await ranger.get("/v1/photos/\(id)/file").status == 200)
            #expect(try await own.get(path).string("locality") == "Below the weir")
            let page = try await registry.visitor.get(try #require(seen.string("links.page")))
            for secret in ["35.2", "134.5", "weir", "392141"] { #expect(!page.text.contains(secret)) }
        }
    }

    @Test func tooManyRequestsOfAKeyAreToldWhenToComeAgain() async throws {
        try await RunningRegistry.with(configure: { $0.keyRate = .init(burst: 3, perSecond: 0.01) }) { registry in
            let client = try await registry.client(.observer)
            for _ in 0..<3 { #expect(try await client.get("/v1/photos").status == 200) }
            let reply = try await client.get("/v1/photos")
            #expect(reply.status == 429)
            #expect(reply.problem == "rate-limited")
            #expect(Int(try #require(reply.header("Retry-After"))).map { $0 > 0 } == true)
            let other = try await registry.client(.observer)
            #expect(try await other.get("/v1/photos").status == 200)
        }
    }

    @Test func guessingKeysIsSlowedByAddress() async throws {
        try await RunningRegistry.with(
            configure: { $0.failedAuthenticationRate = .init(burst: 2, perSecond: 0.01) }
        ) { registry in
            for _ in 0..<2 { #expect(try await registry.visitor.get("/v1/photos").status == 401) }
            let reply = try await registry.visitor.get("/v1/photos")
            #expect(reply.status == 429)
            let known = try await registry.client(.observer)
            #expect(try await known.get("/v1/photos").status == 200)
        }
    }
}
