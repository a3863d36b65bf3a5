import Registry
import Testing

@Suite struct TagAgreementTests {
    private let one = Identifier<Individual>()
    private let two = Identifier<Individual>()

    private func verdict(_ outcome: Outcome, _ probabilities: [(Identifier<Individual>, String, Double)] = [])
        -> Verdict
    {
        Verdict(
            outcome: outcome, probability: outcome.individual == nil ? nil : probabilities.first?.2,
            candidates: probabilities.map {
                Candidate(
                    individual: $0, name: $1, probability: $2, score: 1, photo: Identifier(), reference: Identifier(),
                    correspondences: [])
            }, findings: [Finding(.decisionIsYours)], extractor: "e", decider: "d", photosSearched: 9,
            individualsSearched: 9, milliseconds: 1)
    }

    private func reading(
        _ code: String, _ holders: (Identifier<Individual>, String, TagVerdict.Holder.State)...
    ) -> TagVerdict.Reading {
        TagVerdict.Reading(
            text: code, code: code, kind: .iso,
            holders: holders.map { TagVerdict.Holder(individual: $0, name: $1, state: $2) })
    }

    private func evidence(
        _ readings: [TagVerdict.Reading], scan: TagScan? = nil,
        borne: [Identifier<Individual>: [TagCode.Kind]] = [:], photographed: Set<Identifier<Individual>> = []
    ) -> TagEvidence {
        TagEvidence(
            readings: readings, scan: scan, borne: borne, photographed: photographed, animals: 1000, taggedAnimals: 400)
    }

    private var matched: Verdict { verdict(.matched(one), [(one, "One", 0.98), (two, "Two", 0.01)]) }

    private func joined(_ verdict: Verdict, _ evidence: TagEvidence) -> (Verdict, TagVerdict?, [Texts.Code]) {
        let joined = TagAgreement(verdict, evidence).joined
        return (joined, joined.tags, joined.findings.map(\.code))
    }

    @Test func agreeingKeepsTheMatchAndRaisesTheProbability() throws {
        let (result, tags, codes) = joined(matched, evidence([reading("1", (one, "One", .bears))]))
        #expect(result.outcome == .matched(one) && result.probability == 0.98)
        #expect(tags?.agreement == .agree && tags?.conflict == nil && codes.first == .tagAgrees)
        let first = try #require(tags?.posterior.first)
        #expect(first.name == "One" && first.photo == 0.98 && first.combined > 0.9999 && first.combined < 1)
        #expect(codes.contains(.tagRatesAssumed) && codes.last == .decisionIsYours)
    }

    @Test func aTagOfAnotherAnimalIsAConflictAndNothingIsNamed() throws {
        let (result, tags, codes) = joined(matched, evidence([reading("1", (two, "Two", .bears))]))
        #expect(result.outcome == .undecided && result.probability == nil)
        #expect(tags?.agreement == .conflict && tags?.conflict == .tagAndPhoto && codes.first == .tagAgainstPhoto)
        // What the photograph says alone remains to be seen.
        #expect(tags?.photo.individual == one && tags?.photo.probability == 0.98 && tags?.photo.outcome == .matched)
        let posterior = try #require(tags?.posterior)
        #expect(posterior.allSatisfy { $0.combined > 0 && $0.combined < 1 })
        #expect(abs((posterior.first { $0.individual == two }?.photo ?? 0) - 0.01) < 1e-12)
    }

