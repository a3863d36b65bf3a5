import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Tags of screenings", .database)
struct TagScreeningTests {
    private let sato = Reviewer(name: "Sato")
    private let code = "392000012345678"

    private func submit(
        _ codes: [String], scan: TagScan? = nil, observedAt: Date? = nil, in fixture: Fixture
    ) async throws -> Screening {
        let photo = try await fixture.photo()
        return try await fixture.store.createScreening(
            Screening.Submission(
                photos: [photo.id], region: .head, observedAt: observedAt, tagCodes: codes, tagScan: scan),
            agency: fixture.agency.id, key: fixture.key.id
        ).record
    }

    /// Answers the waiting screening as a worker does.
    private func answer(_ outcome: Outcome, in fixture: Fixture) async throws -> Screening {
        let store = fixture.store
        let claim = try await fixture.claim()
        let evidence = try await store.tagEvidence(
            for: claim.screening, candidates: [outcome.individual].compactMap(\.self))
        try await store.finishScreening(claim, TagAgreement(.plain(outcome), evidence).joined)
        return try #require(try await store.screening(claim.screening.id))
    }

    @Test("A conflict opens a case with both sides, tells others, moves nothing, and people resolve it")
    func conflict() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual
            let tag = try TagReading(code).code
            try await store.assignTag(tag, to: two.id, evidence: "put in", by: sato)
            let sent = try await submit(["392.000012345678"], in: fixture)
            #expect(try await store.tagReads(of: tag).items.map(\.screening) == [sent.id])
            let answered = try await answer(.matched(one.id), in: fixture)
            #expect(answered.verdict?.outcome == .undecided && answered.verdict?.tags?.conflict == .tagAndPhoto)
            #expect(answered.verdict?.tags?.photo.individual == one.id)
            let opened = try #require(try await store.cases().items.first)
            #expect(opened.screening == sent.id && opened.state == .open)
            guard case .tagConflict(let evidence) = opened.evidence else { return }
            #expect(evidence.photo.probability == 0.75 && evidence.readings.first?.holders.map(\.name) == ["Two"])
            let kinds = try await store.events(after: 0).map(\.type)
            #expect(kinds == [.screeningCompleted, .tagConflict, .caseOpened])
            #expect(try await store.tagAssignments(of: tag).map(\.individual) == [two.id])

            try await store.resolveCase(opened.id, .undecided, by: sato)
            #expect(try await store.registryCase(opened.id)?.state == .open)
            try await store.resolveCase(opened.id, .recordWrong, individual: one.id, note: "swapped", by: sato)
            #expect(try await store.cases(state: .resolved).items.map(\.finding) == [.recordWrong])
            #expect(try await store.resolutions(of: opened.id).map(\.finding) == [.undecided, .recordWrong])
            #expect(try await store.tagAssignments(of: tag).map(\.individual) == [two.id])
            // What is learned from photographs takes the photograph at its word.
            _ = try await store.decide(on: sent.id, .confirmed, individual: one.id, by: fixture.key.id)
            let named = try await store.pool.query(
                "SELECT named_by_photo(screenings) AS id FROM screenings WHERE id = $1", [.uuid(sent.id.uuid)])
            #expect(try named.first?.get("id", as: UUID.self) == one.id.uuid)
            let rates = try await store.tagRates()
            #expect(rates.wrongRecord.failures == 1 && rates.wrongRecord.trials == 1 && !rates.wrongRecord.isCounted)
            #expect(rates.wrongRecord.rate == 0.01 && rates.wrongRecord.isAssumed && !rates.notFound.isAssumed)
            await #expect(throws: StorageError.self) { try await store.resolveCase(Identifier(), .undecided, by: sato) }
        }
    }

    @Test("A tag that a fitting reader misses is told as lost")
    func lost() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            try await store.assignTag(try TagReading(code).code, to: one.id, evidence: "put in", by: sato)
            let scan = TagScan(reader: "stick", frequencies: [.khz134], noneFound: true)
            let sent = try await submit([], scan: scan, in: fixture)
            #expect(sent.submission.tagScan == scan)
            #expect(try await answer(.matched(one.id), in: fixture).verdict?.tags?.agreement == .tagLost)
            #expect(try await store.events(after: 0).map(\.type) == [.screeningCompleted, .identityMatched, .tagLost])
            #expect(try await store.cases().items.isEmpty)
            _ = try await submit([], scan: TagScan(frequencies: [.khz125], noneFound: true), in: fixture)
            #expect(try await answer(.matched(one.id), in: fixture).verdict?.tags?.agreement == .photoAlone)
        }
    }

    @Test("Whose a tag was at the time counts: dead, ended, given only later, misread by one digit, unreadable")
    func states() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            let tag = try TagReading(code).code
            let began = Date(timeIntervalSince1970: 1_600_000_000)
            let assignment = try await store.assignTag(tag, to: one.id, from: began, evidence: "x", by: sato).record
            func evidence(_ text: String, at moment: Date? = nil) async throws -> TagVerdict.Reading {
                let screening = try await submit([text, text], observedAt: moment, in: fixture)
                let readings = try await store.tagEvidence(for: screening, candidates: []).readings
                #expect(readings.count == 1)
                return try #require(readings.first)
            }
            #expect(try await evidence(code).holders.map(\.state) == [.bears])
            #expect(try await evidence(code, at: began - 1).holders.map(\.state) == [.later])
            let slip = try await evidence("392000012345687")
            #expect(slip.holders.isEmpty && slip.similar.map(\.name) == ["One"])
            #expect(try await evidence("no tag").refusal != nil)
            try await store.endTagAssignment(assignment.id, .death, at: began + 1000, by: sato)
            #expect(try await evidence(code).holders.map(\.state) == [.died])
            #expect(try await evidence(code, at: began + 10).holders.map(\.state) == [.bears])
        }
    }

    @Test("From a hundred settled screenings on rates are counted, smoothed by the assumption")
    func countedRates() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            try await store.assignTag(try TagReading(code).code, to: one.id, evidence: "x", by: sato)
            let sent = try await submit([code], in: fixture)
            _ = try await answer(.matched(one.id), in: fixture)
            _ = try await store.decide(on: sent.id, .confirmed, individual: one.id, by: fixture.key.id)
            #expect(try await store.tagRates().misread.trials == 1)
            _ = try await store.pool.query(
                """
                INSERT INTO screenings (id, agency_id, body_region, lane, outcome, findings, quality, extractor, decider,
                    photos_searched, individuals_searched, milliseconds, finished_at, tag_verdict)
                SELECT gen_random_uuid(), agency_id, body_region, lane, 'undecided', findings, quality, extractor,
                    decider, 1, 1, 1, finished_at + interval '1 hour', tag_verdict FROM screenings, generate_series(1, 99)
                """)
            _ = try await store.pool.query(
                """
                INSERT INTO decisions (id, screening_id, kind, individual_id, api_key_id)
                SELECT gen_random_uuid(), screenings.id, 'confirmed', $1, $2 FROM screenings WHERE outcome = 'undecided'
                """, [.uuid(one.id.uuid), .uuid(fixture.key.id.uuid)])
            let misread = try await store.tagRates().misread
            #expect(misread.isCounted && misread.trials == 100 && abs(misread.rate - 1.0 / 200) < 1e-12)
        }
    }
}
