import Foundation
import Postgres
import Registry
import SQL
import TestSupport
import Testing

@testable import Storage

@Suite("Schema", .database)
struct SchemaTests {
    @Test("The list of migrations is the folder of migrations")
    func migrationsMatchFolder() throws {
        let folder = packageFolder.appending(path: "SQL/migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let listed = Schema.migrations.flatMap { migration in
            ["down", "up"].map { String(format: "%04d_%@.%@.sql", migration.number, migration.name, $0) }
        }
        #expect(files == listed)
        #expect(Schema.migrations.map(\.number) == Array(1...Schema.migrations.count))
        for migration in Schema.migrations {
            let name = String(format: "%04d_%@", migration.number, migration.name)
            #expect(try String(contentsOf: folder.appending(path: "\(name).up.sql"), encoding: .utf8) == migration.up)
            #expect(
                try String(contentsOf: folder.appending(path: "\(name).down.sql"), encoding: .utf8) == migration.down)
        }
    }

    @Test("Every file of queries is built in")
    func queriesMatchFolder() throws {
        let folder = packageFolder.appending(path: "SQL/queries")
        let named = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().flatMap { file in
            try String(contentsOf: folder.appending(path: file), encoding: .utf8).split(separator: "\n")
                .filter { $0.hasPrefix("-- name: ") }.map { String($0.dropFirst(9)) }
        }
        #expect(Schema.queries.map(\.name) == named)
    }

    @Test("The program and the SQL folder name the same statements, each once")
    func statementsMatchQueries() {
        #expect(Schema.queries.map(\.name).sorted() == Statement.allCases.map(\.rawValue).sorted())
    }

    @Test("Every statement is valid on the migrated schema")
    func statementsPrepare() async throws {
        let pool = try #require(TestDatabase.current).pool
        try await pool.withConnection { connection in
            for statement in Statement.allCases {
                await #expect(throws: Never.self, "\(statement)") {
                    try await connection.execute("PREPARE checked AS \(statement.sql); DEALLOCATE checked")
                }
            }
        }
    }

    @Test("Every table, column, view and function says what it is")
    func everythingIsCommented() async throws {
        let pool = try #require(TestDatabase.current).pool
        let bare = try await pool.query(
            """
            SELECT relname || coalesce('.' || attname, '') AS name
            FROM pg_class
            LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND relkind = 'r'
            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v')
                AND relname NOT LIKE '%migrations'
                AND NOT EXISTS (
                    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
                AND (obj_description(pg_class.oid) IS NULL
                    OR attnum IS NOT NULL AND col_description(pg_class.oid, attnum) IS NULL)
            UNION ALL
            SELECT proname FROM pg_proc
            WHERE pronamespace = current_schema()::regnamespace AND obj_description(oid) IS NULL
                AND NOT EXISTS (
                    SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = oid AND deptype = 'e')
            """)
        #expect(try bare.map { try $0.get("name", as: String.self) } == [])
    }

    @Test("Migrating down and up again leaves an equal catalogue, and down to nothing leaves nothing")
    func downAndUp() async throws {
        let pool = try #require(TestDatabase.current).pool
        let before = try await catalogue(pool)
        try await pool.withConnection { connection in
            for migration in Schema.migrations.reversed() { try await connection.execute(migration.down) }
        }
        #expect(try await catalogue(pool).filter { !$0.contains("migrations") } == [])
        try await pool.withConnection { connection in
            for migration in Schema.migrations { try await connection.execute(migration.up) }
        }
        #expect(try await catalogue(pool) == before)
        #expect(before.count > 200)
    }

    @Test("Going back before changes of identity leaves animals as they were changed, and screenings' events")
    func downWithContent() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let one = try await store.enroll(fixture.enrolment(of: "One"))
            let two = try await store.enroll(fixture.enrolment(of: "Two"))
            _ = try await fixture.submit()
            try await store.finishScreening(fixture.claim(), .plain(.unknown))
            _ = try await store.merge(
                two.individual.id, into: one.individual.id, reason: "x", by: Reviewer(name: "Sato"),
                idempotency: try fixture.idempotencyKey("m"))
            try await store.pool.withConnection { connection in
                for migration in Schema.migrations.reversed() where migration.number >= 5 {
                    try await connection.execute(migration.down)
                }
                for migration in Schema.migrations where migration.number >= 5 {
                    try await connection.execute(migration.up)
                }
            }
            #expect(try await store.encounters(individual: one.individual.id).items.count == 2)
            #expect(try await store.events(after: 0).map(\.type) == [.screeningCompleted])
            #expect(try await store.individual(named: "Two")?.mergedInto == nil)
        }
    }

    @Test("Going back to boxes leaves the box round an outline; coming again finds it")
    func marksDown() async throws {
        try await Fixture.with { fixture in
            let head = try await fixture.store.enroll(fixture.enrolment(of: "One", mark: Fixture.outlinedHead))
            let submitted = try await fixture.submit(mark: Fixture.outlinedHead)
            try await fixture.store.pool.withConnection { connection in
                for migration in Schema.migrations.reversed() where migration.number >= 11 {
                    try await connection.execute(migration.down)
                }
                for migration in Schema.migrations where migration.number >= 11 {
                    try await connection.execute(migration.up)
                }
            }
            let boxed = RegionMark(.box(try Fixture.outlinedHead.box))
            #expect(try await fixture.store.annotations(of: head.photo.id).map(\.mark) == [boxed])
            let marks = try await fixture.store.screening(submitted.id)?.submission.marks.values
            #expect(marks.map(Array.init) == [boxed])
        }
    }

    private func catalogue(_ pool: PostgresPool) async throws -> [String] {
        let rows = try await pool.query(
            """
            WITH extension_parts AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
            tables AS (
                SELECT * FROM pg_class WHERE relnamespace = current_schema()::regnamespace
                    AND NOT EXISTS (SELECT FROM extension_parts WHERE classid = 'pg_class'::regclass AND objid = oid))
            SELECT concat_ws(' ', 'column', relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
                attstorage, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum)) AS line
            FROM tables JOIN pg_attribute ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
            LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
                AND conrelid NOT IN (SELECT objid FROM extension_parts WHERE classid = 'pg_class'::regclass)
                AND contypid = 0
            UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid))
            FROM pg_index JOIN tables ON tables.oid = indexrelid
            WHERE indrelid NOT IN (SELECT objid FROM extension_parts WHERE classid = 'pg_class'::regclass)
            UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(pg_trigger.oid))
            FROM pg_trigger JOIN tables ON tables.oid = tgrelid WHERE NOT tgisinternal
            UNION ALL SELECT concat_ws(' ', 'function', pg_get_functiondef(oid), obj_description(oid))
            FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
                AND oid NOT IN (SELECT objid FROM extension_parts WHERE classid = 'pg_proc'::regclass)
            UNION ALL SELECT concat_ws(' ', 'relation', relkind, relname, obj_description(oid),
                CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) END)
            FROM tables WHERE oid NOT IN (
                SELECT indexrelid FROM pg_index JOIN extension_parts ON objid = indrelid)
            UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
            """)
        return try rows.map { try $0.get("line", as: String.self) }.sorted()
    }
}
