import Foundation
import Registry
import Testing

@Suite struct IdentifierTests {
    @Test func identifiersSortByTheirMoment() {
        let moments = (0..<200).map { Date(timeIntervalSince1970: 1_700_000_000 + Double($0) * 0.01) }
        let texts = moments.map { Identifier<Photo>(at: $0).description }
        #expect(texts == texts.sorted())
        let near = (0..<200).map { Date(timeIntervalSince1970: 1_700_000_000 + Double($0) * 2e-6) }
        let nearTexts = near.map { Identifier<Photo>(at: $0).description }
        #expect(nearTexts == nearTexts.sorted(), "within one millisecond, too")
    }

    @Test func identifiersAreVersion7() {
        let text = Identifier<Photo>().description
        #expect(text.dropFirst(14).first == "7")
        #expect("89ab".contains(text.dropFirst(19).first ?? " "))
    }

    @Test func textRoundTrips() throws {
        let identifier = Identifier<Photo>()
        #expect(Identifier<Photo>(identifier.description) == identifier)
        let json = try JSONEncoder().encode([identifier])
        #expect(try JSONDecoder().decode([Identifier<Photo>].self, from: json) == [identifier])
        #expect(Identifier<Photo>("not an identifier") == nil)
    }

    @Test func thousandsAreDistinct() {
        let moment = Date()
        #expect(Set((0..<5000).map { _ in Identifier<Photo>(at: moment) }).count == 5000)
    }
}
