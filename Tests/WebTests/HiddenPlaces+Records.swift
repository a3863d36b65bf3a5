import Foundation
import Hybrids
import Provenance
import Registry
import Screening
import Storage
import TestSupport
import Testing
import Webhooks

extension HiddenPlaces {
    /// Enters an animal; its photograph is a drawn one with a position in its EXIF, or bytes that nobody looks at.
    static func enroll(
        _ name: String, at position: Position, isDrawn: Bool = false, in registry: RunningRegistry
    ) async throws -> EnrolmentResult {
        let bytes =
            isDrawn
            ? try TestPhoto(animal: nil, take: 1, position: (position.latitude, position.longitude)).jpeg
            : Array(name.utf8)
        let description =
            isDrawn
            ? try describePhoto(bytes)
            : PhotoDescription(
                mediaType: "image/jpeg", width: 400, height: 300, capturedAt: nil, position: position, camera: nil)
        return try await registry.store.enroll(
            Enrolment(
                individual: name, species: "Andrias japonicus", population: population, agency: registry.agency.id,
                observedAt: Date(timeIntervalSince1970: 1_500_000_000), position: position, locality: locality,
                photo: bytes, description: description, region: .head, mark: markedHead(), template: [1],
                extractor: "sift/1"))
    }

    /// A head in the middle of the photograph, round which landmarks are suggested.
    private static func markedHead() throws -> RegionMark {
        RegionMark(
            .box(.whole), axis: try HeadAxis(snout: PhotoPoint(x: 0.5, y: 0.2), neck: PhotoPoint(x: 0.5, y: 0.65)))
    }

    /// Proposes that two animals are one.
    static func proposal(
        _ one: EnrolmentResult, _ two: EnrolmentResult, in store: RegistryStore
    ) async throws -> DuplicateProposal {
        let templates = try await store.galleryChanges(after: 0).entries
        let pair = try [one, two].map { side in
            try #require(templates.first { $0.annotation == side.annotation.id }).id
        }
        let finding = DuplicateFinding(first: pair[0], second: pair[1], score: 40, probability: 0.97)
        return try #require(try await store.proposeDuplicates([finding], scorer: "sift/1 m/1").first)
    }

    /// A screening that names the animal, with every sentence there is.
    static func screening(
        of animal: EnrolmentResult, at position: Position, key: APIKey, in registry: RunningRegistry
    ) async throws -> Identifier<Screening> {
        let store = registry.store
        let submission = Screening.Submission(
            photos: [animal.photo.id], region: .head, observedAt: Date(timeIntervalSince1970: 1_700_000_000),
            position: position, locality: locality, observer: "Ito", tagCodes: [tag])
        let screening = try await store.createScreening(submission, agency: registry.agency.id, key: key.id).record
        let claim = try #require(try await store.claimScreening(lane: .interactive, worker: "w", lease: .seconds(60)))
        let candidate = Candidate(
            individual: animal.individual.id, name: animal.individual.name, probability: 0.99, score: 60,
            photo: animal.photo.id, reference: animal.photo.id, correspondences: [])
        let verdict = Verdict(
            outcome: .matched(animal.individual.id), probability: 0.99, candidates: [candidate], findings: findings,
            extractor: "sift/1", decider: "threshold/1", photosSearched: 3, individualsSearched: 3, milliseconds: 12,
            movement: MovementVerdict(
                kind: .implausibleWithoutPeople, peopleProbability: 0.9, reasons: findings, wouldChange: findings))
        let evidence = try await store.tagEvidence(for: claim.screening, candidates: [animal.individual.id])
        try await store.finishScreening(claim, TagAgreement(verdict, evidence).joined)
        return screening.id
    }

    /// Every sentence, each of its placeholders a secret where it can hold the name of a place.
    private static var findings: [Finding] {
        Texts.Code.allCases.map { code in
            let placeholders = Set(
                code.text(in: .ja).matches(of: /\{(\w+)\}/).map { String($0.output.1) })
            var values: [String: String] = [:]
            for name in placeholders {
                values[name] =
                    switch name {
                    case "population": population
                    case "water", "from", "to": river
                    case "names" where code.rawValue.hasPrefix("movement.") || code.rawValue.hasPrefix("origin."): river
                    default: "7"
                    }
            }
            return Finding(code, values)
        }
    }

