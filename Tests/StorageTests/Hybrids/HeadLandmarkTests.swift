import Foundation
import Hybrids
import Postgres
import Registry
import Screening
import TestSupport
import Testing

@testable import Storage

/// Landmarks of heads, models, and what they say of a screening.
@Suite("Landmarks and models", .database)
struct HeadLandmarkTests {
    private let reviewer = Reviewer(name: "Sato")

    private func photo(_ drawn: DrawnHead, in fixture: Fixture) async throws -> Photo {
        try await fixture.store.addPhoto(
            drawn.jpeg, description: describePhoto(drawn.jpeg), agency: fixture.agency.id
        ).record
    }

    private func values(_ drawn: DrawnHead, in fixture: Fixture) async throws -> [Double] {
        let photo = try await photo(drawn, in: fixture)
        let head = try await fixture.store.placeHead(
            SubmittedHead(landmarks: drawn.landmarks), on: photo.id, by: reviewer
        ).record
        return try await fixture.store.measured(head, on: photo).values
    }

    private func screening(of photo: Photo, in fixture: Fixture) async throws -> Screening {
        try await fixture.store.createScreening(
            Screening.Submission(photos: [photo.id], region: .head), agency: fixture.agency.id, key: fixture.key.id
        ).record
    }

    @Test("Landmarks are appended, a person's count, a repeated request places them once, and 26 measures follow")
    func placed() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let drawn = try DrawnHead.one.get()
            let photo = try await photo(drawn, in: fixture)
            #expect(try await store.heads(of: photo.id) == [])
            let suggested = SubmittedHead(landmarks: drawn.landmarks, source: .suggested(by: "edges 1"))
            let key = try fixture.idempotencyKey("a")
            let first = try await store.placeHead(suggested, on: photo.id, by: reviewer, idempotency: key)
            let again = try await store.placeHead(suggested, on: photo.id, by: reviewer, idempotency: key)
            #expect(again.change == .replayed && again.record == first.record)
            #expect(first.record.source == .suggested(by: "edges 1"))
            #expect(try await store.currentHead(of: photo.id) == first.record)
            var moved = drawn.landmarks
            moved[0] = .init(name: moved[0].name, point: moved[0].point + SIMD2(0.5, 0.25))
            let second = try await store.placeHead(SubmittedHead(landmarks: moved), on: photo.id, by: reviewer).record
            #expect(try await store.heads(of: photo.id) == [first.record, second])
            #expect(try await store.currentHead(of: photo.id) == second)
            // A suggestion that comes later counts nothing against the person's, neither here nor for a model.
            let screening = try await screening(of: photo, in: fixture)
            let late = try await store.placeHead(suggested, on: photo.id, by: reviewer).record
            #expect(try await store.heads(of: photo.id).last == late)
            #expect(try await store.currentHead(of: photo.id) == second)
            let own = try await store.measured(second, on: photo).values
            try await store.addModel(
                inventedModel(about: own, camera: photo.camera), named: "head", keepsDrawn: true, by: "Hara")
            let before = try await store.assessHybrid(screening.id, by: reviewer).record.content.combined
            try await store.placeHead(suggested, on: photo.id, by: reviewer)
            #expect(try await store.assessHybrid(screening.id, by: reviewer).record.content.combined == before)
            #expect(second.points == moved.map(\.point) && second.source == .person)
            let measured = try await store.measured(second, on: photo)
            #expect(measured.values.count == 26 && measured.values.allSatisfy(\.isFinite))
            let other = try await store.measured(first.record, on: photo)
            #expect(other.values != measured.values && abs(other.headPixels - measured.headPixels) < 1)
        }
    }

    @Test("Landmarks that are no head on the photograph are refused, and nothing is kept")
    func refused() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let drawn = try DrawnHead.one.get()
            let photo = try await photo(drawn, in: fixture)
            func refusal(_ head: SubmittedHead) async -> LandmarkRejection? {
                await #expect(throws: LandmarkRejection.self) {
                    try await store.placeHead(head, on: photo.id, by: reviewer)
                }
            }
            func with(_ place: Int, _ point: SIMD2<Double>) -> SubmittedHead {
                var landmarks = drawn.landmarks
                landmarks[place] = .init(name: landmarks[place].name, point: point)
                return SubmittedHead(landmarks: landmarks)
            }
            let mirrored = drawn.landmarks.map {
                SubmittedHead.Landmark(name: $0.name, point: SIMD2(Double(drawn.width) - $0.point.x, $0.point.y))
            }
            #expect(await refusal(SubmittedHead(landmarks: mirrored)) == .mirrored)
            #expect(await refusal(with(0, SIMD2(400.5, 10))) == .outsidePhoto(.snoutTip))
            #expect(await refusal(with(3, SIMD2(-1, 10))) == .outsidePhoto(.eyeLeft))
            #expect(await refusal(with(11, SIMD2(.nan, 10))) == .notFinite(.neckMiddle))
            #expect(await refusal(with(11, SIMD2(10, .infinity))) == .notFinite(.neckMiddle))
            #expect(
                await refusal(SubmittedHead(scheme: "dorsal-head-2", landmarks: drawn.landmarks))
                    == .otherScheme("dorsal-head-2"))
            #expect(
                await refusal(SubmittedHead(landmarks: Array(drawn.landmarks.dropLast())))
                    == .missing([.neckMiddle]))
            #expect(
                await refusal(SubmittedHead(landmarks: drawn.landmarks.reversed()))
                    == .listedOutOfOrder(found: .neckMiddle, expected: .snoutTip))
            #expect(await refusal(with(11, drawn.landmarks[0].point)) == .tooSmall(pixels: 0))
            await #expect(throws: StorageError.self) {
                try await store.placeHead(
                    SubmittedHead(landmarks: drawn.landmarks), on: Identifier(), by: reviewer)
            }
            await #expect(throws: StorageError.self) {
                try await store.placeHead(
                    SubmittedHead(landmarks: drawn.landmarks, source: .suggested(by: " ")), on: photo.id, by: reviewer)
            }
            #expect(try await store.heads(of: photo.id) == [])
        }
    }

    @Test("A model is kept version by version, drawn ones only where somebody says so, and a real one goes first")
    func models() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let centre = HeadMeasure.allCases.indices.map { 1 + Double($0) }
            let drawn = try inventedModel(about: centre)
            await #expect(throws: ModelError.drawn) {
                try await store.addModel(drawn, named: "head", by: "Hara")
            }
            let first = try await store.addModel(drawn, named: "head", keepsDrawn: true, by: "Hara")
            #expect(first.label == "head 1 (drawn, not real)" && first.record == drawn)
            #expect(try await store.modelInForce(HybridModelRecord.self) == first)
            let real = try await store.addModel(
                inventedModel(about: centre, isDrawn: false), named: "kyoto", by: "Hara")
            let second = try await store.addModel(drawn, named: "head", keepsDrawn: true, by: "Hara")
            #expect(second.label == "head 2 (drawn, not real)" && real.label == "kyoto 1")
            #expect(try await store.modelInForce(HybridModelRecord.self) == real)
            let retired = try await store.retireModel(real.id, note: "too few rivers", by: "Sato")
            #expect(retired.retirement?.note == "too few rivers" && retired.record == real.record)
            await #expect(throws: ModelError.retiredBefore("kyoto 1")) {
                try await store.retireModel(real.id, by: "Sato")
            }
            #expect(try await store.modelInForce(HybridModelRecord.self) == second)
            #expect(try await store.models(HybridModelRecord.self).items.map(\.name) == ["head", "kyoto", "head"])
            await #expect(throws: StorageError.self) {
                try await store.addModel(drawn, named: "No Name", keepsDrawn: true, by: "Hara")
            }
            await #expect(throws: StorageError.self) {
                try await store.retireModel(Identifier<KeptHybridModel>(), by: "Sato")
            }
            let elsewhere = try HybridModel.learned(
                from: HybridTrainingData(
                    names: ["a"],
                    photographs: (0..<80).map {
                        DNATestedPhotograph(
                            animal: "\($0)", river: nil, camera: nil, dna: $0 % 2 == 0 ? .native : .notNative,
                            values: [Double($0 % 7)], sharpness: 1, headPixels: 100)
                    }, isDrawn: false), madeAt: Date(timeIntervalSince1970: 0))
            await #expect(throws: ModelError.otherMeasures(found: nil)) {
                try await store.addModel(HybridModelRecord(of: elsewhere), named: "a", by: "Hara")
            }
        }
    }

    @Test("A model of landmarks is kept version by version, and one that this version does not read is not in force")
    func landmarkModels() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let drawn = try inventedLandmarkModel()
            #expect(try await store.modelInForce(LandmarkModel.self) == nil)
            await #expect(throws: ModelError.drawn) {
                try await store.addModel(drawn, named: "landmarks", by: "Hara")
            }
            let real = try await store.addModel(
                inventedLandmarkModel(isDrawn: false), named: "landmarks", by: "Hara")
            let second = try await store.addModel(drawn, named: "landmarks", keepsDrawn: true, by: "Hara")
            #expect(real.label == "landmarks 1" && second.label == "landmarks 2 (drawn, not real)")
            #expect(try await store.modelInForce(LandmarkModel.self) == real && second.record == drawn)
            let retired = try await store.retireModel(real.id, note: "too few rivers", by: "Sato")
            #expect(retired.retirement?.note == "too few rivers" && retired.record == real.record)
            await #expect(throws: ModelError.retiredBefore("landmarks 1")) {
                try await store.retireModel(real.id, by: "Sato")
            }
            #expect(try await store.modelInForce(LandmarkModel.self) == second)
            // A name is free for a model of natives and others, and counts its own versions.
            let other = try await store.addModel(
                inventedModel(about: HeadMeasure.allCases.map { _ in 1.0 }), named: "landmarks", keepsDrawn: true,
                by: "Hara")
            #expect(other.version == 1)
            #expect(try await store.models(LandmarkModel.self).items.map(\.id) == [real.id, second.id])
            try await store.retireModel(second.id, by: "Sato")
            #expect(try await store.modelInForce(LandmarkModel.self) == nil)
            _ = try await store.pool.query(
                """
                INSERT INTO models (id, kind, name, version, record, entered_by)
                VALUES (gen_random_uuid(), 'landmarks', 'old', 1, '{"form": "landmark-model-0", "scheme": "dorsal-head-1",
                    "data": {"is_drawn": false}}', 'Hara')
                """)
            #expect(try await store.modelInForce(LandmarkModel.self) == nil)
            await #expect(throws: StorageError.self) {
                try await store.retireModel(Identifier<KeptLandmarkModel>(), by: "Sato")
            }
        }
    }

    @Test("The model in force is heard of photographs with landmarks, and says which measures spoke and what it doubts")
    func opinion() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let drawn = try DrawnHead.one.get()
            let photo = try await photo(drawn, in: fixture)
            let screening = try await screening(of: photo, in: fixture)
            // Without a model nothing is said of one.
            let before = try await store.assessHybrid(screening.id, by: reviewer).record.content
            #expect(before.evidence.isEmpty)
            // Natives have a narrower head than this one.
            let own = try await values(drawn, in: fixture)
            var centre = own
            centre[0] = own[0] / 1.08
            let model = try await store.addModel(
                inventedModel(about: centre, camera: photo.camera), named: "head", keepsDrawn: true, by: "Hara")
            let content = try await store.assessHybrid(screening.id, by: reviewer).record.content
            #expect(content.evidence.map(\.kind) == [.learned(model: model.label)])
            let ratio = try #require(content.evidence.first?.ratio)
            #expect(ratio.logRatio > 1 && ratio.standardError > 0 && content.combined == ratio)
            let codes = content.reasons.map(\.code)
            #expect(codes.contains(.hybridModelDrawn) && codes.contains(.hybridUnknownRiver))
            #expect(!codes.contains(.hybridUnknownCamera) && !codes.contains(.hybridNewCamera))
            let spoke = try #require(content.reasons.first { $0.code == .hybridSpeakForOthers })
            #expect(spoke.text(in: .en).contains("head width over head length × "))
            #expect(spoke.text(in: .ja).contains("頭の幅"))
            #expect(content.posterior.mean > before.posterior.mean)
            // A point moved by hand: what was assessed is assessed anew.
            var moved = drawn.landmarks
            moved[0] = .init(name: moved[0].name, point: moved[0].point + SIMD2(0, 2))
            try await store.placeHead(SubmittedHead(landmarks: moved), on: photo.id, by: reviewer)
            let anew = try await store.reassessScreenings(of: photo.id, by: reviewer)
            #expect(anew.map(\.screening) == [screening.id])
            #expect(try #require(anew.first).content.combined.logRatio != ratio.logRatio)
            #expect(try await store.reassessScreenings(of: photo.id, by: reviewer) == [], "nothing is left to do")
            #expect(try await store.reassessScreenings(of: Identifier(), by: reviewer) == [])
            // Retired, it is heard no more.
            try await store.retireModel(model.id, by: "Sato")
            #expect(try await store.assessHybrid(screening.id, by: reviewer).record.content.evidence.isEmpty)
        }
    }

    @Test("A model that abstains because of the photograph is recorded with its reason and weighs nothing")
    func abstains() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let drawn = try DrawnHead.one.get()
            let own = try await values(drawn, in: fixture)
            let photo = try await photo(drawn, in: fixture)
            let screening = try await screening(of: photo, in: fixture)
            try await store.addModel(
                inventedModel(about: own, sharpness: 1e6), named: "sharp", keepsDrawn: true, by: "Hara")
            let blurred = try await store.assessHybrid(screening.id, by: reviewer).record.content
            #expect(blurred.evidence.count == 1 && blurred.evidence[0].ratio == nil)
            #expect(blurred.combined.logRatio == 0)
            let codes = blurred.reasons.map(\.code)
            #expect(codes.contains(.hybridModelSilent) && codes.contains(.hybridBlurred))
            #expect(codes.contains(.hybridNothingWeighs) && !codes.contains(.hybridLearned))

            // Measures far from every animal learned from.
            try await store.addModel(
                inventedModel(about: own.map { 3 * $0 + 1 }), named: "far", keepsDrawn: true, by: "Hara")
            let far = try await store.assessHybrid(screening.id, by: reviewer).record.content
            #expect(far.evidence[0].ratio == nil && far.reasons.contains { $0.code == .hybridUnlikeAny })

            // No landmarks on the photograph: it says how to hear it.
            let unplaced = try await self.screening(of: fixture.photo(), in: fixture)
            let silent = try await store.assessHybrid(unplaced.id, by: reviewer).record.content
            #expect(silent.evidence[0].ratio == nil && silent.reasons.contains { $0.code == .hybridNoLandmarks })
        }
    }

    @Test("A photograph whose file is damaged or shows too little is told, and scoring goes on")
    func unmeasured() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let drawn = try DrawnHead.one.get()
            try await store.addModel(
                inventedModel(about: values(drawn, in: fixture)), named: "head", keepsDrawn: true, by: "Hara")
            // Bytes that are no picture, said to be one of the size of the drawn one.
            let bytes = try await store.addPhoto(
                Array("no picture".utf8),
                description: PhotoDescription(
                    mediaType: "image/jpeg", width: drawn.width, height: drawn.height, capturedAt: nil, position: nil,
                    camera: nil), agency: fixture.agency.id
            ).record
            let head = SubmittedHead(landmarks: drawn.landmarks)
            let placed = try await store.placeHead(head, on: bytes.id, by: reviewer).record
            await #expect(throws: HeadUnmeasured.self) { try await store.measured(placed, on: bytes) }
            let screening = try await screening(of: bytes, in: fixture)
            let content = try await store.assessHybrid(
                screening.id, scores: [SubmittedScore(code: "long_tail", sight: .present)], by: reviewer
            ).record.content
            #expect(content.evidence.count == 2 && content.evidence.allSatisfy { $0.ratio == nil })
            #expect(content.reasons.contains { $0.code == .hybridPhotoUnread })
            try store.photoFiles.remove(bytes.sha256)
            let lost = try await store.assessHybrid(screening.id, by: reviewer).record.content
            #expect(lost.reasons.contains { $0.code == .hybridPhotoUnread })
        }
    }

    @Test("A DNA result of an animal with landmarks is there for the next training; one taken back is not")
    func training() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let drawn = try DrawnHead.one.get()
            let enrolled = try await store.enroll(
                Enrolment(
                    individual: "One", species: "Andrias japonicus", agency: fixture.agency.id, photo: drawn.jpeg,
                    description: describePhoto(drawn.jpeg), region: .head, template: [1], extractor: "sift/1"))
            try await store.placeHead(
                SubmittedHead(landmarks: drawn.landmarks), on: enrolled.photo.id, by: reviewer)
            #expect(try await store.testedHeads() == [])
            let sample = try await store.addSample(
                SubmittedSample(
                    label: "K-1", individual: enrolled.individual.id, takenBy: "Ito",
                    takenAt: Date(timeIntervalSince1970: 1_700_000_000)), agency: fixture.agency.id, by: reviewer
            ).record
            let reported = Date(timeIntervalSince1970: 1_700_864_000)
            let result = try await store.addResult(
                SubmittedResult(markers: .snp, dnaClass: .f1, laboratory: "Kyoto", reportedAt: reported),
                of: sample.id, by: reviewer
            ).record
            let found = try await store.testedHeads()
            #expect(found.map(\.individual) == [enrolled.individual.id] && found.first?.isNative == false)
            let photograph = try await store.measured(try #require(found.first))
            #expect(photograph.dna == .notNative && photograph.animal == enrolled.individual.id.description)
            #expect(photograph.values.count == 26 && photograph.camera == enrolled.photo.camera)
            let refusal = #expect(throws: HybridLearningRefusal.self) {
                try HybridModel.learned(
                    from: HybridTrainingData(
                        names: HeadMeasure.allCases.map(\.rawValue), photographs: [photograph], isDrawn: true),
                    madeAt: Date())
            }
            #expect(refusal == .tooFewAnimals(nativesMissing: 30, othersMissing: 29))
            // A screening that a person confirmed is known to be of the animal; one that nobody looked at is not.
            let other = try DrawnHead.two.get()
            let met = try await photo(other, in: fixture)
            try await store.placeHead(SubmittedHead(landmarks: other.landmarks), on: met.id, by: reviewer)
            let screening = try await screening(of: met, in: fixture)
            let claim = try await fixture.claim()
            let candidate = Candidate(
                individual: enrolled.individual.id, name: "One", probability: 0.99, score: 60, photo: met.id,
                reference: enrolled.photo.id, correspondences: [])
            try await store.finishScreening(
                claim, .plain(.matched(enrolled.individual.id), candidates: [candidate]))
            #expect(try await store.testedHeads().count == 1)
            _ = try await store.decide(
                on: screening.id, .confirmed, individual: enrolled.individual.id, by: fixture.key.id, note: nil)
            #expect(Set(try await store.testedHeads().map(\.head.photo)) == [enrolled.photo.id, met.id])
            try await store.correctResult(
                result.id,
                to: SubmittedResult(
                    markers: .snp, dnaClass: .undetermined, laboratory: "Kyoto", reportedAt: reported, note: "swapped"),
                by: reviewer)
            #expect(try await store.testedHeads() == [])
        }
    }
}
