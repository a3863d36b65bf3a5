import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Merges and splits", .database)
struct IdentityTests {
    let reviewer = Reviewer(name: "Tanaka")

    /// The names of the animals to which templates belong, as another process finds them.
    private func gallery() async throws -> [String] {
        let database = try #require(TestDatabase.current)
        let pool = PostgresPool(endpoint: database.endpoint, size: 1, applicationName: "second process")
        let other = RegistryStore(pool: pool, photoFiles: PhotoFiles(directory: database.folder))
        let names = try await other.galleryChanges(after: 0).entries.map(\.name).sorted()
        await pool.close()
        return names
    }

    private func owners(_ store: RegistryStore, _ encounters: [Encounter]) async throws -> [Identifier<Individual>?] {
        var owners: [Identifier<Individual>?] = []
        for encounter in encounters { owners.append(try await store.encounter(encounter.id)?.individual) }
        return owners
    }

    @Test("A merge moves all encounters, the old record points on, and another process finds the merged animal")
    func merge() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let kept = try await store.enroll(fixture.enrolment(of: "Kept"))
            let twin = try await store.enroll(fixture.enrolment(of: "Twin"))
            let again = try await store.enroll(fixture.enrolment(of: "Twin"))
            let revision = try await store.galleryChanges(after: 0).revision

