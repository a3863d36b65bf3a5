import Foundation
import Registry
import Storage
import TestSupport
import Testing

@Suite("Screenings", .database)
struct ScreeningStoreTests {
    @Test("A submission comes back as it was sent")
    func roundTrip() async throws {
        try await Fixture.with { fixture in
            let photos = [try await fixture.photo().id, try await fixture.photo().id, try await fixture.photo().id]
            let submission = Screening.Submission(
                photos: photos.reversed(), region: .trunk,
                marks: [
                    photos[1]: RegionMark(.box(try RegionBox(x: 0.1, y: 1.0 / 3, width: 0.7, height: 0.2))),
                    photos[2]: try Fixture.outlinedHead,
                ],
                lane: .batch,
                observedAt: Date(timeIntervalSince1970: 1_700_000_000.25),
                position: try Position(latitude: -0.1, longitude: 179.999, uncertaintyMeters: 3.5),
                locality: "大山、堰の下", observer: "O’Brien; DROP TABLE", tagCodes: ["392…", "\"quoted\", {x}", ""])
            let added = try await fixture.store.createScreening(
                submission, agency: fixture.agency.id, key: fixture.key.id)
            #expect(added.change == .created)
            let screening = try #require(try await fixture.store.screening(added.record.id))
            #expect(screening == added.record)
            #expect(screening.submission == submission)
            #expect(screening.agency == fixture.agency.id)
            #expect(screening.state == .received && screening.verdict == nil && screening.finishedAt == nil)
        }
    }

