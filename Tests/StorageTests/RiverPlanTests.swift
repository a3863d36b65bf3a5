import Postgres
import Provenance
import SQL
import Storage
import TestSupport
import Testing

@Suite("Plans of river queries", .database)
struct RiverPlanTests {
    @Test("Places and ways are found by indices, at a cost that does not grow with the network")
    func plans() async throws {
        let store = try #require(TestDatabase.current).store
        let material = RandomRivers(segments: 4000).material()
        try await store.loadRivers(
            RiverNetwork.built(from: material, source: "random").network, source: "random", profile: .plain, by: "test")
        try await store.pool.withConnection { connection in
            try await connection.execute("ANALYZE")
            let ids = try await connection.query("SELECT min(id) AS low, max(id) AS high FROM river_segments")
            let (low, high): (Int64, Int64) = (try #require(ids.first).get("low"), try #require(ids.first).get("high"))
            let questions: [(name: String, types: String, values: String, most: Double)] = [
                (
                    "riverSegmentsWithin", "double precision, double precision, double precision, double precision",
                    "130.2, 26.2, 130.21, 26.21", 200
                ),
                ("riverChain", "bigint[]", "'{\(low),\(high)}'", 5000),
                ("riverStretches", "bigint[], bigint[], bigint[]", "'{\(low)}', '{0}', '{50}'", 5000),
                ("weirsOfSegments", "bigint[]", "'{\(low),\(high)}'", 100),
                ("riversNamed", "text", "'架空0-1'", 100),
                ("riverPoint", "bigint, double precision", "\(low - 1), 1000", 100),
            ]
            for question in questions {
                let sql = try #require(Schema.query(named: question.name))
                try await connection.execute("PREPARE asked (\(question.types)) AS \(sql)")
                let plan = try await connection.query("EXPLAIN EXECUTE asked (\(question.values))")
                    .map { try $0.get("QUERY PLAN", as: String.self) }
                try await connection.execute("DEALLOCATE asked")
                let text = plan.joined(separator: "\n")
                #expect(!text.contains("Seq Scan on river_segments"), "\(question.name):\n\(text)")
                let total = try #require(text.firstMatch(of: /cost=[0-9.]+\.\.([0-9.]+)/)).1
                #expect(try #require(Double(total)) < question.most, "\(question.name):\n\(text)")
            }
        }
    }
}