            let change = try await store.merge(
                twin.individual.id, into: kept.individual.id, reason: "same spots", by: reviewer
            ).record
            #expect(change.kind == .merge && change.fromName == "Twin" && change.intoName == "Kept")
            #expect(Set(change.encounters) == [twin.encounter.id, again.encounter.id])
            #expect(change.decidedBy == reviewer && change.undoneBy == nil)
            #expect(try await gallery() == ["Kept", "Kept", "Kept"])
            #expect(try await store.galleryChanges(after: revision).entries.count == 2)
            #expect(try await store.individual(named: "Twin")?.mergedInto == kept.individual.id)
            #expect(try await store.settledIndividual(twin.individual.id)?.id == kept.individual.id)
            #expect(try await store.encounters(individual: twin.individual.id).items.isEmpty)
            #expect(try await store.identityChanges(individual: kept.individual.id).items == [change])
            let event = try #require(try await store.events(after: 0).last)
            #expect(event.type == .identityMerged && event.screening == nil && event.agency == nil)
            #expect(String(decoding: event.payload, as: UTF8.self).contains(change.id.description))
        }
    }

    @Test("An undo returns exactly what was moved; what was enrolled since stays")
    func undoAfterEnrolments() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let kept = try await store.enroll(fixture.enrolment(of: "Kept"))
            let twin = try await store.enroll(fixture.enrolment(of: "Twin"))
            let merge = try await store.merge(
                twin.individual.id, into: kept.individual.id, reason: "same", by: reviewer
            ).record
            let byOldName = try await store.enroll(fixture.enrolment(of: "Twin"))
            #expect(byOldName.individual.id == kept.individual.id && !byOldName.isNewIndividual)
            let byNewName = try await store.enroll(fixture.enrolment(of: "Kept"))

            let undo = try await store.undo(merge.id, reason: "the bands differ", by: reviewer).record
            #expect(undo.kind == .undo && undo.undoes == merge.id && undo.encounters == [twin.encounter.id])
            #expect(try await store.identityChange(merge.id)?.undoneBy == undo.id)
            #expect(
                try await owners(store, [kept.encounter, twin.encounter, byOldName.encounter, byNewName.encounter])
                    == [kept, twin, kept, kept].map(\.individual.id))
            #expect(try await gallery() == ["Kept", "Kept", "Kept", "Twin"])
            #expect(try await store.individual(named: "Twin")?.mergedInto == nil)
            #expect(try await store.enroll(fixture.enrolment(of: "Twin")).individual.id == twin.individual.id)
            #expect(try await store.events(after: 0).last?.type == .identityChangeUndone)
            await #expect(throws: IdentityError.alreadyUndone(merge.id, by: undo.id)) {
                try await store.undo(merge.id, reason: "again", by: reviewer)
            }
            await #expect(throws: IdentityError.undoOfUndo(undo.id)) {
                try await store.undo(undo.id, reason: "again", by: reviewer)
            }
        }
    }

    @Test("A photograph added to a moved encounter goes back with it")
    func whatHangsOnAnEncounter() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let day = Date(timeIntervalSince1970: 1_600_000_000)
            let kept = try await store.enroll(fixture.enrolment(of: "Kept"))
            let twin = try await store.enroll(fixture.enrolment(of: "Twin", observedAt: day))
            let merge = try await store.merge(
                twin.individual.id, into: kept.individual.id, reason: "same", by: reviewer
            ).record
            let joined = try await store.enroll(fixture.enrolment(of: "Twin", observedAt: day))
            #expect(joined.encounter.id == twin.encounter.id)
            try await store.undo(merge.id, reason: "different", by: reviewer)
            #expect(try await gallery() == ["Kept", "Twin", "Twin"])
        }
    }

    @Test("An undo under a later change is refused, and says which to undo first")
    func laterChanges() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let three = try await store.enroll(fixture.enrolment(of: "Three"))
            let first = try await store.merge(
                one.individual.id, into: two.individual.id, reason: "a", by: reviewer
            ).record
            let second = try await store.merge(
                two.individual.id, into: three.individual.id, reason: "b", by: reviewer
            ).record
            #expect(try await store.settledIndividual(one.individual.id)?.id == three.individual.id)
            #expect(try await store.enroll(fixture.enrolment(of: "One")).individual.id == three.individual.id)
            await #expect(throws: IdentityError.laterChange(first.id, undoFirst: second.id)) {
                try await store.undo(first.id, reason: "c", by: reviewer)
            }
            #expect(try await owners(store, [one.encounter]) == [three.individual.id])
            try await store.undo(second.id, reason: "c", by: reviewer)
            try await store.undo(first.id, reason: "d", by: reviewer)
            #expect(
                try await owners(store, [one.encounter, two.encounter, three.encounter])
                    == [one, two, three].map(\.individual.id))
        }
    }

    @Test("A split takes the chosen encounters to a new animal, an existing one, and back")
    func split() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let enrolled = try await [
                store.enroll(fixture.enrolment(of: "One")), store.enroll(fixture.enrolment(of: "One")),
                store.enroll(fixture.enrolment(of: "One")),
            ]
            let encounters = enrolled.map(\.encounter)
            let one = enrolled[0].individual
            let split = try await store.split(
                one.id, encounters: [encounters[1].id], reason: "another tail", by: reviewer
            ).record
            let new = try #require(try await store.individual(split.into))
            #expect(new.name == "One-2" && new.species == one.species && split.encounters == [encounters[1].id])
            #expect(try await gallery() == ["One", "One", "One-2"])
            let further = try await store.split(
                one.id, encounters: [encounters[2].id], into: "One-2", reason: "that one too", by: reviewer
            ).record
            #expect(further.into == new.id)
            try await store.undo(split.id, reason: "no", by: reviewer)
            #expect(try await owners(store, encounters) == [one.id, one.id, new.id])
            #expect(try await gallery() == ["One", "One", "One-2"])
        }
    }

    @Test("A split is not undone into an animal that was merged away meanwhile")
    func undoIntoMerged() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let stays = try await store.enroll(fixture.enrolment(of: "One"))
            let other = try await store.enroll(fixture.enrolment(of: "Other"))
            let split = try await store.split(
                one.individual.id, encounters: [one.encounter.id], reason: "a", by: reviewer
            ).record
            let merge = try await store.merge(
                one.individual.id, into: other.individual.id, reason: "b", by: reviewer
            ).record
            await #expect(throws: IdentityError.laterChange(split.id, undoFirst: merge.id)) {
                try await store.undo(split.id, reason: "c", by: reviewer)
            }
            try await store.undo(merge.id, reason: "c", by: reviewer)
            try await store.undo(split.id, reason: "d", by: reviewer)
            #expect(
                try await owners(store, [one.encounter, stays.encounter]) == [one.individual.id, one.individual.id])
        }
    }

    @Test("What makes no sense is refused, and changes nothing")
    func refusals() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            await #expect(throws: IdentityError.sameAnimal("One")) {
                try await store.merge(one.individual.id, into: one.individual.id, reason: "x", by: reviewer)
            }
            await #expect(throws: IdentityError.nothingToSplit("One")) {
                try await store.split(one.individual.id, encounters: [], reason: "x", by: reviewer)
            }
            await #expect(throws: IdentityError.everythingSplit("One")) {
                try await store.split(one.individual.id, encounters: [one.encounter.id], reason: "x", by: reviewer)
            }
            await #expect(throws: IdentityError.encounterElsewhere(two.encounter.id, individual: "One")) {
                try await store.split(one.individual.id, encounters: [two.encounter.id], reason: "x", by: reviewer)
            }
            for reason in ["", "  "] {
                await #expect(throws: StorageError.self) {
                    try await store.merge(one.individual.id, into: two.individual.id, reason: reason, by: reviewer)
                }
            }
            await #expect(throws: StorageError.self) {
                try await store.merge(one.individual.id, into: Identifier(), reason: "x", by: reviewer)
            }
            await #expect(throws: StorageError.self) {
                try await store.undo(Identifier(), reason: "x", by: reviewer)
            }
            #expect(try await store.identityChanges().items.isEmpty)
            #expect(try await store.events(after: 0).isEmpty)
            let merge = try await store.merge(
                one.individual.id, into: two.individual.id, reason: "x", by: reviewer
            ).record
            for (from, into) in [(one, two), (two, one)] {
                await #expect(throws: IdentityError.merged("One", into: "Two", by: merge.id)) {
                    try await store.merge(from.individual.id, into: into.individual.id, reason: "x", by: reviewer)
                }
            }
            let error = await #expect(throws: PostgresError.self) {
                try await store.pool.query(
                    "UPDATE encounters SET individual_id = $1 WHERE id = $2",
                    [.uuid(one.individual.id.uuid), .uuid(two.encounter.id.uuid)])
            }
            #expect(error?.constraint == "encounters_individual_not_merged")
        }
    }

    @Test("Of two merges that contradict each other at the same moment, one happens", arguments: 0..<5)
    func contradictingMerges(_ round: Int) async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual.id
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual.id
            let outcomes = await withTaskGroup(of: Result<IdentityChange, any Error>.self) { group in
                for (from, into) in [(one, two), (two, one), (one, two), (two, one)] {
                    group.addTask {
                        do {
                            return .success(
                                try await store.merge(from, into: into, reason: "x", by: reviewer).record)
                        } catch { return .failure(error) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let made = outcomes.compactMap { try? $0.get() }
            #expect(made.count == 1)
            for case .failure(let error) in outcomes {
                guard case IdentityError.merged = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
            let into = try #require(made.first).into
            #expect(try await store.encounters(individual: into).items.count == 2)
        }
    }

    @Test("Enrolments during merges and undos leave no encounter with an animal that was merged away")
    func enrolmentsMeanwhile() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let kept = try await store.enroll(fixture.enrolment(of: "Kept")).individual.id
            let twin = try await store.enroll(fixture.enrolment(of: "Twin")).individual.id
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 0..<5 {
                        let merge = try await store.merge(twin, into: kept, reason: "x", by: reviewer).record
                        try await store.undo(merge.id, reason: "y", by: reviewer)
                    }
                    try await store.merge(twin, into: kept, reason: "z", by: reviewer)
                }
                for number in 0..<20 {
                    let enrolment = fixture.enrolment(of: number.isMultiple(of: 2) ? "Twin" : "Kept")
                    group.addTask { _ = try await store.enroll(enrolment) }
                }
                try await group.waitForAll()
            }
            #expect(try await store.encounters(limit: 100, individual: twin).items.isEmpty)
            #expect(try await store.encounters(limit: 100, individual: kept).items.count == 22)
            #expect(try await gallery() == Array(repeating: "Kept", count: 22))
        }
    }

    @Test("A merge whose connection dies half-way has not happened")
    func killed() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let (held, hold) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            async let blocker: Void = store.pool.withTransaction { connection in
                _ = try await connection.query("SELECT revision FROM gallery_revision FOR UPDATE")
                hold.yield()
                for await _ in released { break }
            }
            for await _ in held { break }
            let merge = Task {
                try await store.merge(one.individual.id, into: two.individual.id, reason: "x", by: reviewer)
            }
            var killed = 0
            while killed == 0 {
                killed = try await store.pool.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                    """
                ).count
            }
            await #expect(throws: PostgresError.self) { _ = try await merge.value }
            release.yield()
            try await blocker
            #expect(try await store.identityChanges().items.isEmpty)
            #expect(try await owners(store, [one.encounter]) == [one.individual.id])
            #expect(try await gallery() == ["One", "Two"])
            try await store.merge(one.individual.id, into: two.individual.id, reason: "x", by: reviewer)
            #expect(try await gallery() == ["Two", "Two"])
        }
    }

    @Test("The same request under one key is one change")
    func idempotency() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One")).individual.id
            let two = try await store.enroll(fixture.enrolment(of: "Two")).individual.id
            let key = try fixture.idempotencyKey("m")
            let first = try await store.merge(one, into: two, reason: "x", by: reviewer, idempotency: key)
            let second = try await store.merge(one, into: two, reason: "x", by: reviewer, idempotency: key)
            #expect(first.change == .created && second.change == .replayed && first.record == second.record)
            #expect(try await store.identityChanges().items.count == 1)
        }
    }

    @Test("A population is filled in by a list, corrected by people, and never contradicted in silence")
    func populations() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            func enrolment(_ population: String?) -> Enrolment {
                Enrolment(
                    individual: "One", species: "Andrias japonicus", population: population,
                    agency: fixture.agency.id, photo: Array(UUID().uuidString.utf8), description: .plain,
                    region: .head, template: [1], extractor: "sift/1")
            }
            #expect(try await store.enroll(enrolment(nil)).individual.population == nil)
            #expect(try await store.enroll(enrolment("Hatsuka")).individual.population == "Hatsuka")
            #expect(try await store.enroll(enrolment(nil)).individual.population == "Hatsuka")
            await #expect(throws: IdentityError.otherPopulation(individual: "One", population: "Hatsuka")) {
                try await store.enroll(enrolment("Kamo"))
            }
            let one = try #require(try await store.individual(named: "One"))
            try await store.setPopulation("Kamo", of: one.id)
            #expect(try await store.individual(one.id)?.population == "Kamo")
            await #expect(throws: StorageError.self) { try await store.setPopulation(" ", of: one.id) }
            await #expect(throws: StorageError.self) { try await store.setPopulation("Kamo", of: Identifier()) }
        }
    }
}
