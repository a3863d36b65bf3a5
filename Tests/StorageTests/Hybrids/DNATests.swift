import Foundation
import Postgres
import Registry
import TestSupport
import Testing

@testable import Storage

@Suite("DNA records", .database)
struct DNATests {
    private let taken = Date(timeIntervalSince1970: 1_700_000_000)
    private let reviewer = Reviewer(name: "Sato")

    private func sample(
        _ label: String, of individual: Identifier<Individual>?, screening: Identifier<Screening>? = nil,
        in fixture: Fixture
    ) async throws -> DNASample {
        try await fixture.store.addSample(
            SubmittedSample(
                label: label, individual: individual, screening: screening, tissue: "tail tip", takenBy: "Ito",
                takenAt: taken, seal: "bag 7"), agency: fixture.agency.id, by: reviewer
        ).record
    }

    private func result(
        _ dnaClass: DNAResult.Class, _ markers: DNAResult.Markers = .microsatellites, laboratory: String = "Kyoto",
        note: String? = nil
    ) -> SubmittedResult {
        SubmittedResult(
            markers: markers, dnaClass: dnaClass, laboratory: laboratory, reportedAt: taken + 86_400 * 30, note: note)
    }

    private func types(_ store: RegistryStore) async throws -> [EventType] {
        try await store.events(after: 0).map(\.type)
    }

