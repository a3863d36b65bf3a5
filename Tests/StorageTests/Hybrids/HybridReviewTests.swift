import Foundation
import Hybrids
import Provenance
import Registry
import TestSupport
import Testing

@testable import Storage

/// Suspicions that a person looks at before anybody is told.
@Suite("Suspicions under review", .database)
struct HybridReviewTests {
    private let reviewer = Reviewer(name: "Sato")
    private let met = Date(timeIntervalSince1970: 1_750_000_000)
    private static let codes = ["jaw_tubercles", "wide_mouth", "long_tail", "pale_ground"]

    /// A screening on the invented river Uso, where no animal was tested, of which everything speaks against a native;
    /// counts and rates are invented.
    private func suspect(_ fixture: Fixture, of individual: Individual? = nil) async throws -> Identifier<Screening> {
        let store = fixture.store
        try await store.loadRivers(InventedRivers.network(), source: "invented", profile: .plain, by: "Sato")
        try await store.addTestedCounts(
            [
                TestedCount(
                    label: "Another water", system: "elsewhere", position: nil, years: 2025...2025,
                    animals: .init(native: 0, hybrid: 500, exotic: 0, undetermined: 0), source: "invented")
            ], by: "Sato")
        for code in Self.codes {
            try await store.setCharacter(
                code, source: "invented",
                rates: .init(native: .init(present: 2, absent: 98), notNative: .init(present: 90, absent: 10)),
                by: "Hara")
        }
        let photo = try await fixture.photo()
        let id = try await store.createScreening(
            .init(
                photos: [photo.id], region: .head, observedAt: met,
                position: try Position(latitude: 31.059, longitude: 138.0065, uncertaintyMeters: 30)),
            agency: fixture.agency.id, key: fixture.key.id
        ).record.id
        if let individual {
            let candidate = Candidate(
                individual: individual.id, name: individual.name, probability: 0.99, score: 60, photo: photo.id,
                reference: photo.id, correspondences: [])
            try await store.finishScreening(
                fixture.claim(), .plain(.matched(individual.id), candidates: [candidate]))
        }
        return id
    }

    private func assess(_ id: Identifier<Screening>, in fixture: Fixture) async throws -> HybridAssessment.Content {
        try await fixture.store.assessHybrid(
            id, scores: Self.codes.map { SubmittedScore(code: $0, sight: .present) }, by: reviewer
        ).record.content
    }

    private func result(
        _ dnaClass: DNAResult.Class, _ markers: DNAResult.Markers, of screening: Identifier<Screening>,
        _ label: String, in fixture: Fixture
    ) async throws {
        let sample = try await fixture.store.addSample(
            SubmittedSample(label: label, screening: screening, takenBy: "Ito", takenAt: met),
            agency: fixture.agency.id, by: reviewer
        ).record
        try await fixture.store.addResult(
            SubmittedResult(markers: markers, dnaClass: dnaClass, laboratory: "Kyoto", reportedAt: met + 86_400),
            of: sample.id, by: reviewer)
    }

    private func types(_ store: RegistryStore) async throws -> [EventType] {
        let told: Set<EventType> = [.hybridSuspected, .hybridConfirmed, .hybridCleared, .caseOpened]
        return try await store.events(after: 0).map(\.type).filter(told.contains)
    }

    @Test("Tests of another water are no record of this one: a suspicion here is a case, and no alert")
    func otherWater() async throws {
        try await Fixture.with { fixture in
            let content = try await assess(suspect(fixture), in: fixture)
            #expect(content.prior.basis == .noCounts && content.outcome == .suspectNonNative)
            #expect(content.review == .noRecordOfWater && !content.isAlert)
            #expect(content.reasons.contains { $0.code == .hybridReviewNoRecord })
            #expect(try await types(fixture.store) == [.caseOpened])
        }
    }

    @Test("Of an animal that DNA found native a suspicion is a case with both sides, and no alert")
    func knownNative() async throws {
        try await Fixture.with { fixture in
            let animal = try await fixture.store.enroll(fixture.enrolment(of: "One")).individual
            let id = try await suspect(fixture, of: animal)
            try await result(.japonicus, .snp, of: id, "K-1", in: fixture)
            let content = try await assess(id, in: fixture)
            #expect(content.photoOutcome == .suspectNonNative && content.outcome == .likelyNative)
            #expect(content.review == .knownNative && !content.isAlert)
            #expect(!content.reasons.contains { $0.code == .hybridHold || $0.code == .hybridHoldNoContact })
            #expect(try await types(fixture.store) == [.hybridCleared, .caseOpened])
            guard case .hybridReview(let review) = try #require(try await fixture.store.cases().items.first).evidence
            else {
                Issue.record("not a review")
                return
            }
            #expect(review.reason == .knownNative && review.dna.records.map(\.dnaClass) == [.japonicus])
            // Looking again opens no second case.
            _ = try await assess(id, in: fixture)
            #expect(try await types(fixture.store) == [.hybridCleared, .caseOpened])
        }
    }

    @Test("mtDNA of the other species leaves the word as it was; the nuclear result answers it, once")
    func maternalLine() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let id = try await suspect(fixture)
            let before = try await assess(id, in: fixture)
            try await result(.davidianus, .mitochondrial, of: id, "K-1", in: fixture)
            let maternal = try #require(try await store.hybridAssessment(of: id)).content
            #expect(maternal.dna.kind == .maternalLine && maternal.outcome == before.outcome)
            #expect(maternal.posterior == before.posterior && maternal.review == before.review)
            #expect(maternal.reasons.first?.code == .hybridDNAMaternal)
            #expect(maternal.reasons.contains { $0.code == .hybridHoldNoContact })
            #expect(try await types(store) == [.caseOpened])
            try await result(.backcrossJaponicus, .microsatellites, of: id, "K-2", in: fixture)
            try await result(.hybrid, .snp, of: id, "K-3", in: fixture)
            let confirmed = try #require(try await store.hybridAssessment(of: id)).content
            #expect(confirmed.dna.kind == .notNative && confirmed.review == nil)
            #expect(confirmed.reasons.contains { $0.code == .hybridHoldTestedNoContact })
            #expect(try await types(store) == [.caseOpened, .hybridConfirmed])
        }
    }
}
