import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Tags", .database)
struct TagTests {
    private let sato = Reviewer(name: "Sato")
    private let code = "392000012345678"

    private func animal(_ name: String, in fixture: Fixture) async throws -> Individual {
        try await fixture.store.enroll(fixture.enrolment(of: name)).individual
    }

    @Test("A tag goes to another animal only after a recorded end")
    func oneAnimalAtATime() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let code = try TagReading(code).code
            let (one, two) = (try await animal("One", in: fixture), try await animal("Two", in: fixture))
            let began = Date(timeIntervalSince1970: 1_200_000_000)
            let first = try await store.assignTag(code, to: one.id, from: began, evidence: "put in", by: sato).record
            await #expect(throws: TagError.taken(code: code.canonical, individual: "One", assignment: first.id)) {
                try await store.assignTag(code, to: two.id, from: Date(), evidence: "read", by: sato)
            }
            await #expect(throws: TagError.endBeforeBeginning(first.id)) {
                try await store.endTagAssignment(first.id, .lost, at: began - 1, by: sato)
            }
            let ended = began + 1000
            let end = try await store.endTagAssignment(first.id, .moved, at: ended, note: "reused", by: sato).record.end
            #expect(end?.reason == .moved && end?.at == ended && end?.recordedBy == sato && end?.note == "reused")
            await #expect(throws: TagError.alreadyEnded(first.id, individual: "One", reason: .moved)) {
                try await store.endTagAssignment(first.id, .lost, by: sato)
            }
            for early in [nil, ended - 1] {
                let error = await #expect(throws: TagError.self) {
                    try await store.assignTag(code, to: two.id, from: early, evidence: "x", by: sato)
                }
                guard case .overlaps = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            try await store.assignTag(code, to: two.id, from: ended, evidence: "put in again", by: sato)
            #expect(try await store.tagAssignments(of: code).map(\.individualName) == ["One", "Two"])
            #expect(try await store.tagAssignments(of: one.id).map(\.end?.reason) == [.moved])
        }
    }

    @Test("Of two writers at once one wins, in the schema too")
    func racingAssignments() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let code = try TagReading(code).code
            var animals: [Individual] = []
            for name in ["One", "Two", "Three", "Four"] { animals.append(try await animal(name, in: fixture)) }
            let won = await withTaskGroup(of: Bool.self) { group in
                for animal in animals {
                    group.addTask {
                        (try? await store.assignTag(code, to: animal.id, evidence: "race", by: sato)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 1)
            let holder = try #require(try await store.tagAssignments(of: code).first)
            let other = try #require(animals.first { $0.id != holder.individual })
            let insert = """
                INSERT INTO tag_assignments (id, tag_id, individual_id, evidence, decided_by)
                SELECT gen_random_uuid(), tag_id, '\(other.id)', 'x', 'x' FROM tag_assignments
                """
            let error = await #expect(throws: PostgresError.self) { try await store.pool.query(insert) }
            #expect(error?.constraint == "tag_assignments_one_animal")
        }
    }

    @Test("A code known to be duplicated is borne by several animals, and stays flagged while it is")
    func duplicatedCode() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let code = try TagReading("900215000000001").code
            let (one, two) = (try await animal("One", in: fixture), try await animal("Two", in: fixture))
            #expect(try await store.setDuplicated(true, code).isDuplicated)
            let first = try await store.assignTag(code, to: one.id, evidence: "x", by: sato).record
            try await store.assignTag(code, to: two.id, evidence: "x", by: sato)
            await #expect(throws: TagError.stillDuplicated(code: code.canonical)) {
                try await store.setDuplicated(false, code)
            }
            try await store.endTagAssignment(first.id, .error, by: sato)
            // What was recorded in error does not count.
            #expect(try await !store.setDuplicated(false, code).isDuplicated)
        }
    }

    @Test("Merges carry all tags, splits those of their encounters, and undo gives exactly those back")
    func identityChanges() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let later = try await store.enroll(fixture.enrolment(of: "Two"))
            let codes = try ["392000000000001", "392000000000002", "392000000000003"].map { try TagReading($0).code }
            try await store.assignTag(codes[0], to: one.individual.id, evidence: "x", by: sato)
            try await store.assignTag(codes[1], to: two.individual.id, evidence: "x", by: sato)
            try await store.assignTag(
                codes[2], to: two.individual.id, encounter: later.encounter.id, evidence: "x", by: sato)
            let bearers = {
                var names: [String] = []
                for code in codes {
                    names.append(try await store.tagAssignments(of: code).map(\.individualName).joined())
                }
                return names
            }
            let merge = try await store.merge(
                two.individual.id, into: one.individual.id, reason: "x", by: sato
            ).record
            #expect(try await bearers() == ["One", "One", "One"])
            await #expect(throws: IdentityError.self) {
                try await store.assignTag(codes[0], to: two.individual.id, evidence: "x", by: sato)
            }
            try await store.undo(merge.id, reason: "x", by: sato)
            #expect(try await bearers() == ["One", "Two", "Two"])
            let split = try await store.split(
                two.individual.id, encounters: [later.encounter.id], into: "Three", reason: "x", by: sato
            ).record
            #expect(try await bearers() == ["One", "Two", "Three"])
            try await store.undo(split.id, reason: "x", by: sato)
            #expect(try await bearers() == ["One", "Two", "Two"])
        }
    }

    @Test("A merge that moved tags is undone only after the later one that moved them on")
    func laterMerge() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            var animals: [Individual] = []
            for name in ["One", "Two", "Three"] { animals.append(try await animal(name, in: fixture)) }
            // An animal known by its tag alone: its encounter belongs to nobody any more.
            _ = try await store.pool.query(
                "UPDATE encounters SET individual_id = NULL WHERE individual_id = $1", [.uuid(animals[0].id.uuid)])
            let code = try TagReading(code).code
            try await store.assignTag(code, to: animals[0].id, evidence: "x", by: sato)
            let first = try await store.merge(animals[0].id, into: animals[1].id, reason: "x", by: sato).record
            let second = try await store.merge(animals[1].id, into: animals[2].id, reason: "x", by: sato).record
            #expect(try await store.tagAssignments(of: code).map(\.individualName) == ["Three"])
            await #expect(throws: IdentityError.laterChange(first.id, undoFirst: second.id)) {
                try await store.undo(first.id, reason: "x", by: sato)
            }
            try await store.undo(second.id, reason: "x", by: sato)
            try await store.undo(first.id, reason: "x", by: sato)
            #expect(try await store.tagAssignments(of: code).map(\.individualName) == ["One"])
        }
    }

    @Test("Unknown codes and unreadable texts are kept, the one entered, the other with its reason")
    func reads() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let read = try await store.addTagRead(
                SubmittedTagRead(text: "3DD.003BC12345", frequencies: [.khz134], locality: "weir"),
                agency: fixture.agency.id, idempotency: try fixture.idempotencyKey("r")
            ).record
            #expect(read.code?.canonical == "989001002513221" && read.locality == "weir")
            let again = try await store.addTagRead(
                SubmittedTagRead(text: "3DD.003BC12345"), agency: fixture.agency.id,
                idempotency: try fixture.idempotencyKey("r"))
            #expect(again.change == .replayed && again.record.id == read.id)
            let code = try #require(read.code)
            #expect(try await store.tag(code)?.isDuplicated == false)
            #expect(try await store.tagReads(of: code).items.map(\.id) == [read.id])
            let wrong = try await store.addTagRead(
                SubmittedTagRead(text: "39200001234567O"), agency: fixture.agency.id
            ).record
            #expect(wrong.code == nil && wrong.refusal?.contains("392000012345670") == true)
            let none = try await store.addTagRead(
                SubmittedTagRead(text: nil, reader: "stick", frequencies: [.khz125, .khz134]),
                agency: fixture.agency.id
            ).record
            #expect(none.text == nil && none.frequencies == [.khz125, .khz134])
            await #expect(throws: TagError.scanWithoutReader) {
                try await store.addTagRead(SubmittedTagRead(text: nil), agency: fixture.agency.id)
            }
        }
    }

    @Test("A kind that leaves the maker open gives way to one that names it, and stays one tag")
    func trovanOrFDXA() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            for text in ["0612345678", "06-1234-5678", "0612345678"] {
                try await store.addTagRead(SubmittedTagRead(text: text), agency: fixture.agency.id)
            }
            let tags = try await store.tags().items
            #expect(tags.map(\.code.canonical) == ["0612345678"] && tags.map(\.code.kind) == [.trovan])
        }
    }

    @Test("A list is entered whole or not at all, unless good lines are to be kept")
    func lists() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            _ = try await animal("One", in: fixture)
            let lines = [
                TagListLine(number: 2, text: "3DD.003BC12345", individual: "One"),
                TagListLine(number: 3, text: "989 001002513221", individual: "One"),
                TagListLine(number: 4, text: "39200001234567O", individual: "One"),
                TagListLine(number: 5, text: "392000012345678", individual: "Nobody"),
                TagListLine(number: 6, text: "392000012345679", individual: nil),
            ]
            let refused = await #expect(throws: TagListRefused.self) {
                try await store.enterTags(lines, keepGood: false, source: "list.csv", by: sato)
            }
            #expect(refused?.outcomes.map { $0.refusal == nil } == [true, false, false, false, true])
            #expect(refused?.outcomes[1].refusal?.contains("line 2") == true)
            #expect(try await store.tags().items.isEmpty)
            let kept = try await store.enterTags(lines, keepGood: true, source: "list.csv", by: sato)
            #expect(kept.map(\.result).filter { [.assigned, .entered].contains($0) }.count == 2)
            let code = try TagReading("3DD.003BC12345").code
            #expect(try await store.tagAssignments(of: code).map(\.evidence) == ["list.csv"])
            let again = try await store.enterTags([lines[0], lines[4]], keepGood: false, source: "list.csv", by: sato)
            #expect(again.map(\.result) == [.known, .known])
        }
    }
}
