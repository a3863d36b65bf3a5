import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

/// A registry on the test's own database and a folder of its own, with one agency.
struct Fixture {
    let store: RegistryStore
    let agency: Agency
    let key: APIKey

    /// Lends a registry and removes its files afterwards.
    static func with<T>(_ body: (Fixture) async throws -> T) async throws -> T {
        let database = try #require(TestDatabase.current)
        let directory = FileManager.default.temporaryDirectory.appending(path: "andrias-storage-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        let store = RegistryStore(pool: database.pool, photoFiles: PhotoFiles(directory: directory))
        let agency = try await store.createAgency(name: "River Office")
        let key = try await store.createKey(agency: agency.id, role: .reviewer, label: "test").key
        return try await body(Fixture(store: store, agency: agency, key: key))
    }

    func photo(_ content: String = UUID().uuidString) async throws -> Photo {
        try await store.addPhoto(Array(content.utf8), description: .plain, agency: agency.id).record
    }

    /// A head's outline with its landmarks.
    static var outlinedHead: RegionMark {
        get throws {
            let corners = [(0.25, 0.5), (0.5, 0.125), (0.75, 0.5)].map { PhotoPoint(x: $0.0, y: $0.1) }
            return RegionMark(
                .outline(try RegionOutline(corners)),
                axis: try HeadAxis(snout: PhotoPoint(x: 0.5, y: 0.125), neck: PhotoPoint(x: 0.5, y: 0.5)))
        }
    }

    func enrolment(
        of name: String = "Hanzaki 1", photo: String = UUID().uuidString, observedAt: Date? = nil,
        region: BodyRegion = .head, mark: RegionMark? = nil, extractor: String = "sift/1"
    ) -> Enrolment {
        Enrolment(
            individual: name, species: "Andrias japonicus", agency: agency.id, observedAt: observedAt,
            photo: Array(photo.utf8), description: .plain, region: region, mark: mark, template: Array("template".utf8),
            extractor: extractor)
    }

    func submit(lane: Screening.Lane = .interactive, mark: RegionMark? = nil) async throws -> Screening {
        let photo = try await photo()
        let submission = Screening.Submission(
            photos: [photo.id], region: .head, marks: mark.map { [photo.id: $0] } ?? [:], lane: lane)
        return try await store.createScreening(submission, agency: agency.id, key: key.id).record
    }

    func claim(_ worker: String = "w", lease: Duration = .seconds(60)) async throws -> ClaimedScreening {
        try #require(try await store.claimScreening(lane: .interactive, worker: worker, lease: lease))
    }

    /// Ends every running lease, as time would.
    func expireLeases() async throws {
        _ = try await store.pool.query(
            "UPDATE jobs SET leased_until = now() - interval '1 second' WHERE lease IS NOT NULL")
    }

    func idempotencyKey(_ word: String, fingerprint: UInt8 = 1) throws -> IdempotencyKey {
        try IdempotencyKey(apiKey: key.id, key: word, fingerprint: Array(repeating: fingerprint, count: 32))
    }
}

extension PhotoDescription {
    static let plain = PhotoDescription(
        mediaType: "image/jpeg", width: 4000, height: 3000, capturedAt: nil, position: nil, camera: nil)
}

extension Verdict {
    static func plain(_ outcome: Outcome, candidates: [Candidate] = []) -> Verdict {
        Verdict(
            outcome: outcome, probability: outcome == .unusable || outcome == .failed ? nil : 0.75,
            candidates: candidates, findings: [Finding(.decisionIsYours)], extractor: "sift/1", decider: "threshold/1",
            photosSearched: 12, individualsSearched: 5, milliseconds: 321.5)
    }
}

/// The package's folder.
let packageFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
