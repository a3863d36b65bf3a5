import Foundation
import Postgres
import Registry
import Storage
import TestSupport
import Testing

/// The rules that the schema keeps whatever program writes to it.
@Suite("Rules of the schema", .database)
struct RuleTests {
    /// Runs a statement that must be refused, and gives the rule it breaks.
    private func refusal(_ pool: PostgresPool, _ sql: String) async -> String? {
        let error = await #expect(throws: PostgresError.self) { _ = try await pool.query(sql) }
        return error?.constraint ?? error?.sqlState?.rawValue
    }

    private func encounter(_ fixture: Fixture, _ columns: String, _ values: String) -> String {
        "INSERT INTO encounters (id, agency_id, \(columns)) "
            + "VALUES (gen_random_uuid(), '\(fixture.agency.id)', \(values))"
    }

    @Test("Half a place, no place on Earth, and 0/0 are refused; no place is NULL")
    func positions() async throws {
        try await Fixture.with { fixture in
            let pool = fixture.store.pool
            let place = "decimal_latitude, decimal_longitude"
            for (values, rule) in [
                ("35, NULL", "both_coordinates"), ("NULL, 135", "both_coordinates"), ("91, 0", "on_the_globe"),
                ("0, -181", "on_the_globe"), ("'NaN', 1", "on_the_globe"), ("0, 0", "not_null_island"),
            ] {
                #expect(await refusal(pool, encounter(fixture, place, values)) == "encounters_\(rule)")
            }
            let whole = place + ", coordinate_uncertainty_in_meters"
            for values in ["35, 135, 0", "35, 135, -1", "35, 135, 'Infinity'", "NULL, NULL, 10"] {
                #expect(await refusal(pool, encounter(fixture, whole, values)) == "encounters_uncertainty")
            }
            for values in ["35, 135, 10", "35, 135, NULL", "0, 135, 5", "NULL, NULL, NULL"] {
                _ = try await pool.query(encounter(fixture, whole, values))
            }
            let unplaced = try await fixture.store.enroll(fixture.enrolment()).encounter
            #expect(unplaced.position == nil)
            let blank = try await pool.query(
                "SELECT decimal_latitude IS NULL AS blank FROM encounters WHERE id = $1", [.uuid(unplaced.id.uuid)])
            #expect(try blank.first?.get("blank") == true)
        }
    }

