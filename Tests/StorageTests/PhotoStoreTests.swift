import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Photographs", .database)
struct PhotoStoreTests {
    @Test("A photograph comes back as it was submitted, with its file")
    func roundTrip() async throws {
        try await Fixture.with { fixture in
            let description = PhotoDescription(
                mediaType: "image/heic", width: 3024, height: 4032,
                capturedAt: Date(timeIntervalSince1970: 1_700_000_000),
                position: try Position(latitude: 35.25, longitude: 132.5, uncertaintyMeters: 12),
                camera: "Apple iPhone 15")
            let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let added = try await fixture.store.addPhoto(bytes, description: description, agency: fixture.agency.id)
            #expect(added.change == .created)
            let photo = try #require(try await fixture.store.photo(added.record.id))
            #expect(photo == added.record)
            #expect(photo.capturedAt == description.capturedAt && photo.position == description.position)
            #expect(photo.camera == description.camera && photo.byteCount == bytes.count && photo.height == 4032)
            #expect(try await fixture.store.bytes(of: photo) == bytes)
        }
    }

    @Test("The same file twice is one photograph of an agency, and another agency's is another")
    func twice() async throws {
        try await Fixture.with { fixture in
            let other = try await fixture.store.createAgency(name: "Aquarium")
            let first = try await fixture.store.addPhoto([1, 2], description: .plain, agency: fixture.agency.id)
            let again = try await fixture.store.addPhoto([1, 2], description: .plain, agency: fixture.agency.id)
            let theirs = try await fixture.store.addPhoto([1, 2], description: .plain, agency: other.id)
            #expect(again.change == .existing)
            #expect(again.record == first.record)
            #expect(theirs.change == .created)
            #expect(theirs.record.sha256 == first.record.sha256)
        }
    }

    @Test("Twenty of the same request at once make one photograph, and all get it")
    func racingRequests() async throws {
        try await Fixture.with { fixture in
            let key = try fixture.idempotencyKey("photo-1")
            let store = fixture.store
            let agency = fixture.agency.id
            let answers = try await withThrowingTaskGroup(of: Added<Photo>.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await store.addPhoto([7], description: .plain, agency: agency, idempotency: key)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.record.id)).count == 1)
            #expect(answers.filter { $0.change == .created }.count == 1)
            #expect(answers.filter { $0.change == .replayed }.count == 19)
        }
    }

    @Test("A key with another request is refused and nothing is added; after a day it may be forgotten")
    func reusedKey() async throws {
        try await Fixture.with { fixture in
            let key = try fixture.idempotencyKey("k")
            let first = try await fixture.store.addPhoto(
                [1], description: .plain, agency: fixture.agency.id, idempotency: key)
            let other = try fixture.idempotencyKey("k", fingerprint: 2)
            let error = await #expect(throws: StorageError.self) {
                _ = try await fixture.store.addPhoto(
                    [2], description: .plain, agency: fixture.agency.id, idempotency: other)
            }
            guard case .idempotencyKeyReused("k") = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await fixture.store.photos().items == [first.record])
            #expect(try await fixture.store.verifyPhotos().filesChecked == 1)
            #expect(try await fixture.store.purgeIdempotencyKeys() == 0)
            _ = try await fixture.store.pool.query(
                "UPDATE idempotency_keys SET created_at = now() - interval '25 hours'")
            #expect(try await fixture.store.purgeIdempotencyKeys() == 1)
        }
    }

    @Test("A request for a photograph that the agency has is replayed with that photograph")
    func existingThenReplayed() async throws {
        try await Fixture.with { fixture in
            let photo = try await fixture.photo("same")
            let key = try fixture.idempotencyKey("again")
            for change in [Added<Photo>.Change.existing, .replayed] {
                let added = try await fixture.store.addPhoto(
                    Array("same".utf8), description: .plain, agency: fixture.agency.id, idempotency: key)
                #expect(added.change == change)
                #expect(added.record == photo)
            }
        }
    }

    @Test("A request that failed may be repeated under its key")
    func failedThenRepeated() async throws {
        try await Fixture.with { fixture in
            let key = try fixture.idempotencyKey("once more")
            await #expect(throws: StorageError.self) {
                _ = try await fixture.store.addPhoto([1], description: .plain, agency: Identifier(), idempotency: key)
            }
            let added = try await fixture.store.addPhoto(
                [1], description: .plain, agency: fixture.agency.id, idempotency: key)
            #expect(added.change == .created)
        }
    }

    @Test("Where the file cannot be kept there is no record either")
    func fileRefused() async throws {
        try await Fixture.with { fixture in
            let blocked = fixture.store.photoFiles.directory
            try Data("a file in the way".utf8).write(to: blocked)
            await #expect(throws: PhotoFileError.self) {
                _ = try await fixture.store.addPhoto([1], description: .plain, agency: fixture.agency.id)
            }
            await #expect(throws: PhotoFileError.self) { _ = try await fixture.store.enroll(fixture.enrolment()) }
            let counts = try await fixture.store.counts()
            #expect(counts.photos == 0 && counts.individuals == 0 && counts.templates == 0)
        }
    }

    @Test("Keys that are no keys are refused", arguments: ["", String(repeating: "k", count: 256), "é", "a\nb"])
    func unusableKeys(_ word: String) {
        #expect(throws: IdempotencyKey.Rejection.key) {
            try IdempotencyKey(apiKey: Identifier(), key: word, fingerprint: Array(repeating: 0, count: 32))
        }
    }

    @Test("Pages hold every photograph once, in order, whatever their size", arguments: [1, 2, 3, 7, 100])
    func pages(_ limit: Int) async throws {
        try await Fixture.with { fixture in
            var photos: [Photo] = []
            for _ in 0..<7 { photos.append(try await fixture.photo()) }
            var seen: [Photo] = []
            var next: Identifier<Photo>?
            repeat {
                let page = try await fixture.store.photos(after: next, limit: limit, agency: fixture.agency.id)
                #expect(page.items.count <= limit)
                seen += page.items
                next = page.next
            } while next != nil
            #expect(seen.count == 7)
            #expect(Set(seen) == Set(photos))
            #expect(seen.map(\.id.description) == seen.map(\.id.description).sorted())
            #expect(try await fixture.store.photos(agency: Identifier()).items.isEmpty)
        }
    }
}
