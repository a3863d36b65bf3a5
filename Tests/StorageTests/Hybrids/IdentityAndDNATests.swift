import Foundation
import Postgres
import Registry
import TestSupport
import Testing

@testable import Storage

/// What DNA says follows the animal, whoever turns out to be who.
@Suite("Who is who, and DNA", .database)
struct IdentityAndDNATests {
    private let reviewer = Reviewer(name: "Sato")
    private let met = Date(timeIntervalSince1970: 1_750_000_000)

    /// An answered screening that names an animal by one of its photographs; of none it is an unknown animal.
    private func screening(
        _ fixture: Fixture, of individual: Individual? = nil, by reference: Identifier<Photo>? = nil
    ) async throws -> Identifier<Screening> {
        let photo = try await fixture.photo()
        let id = try await fixture.store.createScreening(
            .init(photos: [photo.id], region: .head, observedAt: met), agency: fixture.agency.id, key: fixture.key.id
        ).record.id
        let candidates = individual.map { animal in
            Candidate(
                individual: animal.id, name: animal.name, probability: 0.99, score: 60, photo: photo.id,
                reference: reference ?? photo.id, correspondences: [])
        }
        try await fixture.store.finishScreening(
            fixture.claim(),
            .plain(
                individual.map { .matched($0.id) } ?? .unknown, candidates: candidates.map { [$0] } ?? []))
        return id
    }

    private func result(
        _ dnaClass: DNAResult.Class, _ label: String, of individual: Identifier<Individual>? = nil,
        screening: Identifier<Screening>? = nil, laboratory: String = "Kyoto", in fixture: Fixture
    ) async throws {
        let sample = try await fixture.store.addSample(
            SubmittedSample(label: label, individual: individual, screening: screening, takenBy: "Ito", takenAt: met),
            agency: fixture.agency.id, by: reviewer
        ).record
        try await fixture.store.addResult(
            SubmittedResult(markers: .snp, dnaClass: dnaClass, laboratory: laboratory, reportedAt: met + 86_400),
            of: sample.id, by: reviewer)
    }

    private func types(_ store: RegistryStore) async throws -> [EventType] {
        let told: Set<EventType> = [.hybridSuspected, .hybridConfirmed, .hybridCleared, .caseOpened]
        return try await store.events(after: 0).map(\.type).filter(told.contains)
    }

    private func standing(_ store: RegistryStore, _ id: Identifier<Screening>) async throws -> DNAStanding.Kind? {
        try await store.hybridAssessment(of: id)?.content.dna.kind
    }

    @Test(
        "A merge re-scores the photographs of both animals, tells it of the one that stays, and its undo takes it back")
    func merge() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual
            let (first, second) = (
                try await screening(fixture, of: one), try await screening(fixture, of: two)
            )
            for id in [first, second] { try await store.assessHybrid(id, by: reviewer) }
            try await result(.f1, "K-1", of: two.id, in: fixture)
            #expect(try await standing(store, first) == .untested)
            #expect(try await standing(store, second) == .notNative)

            let merge = try await store.merge(two.id, into: one.id, reason: "spots", by: reviewer).record
            #expect(try await standing(store, first) == .notNative)
            let rescored = try #require(try await store.hybridAssessment(of: first))
            #expect(rescored.occasion == .dna && rescored.content.outcome == .suspectNonNative)
            #expect(rescored.assessedBy == reviewer)
            // The other one's photographs say what they said.
            #expect(try await store.hybridAssessments(of: second).count == 2)
            #expect(try await types(store) == [.hybridConfirmed, .hybridConfirmed])
            let told = try await store.events(after: 0).filter { $0.type == .hybridConfirmed }.map(\.individual)
            #expect(told == [two.id, one.id])

