import Foundation
import Hybrids
import Provenance
import Registry
import TestSupport
import Testing

@testable import Storage

@Suite("Hybrid assessments", .database)
struct HybridAssessmentTests {
    private let reviewer = Reviewer(name: "Sato")
    private let met = Date(timeIntervalSince1970: 1_750_000_000)
    /// On the invented river Uso.
    private static let place = (31.059, 138.0065)

    private func screening(
        _ fixture: Fixture, at place: (Double, Double)? = place, individual: Individual? = nil
    ) async throws -> Screening {
        let photo = try await fixture.photo()
        let position = try place.map {
            try Position(latitude: $0.0, longitude: $0.1, uncertaintyMeters: 30)
        }
        let submission = Screening.Submission(
            photos: [photo.id], region: .head, observedAt: met, position: position)
        let screening = try await fixture.store.createScreening(
            submission, agency: fixture.agency.id, key: fixture.key.id
        ).record
        if let individual {
            let claim = try await fixture.claim()
            let candidate = Candidate(
                individual: individual.id, name: individual.name, probability: 0.99, score: 60, photo: photo.id,
                reference: photo.id, correspondences: [])
            try await fixture.store.finishScreening(
                claim, .plain(.matched(individual.id), candidates: [candidate]))
        }
        return screening
    }

    private func types(_ store: RegistryStore) async throws -> [EventType] {
        try await store.events(after: 0).map(\.type).filter { $0 != .screeningCompleted && $0 != .identityMatched }
    }

    /// Invented counts and rates; they say nothing about real animals.
    private func prepare(_ store: RegistryStore, native: Int = 4, others: Int = 200) async throws {
        try await store.loadRivers(InventedRivers.network(), source: "invented", profile: .plain, by: "Sato")
        try await store.addTestedCounts(
            [
                TestedCount(
                    label: "Uso", system: nil,
                    position: try Position(
                        latitude: Self.place.0, longitude: Self.place.1, uncertaintyMeters: 50), years: 2025...2025,
                    animals: .init(native: native, hybrid: others, exotic: 0, undetermined: 1), source: "invented")
            ], by: "Sato")
    }

    private func rates() -> DiagnosticCharacter.Rates {
        .init(native: .init(present: 5, absent: 95), notNative: .init(present: 60, absent: 40))
    }

