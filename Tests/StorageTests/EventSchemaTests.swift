import Foundation
import Provenance
import Registry
import Storage
import TestSupport
import Testing

@Suite("Schemas of events", .database)
struct EventSchemaTests {
    private let sato = Reviewer(name: "Sato")

    @Test("Whatever the registry appends fits the schema of its type")
    func everythingAppendedFits() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            _ = try await store.enroll(fixture.enrolment(of: "Two"))
            let tag = try TagReading("392000012345678").code
            try await store.assignTag(tag, to: two.individual.id, evidence: "put in", by: sato)
            let scan = TagScan(reader: "HPR", frequencies: [.khz134], noneFound: true)
            let sent = try await answer(.matched(one.individual.id), moved: true, in: fixture)
            _ = try await store.decide(on: sent, .confirmed, individual: one.individual.id, by: fixture.key.id)
            for outcome in [Outcome.unknown, .undecided, .unusable, .failed] {
                try await answer(outcome, in: fixture)
            }
            try await answer(.matched(one.individual.id), moved: true, isReturn: true, in: fixture)
            try await answer(.matched(one.individual.id), tags: ["392000012345678"], in: fixture)
            try await answer(.matched(two.individual.id), scan: scan, in: fixture)
            let templates = try await store.galleryChanges(after: 0).entries
            let pair = try [one, two].map { side in
                try #require(templates.first { $0.annotation == side.annotation.id }).id
            }
            try await store.proposeDuplicates(
                [DuplicateFinding(first: pair[0], second: pair[1], score: 30, probability: 0.9)], scorer: "a b")
            let merge = try await store.merge(two.individual.id, into: one.individual.id, reason: "same", by: sato)
            _ = try await store.undo(merge.record.id, reason: "not the same", by: sato)
            _ = try await store.split(
                two.individual.id, encounters: [two.encounter.id], reason: "two animals", by: sato)
            try await testDNA(of: sent, in: fixture)

            let events = try await store.events(after: 0)
            for event in events {
                let told = try #require(
                    try JSONSerialization.jsonObject(with: Data(event.cloudEvent(source: "https://registry.example")))
                        as? [String: Any])
                let schema = try #require(
                    try JSONSerialization.jsonObject(with: Data(event.type.schema().bytes)) as? [String: Any])
                let data = try #require(told["data"])
                #expect(SchemaCheck(schema).violations(in: data) == [], "\(event.type.rawValue)")
                // What is told leaves nothing out that was appended.
                let payload = try JSONDecoder().decode([String: String].self, from: Data(event.payload))
                let values = try #require(data as? [String: Any]).values.compactMap { $0 as? String }
                for (key, value) in payload { #expect(values.contains(value), "\(event.type.rawValue) \(key)") }
            }
            let missing = Set(EventType.allCases).subtracting(events.map(\.type))
            #expect(
                missing == [.endpointDisabled, .endpointTest],
                "Types that nothing appends here.")
        }
    }

    /// A suspicion, two laboratories that disagree, and a suspicion that a person looks at first.
    private func testDNA(of screening: Identifier<Screening>, in fixture: Fixture) async throws {
        let store = fixture.store
        let now = Date()
        try await store.loadRivers(InventedRivers.network(), source: "invented", profile: .plain, by: "Sato")
        let position = try Position(latitude: 31.059, longitude: 138.0065, uncertaintyMeters: 30)
        try await store.addTestedCounts(
            [
                TestedCount(
                    label: "Uso", system: nil, position: position, years: nil,
                    animals: .init(native: 0, hybrid: 900, exotic: 0, undetermined: 0), source: "invented")
            ], by: "Sato")
        let photo = try await fixture.photo()
        let suspect = try await store.createScreening(
            .init(photos: [photo.id], region: .head, position: position), agency: fixture.agency.id,
            key: fixture.key.id
        ).record
        try await store.assessHybrid(suspect.id, by: sato)
        let sample = try await store.addSample(
            SubmittedSample(label: "K-1", screening: screening, takenBy: "Ito", takenAt: now - 86_400),
            agency: fixture.agency.id, by: sato
        ).record
        for (dnaClass, laboratory) in [(DNAResult.Class.f1, "Kyoto"), (.japonicus, "Osaka")] {
            try await store.addResult(
                SubmittedResult(markers: .snp, dnaClass: dnaClass, laboratory: laboratory, reportedAt: now),
                of: sample.id, by: sato)
        }
        let wrong = try #require(try await store.results().items.first)
        try await store.correctResult(
            wrong.id,
            to: SubmittedResult(
                markers: .snp, dnaClass: .japonicus, laboratory: "Kyoto", reportedAt: now, note: "wrong tube"),
            by: sato)
    }

    @discardableResult
    private func answer(
        _ outcome: Outcome, tags: [String] = [], scan: TagScan? = nil, moved: Bool = false, isReturn: Bool = false,
        in fixture: Fixture
    ) async throws -> Identifier<Screening> {
        let store = fixture.store
        let submission = Screening.Submission(
            photos: [try await fixture.photo().id], region: .head,
            position: try Position(latitude: 35.23456, longitude: 134.56789), tagCodes: tags, tagScan: scan,
            occasion: .rescue)
        let id = try await store.createScreening(submission, agency: fixture.agency.id, key: fixture.key.id).record.id
        let claim = try await fixture.claim()
        let evidence = try await store.tagEvidence(
            for: claim.screening, candidates: [outcome.individual].compactMap(\.self))
        var verdict = TagAgreement(.plain(outcome), evidence).joined
        if moved {
            verdict = verdict.with(
                MovementVerdict(
                    kind: .differentWaterSystem, peopleProbability: 0.9, isReturn: isReturn, reasons: []))
        }
        try await store.finishScreening(claim, verdict)
        return id
    }
}