    @Test("A sample goes through hands in order, and each step says how it was sealed")
    func custody() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let animal = try await store.enroll(fixture.enrolment(of: "One")).individual
            let sample = try await sample("K-1", of: animal.id, in: fixture)
            #expect(sample.individualName == "One" && sample.takenBy == "Ito" && sample.takenAt == taken)
            try await store.addCustody(
                .handedOver, of: sample.id, person: "Ito", counterpart: "Courier", seal: "bag 7 closed",
                at: taken + 3600, by: reviewer)
            await #expect(throws: DNAError.self) {
                try await store.addCustody(
                    .received, of: sample.id, person: "Lab", counterpart: "Courier", at: taken, by: reviewer)
            }
            await #expect(throws: DNAError.takenBefore(sample: "K-1")) {
                try await store.addCustody(
                    .taken, of: sample.id, person: "Ito", counterpart: nil, at: taken + 7200, by: reviewer)
            }
            await #expect(throws: DNAError.oneHand(.received)) {
                try await store.addCustody(
                    .received, of: sample.id, person: "Lab", counterpart: nil, at: taken + 7200, by: reviewer)
            }
            try await store.addCustody(
                .received, of: sample.id, person: "Lab", counterpart: "Courier", seal: "intact", at: taken + 7200,
                by: reviewer)
            let steps = try await store.custody(of: sample.id)
            #expect(steps.map(\.kind) == [.taken, .handedOver, .received])
            #expect(steps.map(\.seal) == ["bag 7", "bag 7 closed", "intact"])
            await #expect(throws: DNAError.labelTaken("K-1")) {
                _ = try await self.sample("K-1", of: animal.id, in: fixture)
            }
            await #expect(throws: DNAError.sampleOfNothing) { _ = try await self.sample("K-2", of: nil, in: fixture) }
            await #expect(throws: StorageError.self) {
                _ = try await self.sample("K-2", of: Identifier(), in: fixture)
            }
            await #expect(throws: PostgresError.self) {
                try await store.pool.query("UPDATE dna_custody SET seal = 'x'")
            }
            #expect(try await store.samples(individual: animal.id).items.map(\.label) == ["K-1"])
        }
    }

    @Test("mtDNA alone sets the maternal line: nobody is told, and nothing is learned from it")
    func maternalLine() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let animal = try await store.enroll(fixture.enrolment(of: "One")).individual
            let sample = try await sample("K-1", of: animal.id, in: fixture)
            try await store.addResult(result(.davidianus, .mitochondrial), of: sample.id, by: reviewer)
            #expect(try await store.dnaStanding(of: animal.id).kind == .maternalLine)
            #expect(try await types(store) == [])
            #expect(try await store.testedAnimals() == [])
            await #expect(throws: DNAError.classBeyondMarkers(.f1, .mitochondrial)) {
                try await store.addResult(result(.f1, .mitochondrial), of: sample.id, by: reviewer)
            }
            await #expect(throws: PostgresError.self, "the schema holds it too") {
                try await store.pool.query(
                    "INSERT INTO dna_results SELECT gen_random_uuid(), position + 1, sample_id, markers, 'f1' FROM dna_results"
                )
            }
        }
    }

    @Test("A class of nuclear markers is told once, learned from, and taken back by a correction that stays beside it")
    func confirmedAndCorrected() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let animal = try await store.enroll(fixture.enrolment(of: "One")).individual
            let sample = try await sample("K-1", of: animal.id, in: fixture)
            let key = try fixture.idempotencyKey("r")
            let first = try await store.addResult(result(.f1), of: sample.id, by: reviewer, idempotency: key)
            let again = try await store.addResult(result(.f1), of: sample.id, by: reviewer, idempotency: key)
            #expect(again.change == .replayed && again.record == first.record)
            try await store.addResult(result(.hybrid, .snp), of: sample.id, by: reviewer)
            #expect(try await types(store) == [.hybridConfirmed])
            let event = try #require(try await store.events(after: 0).first)
            #expect(event.individual == animal.id && event.screening == nil && event.urgency == .immediate)
            #expect(try await store.testedAnimals().map(\.isNative) == [false])

            await #expect(throws: DNAError.correctionWithoutReason) {
                try await store.correctResult(first.record.id, to: result(.japonicus), by: reviewer)
            }
            let second = try #require(try await store.results().items.last)
            try await store.correctResult(
                second.id, to: result(.undetermined, .snp, note: "typing error"), by: reviewer)
            let correction = try await store.correctResult(
                first.record.id, to: result(.japonicus, note: "tubes were swapped"), by: reviewer
            ).record
            #expect(correction.replaces == first.record.id)
            await #expect(throws: DNAError.correctedBefore(first.record.id, by: correction.id)) {
                try await store.correctResult(first.record.id, to: result(.f2, note: "x"), by: reviewer)
            }
            #expect(try await store.results().items.count == 4)
            #expect(try await store.dnaStanding(of: animal.id).kind == .native)
            #expect(try await types(store) == [.hybridConfirmed, .hybridCleared])
            #expect(try await store.testedAnimals().map(\.isNative) == [true])
        }
    }

    @Test("Two laboratories that disagree are both kept, and one case is open until somebody settles it")
    func disagreement() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let animal = try await store.enroll(fixture.enrolment(of: "One")).individual
            let (one, two) = (
                try await sample("K-1", of: animal.id, in: fixture), try await sample("K-2", of: animal.id, in: fixture)
            )
            try await store.addResult(result(.japonicus), of: one.id, by: reviewer)
            try await store.addResult(result(.f1, laboratory: "Osaka"), of: two.id, by: reviewer)
            try await store.addResult(result(.f1, .snp, laboratory: "Osaka"), of: two.id, by: reviewer)
            #expect(try await store.dnaStanding(of: animal.id).kind == .disputed)
            #expect(try await store.results().items.count == 3)
            #expect(try await store.testedAnimals() == [])
            let cases = try await store.cases().items
            #expect(cases.count == 1 && cases.first?.individual == animal.id && cases.first?.screening == nil)
            guard case .dnaDisagreement(let evidence) = try #require(cases.first).evidence else {
                Issue.record("not a disagreement")
                return
            }
            #expect(evidence.name == "One" && evidence.results.map(\.laboratory) == ["Kyoto", "Osaka"])
            #expect(try await types(store) == [.hybridCleared, .caseOpened])
            let id = try #require(cases.first).id
            await #expect(throws: StorageError.self) {
                try await store.resolveCase(id, .tagMisread, by: reviewer)
            }
            try await store.resolveCase(id, .laboratoryWrong, note: "Osaka ran the wrong tube", by: reviewer)
            #expect(try await store.registryCase(id)?.state == .resolved)
        }
    }

    @Test("What was merged is one animal for its samples too, and its results meet")
    func merges() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual
            let sample = try await sample("K-1", of: one.id, in: fixture)
            try await store.addResult(result(.japonicus), of: sample.id, by: reviewer)
            try await store.merge(one.id, into: two.id, reason: "spots", by: reviewer)
            #expect(try await store.dnaStanding(of: two.id).kind == .native)
            #expect(try await store.testedAnimals().map(\.name) == ["Two"])
        }
    }

    @Test("A sheet is entered whole or not at all, each refused line with its number and reason")
    func sheets() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let animal = try await store.enroll(fixture.enrolment(of: "One")).individual
            _ = try await sample("K-1", of: animal.id, in: fixture)
            let day = taken + 86_400 * 30
            let line = { (number: Int, sample: String, markers: String, dnaClass: String) in
                DNAListLine(
                    number: number, sample: sample, markers: markers, dnaClass: dnaClass, laboratory: "Kyoto",
                    reportedAt: day)
            }
            let bad = [
                line(2, "K-1", "SNP", "F1"), line(3, "K-9", "SNP", "F1"), line(4, "K-1", "RAPD", "F1"),
                line(5, "K-1", "SNP", "F7"), line(6, "K-1", "mtDNA", "F1"),
                DNAListLine(
                    number: 7, sample: "K-1", markers: "SNP", dnaClass: "F1", laboratory: "Kyoto",
                    reportedAt: taken - 86_400 * 9),
            ]
            let refused = try await #require(throws: DNAListRefused.self) {
                try await store.enterResults(bad, by: self.reviewer)
            }
            #expect(refused.outcomes.filter { $0.refusal != nil }.map(\.number) == [3, 4, 5, 6, 7])
            #expect(refused.outcomes[1].refusal?.contains("K-9") == true)
            #expect(refused.outcomes[3].refusal?.contains("backcross_japonicus") == true)
            #expect(try await store.results().items.isEmpty)
            #expect(try await types(store) == [])
            let good = [line(2, "Ｋ-1", "SNP", "F1")]
            let entered = try await store.enterResults(good, by: reviewer)
            #expect(entered.count == 1 && entered.allSatisfy { $0.refusal == nil })
            #expect(try await store.enterResults(good, by: reviewer).map(\.result) == [.known])
            #expect(try await types(store) == [.hybridConfirmed])
        }
    }
}
