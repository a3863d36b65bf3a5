import Foundation
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite(.database)
struct IdentityRouteTests {
    private func enroll(_ name: String, in registry: RunningRegistry) async throws -> EnrolmentResult {
        try await registry.store.enroll(
            Enrolment(
                individual: name, species: "Andrias japonicus", population: "Hatsuka", agency: registry.agency.id,
                photo: Array(UUID().uuidString.utf8),
                description: PhotoDescription(
                    mediaType: "image/jpeg", width: 400, height: 300, capturedAt: nil, position: nil, camera: nil),
                region: .head, template: [1], extractor: "sift/1"))
    }

    private func proposal(
        _ one: EnrolmentResult, _ two: EnrolmentResult, in registry: RunningRegistry
    ) async throws -> DuplicateProposal {
        let templates = try await registry.store.galleryChanges(after: 0).entries
        let pair = try [one, two].map { side in
            try #require(templates.first { $0.annotation == side.annotation.id }).id
        }
        return try #require(
            try await registry.store.proposeDuplicates(
                [DuplicateFinding(first: pair[0], second: pair[1], score: 40, probability: 0.97)],
                scorer: "sift/1 m/1"
            ).first)
    }

    @Test func aDuplicateIsReviewedAsTheSameMergedAndUndone() async throws {
        try await RunningRegistry.with { registry in
            let one = try await enroll("One", in: registry)
            let two = try await enroll("Two", in: registry)
            let proposal = try await proposal(one, two, in: registry)
            let client = try await registry.client(.reviewer)
            let listed = try await client.get("/v1/duplicates?state=open")
            #expect(listed.count("items") == 1)
            #expect(listed.string("items.0.first.individual.name") == "One")
            #expect(listed.number("items.0.probability") == 0.97)
            let path = try #require(listed.string("items.0.links.self"))
            #expect(path == "/v1/duplicates/\(proposal.id)")

            let key = ["Idempotency-Key": "r1"]
            let review = try await client.post(
                "\(path)/reviews", json: #"{"verdict":"same","note":"the chin"}"#, key)
            #expect(review.status == 201 && review.string("decidedBy")?.hasSuffix(": test") == true)
            let again = try await client.post("\(path)/reviews", json: #"{"verdict":"same","note":"the chin"}"#, key)
            #expect(again.status == 201 && again.text == review.text)
            #expect(try await client.get(path).string("state") == "same")
            #expect(try await client.get("\(path)/reviews").count("items") == 1)
            let late = try await client.post("\(path)/reviews", json: #"{"verdict":"different"}"#)
            #expect(late.status == 409 && late.problem == "already-one")
            let record = try await client.get("/v1/individuals/\(two.individual.id)")
            #expect(record.string("mergedIntoId") == one.individual.id.description)
            #expect(record.string("population") == "Hatsuka")

            let changes = try await client.get("/v1/identity-changes?individual=\(two.individual.id)")
            #expect(changes.string("items.0.proposalId") == proposal.id.description)
            #expect(changes.string("items.0.encounterIds.0") == two.encounter.id.description)
            let change = try #require(changes.string("items.0.links.self"))
            let undo = try await client.post("\(change)/undo", json: #"{"reason":"the bands differ"}"#)
            #expect(undo.status == 201 && undo.string("kind") == "undo")
            #expect(try await client.get(change).string("undoneBy") == undo.string("id"))
            #expect(try await client.get(path).string("state") == "open")
            let twice = try await client.post("\(change)/undo", json: #"{"reason":"again"}"#)
            #expect(twice.status == 409 && twice.problem == "not-undoable")
        }
    }

    @Test func mergesAndSplitsAnswerWithTheChangeAndRefuseWhatStandsAgainstThem() async throws {
        try await RunningRegistry.with { registry in
            let one = try await enroll("One", in: registry)
            let further = try await enroll("One", in: registry)
            let two = try await enroll("Two", in: registry)
            let client = try await registry.client(.reviewer)
            let split = try await client.post(
                "/v1/splits",
                json: """
                    {"individualId":"\(one.individual.id)","encounterIds":["\(further.encounter.id)"],"intoName":"Third",
                    "reason":"another tail"}
                    """)
            #expect(split.status == 201 && split.string("into.name") == "Third")
            #expect(split.header("Location") == split.string("links.self"))
            let merge = """
                {"fromIndividualId":"\(one.individual.id)","intoIndividualId":"\(two.individual.id)","reason":"x"}
                """
            let merged = try await client.post("/v1/merges", json: merge)
            #expect(merged.status == 201 && merged.string("from.name") == "One")
            let again = try await client.post("/v1/merges", json: merge)
            #expect(again.status == 409 && again.problem == "individual-merged")
            #expect(again.string("detail")?.contains("Two") == true)
            let undo = try await client.post(
                "/v1/identity-changes/\(try #require(split.string("id")))/undo", json: #"{"reason":"x"}"#)
            #expect(undo.status == 409 && undo.problem == "later-change")
            #expect(undo.string("detail")?.contains(try #require(merged.string("id"))) == true)
            let same = try await client.post(
                "/v1/merges",
                json:
                    #"{"fromIndividualId":"\#(two.individual.id)","intoIndividualId":"\#(two.individual.id)","reason":"x"}"#
            )
            #expect(same.status == 422 && same.string("errors.0.code") == "sameIndividual")
            let foreign = try await client.post(
                "/v1/splits",
                json: """
                    {"individualId":"\(two.individual.id)","encounterIds":["\(Identifier<Encounter>())"],"reason":"x"}
                    """)
            #expect(foreign.status == 422 && foreign.string("errors.0.code") == "encountersOfTheIndividual")
            let missing = try await client.post(
                "/v1/identity-changes/\(Identifier<IdentityChange>())/undo", json: #"{"reason":"x"}"#)
            #expect(missing.status == 404)
            let stillThere = try await enroll("Four", in: registry)
            let blank = try await client.post(
                "/v1/merges",
                json: merge.replacing(one.individual.id.description, with: stillThere.individual.id.description)
                    .replacing("\"x\"", with: "\" \""))
            #expect(blank.status == 422 && blank.string("errors.0.code") == "breaksRule")
        }
    }

    @Test func onlyReviewersDecideAndOnlyReadersOfTheRegistrySee() async throws {
        try await RunningRegistry.with { registry in
            let observer = try await registry.client(.observer)
            let screener = try await registry.client(.screener)
            for path in ["/v1/duplicates", "/v1/identity-changes", "/v1/calibrations"] {
                #expect(try await observer.get(path).status == 403)
                #expect(try await screener.get(path).count("items") == 0)
            }
            let id = Identifier<Individual>()
            for (path, json) in [
                ("/v1/merges", #"{"fromIndividualId":"\#(id)","intoIndividualId":"\#(id)","reason":"x"}"#),
                ("/v1/splits", #"{"individualId":"\#(id)","encounterIds":["\#(id)"],"reason":"x"}"#),
                ("/v1/identity-changes/\(id)/undo", #"{"reason":"x"}"#),
                ("/v1/duplicates/\(id)/reviews", #"{"verdict":"same"}"#),
            ] {
                #expect(try await screener.post(path, json: json).status == 403)
            }
        }
    }

    @Test func calibrationsAndTheOwnPolicyAreRead() async throws {
        try await RunningRegistry.with { registry in
            let client = try await registry.client(.ranger)
            #expect(try await client.get("/v1/policy").number("namingThreshold") == 0.95)
            let policy = try DecisionPolicy(
                falsePositiveIdentificationRate: 0.01, costWrongName: 100, costMissedAnimal: 20, costReview: 1)
            try await registry.store.setPolicy(policy, of: registry.agency.id, by: "Sato")
            #expect(try await client.get("/v1/policy").number("namingThreshold") == 0.99)
            let fit = LearnedCalibration.Fit(ece: 0.01, brier: 0.02, logLoss: 0.1)
            let calibration = try await registry.store.addCalibration(
                LearnedCalibration.Content(
                    population: nil, region: .head, scorer: "a b", intercept: -17, slope: 9, lookAlikeRate: 1e-5,
                    genuinePairs: 40, impostorPairs: 400, animals: 12,
                    tail: ImpostorTail(location: 27.5, scale: 1.75, searches: 44),
                    figures: .init(before: fit, after: fit, falsePositives: [.init(wanted: 0.1, obtained: 0.0625)])),
                by: "Sato")
            try await registry.store.activateCalibration(calibration.id, by: "Sato")
            let listed = try await client.get("/v1/calibrations")
            #expect(listed.number("items.0.figures.after.ece") == 0.01)
            #expect(listed.number("items.0.figures.falsePositives.0.obtained") == 0.0625)
            #expect(listed.number("items.0.tail.scale") == 1.75)
            #expect(listed.string("items.0.activeSince") != nil)
            #expect(listed.json("items.0.population") == nil)
        }
    }
}
