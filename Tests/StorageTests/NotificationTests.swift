import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Notifications", .database)
struct NotificationTests {
    @Test("Listeners hear of waiting and answered screenings and of gallery revisions, with what they are")
    func notifications() async throws {
        try await Fixture.with { fixture in
            let endpoint = try #require(TestDatabase.current).endpoint
            let listener = PostgresListener(endpoint: endpoint)
            var heard = listener.notifications(on: ["gallery", "screening_received", "screening_finished"])
                .makeAsyncIterator()
            #expect(await heard.next() == .reconnected)
            func next() async -> [String] {
                guard case .notification(let channel, let payload) = await heard.next() else { return [] }
                return [channel, payload]
            }

            _ = try await fixture.store.enroll(fixture.enrolment())
            let revision = try await fixture.store.galleryChanges(after: 0).revision
            #expect(await next() == ["gallery", "\(revision)"])
            let screening = try await fixture.submit()
            #expect(await next() == ["screening_received", "interactive"])
            // A claim is silent, for nothing new waits; giving back is heard.
            try await fixture.store.releaseScreening(fixture.claim(), .interrupted)
            #expect(await next() == ["screening_received", "interactive"])
            try await fixture.store.finishScreening(fixture.claim(), .plain(.unknown))
            #expect(await next() == ["screening_finished", screening.id.description])
        }
    }
}
