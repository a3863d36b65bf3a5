import Foundation
import Identification
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Live gallery", .database)
struct LiveGalleryTests {
    /// A template without features: what is in it does not matter here.
    private func enrolment(_ fixture: Fixture, of name: String) throws -> Enrolment {
        let template = Template(extractor: "none/1", frame: .whole, width: 8, height: 8, free: [], strip: nil)
        return Enrolment(
            individual: name, species: "Andrias japonicus", agency: fixture.agency.id,
            photo: Array("photograph of \(name)".utf8), description: .plain, region: .head,
            template: template.encoded, extractor: template.extractor)
    }

    private func names(_ gallery: Gallery) -> [String] {
        gallery.references(region: .head, extractor: "none/1").map(\.name).sorted()
    }

    @Test("What one process enrolled is in the gallery of another at its next use, and what it removed is not")
    func anotherProcess() async throws {
        try await Fixture.with { fixture in
            let database = try #require(TestDatabase.current)
            // Processes share nothing but the database: another pool and another gallery.
            let pool = PostgresPool(endpoint: database.endpoint, size: 2, applicationName: "another")
            let gallery = LiveGallery(store: RegistryStore(pool: pool, photoFiles: fixture.store.photoFiles))
            #expect(try await names(gallery.current()).isEmpty)
            let first = try await fixture.store.enroll(enrolment(fixture, of: "One"))
            #expect(try await names(gallery.current()) == ["One"])
            _ = try await fixture.store.enroll(enrolment(fixture, of: "Two"))
            #expect(try await names(gallery.current()) == ["One", "Two"])
            _ = try await fixture.store.pool.query(
                "DELETE FROM annotations WHERE id = $1", [.uuid(first.annotation.id.uuid)])
            #expect(try await names(gallery.current()) == ["Two"])
            await pool.close()
        }
    }

    @Test("Callers at the same moment all get what was committed before", arguments: [1, 40])
    func manyAtOnce(_ count: Int) async throws {
        try await Fixture.with { fixture in
            let gallery = LiveGallery(store: fixture.store)
            for number in 0..<count { _ = try await fixture.store.enroll(enrolment(fixture, of: "\(number)")) }
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await gallery.current().count } }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect(counts == [count])
        }
    }

    @Test(
        "A follower holds what others enrol without being asked, also after its listening connection was killed",
        .timeLimit(.minutes(1)))
    func follows() async throws {
        try await Fixture.with { fixture in
            let database = try #require(TestDatabase.current)
            let gallery = LiveGallery(store: fixture.store)
            let following = Task { await gallery.follow(database.endpoint) { Issue.record("\($0)") } }
            func wait(for expected: [String]) async throws {
                while await names(gallery.held) != expected { try await Task.sleep(for: .milliseconds(20)) }
            }
            _ = try await fixture.store.enroll(enrolment(fixture, of: "One"))
            try await wait(for: ["One"])
            let killed = try await fixture.store.pool.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = 'andrias listener' AND datname = current_database()
                """)
            #expect(killed.count == 1)
            _ = try await fixture.store.enroll(enrolment(fixture, of: "Two"))
            try await wait(for: ["One", "Two"])
            _ = try await fixture.store.enroll(enrolment(fixture, of: "Three"))
            try await wait(for: ["One", "Three", "Two"])
            following.cancel()
            await following.value
        }
    }
}
