import CLibPQ
import Foundation

/// libpq's result.
// Sendable: immutable once made.
final class QueryResult: @unchecked Sendable {
    private let result: OpaquePointer?

    init(_ result: OpaquePointer?) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    var isSuccess: Bool {
        let status = PQresultStatus(result)
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY
    }

    var isEmpty: Bool { PQntuples(result) == 0 }

    func rows(sharing columns: inout Row.Columns?) -> [Row] {
        let shared = columns ?? readColumns()
        columns = shared
        return (0..<PQntuples(result)).map { row in
            Row(
                columns: shared,
                values: shared.types.indices.map { column in
                    let column = Int32(column)
                    guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else {
                        return nil
                    }
                    let count = Int(PQgetlength(result, row, column))
                    return Array(UnsafeRawBufferPointer(start: value, count: count))
                })
        }
    }

    func error(connectionBroken: Bool, message: String) -> PostgresError {
        let state = field(UInt8(ascii: "C")).map(SQLState.init)
        // The primary message only: details quote values.
        let text = field(UInt8(ascii: "M")) ?? message
        if connectionBroken { return PostgresError(.connection, text, sqlState: state) }
        if state == .queryCanceled { return PostgresError(.cancelled, text, sqlState: state) }
        return PostgresError(.server, text, sqlState: state, constraint: field(UInt8(ascii: "n")))
    }

    private func readColumns() -> Row.Columns {
        let count = PQnfields(result)
        return Row.Columns(
            names: (0..<count).map { PQfname(result, $0).map { String(cString: $0) } ?? "" },
            types: (0..<count).map { PQftype(result, $0) })
    }

    private func field(_ code: UInt8) -> String? {
        PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
    }
}
