import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Gallery", .database)
struct GalleryTests {
    /// What a program holds that follows the changes.
    private struct Follower {
        var revision: Int64 = 0
        var held: [Identifier<StoredTemplate>: StoredTemplate] = [:]

        mutating func follow(_ store: RegistryStore, limit: Int = 500) async throws {
            while true {
                let changes = try await store.galleryChanges(after: revision, limit: limit)
                for id in changes.removed { held[id] = nil }
                for entry in changes.entries { held[entry.id] = entry }
                revision = changes.revision
                if !changes.more { return }
            }
        }
    }

    @Test("A template arrives whole, and only once", arguments: [1, 2, 500])
    func arrives(_ limit: Int) async throws {
        try await Fixture.with { fixture in
            var follower = Follower()
            try await follower.follow(fixture.store, limit: limit)
            #expect(follower.held.isEmpty && follower.revision == 0)
            let enrolled = try await fixture.store.enroll(fixture.enrolment(photo: "a"))
            for _ in 0..<4 { _ = try await fixture.store.enroll(fixture.enrolment()) }
            try await follower.follow(fixture.store, limit: limit)
            #expect(follower.held.count == 5)
            let entry = try #require(follower.held.values.first { $0.photo == enrolled.photo.id })
            #expect(entry.individual == enrolled.individual.id && entry.name == enrolled.individual.name)
            #expect(entry.sha256 == enrolled.photo.sha256 && entry.annotation == enrolled.annotation.id)
            #expect(entry.region == .head && entry.extractor == "sift/1" && entry.bytes == Array("template".utf8))
            #expect(try await fixture.store.galleryChanges(after: follower.revision).entries.isEmpty)
        }
    }

    @Test("Renaming, another population or date, reassigning, taking away and deleting reach whoever follows")
    func changes() async throws {
        try await Fixture.with { fixture in
            let pool = fixture.store.pool
            let one = try await fixture.store.enroll(fixture.enrolment(of: "One"))
            let two = try await fixture.store.enroll(fixture.enrolment(of: "Two"))
            var follower = Follower()
            try await follower.follow(fixture.store)
            func names() -> [String] { follower.held.values.map(\.name).sorted() }

            _ = try await pool.query(
                "UPDATE individuals SET name = 'Uno' WHERE id = $1", [.uuid(one.individual.id.uuid)])
            try await follower.follow(fixture.store)
            #expect(names() == ["Two", "Uno"])
            try await fixture.store.setPopulation("Hatsuka", of: one.individual.id)
            try await follower.follow(fixture.store)
            #expect(Set(follower.held.values.map(\.population)) == ["Hatsuka", nil])
            let day = Date(timeIntervalSince1970: 1_600_000_000)
            _ = try await pool.query(
                "UPDATE encounters SET event_date = $1 WHERE id = $2",
                [.timestamp(day), .uuid(one.encounter.id.uuid)])
            try await follower.follow(fixture.store)
            #expect(Set(follower.held.values.map(\.observedAt)) == [day, nil])
            _ = try await pool.query(
                "UPDATE encounters SET individual_id = $1 WHERE id = $2",
                [.uuid(one.individual.id.uuid), .uuid(two.encounter.id.uuid)])
            try await follower.follow(fixture.store)
            #expect(names() == ["Uno", "Uno"])
            _ = try await pool.query(
                "UPDATE encounters SET individual_id = NULL WHERE id = $1", [.uuid(two.encounter.id.uuid)])
            try await follower.follow(fixture.store)
            #expect(names() == ["Uno"])
            _ = try await pool.query(
                "UPDATE annotations SET body_region = 'belly' WHERE id = $1", [.uuid(one.annotation.id.uuid)])
            try await follower.follow(fixture.store)
            #expect(follower.held.values.map(\.region) == [.belly])
            _ = try await pool.query("DELETE FROM annotations")
            try await follower.follow(fixture.store)
            #expect(names() == [])
        }
    }

    @Test("A transaction that commits late is not missed")
    func lateCommit() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let enrolled = try await store.enroll(fixture.enrolment(photo: "a"))
            var follower = Follower()
            try await follower.follow(store)
            let (held, hold) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            let template: [PostgresValue] = [.uuid(UUID()), .uuid(enrolled.annotation.id.uuid)]
            async let late: Void = store.pool.withTransaction { connection in
                _ = try await connection.query(
                    "INSERT INTO templates (id, annotation_id, extractor, bytes) VALUES ($1, $2, 'late/1', 'x')",
                    template)
                hold.yield()
                for await _ in released { break }
            }
            for await _ in held { break }
            // A second change waits for the first to commit, so it cannot become visible before it.
            let enrolment = fixture.enrolment(photo: "b")
            async let early = store.enroll(enrolment)
            try await Task.sleep(for: .milliseconds(100))
            try await follower.follow(store)
            #expect(follower.held.count == 1)
            release.yield()
            _ = try await (late, early)
            try await follower.follow(store)
            #expect(Set(follower.held.values.map(\.extractor)) == ["sift/1", "late/1"])
            #expect(follower.held.count == 3)
        }
    }
}