    @Test("Times in the future are refused")
    func future() async throws {
        try await Fixture.with { fixture in
            let sql = encounter(fixture, "event_date", "now() + interval '25 hours'")
            #expect(await refusal(fixture.store.pool, sql) == "encounters_not_in_the_future")
            let description = PhotoDescription(
                mediaType: "image/jpeg", width: 10, height: 10, capturedAt: Date(timeIntervalSinceNow: 172_800),
                position: nil, camera: nil)
            let error = await #expect(throws: StorageError.self) {
                _ = try await fixture.store.addPhoto([1], description: description, agency: fixture.agency.id)
            }
            guard case .ruleBroken("photos_not_in_the_future") = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("A fingerprint, a media type and a size must be ones")
    func photos() async throws {
        try await Fixture.with { fixture in
            func insert(_ sha256: String, _ type: String, _ width: Int) -> String {
                "INSERT INTO photos (id, agency_id, sha256, media_type, byte_count, width, height) VALUES "
                    + "(gen_random_uuid(), '\(fixture.agency.id)', '\(sha256)', '\(type)', 1, \(width), 1)"
            }
            let pool = fixture.store.pool
            let good = String(repeating: "a", count: 64)
            #expect(await refusal(pool, insert(good.uppercased(), "image/jpeg", 1)) == "photos_sha256_format")
            #expect(await refusal(pool, insert("abc", "image/jpeg", 1)) == "photos_sha256_format")
            #expect(await refusal(pool, insert(good, "text/plain", 1)) == "photos_media_type")
            #expect(await refusal(pool, insert(good, "image/png", 0)) == "photos_size")
            _ = try await pool.query(insert(good, "image/heic", 1))
            #expect(await refusal(pool, "UPDATE photos SET sha256 = repeat('b', 64)") == "23001")
        }
    }

    @Test("What is drawn stays inside the photograph and is whole")
    func boxes() async throws {
        try await Fixture.with { fixture in
            let annotation = try await fixture.store.enroll(fixture.enrolment()).annotation
            func update(_ mark: String) -> String {
                "UPDATE annotations SET mark = '\(mark)' WHERE id = '\(annotation.id)'"
            }
            let pool = fixture.store.pool
            let box = #""box": {"x": 0, "y": 0, "width": 1, "height": 1}"#
            let refused = [
                "{}", #"{"box": {"x": 0.1, "y": 0.1}}"#, #"{"box": {"x": -0.1, "y": 0, "width": 1, "height": 1}}"#,
                #"{"box": {"x": 0.5, "y": 0, "width": 0.6, "height": 1}}"#,
                #"{"box": {"x": 0, "y": 0, "width": 0, "height": 1}}"#,
                #"{"box": {"x": 0, "y": 0.5, "width": 1, "height": "NaN"}}"#,
                #"{"outline": [{"x": 0, "y": 0}, {"x": 1, "y": 1}]}"#,
                #"{"outline": [{"x": 0, "y": 0}, {"x": 1, "y": 1}, {"x": 2, "y": 1}]}"#,
                "{\(box), \"axis\": {\"snout\": {\"x\": 0, \"y\": 0}}}",
            ]
            for mark in refused { #expect(await refusal(pool, update(mark)) == "annotations_mark") }
            let axis = #""axis": {"snout": {"x": 0.5, "y": 0.1}, "neck": {"x": 0.5, "y": 0.9}}"#
            _ = try await pool.query(update("{\(box), \(axis)}"))
            _ = try await pool.query(update(#"{"outline": [{"x": 0, "y": 0}, {"x": 1, "y": 1}, {"x": 0, "y": 1}]}"#))
        }
    }

    @Test("An answer is whole, agrees with itself and is never changed")
    func answers() async throws {
        try await Fixture.with { fixture in
            let screening = try await fixture.submit()
            let pool = fixture.store.pool
            let rest = """
                findings = '[]', quality = '[]', extractor = 'e', decider = 'd', photos_searched = 0,
                individuals_searched = 0, milliseconds = 1, finished_at = now()
                """
            func answer(_ columns: String) -> String {
                "UPDATE screenings SET \(columns) WHERE id = '\(screening.id)'"
            }
            #expect(await refusal(pool, answer("outcome = 'unknown'")) == "screenings_answer_whole")
            #expect(await refusal(pool, answer("outcome = 'maybe', \(rest)")) == "screenings_outcome")
            #expect(
                await refusal(pool, answer("outcome = 'matched', \(rest)")) == "screenings_match_has_an_individual")
            #expect(
                await refusal(pool, answer("outcome = 'unknown', probability = 1.5, \(rest)"))
                    == "screenings_probability")
            #expect(
                await refusal(pool, answer("outcome = 'failed', probability = 0.5, \(rest)"))
                    == "screenings_failure_states_nothing")
            _ = try await pool.query(answer("outcome = 'unknown', probability = 0.5, \(rest)"))
            #expect(await refusal(pool, answer("outcome = 'failed', probability = NULL")) == "23001")
        }
    }

    @Test("A screening cannot be left without an answer and without a job")
    func inHand() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.submit()
            #expect(await refusal(fixture.store.pool, "DELETE FROM jobs") == "screenings_in_hand")
            #expect(
                await refusal(
                    fixture.store.pool,
                    "INSERT INTO screenings (id, agency_id, body_region, lane) "
                        + "VALUES (gen_random_uuid(), '\(fixture.agency.id)', 'head', 'batch')")
                    == "screenings_in_hand")
        }
    }

    @Test(
        "Decisions and events are only ever appended",
        arguments: [
            "UPDATE decisions SET note = 'x'", "DELETE FROM decisions", "TRUNCATE decisions",
            "UPDATE events SET payload = '{}'", "DELETE FROM events", "TRUNCATE events CASCADE",
            "TRUNCATE templates CASCADE",
        ])
    func appendOnly(_ sql: String) async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.submit()
            let claim = try await fixture.claim()
            try await fixture.store.finishScreening(claim, .plain(.unknown))
            _ = try await fixture.store.decide(on: claim.screening.id, .undecidable, by: fixture.key.id)
            #expect(await refusal(fixture.store.pool, sql) == "23001")
            #expect(try await fixture.store.decisions(of: claim.screening.id).count == 1)
            #expect(try await fixture.store.events(after: 0).count == 3)
        }
    }

    @Test(
        "Changes, reviews, calibrations and policies are only ever appended",
        arguments: [
            "identity_changes", "identity_change_encounters", "duplicate_proposals", "duplicate_reviews",
            "calibrations", "calibration_activations", "agency_policies",
        ])
    func historiesAreAppendOnly(_ table: String) async throws {
        try await Fixture.with { fixture in
            let pool = fixture.store.pool
            #expect(await refusal(pool, "DELETE FROM \(table)") == "23001")
            #expect(await refusal(pool, "TRUNCATE \(table) CASCADE") == "23001")
        }
    }

    @Test("An event names the screening, the endpoint or nothing, as its type wants")
    func events() async throws {
        try await Fixture.with { fixture in
            let insert =
                "INSERT INTO events (id, urgency, type, agency_id, payload) VALUES (gen_random_uuid(), 'routine',"
            let pool = fixture.store.pool
            #expect(
                await refusal(pool, "\(insert) 'decision.made', NULL, '{}')") == "events_subject_of_its_type")
            #expect(
                await refusal(pool, "\(insert) 'identity.merged', '\(fixture.agency.id)', '{}')")
                    == "events_subject_of_its_type")
            let screening = try await fixture.submit()
            let renamed =
                "INSERT INTO events (id, urgency, type, agency_id, screening_id, payload) VALUES (gen_random_uuid(), "
                + "'routine', 'identity.renamed', '\(fixture.agency.id)', '\(screening.id)', '{}')"
            #expect(await refusal(pool, renamed) == "events_type")
            _ = try await pool.query("\(insert) 'identity.merged', NULL, '{}')")
        }
    }

    @Test("Text with a NUL character is refused with a reason")
    func nulCharacter() async throws {
        try await Fixture.with { fixture in
            await #expect(throws: (any Error).self) { _ = try await fixture.store.createAgency(name: "a\u{0}b") }
            let names = try await fixture.store.agencies().map(\.name)
            #expect(names == ["River Office"])
        }
    }
}