    @Test("A verdict comes back as it was given, its evidence included")
    func verdict() async throws {
        try await Fixture.with { fixture in
            let one = try await fixture.store.enroll(fixture.enrolment(of: "One"))
            let two = try await fixture.store.enroll(fixture.enrolment(of: "Two"))
            let screening = try await fixture.submit()
            let photo = try #require(screening.submission.photos.first)
            let points = (0..<30).map { index in
                let value = Double(index) / 31
                return Correspondence(queryX: value, queryY: 1 - value, referenceX: value / 3, referenceY: 0.1)
            }
            let candidates = [(one, 0.9), (two, 1.0 / 7)].map { enrolled, probability in
                Candidate(
                    individual: enrolled.individual.id, name: enrolled.individual.name, probability: probability,
                    score: probability * 40, photo: photo, reference: enrolled.photo.id, correspondences: points)
            }
            let verdict = Verdict(
                outcome: .matched(one.individual.id), probability: 0.9, candidates: candidates,
                findings: [Finding(.matchedSpots, ["name": "One", "count": "30"]), Finding(.decisionIsYours)],
                extractor: "sift/1", decider: "threshold/1", photosSearched: 2, individualsSearched: 2,
                milliseconds: 123.456)
            let claim = try await fixture.claim()
            try await fixture.store.finishScreening(claim, verdict)
            let answered = try #require(try await fixture.store.screening(screening.id))
            #expect(answered.verdict == verdict)
            #expect(answered.state == .done && answered.finishedAt != nil)
            let event = try #require(try await fixture.store.events(after: 0).first)
            #expect(event.type == .screeningCompleted && event.screening == screening.id)
            #expect(event.agency == fixture.agency.id)
            #expect(
                try JSONDecoder().decode([String: String].self, from: Data(event.payload))
                    == ["outcome": "matched"])
            #expect(event.individual == one.individual.id)
        }
    }

    @Test("A verdict that contradicts itself is refused whole")
    func contradiction() async throws {
        try await Fixture.with { fixture in
            let screening = try await fixture.submit()
            let claim = try await fixture.claim()
            let one = try await fixture.store.enroll(fixture.enrolment())
            let stranger = Candidate(
                individual: one.individual.id, name: "x", probability: 0.5, score: 1, photo: one.photo.id,
                reference: one.photo.id, correspondences: [])
            for verdict in [Verdict.plain(.matched(Identifier())), .plain(.undecided, candidates: [stranger])] {
                await #expect(throws: StorageError.self) {
                    try await fixture.store.finishScreening(claim, verdict)
                }
            }
            #expect(try await fixture.store.screening(screening.id)?.state == .processing)
            #expect(try await fixture.store.events(after: 0).isEmpty)
            try await fixture.store.finishScreening(claim, .plain(.undecided))
        }
    }

    @Test("Submissions without photographs, with too many, twice the same or with others' boxes are refused")
    func refusals() async throws {
        try await Fixture.with { fixture in
            let photo = try await fixture.photo().id
            let box = try RegionBox(x: 0, y: 0, width: 1, height: 1)
            for submission in [
                Screening.Submission(photos: [], region: .head),
                Screening.Submission(photos: (0..<21).map { _ in Identifier() }, region: .head),
                Screening.Submission(photos: [photo, photo], region: .head),
                Screening.Submission(photos: [photo], region: .head, marks: [Identifier(): RegionMark(.box(box))]),
            ] {
                let error = await #expect(throws: StorageError.self) {
                    _ = try await fixture.store.createScreening(submission, agency: fixture.agency.id)
                }
                guard case .submissionRefused = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            let error = await #expect(throws: StorageError.self) {
                _ = try await fixture.store.createScreening(
                    Screening.Submission(photos: [Identifier()], region: .head), agency: fixture.agency.id)
            }
            guard case .notFound(.photo, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await fixture.store.screenings().items.isEmpty)
        }
    }

    @Test("Twenty of the same submission at once are one screening")
    func racingSubmissions() async throws {
        try await Fixture.with { fixture in
            let submission = Screening.Submission(photos: [try await fixture.photo().id], region: .head)
            let key = try fixture.idempotencyKey("s")
            let answers = try await withThrowingTaskGroup(of: Added<Screening>.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await fixture.store.createScreening(
                            submission, agency: fixture.agency.id, key: fixture.key.id, idempotency: key)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.record.id)).count == 1)
            #expect(answers.filter { $0.change == .created }.count == 1)
            #expect(try await fixture.store.screenings().items.count == 1)
        }
    }

    @Test("Lists by state and agency hold what is in that state")
    func lists() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let done = try await fixture.submit()
            try await store.finishScreening(fixture.claim(), .plain(.unknown))
            let failed = try await fixture.submit()
            try await store.finishScreening(fixture.claim(), .plain(.failed))
            let processing = try await fixture.submit()
            _ = try await fixture.claim()
            let received = try await fixture.submit(lane: .batch)
            func listed(_ state: Screening.State?, _ agency: Identifier<Agency>? = nil) async throws -> [Identifier<
                Screening
            >] {
                let items = try await store.screenings(agency: agency, state: state).items
                for item in items where state != nil { #expect(item.state == state) }
                return items.map(\.id)
            }
            #expect(try await listed(.done) == [done.id])
            #expect(try await listed(.failed) == [failed.id])
            #expect(try await listed(.processing) == [processing.id])
            #expect(try await listed(.received) == [received.id])
            let all = Set([done, failed, processing, received].map(\.id))
            #expect(try await Set(listed(nil, fixture.agency.id)) == all)
            #expect(try await listed(nil, Identifier()) == [])
            let page = try await store.screenings(limit: 3)
            #expect(try await store.screenings(after: page.next, limit: 3).items.count == 1)
            let counts = try await store.counts()
            #expect(counts.screenings == 4 && counts.processing == 1)
            #expect(counts.interactiveWaiting == 0 && counts.batchWaiting == 1)
        }
    }

    @Test("Decisions need an answer, are appended, and a confirmation names the animal")
    func decisions() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let screening = try await fixture.submit()
            let animal = try await store.enroll(fixture.enrolment()).individual
            let early = await #expect(throws: StorageError.self) {
                _ = try await store.decide(on: screening.id, .unknown, by: fixture.key.id)
            }
            guard case .screeningUnanswered = early else {
                Issue.record("\(String(describing: early))")
                return
            }
            try await store.finishScreening(fixture.claim(), .plain(.undecided))
            await #expect(throws: StorageError.self) {
                _ = try await store.decide(on: screening.id, .confirmed, by: fixture.key.id)
            }
            let key = try fixture.idempotencyKey("d")
            let first = try await store.decide(
                on: screening.id, .rejected, by: fixture.key.id, note: "spots differ", idempotency: key)
            let replayed = try await store.decide(
                on: screening.id, .rejected, by: fixture.key.id, note: "spots differ", idempotency: key)
            #expect(replayed.change == .replayed && replayed.record == first.record)
            let second = try await store.decide(
                on: screening.id, .confirmed, individual: animal.id, by: fixture.key.id)
            #expect(try await store.decisions(of: screening.id) == [first.record, second.record])
            #expect(try await store.screening(screening.id)?.verdict?.outcome == .undecided)
            let kinds = try await store.events(after: 0).map(\.type)
            #expect(kinds == [.screeningCompleted, .decisionMade, .decisionMade])
        }
    }
}