    @Test func twoTagsOfTwoAnimalsAndTagsOfTheDeadAreConflictsWhateverThePhotographSays() {
        for photo in [matched, verdict(.undecided), verdict(.unknown), verdict(.unusable)] {
            let two = joined(
                photo, evidence([reading("1", (one, "One", .bears)), reading("2", (two, "Two", .bears))]))
            #expect(
                two.1?.conflict == .twoAnimals && two.0.outcome == (photo.outcome == .unusable ? .unusable : .undecided)
            )
            let dead = joined(photo, evidence([reading("1", (one, "One", .died))]))
            #expect(dead.1?.conflict == .deadAnimal && dead.2.first == .tagOfDeadAnimal)
        }
    }

    @Test func aTagAloneNamesNobody() throws {
        let undecided = joined(
            verdict(.undecided, [(one, "One", 0.3), (two, "Two", 0.25)]), evidence([reading("1", (two, "Two", .bears))])
        )
        #expect(undecided.0.outcome == .undecided && undecided.1?.agreement == .tagAlone)
        #expect(undecided.1?.posterior.first?.name == "Two" && (undecided.1?.posterior.first?.combined ?? 0) > 0.99)
        let unusable = joined(verdict(.unusable), evidence([reading("1", (two, "Two", .bears))]))
        #expect(unusable.0.outcome == .unusable && unusable.1?.agreement == .tagAlone)
        let combined = try #require(unusable.1?.posterior.first?.combined)
        #expect(combined > 0.9 && combined < 0.99)
    }

    @Test func anUnknownAnimalWithATagIsAConflictOnlyWhereItsBearerWasCompared() {
        let tag = [reading("1", (two, "Two", .bears))]
        let compared = joined(verdict(.unknown), evidence(tag, photographed: [two]))
        #expect(compared.0.outcome == .undecided && compared.1?.conflict == .tagAndPhoto)
        #expect(compared.2.first == .tagAgainstSpots)
        let never = joined(verdict(.unknown), evidence(tag))
        #expect(never.0.outcome == .undecided && never.1?.conflict == nil && never.1?.agreement == .tagAlone)
    }

    @Test func aReaderThatFitsMissesATagAndOneThatDoesNotSaysNothing() {
        let scan = { (frequencies: [ReaderFrequency]) in TagScan(frequencies: frequencies, noneFound: true) }
        let lost = joined(matched, evidence([], scan: scan([.khz134]), borne: [one: [.iso]]))
        #expect(lost.1?.agreement == .tagLost && lost.2.first == .tagLost && lost.0.outcome == .matched(one))
        #expect((lost.1?.posterior.first { $0.individual == one }?.combined ?? 1) < 0.98)
        let unfit = joined(matched, evidence([], scan: scan([.khz125, .khz128]), borne: [one: [.iso]]))
        #expect(unfit.1?.agreement == .photoAlone && unfit.2.contains(.tagReaderUnfit))
        #expect(unfit.1?.posterior.first?.combined == unfit.1?.posterior.first?.photo)
        // Trovan or FDX-A: only a reader of both frequencies would have found it.
        let half = joined(matched, evidence([], scan: scan([.khz125]), borne: [one: [.trovanOrFDXA]]))
        #expect(half.1?.agreement == .photoAlone && half.2.contains(.tagReaderUnfit))
        let untagged = joined(matched, evidence([], scan: scan([.khz134])))
        #expect(untagged.1?.agreement == .photoAlone && !untagged.2.contains(.tagReaderUnfit))
    }

    @Test func newEndedLaterSimilarAndUnreadableTagsAreSaid() {
        let new = joined(matched, evidence([reading("1")]))
        #expect(new.1?.agreement == .newTag && new.2.starts(with: [.tagNew, .tagUnknown]))
        let ended = joined(matched, evidence([reading("1", (two, "Two", .ended))]))
        #expect(ended.1?.agreement == .newTag && ended.0.outcome == .matched(one) && ended.2.contains(.tagEnded))
        let later = joined(matched, evidence([reading("1", (one, "One", .later))]))
        #expect(later.1?.agreement == .agree && later.2.contains(.tagLater))
        let similar = TagVerdict.Reading(
            text: "1", code: "1", kind: .iso, similar: [TagVerdict.Holder(individual: one, name: "One", state: .bears)])
        #expect(joined(matched, evidence([similar])).2.contains(.tagSimilar))
        let unreadable = joined(matched, evidence([TagVerdict.Reading(text: "x", refusal: "no")]))
        #expect(unreadable.1?.agreement == .photoAlone && unreadable.2.first == .tagUnreadable)
        let silent = joined(matched, evidence([]))
        #expect(silent.1?.agreement == .photoAlone && silent.2 == [.decisionIsYours])
        #expect(joined(verdict(.unknown), evidence([reading("1")])).0.outcome == .unknown)
    }

    @Test func aDuplicatedCodeSpeaksForEachOfItsAnimals() {
        let both = [reading("1", (one, "One", .bears), (two, "Two", .bears))]
        #expect(joined(matched, evidence(both)).1?.agreement == .agree)
        let third = Identifier<Individual>()
        let other = joined(verdict(.matched(third), [(third, "Three", 0.97)]), evidence(both))
        #expect(other.1?.conflict == .tagAndPhoto)
    }

    @Test func codesAreInNoSentenceThatEverybodyReads() {
        let code = "392000012345678"
        for photo in [matched, verdict(.unknown), verdict(.undecided)] {
            for holder in [TagVerdict.Holder.State.bears, .later, .ended, .died] {
                let result = TagAgreement(photo, evidence([reading(code, (two, "Two", holder))])).joined
                for language in Language.allCases {
                    #expect(result.findings.allSatisfy { !$0.text(in: language).contains(code) })
                }
            }
        }
    }
}
