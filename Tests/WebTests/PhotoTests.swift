import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct PhotoTests {
    @Test func aPhotographIsKeptAndTheSameFileIsOnePhotograph() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let photo = try plainJPEG()
            let first = try await client.submit(photo)
            #expect(first.status == 201)
            let location = try #require(first.header("Location"))
            #expect(location == "/v1/photos/\(try #require(first.string("id")))")
            let again = try await client.submit(photo)
            #expect(again.status == 200)
            #expect(again.string("id") == first.string("id"))
            let file = try await client.get(location + "/file")
            #expect(file.bytes == photo)
            #expect(file.header("Content-Type") == "image/jpeg")
        }
    }

    @Test func contentDecidesWhatAPhotographIs() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let mislabelled = try await client.submit(try plainJPEG(), type: "image/png")
            #expect(mislabelled.status == 201)
            #expect(mislabelled.string("mediaType") == "image/jpeg")
            let refused = try await client.submit(try plainJPEG(), type: "application/octet-stream")
            #expect(refused.status == 415)
            #expect(refused.problem == "unsupported-media-type")
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let problem: String
        var testDescription: String { name }

        static let all: [Bad] = {
            let good = (try? plainJPEG()) ?? []
            var huge = good
            // Height and width stand in the frame header, after its marker, length and precision.
            if let frame = huge.indices.dropLast().first(where: { huge[$0] == 0xFF && huge[$0 + 1] == 0xC0 }) {
                huge.replaceSubrange(frame + 5..<frame + 9, with: [0x75, 0x30, 0x75, 0x30])
            }
            return [
                Bad(name: "empty", bytes: [], problem: "photo-empty"),
                Bad(name: "text", bytes: Array("this is no photograph".utf8), problem: "photo-unrecognised"),
                Bad(name: "truncated", bytes: Array(good.prefix(good.count * 2 / 3)), problem: "photo-truncated"),
                Bad(name: "30,000 × 30,000", bytes: huge, problem: "photo-too-large"),
            ]
        }()
    }

    @Test(arguments: Bad.all) func aBadFileIsRefusedInTheSendersLanguage(bad: Bad) async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            let english = try await client.submit(bad.bytes, ["Accept-Language": "en"])
            #expect(english.status == 422)
            #expect(english.problem == bad.problem)
            #expect(english.count("findings") == 1)
            let japanese = try await client.submit(bad.bytes, ["Accept-Language": "ja-JP,ja;q=0.9,en;q=0.5"])
            #expect(japanese.string("language") == "ja")
            #expect(japanese.string("detail") != english.string("detail"))
            #expect(try await registry.store.photos().items.isEmpty)
        }
    }

    @Test func anAnnouncedLengthOverTheLimitIsRefused() async throws {
        try await RunningRegistry.with(configure: { $0.maximumBodyBytes = 1000 }) { registry in
            let client = try await registry.client(.observer)
            let reply = try await client.submit([UInt8](repeating: 1, count: 5000))
            #expect(reply.status == 413)
            #expect(reply.problem == "content-too-large")
            #expect(reply.string("detail")?.contains("1000") == true)
        }
    }

    @Test func aBodyThatDoesNotArriveIsGivenUp() async throws {
        try await RunningRegistry.with(configure: { $0.bodyTimeout = .milliseconds(300) }) { registry in
            let client = try await registry.client(.observer)
            let answer = try await RawConnection(registry.address).exchange(
                """
                POST /v1/photos HTTP/1.1\r
                Host: registry\r
                Authorization: Bearer \(try #require(client.secret))\r
                Content-Type: image/jpeg\r
                Content-Length: 1000\r
                \r
                half
                """)
            #expect(answer.hasPrefix("HTTP/1.1 408"))
            #expect(answer.contains("urn:andrias:problem:request-timeout"))
        }
    }

    @Test func aChunkedBodyIsCutAtTheLimit() async throws {
        try await RunningRegistry.with(configure: { $0.maximumBodyBytes = 100 }) { registry in
            let client = try await registry.client(.observer)
            let chunk = "80\r\n" + String(repeating: "x", count: 128) + "\r\n"
            let answer = try await RawConnection(registry.address).exchange(
                "POST /v1/photos HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer \(try #require(client.secret))\r\n"
                    + "Content-Type: image/jpeg\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk)
            #expect(answer.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func aPhotographThatCannotBeKeptLeavesNothingBehind() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.observer)
            // A folder that is a file refuses like a broken disk.
            let folder = registry.store.photoFiles.directory
            try Data("in the way".utf8).write(to: folder)
            let reply = try await client.submit(try plainJPEG())
            #expect(reply.status == 500)
            #expect(reply.problem == "internal-error")
            #expect(!reply.text.contains(folder.path))
            #expect(try await registry.store.photos().items.isEmpty)
        }
    }
}