    @Test("Characters come without numbers and weigh nothing until a specialist enters hers; earlier rows stay")
    func characters() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let shipped = try await store.characters()
            #expect(shipped.count == 12 && shipped.allSatisfy { $0.rates == nil && !$0.source.isEmpty })
            #expect(shipped.first?.code == "jaw_tubercles")
            let set = try await store.setCharacter(
                "jaw_tubercles", source: "own study, 200 animals", rates: rates(), by: "Hara")
            #expect(set.name == shipped.first?.name && set.rates == rates())
            #expect(try await store.characters().map(\.code) == shipped.map(\.code))
            let own = try await store.setCharacter(
                "toe_webs", name: BilingualText(ja: "水かき", en: "Webs"),
                howToSee: BilingualText(ja: "指", en: "Toes"), source: "own", rates: nil, by: "Hara")
            #expect(try await store.characters().last == own)
            await #expect(throws: HybridError.characterIncomplete("new_one")) {
                try await store.setCharacter("new_one", source: "x", rates: nil, by: "Hara")
            }
            await #expect(throws: HybridError.counts("jaw_tubercles")) {
                try await store.setCharacter(
                    "jaw_tubercles", source: "x",
                    rates: .init(native: .init(present: 0, absent: 0), notNative: .init(present: 1, absent: 1)),
                    by: "Hara")
            }
            await #expect(throws: StorageError.self) {
                try await store.setCharacter("jaw_tubercles", source: " ", rates: nil, by: "Hara")
            }
        }
    }

    @Test("A suspicion is told once, in the transaction that records it, with who decides")
    func suspicion() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            try await prepare(store)
            try await store.setCharacter("jaw_tubercles", source: "invented", rates: rates(), by: "Hara")
            let located = try await store.locate(
                Position(latitude: Self.place.0, longitude: Self.place.1, uncertaintyMeters: 30))
            let system = try #require(located.candidates.first?.place.system)
            let board = try await store.createAgency(name: "Board of Education", contact: "075-000")
            try await store.setResponsible(board.id, forSystem: system, by: "Sato")
            let screening = try await screening(fixture)
            let key = try fixture.idempotencyKey("a")
            let scores = [
                SubmittedScore(
                    code: "jaw_tubercles", sight: .present, photo: screening.submission.photos.first),
                SubmittedScore(code: "long_tail", sight: .notVisible),
            ]
            let made = try await store.assessHybrid(screening.id, scores: scores, by: reviewer, idempotency: key)
            let again = try await store.assessHybrid(screening.id, scores: scores, by: reviewer, idempotency: key)
            #expect(again.change == .replayed && again.record.id == made.record.id)
            let content = made.record.content
            #expect(content.outcome == .suspectNonNative && content.prior.basis == .counted)
            #expect(content.prior.share.mean > 0.9 && content.posterior.mean > content.prior.share.mean)
            #expect(content.reasons.contains { $0.code == .hybridHold && $0.values["contact"] == "075-000" })
            #expect(try await types(store) == [.hybridSuspected])
            let event = try #require(try await store.events(after: 0).first { $0.type == .hybridSuspected })
            #expect(event.screening == screening.id && event.urgency == .immediate && event.place != nil)
            try await store.assessHybrid(
                screening.id, scores: [SubmittedScore(code: "wide_mouth", sight: .present)], by: reviewer)
            #expect(try await types(store) == [.hybridSuspected])
            #expect(try await store.hybridAssessments(of: screening.id).count == 2)
            #expect(
                try await store.scores(of: screening.id).map(\.code) == ["jaw_tubercles", "long_tail", "wide_mouth"])
            #expect(try await store.assessed(among: [screening.id, Identifier()]) == [screening.id])
            // What is stored reads back as it was made.
            #expect(try await store.hybridAssessments(of: screening.id).first == made.record)
        }
    }

    @Test("Costs of an agency set its thresholds from the next assessment on")
    func policies() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            try await prepare(store, native: 20, others: 60)
            let screening = try await screening(fixture)
            #expect(
                try await store.assessHybrid(screening.id, by: reviewer).record.content.outcome
                    == .insufficientEvidence)
            let policy = try HybridPolicy(costMissedHybrid: 100, costWrongSuspicion: 2, costReview: 1)
            try await store.setHybridPolicy(policy, of: fixture.agency.id, by: "Sato")
            #expect(try await store.hybridPolicy(of: fixture.agency.id) == policy)
            #expect(
                try await store.assessHybrid(screening.id, by: reviewer).record.content.outcome == .suspectNonNative)
            #expect(throws: HybridPolicy.Rejection.reviewTooDear(1)) {
                try HybridPolicy(costMissedHybrid: 2, costWrongSuspicion: 2, costReview: 1)
            }
        }
    }

    @Test("Where no tested animal is recorded a suspicion opens one case, and alarms nobody")
    func noRecord() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let codes = ["jaw_tubercles", "wide_mouth", "long_tail", "pale_ground"]
            for code in codes {
                try await store.setCharacter(
                    code, source: "invented",
                    rates: .init(native: .init(present: 2, absent: 98), notNative: .init(present: 90, absent: 10)),
                    by: "Hara")
            }
            let screening = try await screening(fixture)
            let scores = codes.map { SubmittedScore(code: $0, sight: .present) }
            let content = try await store.assessHybrid(screening.id, scores: scores, by: reviewer).record.content
            #expect(content.prior.basis == .noNetwork && content.outcome == .suspectNonNative)
            #expect(content.review == .noRecordOfWater)
            try await store.assessHybrid(screening.id, by: reviewer)
            #expect(try await types(store) == [.caseOpened])
            let cases = try await store.cases().items
            #expect(cases.count == 1 && cases.first?.screening == screening.id)
            #expect(cases.first?.evidence.kind == .hybridReview)
        }
    }

    @Test("A result re-scores what was assessed before, answers the suspicion, and counts into the odds of its water")
    func dnaRescores() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            try await prepare(store)
            let animal = try await store.enroll(fixture.enrolment(of: "One")).individual
            let screening = try await screening(fixture, individual: animal)
            let other = try await self.screening(fixture)
            try await store.finishScreening(fixture.claim(), .plain(.unknown))
            try await store.assessHybrid(screening.id, by: reviewer)
            try await store.assessHybrid(other.id, by: reviewer)
            #expect(try await types(store).filter { $0 == .hybridSuspected }.count == 2)
            // The sample names the screening alone: its animal is the one that was matched.
            let sample = try await store.addSample(
                SubmittedSample(label: "K-1", screening: screening.id, takenBy: "Ito", takenAt: met),
                agency: fixture.agency.id, by: reviewer
            ).record
            #expect(sample.individual == animal.id && sample.position != nil)
            let before = try await store.hybridPrior(at: screening.submission.position, on: met)
            try await store.addResult(
                SubmittedResult(
                    markers: .snp, dnaClass: .japonicus, laboratory: "Kyoto", reportedAt: met + 86_400), of: sample.id,
                by: reviewer)
            let rescored = try #require(try await store.hybridAssessment(of: screening.id))
            #expect(rescored.occasion == .dna && rescored.content.outcome == .likelyNative)
            #expect(rescored.content.photoOutcome == .suspectNonNative && rescored.content.review == nil)
            #expect(rescored.content.reasons.first?.code == .hybridDNANative)
            #expect(try await store.hybridAssessments(of: screening.id).count == 2)
            #expect(try await store.hybridAssessments(of: other.id).count == 1)
            #expect(try await types(store).last == .hybridCleared)

            let after = try await store.hybridPrior(at: screening.submission.position, on: met)
            #expect(after.native > before.native + 0.5 && abs(after.notNative - before.notNative) < 1e-9)
            let own = try await store.hybridPrior(at: screening.submission.position, on: met, without: animal.id)
            #expect(own.native == before.native)

            // The next photograph of it is suspect by its water; DNA knows better, and a person looks.
            let later = try await self.screening(fixture, individual: animal)
            let content = try await store.assessHybrid(later.id, by: reviewer).record.content
            #expect(content.review == .knownNative && content.outcome == .likelyNative && !content.isAlert)
            #expect(try await types(store).last == .caseOpened)
        }
    }

    @Test("What a model says weighs beside what people see")
    func learned() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let screening = try await screening(fixture)
            let learned = LearnedEvidence(
                ratio: LikelihoodRatio(logRatio: 1.5, standardError: 0.4), model: "ridge/3")
            let again = try await store.assessHybrid(screening.id, learned: learned, by: reviewer).record.content
            #expect(again.combined.logRatio == 1.5 && again.combined.standardError == 0.4)
            #expect(again.reasons.contains { $0.code == .hybridLearned && $0.values["model"] == "ridge/3" })
        }
    }

    @Test("Scores that cannot be are refused whole")
    func badScores() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let screening = try await screening(fixture)
            let good = SubmittedScore(code: "long_tail", sight: .present)
            await #expect(throws: HybridError.self) {
                try await store.assessHybrid(
                    screening.id, scores: [good, SubmittedScore(code: "wings", sight: .present)], by: reviewer)
            }
            await #expect(throws: HybridError.scoredTwice("long_tail")) {
                try await store.assessHybrid(screening.id, scores: [good, good], by: reviewer)
            }
            let stray = try await fixture.photo()
            await #expect(throws: HybridError.photoElsewhere(stray.id)) {
                try await store.assessHybrid(
                    screening.id, scores: [SubmittedScore(code: "long_tail", sight: .present, photo: stray.id)],
                    by: reviewer)
            }
            await #expect(throws: StorageError.self) {
                try await store.assessHybrid(Identifier(), scores: [good], by: reviewer)
            }
            #expect(try await store.scores(of: screening.id).isEmpty)
            #expect(try await store.hybridAssessment(of: screening.id) == nil)
        }
    }

    @Test("A count that is entered again replaces itself, and bad ones leave nothing")
    func counts() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let count = { (native: Int) in
                TestedCount(
                    label: "Kiyo", system: "860604", position: nil, years: 2011...2014,
                    animals: .init(native: native, hybrid: 3, exotic: 0, undetermined: 0), source: "invented")
            }
            try await store.addTestedCounts([count(37)], by: "Sato")
            try await store.addTestedCounts([count(38)], by: "Sato")
            #expect(try await store.testedCounts().map(\.animals.native) == [38])
            await #expect(throws: StorageError.self) {
                try await store.addTestedCounts([count(40), count(-1)], by: "Sato")
            }
            #expect(try await store.testedCounts().map(\.animals.native) == [38])
            try await store.setHybridParameter(.halfLife, to: 20, source: "own", by: "Sato")
            #expect(try await store.hybridParameters()[.halfLife] == 20)
            await #expect(throws: HybridParameters.Rejection.outOfRange(.evidenceCorrelation, 2)) {
                try await store.setHybridParameter(.evidenceCorrelation, to: 2, source: "x", by: "Sato")
            }
        }
    }
}