            _ = try await store.undo(merge.id, reason: "not the same", by: reviewer)
            #expect(try await standing(store, first) == .untested)
            #expect(try await standing(store, second) == .notNative)
            #expect(try await store.hybridAssessments(of: second).count == 2)
            #expect(try await types(store).count == 2, "nothing new is told")
        }
    }

    @Test("A merge that brings together results which disagree opens one case, and both are kept")
    func disagreement() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual
            let three = try await store.enroll(fixture.enrolment(of: "Three")).individual
            let seen = try await screening(fixture, of: one)
            try await store.assessHybrid(seen, by: reviewer)
            try await result(.japonicus, "K-1", of: one.id, in: fixture)
            try await result(.f1, "K-2", of: two.id, laboratory: "Osaka", in: fixture)
            try await store.merge(two.id, into: one.id, reason: "spots", by: reviewer)

            #expect(try await standing(store, seen) == .disputed)
            #expect(try await store.results().items.filter(\.isInForce).count == 2)
            let cases = try await store.cases().items
            #expect(cases.count == 1 && cases.first?.individual == one.id)
            guard case .dnaDisagreement(let evidence) = try #require(cases.first).evidence else {
                Issue.record("not a disagreement")
                return
            }
            #expect(evidence.name == "One" && Set(evidence.results.map(\.laboratory)) == ["Kyoto", "Osaka"])
            #expect(try await types(store) == [.hybridCleared, .hybridConfirmed, .caseOpened])
            // The case goes along with the animal, and is not opened again for the same results.
            try await store.merge(one.id, into: three.id, reason: "spots", by: reviewer)
            #expect(try await store.cases().items.count == 1)
        }
    }

    @Test("A merge that fails leaves assessments, cases and events as they were")
    func failedMerge() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual
            let seen = try await screening(fixture, of: one)
            try await store.assessHybrid(seen, by: reviewer)
            try await result(.f1, "K-1", of: two.id, in: fixture)
            // The last thing that a merge writes is what it means for the photographs.
            try await store.pool.query(
                """
                CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'disk is full' USING ERRCODE = 'disk_full'; END $$
                """)
            try await store.pool.query(
                """
                CREATE TRIGGER full_disk BEFORE INSERT ON hybrid_assessments FOR EACH ROW
                EXECUTE FUNCTION full_disk()
                """)
            await #expect(throws: (any Error).self) {
                try await store.merge(two.id, into: one.id, reason: "spots", by: reviewer)
            }
            #expect(try await store.identityChanges().items.isEmpty)
            #expect(try await store.individual(named: "Two")?.mergedInto == nil)
            #expect(try await types(store) == [.hybridConfirmed])
            #expect(try await store.dnaStanding(of: one.id).kind == .untested)
        }
    }

    @Test("A split takes along the screenings that rest on its photographs, and with them what DNA says of them")
    func split() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let first = try await store.enroll(fixture.enrolment(of: "One"))
            let second = try await store.enroll(fixture.enrolment(of: "One"))
            let one = first.individual
            let (staying, leaving) = (
                try await screening(fixture, of: one, by: first.annotation.photo),
                try await screening(fixture, of: one, by: second.annotation.photo)
            )
            for id in [staying, leaving] { try await store.assessHybrid(id, by: reviewer) }
            try await result(.japonicus, "K-1", of: one.id, in: fixture)
            for id in [staying, leaving] { #expect(try await standing(store, id) == .native) }

            let split = try await store.split(
                one.id, encounters: [second.encounter.id], into: "Two", reason: "two animals", by: reviewer
            ).record
            #expect(try await store.animal(of: leaving) == split.into)
            #expect(try await standing(store, staying) == .native)
            #expect(try await standing(store, leaving) == .untested, "nobody tested the other animal")
            _ = try await store.undo(split.id, reason: "one after all", by: reviewer)
            #expect(try await standing(store, leaving) == .native)
            #expect(try await types(store) == [.hybridCleared])
        }
    }

    @Test("A person who names another animal takes the results of a screening's sample along")
    func decision() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual
            let seen = try await screening(fixture, of: one)
            let before = try await screening(fixture, of: two)
            for id in [seen, before] { try await store.assessHybrid(id, by: reviewer) }
            try await result(.davidianus, "K-1", screening: seen, in: fixture)
            #expect(try await store.dnaStanding(of: one.id).kind == .notNative)

            _ = try await store.decide(on: seen, .confirmed, individual: two.id, by: fixture.key.id)
            #expect(try await store.dnaStanding(of: one.id).kind == .untested)
            #expect(try await standing(store, before) == .notNative)
            #expect(try await standing(store, seen) == .notNative)
            #expect(try await types(store) == [.hybridConfirmed, .hybridConfirmed])
            _ = try await store.decide(on: seen, .unknown, by: fixture.key.id)
            #expect(try await standing(store, before) == .untested)
            #expect(try await standing(store, seen) == .notNative, "its own sample says so still")
        }
    }

    @Test("Of an animal that nobody knows the samples of its screening speak, and laboratories may disagree about it")
    func unknownAnimal() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let seen = try await screening(fixture)
            try await store.assessHybrid(seen, by: reviewer)
            try await result(.f1, "K-1", screening: seen, in: fixture)
            #expect(try await standing(store, seen) == .notNative)
            // Weighing it again forgets nothing.
            try await store.assessHybrid(
                seen, scores: [SubmittedScore(code: "long_tail", sight: .absent)], by: reviewer)
            #expect(try await standing(store, seen) == .notNative)
            try await result(.japonicus, "K-2", screening: seen, laboratory: "Osaka", in: fixture)
            #expect(try await standing(store, seen) == .disputed)
            let cases = try await store.cases().items
            #expect(cases.count == 1 && cases.first?.screening == seen && cases.first?.individual == nil)
            #expect(try await types(store) == [.hybridConfirmed, .caseOpened])
        }
    }

    @Test("Whatever happens at the same moment, the assessment that counts knows the result that was entered")
    func atOnce() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            for round in 1...6 {
                let (one, two) = (
                    try await store.enroll(fixture.enrolment(of: "One \(round)")).individual,
                    try await store.enroll(fixture.enrolment(of: "Two \(round)")).individual
                )
                let seen = try await screening(fixture, of: one)
                try await store.assessHybrid(seen, by: reviewer)
                try await withThrowingTaskGroup { group in
                    group.addTask { try await result(.f1, "K-\(round)", screening: seen, in: fixture) }
                    group.addTask { try await store.assessHybrid(seen, by: reviewer) }
                    group.addTask {
                        _ = try await store.decide(
                            on: seen, .confirmed, individual: two.id, by: fixture.key.id)
                    }
                    group.addTask { try await store.merge(one.id, into: two.id, reason: "spots", by: reviewer) }
                    group.addTask { try await store.assessHybrid(seen, by: reviewer) }
                    try await group.waitForAll()
                }
                #expect(try await standing(store, seen) == .notNative)
                #expect(try await store.dnaStanding(of: two.id).kind == .notNative)
            }
        }
    }

    @Test("What was assessed before its answer came knows the DNA of the animal that the answer names")
    func answeredLater() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            try await result(.japonicus, "K-1", of: one.id, in: fixture)
            let photo = try await fixture.photo()
            let early = try await store.createScreening(
                .init(photos: [photo.id], region: .head, observedAt: met), agency: fixture.agency.id,
                key: fixture.key.id
            ).record.id
            try await store.assessHybrid(early, by: reviewer)
            #expect(try await standing(store, early) == .untested)
            let candidate = Candidate(
                individual: one.id, name: one.name, probability: 0.99, score: 60, photo: photo.id,
                reference: photo.id, correspondences: [])
            try await store.finishScreening(fixture.claim(), .plain(.matched(one.id), candidates: [candidate]))
            #expect(try await standing(store, early) == .native)
            #expect(try await store.hybridAssessment(of: early)?.assessedBy.name == "andrias")
            #expect(try await types(store) == [.hybridCleared])
        }
    }
}
