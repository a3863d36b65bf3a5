import Foundation
import Postgres
import Testing

/// What is sent comes back as it was.
struct ValueTests {
    private func echo<T: PostgresDecodable>(_ value: PostgresValue, _ type: String, as: T.Type) async throws -> T {
        let connection = try await SharedCluster.connect()
        let row = try #require(try await connection.query("SELECT $1::\(type) AS value", [value]).first)
        await connection.close()
        return try row.get("value")
    }

    @Test(arguments: ["", "オオサンショウウオ", "a'b\"c\\d\n\t", "🦎\u{0301}", String(repeating: "x", count: 100_000)])
    func text(_ value: String) async throws {
        #expect(try await echo(.text(value), "text", as: String.self) == value)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 1 << 40, .max])
    func integers(_ value: Int64) async throws {
        #expect(try await echo(.int(value), "bigint", as: Int64.self) == value)
        let narrow = Int32(truncatingIfNeeded: value)
        #expect(try await echo(.int32(narrow), "integer", as: Int32.self) == narrow)
    }

    @Test(arguments: [0, -0.0, 1 / 3, .pi * 1e200, .infinity, -.infinity, .leastNonzeroMagnitude])
    func doubles(_ value: Double) async throws {
        #expect(try await echo(.double(value), "float8", as: Double.self).bitPattern == value.bitPattern)
    }

    @Test func moments() async throws {
        for seconds in [-12_219_292_800, -1, -0.000_001, 0, 0.25, 1_700_000_000.123_456, 4_102_444_800] {
            let moment = Date(timeIntervalSince1970: seconds)
            let answer = try await echo(.timestamp(moment), "timestamptz", as: Date.self)
            #expect(abs(answer.timeIntervalSince(moment)) < 1e-6)
        }
        let far = Date(timeIntervalSince1970: .infinity)
        #expect(try await echo(.timestamp(far), "timestamptz", as: Date.self) == far)
        await #expect(throws: PostgresError.self) {
            try await echo(.timestamp(Date(timeIntervalSince1970: .nan)), "timestamptz", as: Date.self)
        }
    }

    @Test func momentsMeanTheSameToTheServer() async throws {
        let connection = try await SharedCluster.connect()
        let row = try #require(
            try await connection.query(
                "SELECT to_char($1::timestamptz, 'YYYY-MM-DD HH24:MI:SS.US') AS text",
                [.timestamp(Date(timeIntervalSince1970: 951_782_400.5))]
            ).first)
        #expect(try row.get("text", as: String.self) == "2000-02-29 00:00:00.500000")
        await connection.close()
    }

    @Test func randomBytesAndArrays() async throws {
        var generator = SystemRandomNumberGenerator()
        for count in [0, 1, 2, 255, 70_000] {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(try await echo(.bytes(bytes), "bytea", as: [UInt8].self) == bytes)
            let numbers = (0..<count % 300).map { _ in Int64.random(in: .min ... .max, using: &generator) }
            #expect(try await echo(.intArray(numbers), "bigint[]", as: [Int64].self) == numbers)
            let texts = numbers.map { "蠑螈,{\"\($0)\"}" } + [""]
            #expect(try await echo(.textArray(texts), "text[]", as: [String].self) == texts)
            let identifiers = numbers.map { _ in UUID() }
            #expect(try await echo(.uuidArray(identifiers), "uuid[]", as: [UUID].self) == identifiers)
        }
    }

    @Test func identifiersTruthsAndDocuments() async throws {
        let identifier = UUID()
        #expect(try await echo(.uuid(identifier), "uuid", as: UUID.self) == identifier)
        #expect(try await echo(.bool(true), "boolean", as: Bool.self))
        #expect(try await echo(.bool(false), "boolean", as: Bool.self) == false)
        let connection = try await SharedCluster.connect()
        let row = try #require(
            try await connection.query("SELECT $1::jsonb AS value", [.json(Array(#"{"a": [1, "é"]}"#.utf8))]).first)
        #expect(String(decoding: try row.getJSON("value"), as: UTF8.self) == #"{"a": [1, "é"]}"#)
        await connection.close()
    }

    @Test func nullsAndWrongTypes() async throws {
        let connection = try await SharedCluster.connect()
        let row = try #require(
            try await connection.query("SELECT $1::text AS nothing, 7::bigint AS seven", [.null]).first)
        #expect(try row.getOptional("nothing", as: String.self) == nil)
        #expect(throws: PostgresError.self) { try row.get("nothing", as: String.self) }
        #expect(throws: PostgresError.self) { try row.get("seven", as: String.self) }
        #expect(throws: PostgresError.self) { try row.get("absent", as: String.self) }
        await connection.close()
    }
}
