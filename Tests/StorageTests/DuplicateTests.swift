import Foundation
import Registry
import Storage
import TestSupport
import Testing

@Suite("Duplicates", .database)
struct DuplicateTests {
    let reviewer = Reviewer(name: "Sato")

    private func finding(
        _ store: RegistryStore, _ one: EnrolmentResult, _ other: EnrolmentResult, score: Double = 30
    ) async throws -> DuplicateFinding {
        let templates = try await store.galleryChanges(after: 0).entries
        return DuplicateFinding(
            first: try #require(templates.first { $0.annotation == one.annotation.id }).id,
            second: try #require(templates.first { $0.annotation == other.annotation.id }).id, score: score,
            probability: 0.9)
    }

    @Test("A pair is proposed once, whichever way round, and by two jobs at the same moment")
    func once() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let forth = try await finding(store, one, two)
            let back = try await finding(store, two, one, score: 31)
            let proposed = try await withThrowingTaskGroup(of: [DuplicateProposal].self) { group in
                for pair in [forth, back, forth, back] {
                    group.addTask { try await store.proposeDuplicates([pair], scorer: "sift/1 m/1") }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let proposal = try #require(proposed.first)
            #expect(proposed.count == 1)
            #expect(proposal.first.name == "One" && proposal.first.annotation == one.annotation.id)
            #expect(proposal.second.name == "Two" && proposal.second.photo == two.photo.id)
            #expect(proposal.state == .open && proposal.region == .head && proposal.probability == 0.9)
            #expect(try await store.duplicateProposals().items == [proposal])
            #expect(try await store.duplicateProposals(state: .same).items.isEmpty)
            #expect(try await store.events(after: 0).map(\.type) == [.duplicateProposed])
            let photosOfOne = try await store.enroll(fixture.enrolment(of: "One"))
            let own = try await finding(store, one, photosOfOne)
            #expect(try await store.proposeDuplicates([own], scorer: "sift/1 m/1").isEmpty)
        }
    }

    @Test("“Same” merges the younger record into the older; undoing the merge opens the proposal again")
    func same() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let pair = try await finding(store, two, one)
            let proposal = try #require(
                try await store.proposeDuplicates([pair], scorer: "sift/1 m/1").first)
            let review = try await store.review(proposal.id, .same, note: "the chin", by: reviewer).record
            #expect(review.verdict == .same && review.note == "the chin" && review.decidedBy == reviewer)
            let merge = try #require(try await store.identityChanges().items.first)
            #expect(merge.from == two.individual.id && merge.into == one.individual.id)
            #expect(merge.proposal == proposal.id && merge.reason == "the chin")
            #expect(try await store.duplicateProposal(proposal.id)?.state == .same)
            #expect(try await store.proposeDuplicates([pair], scorer: "sift/1 m/1").isEmpty)
            await #expect(throws: IdentityError.alreadyOne(proposal.id, individual: "One")) {
                try await store.review(proposal.id, .different, by: reviewer)
            }
            try await store.undo(merge.id, reason: "no", by: reviewer)
            #expect(try await store.duplicateProposal(proposal.id)?.state == .open)
            #expect(try await store.proposeDuplicates([pair], scorer: "sift/1 m/1").isEmpty)
            try await store.review(proposal.id, .different, by: reviewer)
            #expect(try await store.duplicateProposal(proposal.id)?.state == .different)
            #expect(try await store.reviews(of: proposal.id).map(\.verdict) == [.same, .different])
        }
    }

    @Test("What people called different comes again only with a higher score or another scorer")
    func different() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let pair = try await finding(store, one, two, score: 30)
            let proposal = try #require(try await store.proposeDuplicates([pair], scorer: "a").first)
            try await store.review(proposal.id, .undecided, by: reviewer)
            #expect(try await store.proposeDuplicates([pair], scorer: "b").isEmpty)
            try await store.review(proposal.id, .different, by: reviewer)
            let lower = try await finding(store, one, two, score: 29)
            #expect(try await store.proposeDuplicates([pair, lower], scorer: "a").isEmpty)
            let higher = try await finding(store, one, two, score: 31)
            let second = try #require(try await store.proposeDuplicates([higher], scorer: "a").first)
            try await store.review(second.id, .different, by: reviewer)
            #expect(try await store.proposeDuplicates([higher], scorer: "a").isEmpty)
            #expect(try await store.proposeDuplicates([pair], scorer: "b").count == 1)
        }
    }

    @Test("Two reviewers who say the same at once make one merge")
    func twoReviewers() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let pair = try await finding(store, one, two)
            let proposal = try #require(try await store.proposeDuplicates([pair], scorer: "a").first)
            let made = await withTaskGroup(of: Bool.self) { group in
                for name in ["Sato", "Suzuki", "Ito"] {
                    group.addTask {
                        do {
                            _ = try await store.review(proposal.id, .same, by: Reviewer(name: name))
                            return true
                        } catch IdentityError.alreadyOne { return false } catch {
                            Issue.record("\(error)")
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
            #expect(try await store.identityChanges().items.count == 1)
            #expect(try await store.reviews(of: proposal.id).count == 1)
        }
    }

    @Test("A proposal follows its photographs when one of its animals is merged into a third")
    func third() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            let three = try await store.enroll(fixture.enrolment(of: "Three"))
            let pair = try await finding(store, one, three)
            let proposal = try #require(try await store.proposeDuplicates([pair], scorer: "a").first)
            try await store.merge(three.individual.id, into: two.individual.id, reason: "x", by: reviewer)
            #expect(try await store.duplicateProposal(proposal.id)?.second.name == "Two")
            try await store.review(proposal.id, .same, by: reviewer)
            #expect(try await store.settledIndividual(three.individual.id)?.id == one.individual.id)
            #expect(try await store.encounters(individual: one.individual.id).items.count == 3)
        }
    }
}
