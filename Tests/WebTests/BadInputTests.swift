import Foundation
import Imaging
import Registry
import TestSupport
import Testing

/// What an agency reads of a photograph that is not what it seems.
@Suite(.database)
struct BadInputTests {
    @Test func aCopyOfAnEnrolledPhotographIsSaidToBeOneInBothLanguages() async throws {
        try await RunningRegistry.with(lanes: [.interactive]) { registry in
            let photo = try TestPhoto(animal: 2, take: 10)
            _ = try await registry.enroll(photo, as: "Hanzaki 2")
            let copy = try encodeJPEG(decodePhoto(photo.jpeg, longestSide: 700).image, quality: 60)
            let box = try #require(photo.box)
            let reply = try await registry.client(.observer).post(
                "/v1/screenings",
                json: """
                    {"photo":{"contentType":"image/jpeg","data":"\(Data(copy).base64EncodedString())"},
                    "box":{"x":\(box.x),"y":\(box.y),"width":\(box.width),"height":\(box.height)}}
                    """, ["Prefer": "wait=30", "Accept-Language": "en"])
            #expect(reply.status == 201)
            #expect(reply.string("outcome") == "undecided")
            #expect(reply.string("reasons.0.code") == "photo.copy")
            #expect(reply.string("reasons.0.values.name") == "Hanzaki 2")
            let page = try #require(reply.string("links.page"))
            for (language, words) in [("ja", "再捕獲の証拠にも反証にもなりません"), ("en", "no evidence for or against a recapture")] {
                #expect(try await registry.visitor.get(page, ["Accept-Language": language]).text.contains(words))
            }
        }
    }
}