    /// Endpoints of an agency, a feed and a webhook that hear of everything in the registry, and what the webhook was
    /// sent.
    static func delivery(
        to agency: Agency, in store: RegistryStore
    ) async throws -> (endpoint: Identifier<Endpoint>, event: Identifier<Event>) {
        let registrar = EndpointRegistrar(store: store, seal: try RunningRegistry.seal)
        for channel in [Endpoint.Channel.feed, .webhook(url: "https://receiver.example/")] {
            _ = try await registrar.enter(
                EndpointDraft(
                    agency: agency.id, channel: channel, label: "all", subscription: Subscription(scope: .registry)),
                by: "Sato")
        }
        let endpoint = try #require(try await store.endpoints(of: agency.id).last)
        let event = try await store.appendTest(of: endpoint.id).record
        let worker = UUID()
        try await store.beat(worker: worker, name: "test", for: .seconds(60))
        while try await store.fanOut() > 0 {}
        let outcomes = try await store.claimDeliveries(worker: worker, limit: 10).map { claim in
            DeliveryOutcome(
                endpoint: claim.endpoint.id, position: claim.event.position,
                attempt: DeliveryAttempt(
                    number: 1, startedAt: Date(), milliseconds: 3, status: 204, failure: nil, response: ""),
                next: .delivered)
        }
        _ = try await store.finishDeliveries(
            worker: worker, outcomes,
            limits: BreakerLimits(
                failures: 5, pause: .seconds(60), longestPause: .seconds(3600), patience: .seconds(86_400)))
        return (endpoint.id, event.id)
    }

    /// Landmarks on a photograph, a model that suggests them, and a model that learned from animals of the hidden river.
    static func model(of photo: Photo, in store: RegistryStore) async throws -> Identifier<KeptHybridModel> {
        // A head as a person would mark it on 400 × 300 pixels, snout upwards.
        let places = [
            (200, 60), (194, 65), (206, 65), (160, 115), (240, 115), (145, 160), (255, 160), (140, 150), (260, 150),
            (150, 200), (250, 200), (200, 195),
        ]
        let scale = Double(photo.width) / 400
        try await store.placeHead(
            SubmittedHead(
                landmarks: zip(HeadLandmark.allCases, places).map {
                    .init(name: $0.rawValue, point: SIMD2(Double($1.0), Double($1.1)) * scale)
                }), on: photo.id, by: Reviewer(name: "Sato"))
        try await store.addModel(inventedLandmarkModel(), named: "landmarks", keepsDrawn: true, by: "Sato")
        return try await store.addModel(learned.get(), named: "head", keepsDrawn: true, by: "Sato").id
    }

    /// Learned once for all tests.
    private static let learned = Result {
        try inventedModel(about: HeadMeasure.allCases.map { _ in 1.0 }, river: river)
    }

    /// An assessment by counts of a hidden river, and a sample and its result with notes.
    static func hybrid(
        _ screening: Identifier<Screening>, of individual: Identifier<Individual>, at position: Position,
        in registry: RunningRegistry
    ) async throws -> (Identifier<DNASample>, Identifier<DNAResult>) {
        let store = registry.store
        let reviewer = Reviewer(name: "Sato")
        let taken = Date(timeIntervalSince1970: 1_700_000_000)
        try await store.addTestedCounts(
            [
                TestedCount(
                    label: river, system: nil, position: position, years: 2020...2020,
                    animals: .init(native: 3, hybrid: 40, exotic: 0, undetermined: 0), source: river)
            ], by: "Sato")
        // A stretch of water where the animal was met, so that the count is found.
        let stretch = """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "LineString", \
            "coordinates": [[134.56, 35.24], [134.575, 35.23]]}, "properties": {"kind": "river", "id": "h", \
            "direction": "known"}}]}
            """
        let network = try RiverNetwork.built(
            from: RiverReading(.plain).read(Data(stretch.utf8)), source: "hidden"
        ).network
        try await store.loadRivers(network, source: "hidden", profile: .plain, by: "Sato")
        try await store.assessHybrid(
            screening, scores: [SubmittedScore(code: "jaw_tubercles", sight: .present)], by: reviewer)
        let sample = try await store.addSample(
            SubmittedSample(
                label: "K-1", individual: individual, screening: screening, tissue: locality, position: position,
                locality: locality, takenBy: "Ito", takenAt: taken, seal: "bag 7"), agency: registry.agency.id,
            by: reviewer
        ).record
        try await store.addCustody(
            .handedOver, of: sample.id, person: "Ito", counterpart: "Laboratory", note: "Secretnote",
            at: taken + 3600, by: reviewer)
        let result = try await store.addResult(
            SubmittedResult(
                markers: .snp, dnaClass: .f1, laboratory: "Laboratory", reportedAt: taken + 86_400 * 9,
                note: "Secretnote"), of: sample.id, by: reviewer
        ).record
        return (sample.id, result.id)
    }

    static var calibration: LearnedCalibration.Content {
        let fit = LearnedCalibration.Fit(ece: 0.01, brier: 0.02, logLoss: 0.1)
        return LearnedCalibration.Content(
            population: nil, region: .head, scorer: "a b", intercept: -17, slope: 9, lookAlikeRate: 1e-5,
            genuinePairs: 40, impostorPairs: 400, animals: 12, tail: nil,
            figures: .init(before: fit, after: fit, falsePositives: nil))
    }
}

extension Texts.Code {
    fileprivate func text(in language: Language) -> String { Texts.text(self, in: language) }
}
