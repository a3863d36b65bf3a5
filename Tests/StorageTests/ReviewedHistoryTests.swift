import Foundation
import Postgres
import Registry
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("Reviewed history", .database)
struct ReviewedHistoryTests {
    @Test("The history holds every template of a settled encounter once, as merged, whatever the size of a page")
    func history() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let day = Date(timeIntervalSince1970: 1_600_000_000)
            let one = try await store.enroll(fixture.enrolment(of: "One", observedAt: day))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            _ = try await store.enroll(fixture.enrolment(of: "Two", region: .tail))
            _ = try await store.enroll(fixture.enrolment(of: "Two", extractor: "sift/2"))
            let unsettled = try await store.enroll(fixture.enrolment(of: "Three"))
            _ = try await store.pool.query(
                "UPDATE encounters SET individual_id = NULL WHERE id = $1", [.uuid(unsettled.encounter.id.uuid)])
            try await store.merge(
                two.individual.id, into: one.individual.id, reason: "x", by: Reviewer(name: "Sato"))
            try await store.setPopulation("Hatsuka", of: one.individual.id)

            let history = try await store.reviewedHistory(region: .head, extractor: "sift/1")
            #expect(history.map(\.annotation) == [one.annotation.id, two.annotation.id])
            #expect(history.map(\.name) == ["One", "One"])
            #expect(history.map(\.eventDate) == [day, nil])
            #expect(history.map(\.encounter) == [one.encounter.id, two.encounter.id])
            #expect(history.map(\.sha256) == [one.photo.sha256, two.photo.sha256])
            let first = try #require(history.first)
            #expect(first.population == "Hatsuka" && first.species == "Andrias japonicus")
            #expect(first.bytes == Array("template".utf8) && first.individual == one.individual.id)

            for limit in [1, 2, 3] {
                let pages = Mutex<[[HistoryEntry]]>([])
                try await store.eachReviewedPage(region: .head, extractor: "sift/1", limit: limit) { page in
                    pages.withLock { $0.append(page) }
                }
                #expect(pages.withLock { $0.flatMap { $0 } } == history)
                #expect(pages.withLock { $0.allSatisfy { $0.count <= limit } })
            }
        }
    }

    /// Answers a screening with candidates at falling scores.
    private func screen(
        _ fixture: Fixture, _ outcome: Outcome, _ animals: [EnrolmentResult]
    ) async throws -> Screening {
        let screening = try await fixture.submit()
        let photo = try #require(screening.submission.photos.first)
        let candidates = animals.enumerated().map { place, animal in
            Candidate(
                individual: animal.individual.id, name: animal.individual.name, probability: 0.5,
                score: Double(40 - place), photo: photo, reference: animal.photo.id, correspondences: [])
        }
        let plain = Verdict.plain(outcome, candidates: candidates)
        try await fixture.store.finishScreening(
            fixture.claim(),
            Verdict(
                outcome: plain.outcome, probability: plain.probability, candidates: candidates,
                findings: plain.findings, extractor: "sift/1", decider: "m/1 posterior-1", photosSearched: 3,
                individualsSearched: 3, milliseconds: 1))
        return screening
    }

    private func pairs(_ fixture: Fixture) async throws -> [String] {
        try await fixture.store.reviewedPairs(region: .head, scorer: "sift/1 m/1").map {
            "\($0.source.rawValue) \($0.name) \($0.isSame) \($0.score)"
        }
    }

    @Test("Decisions tell of pairs: the latest counts, a rejected match tells of its animal alone")
    func decisions() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let three = try await store.enroll(fixture.enrolment(of: "Three"))
            let screening = try await screen(fixture, .matched(one.individual.id), [one, two])
            #expect(try await pairs(fixture) == [])
            _ = try await store.decide(on: screening.id, .rejected, by: fixture.key.id)
            #expect(try await pairs(fixture) == ["decision One false 40.0"])
            _ = try await store.decide(on: screening.id, .confirmed, individual: two.individual.id, by: fixture.key.id)
            #expect(try await Set(pairs(fixture)) == ["decision One false 40.0", "decision Two true 39.0"])
            _ = try await store.decide(on: screening.id, .undecidable, by: fixture.key.id)
            #expect(try await pairs(fixture) == [])
            let unknown = try await screen(fixture, .undecided, [three, one])
            _ = try await store.decide(on: unknown.id, .unknown, by: fixture.key.id)
            #expect(try await Set(pairs(fixture)) == ["decision Three false 40.0", "decision One false 39.0"])
            #expect(try await store.reviewedPairs(region: .head, scorer: "sift/2 m/1").isEmpty)
            #expect(try await store.reviewedPairs(region: .tail, scorer: "sift/1 m/1").isEmpty)
        }
    }

    @Test("After a merge both records are the confirmed animal; reviews of duplicates tell of pairs too")
    func merged() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let reviewer = Reviewer(name: "Sato")
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let screening = try await screen(fixture, .matched(one.individual.id), [one, two])
            _ = try await store.decide(on: screening.id, .confirmed, individual: two.individual.id, by: fixture.key.id)
            let templates = try await store.galleryChanges(after: 0).entries.map(\.id)
            let proposal = try #require(
                try await store.proposeDuplicates(
                    [DuplicateFinding(first: templates[0], second: templates[1], score: 33, probability: 0.8)],
                    scorer: "sift/1 m/1"
                ).first)
            try await store.review(proposal.id, .same, by: reviewer)
            #expect(
                try await Set(pairs(fixture)) == [
                    "decision One true 40.0", "decision One true 39.0", "duplicate_review One true 33.0",
                ])
            let merge = try #require(try await store.identityChanges().items.first)
            try await store.undo(merge.id, reason: "no", by: reviewer)
            #expect(try await Set(pairs(fixture)) == ["decision One false 40.0", "decision Two true 39.0"])
            try await store.review(proposal.id, .different, by: reviewer)
            #expect(try await pairs(fixture).contains("duplicate_review One false 33.0"))
        }
    }
}
