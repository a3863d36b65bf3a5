import Foundation
import Identification
import Registry
import Storage
import TestSupport
import Testing

@Suite("What quality promises", .database)
struct MatchChanceTests {
    private func chance(_ source: String) throws -> MatchChance {
        let photographs = (0..<200).map { index in
            GradedPhotograph(
                quality: QualityReport(
                    photo: Identifier(), region: "box", sharpness: index % 2 == 0 ? 0.6 : 0.1, meanLuminance: 90,
                    darkFraction: 0, brightFraction: 0, glareFraction: 0, animalPixels: 500, features: 200),
                isMatched: index % 2 == 0, animal: "animal \(index % 20)")
        }
        return try MatchChance.learned(from: photographs, source: source)
    }

    @Test("It counts from its activation until another of its region and scorer is activated, and can come back")
    func activation() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let first = try await store.addMatchChance(chance("first"), region: .head, scorer: "a b", by: "Sato")
            let second = try await store.addMatchChance(chance("second"), region: .head, scorer: "a b", by: "Sato")
            let tail = try await store.addMatchChance(chance("tail"), region: .tail, scorer: "a b", by: "Sato")
            #expect(first.chance.source == "first" && first.madeBy == "Sato" && first.activeSince == nil)
            #expect(try await store.activeMatchChances(scorer: "a b").isEmpty)
            try await store.activateMatchChance(first.id, by: "Sato", note: "better")
            try await store.activateMatchChance(tail.id, by: "Sato")
            #expect(
                try await store.activeMatchChances(scorer: "a b").mapValues(\.id) == [.head: first.id, .tail: tail.id])
            try await store.activateMatchChance(second.id, by: "Ito")
            #expect(try await store.activeMatchChances(scorer: "a b")[.head]?.chance == second.chance)
            try await store.activateMatchChance(first.id, by: "Ito")
            #expect(try await store.activeMatchChances(scorer: "a b")[.head]?.id == first.id)
            #expect(try await store.activeMatchChances(scorer: "a c").isEmpty)
            #expect(try await store.matchChances().items.map(\.id) == [first.id, second.id, tail.id])
            await #expect(throws: StorageError.self) { try await store.activateMatchChance(Identifier(), by: "Sato") }
        }
    }

    @Test("Confirmed screenings of animals enrolled before tell whether a photograph of their quality was named")
    func reviewed() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            func screen(_ outcome: Outcome, confirmed animal: EnrolmentResult?) async throws {
                let screening = try await fixture.submit()
                let photo = try #require(screening.submission.photos.first)
                let plain = Verdict.plain(outcome)
                try await store.finishScreening(
                    fixture.claim(),
                    Verdict(
                        outcome: outcome, probability: plain.probability, candidates: [], findings: plain.findings,
                        quality: [
                            QualityReport(
                                photo: photo, region: "box", sharpness: 0.2, meanLuminance: 40, darkFraction: 0.1,
                                brightFraction: 0, glareFraction: 0.3, animalPixels: 200, features: 90)
                        ], extractor: "sift/1", decider: "m/1 posterior-1", photosSearched: 2, individualsSearched: 2,
                        milliseconds: 1))
                if let animal {
                    _ = try await store.decide(
                        on: screening.id, .confirmed, individual: animal.individual.id, by: fixture.key.id)
                }
            }
            try await screen(.matched(one.individual.id), confirmed: one)
            try await screen(.undecided, confirmed: two)
            try await screen(.matched(one.individual.id), confirmed: two)
            try await screen(.unknown, confirmed: nil)
            let reviewed = try await store.reviewedQualities(region: .head, scorer: "sift/1 m/1")
            #expect(reviewed.map(\.animal) == ["One", "Two", "Two"])
            #expect(reviewed.map(\.isMatched) == [true, false, false])
            #expect(reviewed.allSatisfy { $0.quality.features == 90 && $0.quality.glareFraction == 0.3 })
            #expect(try await store.reviewedQualities(region: .tail, scorer: "sift/1 m/1").isEmpty)
        }
    }
}
