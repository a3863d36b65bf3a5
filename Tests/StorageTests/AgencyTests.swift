import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

@Suite("Agencies and keys", .database)
struct AgencyTests {
    @Test("An agency is found by name and identifier, and its name is taken")
    func agencies() async throws {
        try await Fixture.with { fixture in
            let agency = try await fixture.store.createAgency(name: "広島市安佐動物公園", contact: "082-…")
            #expect(try await fixture.store.agency(named: "広島市安佐動物公園") == agency)
            #expect(try await fixture.store.agency(agency.id) == agency)
            #expect(try await fixture.store.agency(named: "nobody") == nil)
            #expect(try await Set(fixture.store.agencies()) == [fixture.agency, agency])
            let error = await #expect(throws: StorageError.self) {
                _ = try await fixture.store.createAgency(name: "広島市安佐動物公園")
            }
            guard case .agencyNameTaken = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            await #expect(throws: StorageError.self) { _ = try await fixture.store.createAgency(name: " ") }
        }
    }

    @Test("A secret opens until its key is revoked, and is kept nowhere")
    func keys() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let (key, secret) = try await store.createKey(agency: fixture.agency.id, role: .ranger, label: "patrol")
            #expect(secret.hasPrefix("andrias_"))
            #expect(secret.count == 8 + 43)
            #expect(try await store.authenticate(secret: secret) == Authenticated(key: key, agency: fixture.agency))
            #expect(try await store.authenticate(secret: String(secret.dropLast())) == nil)
            #expect(try await store.keys(of: fixture.agency.id).map(\.id) == [fixture.key.id, key.id])
            let dump = try await store.pool.query("SELECT string_agg(k::text, '') AS text FROM api_keys k")
            #expect(try !#require(dump.first).get("text", as: String.self).contains(secret))

            let revoked = try await store.revokeKey(key.id)
            #expect(revoked.revokedAt != nil)
            #expect(try await store.authenticate(secret: secret) == nil)
            #expect(try await store.revokeKey(key.id) == revoked)
            #expect(try await store.keys().contains(revoked))
        }
    }

    @Test("Keys of agencies that do not exist, and keys that do not exist, are named")
    func unknown() async throws {
        try await Fixture.with { fixture in
            let noAgency = await #expect(throws: StorageError.self) {
                _ = try await fixture.store.createKey(agency: Identifier(), role: .observer, label: "x")
            }
            guard case .notFound(.agency, _) = noAgency else {
                Issue.record("\(String(describing: noAgency))")
                return
            }
            let noKey = await #expect(throws: StorageError.self) { _ = try await fixture.store.revokeKey(Identifier()) }
            guard case .notFound(.apiKey, _) = noKey else {
                Issue.record("\(String(describing: noKey))")
                return
            }
        }
    }
}
