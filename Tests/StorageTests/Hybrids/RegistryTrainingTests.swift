import Foundation
import Hybrids
import Provenance
import Registry
import Screening
import TestSupport
import Testing

@testable import Storage

/// From a laboratory's results to what the next screening hears.
@Suite("Learning from the registry's animals", .database)
struct RegistryTrainingTests {
    private let reviewer = Reviewer(name: "Sato")
    private let day = Date(timeIntervalSince1970: 1_700_000_000)
    /// On the invented river Uso.
    private static let place = (31.059, 138.0065)

    /// The drawn photograph as another file each time.
    private func file(_ number: Int, _ drawn: DrawnHead) -> [UInt8] { drawn.jpeg + Array("\(number)".utf8) }

    /// Landmarks of a head that is so many times as broad across mouth and cheeks.
    private func broadened(_ drawn: DrawnHead, by factor: Double) -> [SubmittedHead.Landmark] {
        var landmarks = drawn.landmarks
        for (left, right) in [(5, 6), (7, 8)] {
            let middle = (landmarks[left].point + landmarks[right].point) / 2
            for place in [left, right] {
                landmarks[place] = .init(
                    name: landmarks[place].name, point: middle + (landmarks[place].point - middle) * factor)
            }
        }
        return landmarks
    }

    /// An animal with a photograph, landmarks and a result; nothing of it is real.
    private func enter(_ number: Int, _ drawn: DrawnHead, at position: Position, in fixture: Fixture) async throws {
        let store = fixture.store
        let bytes = file(number, drawn)
        let enrolled = try await store.enroll(
            Enrolment(
                individual: "Invented \(number)", species: "Andrias japonicus", agency: fixture.agency.id,
                observedAt: day, position: position, photo: bytes, description: describePhoto(bytes), region: .head,
                template: [1], extractor: "sift/1"))
        let isNative = number % 2 == 0
        // Spread within a class, and broader heads among the others.
        let spread = Double((number / 2) % 7 - 3) * 0.006
        let head = SubmittedHead(landmarks: broadened(drawn, by: (isNative ? 0.95 : 1) + spread))
        try await store.placeHead(head, on: enrolled.photo.id, by: reviewer)
        let sample = try await store.addSample(
            SubmittedSample(label: "K-\(number)", individual: enrolled.individual.id, takenBy: "Ito", takenAt: day),
            agency: fixture.agency.id, by: reviewer
        ).record
        try await store.addResult(
            SubmittedResult(
                markers: .snp, dnaClass: isNative ? .japonicus : .hybrid, laboratory: "Kyoto",
                reportedAt: day + 864_000), of: sample.id, by: reviewer)
    }

    @Test("What laboratories found is learned from, and heard of the next photograph, in its own water without a doubt")
    func wholeWay() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let drawn = try DrawnHead.one.get()
            try await store.loadRivers(InventedRivers.network(), source: "invented", profile: .plain, by: "Sato")
            let position = try Position(latitude: Self.place.0, longitude: Self.place.1, uncertaintyMeters: 30)
            for number in 0..<60 { try await enter(number, drawn, at: position, in: fixture) }
            let heads = try await store.testedHeads()
            #expect(heads.count == 60 && heads.count { $0.isNative } == 30)
            let photographs = try await withThrowingTaskGroup(of: DNATestedPhotograph.self) { group in
                for head in heads { group.addTask { try await store.measured(head) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let system = try #require(try await store.locate(position).candidates.first?.place.system)
            #expect(Set(photographs.map(\.river)) == [system])
            let model = try HybridModel.learned(
                from: HybridTrainingData(
                    names: HeadMeasure.allCases.map(\.rawValue), photographs: photographs, isDrawn: true),
                measures: HeadMeasurement.scheme, madeAt: day)
            let kept = try await store.addModel(
                HybridModelRecord(of: model), named: "invented", keepsDrawn: true, by: "Hara")
            #expect(kept.record.model.scope.rivers == [system])

            func heard(_ number: Int, broad: Double, at position: Position?) async throws -> HybridAssessment.Content {
                let bytes = file(number, drawn)
                let photo = try await store.addPhoto(
                    bytes, description: describePhoto(bytes), agency: fixture.agency.id
                ).record
                try await store.placeHead(
                    SubmittedHead(landmarks: broadened(drawn, by: broad)), on: photo.id, by: reviewer)
                let screening = try await store.createScreening(
                    Screening.Submission(photos: [photo.id], region: .head, observedAt: day, position: position),
                    agency: fixture.agency.id, key: fixture.key.id
                ).record
                return try await store.assessHybrid(screening.id, by: reviewer).record.content
            }
            let doubts: Set<Texts.Code> = [
                .hybridNewRiver, .hybridUnknownRiver, .hybridNewCamera, .hybridUnknownCamera, .hybridUnlikeAny,
                .hybridBlurred, .hybridSmallHead, .hybridFewPhotographs,
            ]
            // The same picture in other files, at breadths that were learned from.
            let broad = try await heard(100, broad: 1.006, at: position)
            let narrow = try await heard(101, broad: 0.95, at: position)
            #expect(broad.combined.logRatio > 0.5 && narrow.combined.logRatio < 0)
            for content in [broad, narrow] {
                #expect(doubts.isDisjoint(with: content.reasons.map(\.code)), "\(content.reasons.map(\.code))")
            }
            let elsewhere = try await heard(102, broad: 1.006, at: nil)
            #expect(elsewhere.combined.logRatio > 0.5)
            #expect(doubts.intersection(elsewhere.reasons.map(\.code)) == [.hybridUnknownRiver])
            // A head twice as broad as any is nothing to judge by.
            let odd = try await heard(103, broad: 1.3, at: position)
            #expect(odd.combined.logRatio == 0 && odd.reasons.contains { $0.code == .hybridUnlikeAny })
        }
    }
}
