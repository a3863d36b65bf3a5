import Foundation
import Registry
import Storage
import TestSupport
import Testing

@Suite("Enrolment", .database)
struct EnrolmentTests {
    @Test("An enrolment enters animal, encounter, photograph and template; the next photograph joins them")
    func enrolment() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let day = Date(timeIntervalSince1970: 1_600_000_000)
            let first = try await store.enroll(fixture.enrolment(photo: "a", observedAt: day))
            #expect(first.change == .enrolled && first.isNewIndividual)
            #expect(first.encounter.individual == first.individual.id && first.encounter.observedAt == day)
            let second = try await store.enroll(fixture.enrolment(photo: "b", observedAt: day))
            #expect(second.change == .enrolled && !second.isNewIndividual)
            #expect(second.individual == first.individual)
            #expect(second.encounter == first.encounter)
            #expect(try await store.photos(of: first.encounter.id) == [first.photo, second.photo])
            #expect(try await store.annotations(of: second.photo.id) == [second.annotation])
            #expect(try await store.individual(named: "Hanzaki 1") == first.individual)
            #expect(try await store.individual(first.individual.id) == first.individual)
            #expect(try await store.encounter(first.encounter.id) == first.encounter)
            let later = try await store.enroll(fixture.enrolment(photo: "c", observedAt: day.addingTimeInterval(86400)))
            let ofAnimal = try await store.encounters(individual: first.individual.id)
            #expect(ofAnimal.items == [first.encounter, later.encounter] && ofAnimal.next == nil)
            #expect(try await store.individuals().items == [first.individual])
        }
    }

    @Test("Photographs without a time are never taken for one encounter")
    func undated() async throws {
        try await Fixture.with { fixture in
            let first = try await fixture.store.enroll(fixture.enrolment())
            let second = try await fixture.store.enroll(fixture.enrolment())
            #expect(first.encounter.id != second.encounter.id)
        }
    }

    @Test("Enrolling again changes nothing; another region or extractor adds only that")
    func again() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let first = try await store.enroll(fixture.enrolment(photo: "a"))
            let before = try await store.counts()
            let again = try await store.enroll(fixture.enrolment(photo: "a"))
            #expect(again.change == .alreadyEnrolled)
            #expect(again.photo == first.photo && again.encounter == first.encounter)
            #expect(again.annotation == first.annotation)
            #expect(try await store.counts() == before)
            #expect(try await store.enroll(fixture.enrolment(photo: "a", extractor: "sift/2")).change == .templateAdded)
            let tail = try await store.enroll(fixture.enrolment(photo: "a", region: .tail))
            #expect(tail.change == .enrolled && tail.photo == first.photo)
            #expect(try await store.counts().templates == before.templates + 2)
        }
    }

    @Test("A photograph cannot show two animals, whichever agency says so, and nothing half-done remains")
    func twoAnimals() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let first = try await store.enroll(fixture.enrolment(of: "One", photo: "a"))
            let other = try await store.createAgency(name: "Aquarium")
            for agency in [fixture.agency.id, other.id] {
                let error = await #expect(throws: StorageError.self) {
                    _ = try await store.enroll(
                        Enrolment(
                            individual: "Two", species: "Andrias japonicus", agency: agency, photo: Array("a".utf8),
                            description: .plain, region: .head, template: [1], extractor: "sift/1"))
                }
                guard case .photoAlreadyEnrolled("One", first.photo.id) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
            #expect(try await store.individual(named: "Two") == nil)
            #expect(try await store.counts().photos == 1)
        }
    }

    @Test("A catalogue name belongs to one species")
    func species() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.store.enroll(fixture.enrolment(of: "One"))
            let error = await #expect(throws: StorageError.self) {
                _ = try await fixture.store.enroll(
                    Enrolment(
                        individual: "One", species: "Andrias davidianus", agency: fixture.agency.id, photo: [9],
                        description: .plain, region: .head, template: [1], extractor: "sift/1"))
            }
            guard case .individualNameTaken("One", "Andrias japonicus") = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await fixture.store.counts().photos == 1)
        }
    }

    @Test("Enrolments at the same moment make one animal and one encounter")
    func racing() async throws {
        try await Fixture.with { fixture in
            let day = Date(timeIntervalSince1970: 1_600_000_000)
            let results = try await withThrowingTaskGroup(of: EnrolmentResult.self) { group in
                for photo in 0..<12 {
                    let enrolment = fixture.enrolment(photo: "\(photo / 2)", observedAt: day)
                    group.addTask { try await fixture.store.enroll(enrolment) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.filter(\.isNewIndividual).count == 1)
            #expect(Set(results.map(\.encounter.id)).count == 1)
            #expect(results.filter { $0.change == .enrolled }.count == 6)
            #expect(try await fixture.store.counts().templates == 6)
        }
    }
}
