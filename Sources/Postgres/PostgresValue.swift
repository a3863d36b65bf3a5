public import Foundation

/// A parameter of a statement, sent in binary form with its type.
public enum PostgresValue: Hashable, Sendable {
    /// No value, of whatever type the statement wants.
    case null
    /// `boolean`.
    case bool(Bool)
    /// `bigint`.
    case int(Int64)
    /// `integer`.
    case int32(Int32)
    /// `double precision`.
    case double(Double)
    /// `text`.
    case text(String)
    /// `bytea`.
    case bytes([UInt8])
    /// `uuid`.
    case uuid(UUID)
    /// `timestamptz`, to the microsecond.
    case timestamp(Date)
    /// `jsonb`, as UTF-8.
    case json([UInt8])
    /// `text[]`.
    case textArray([String])
    /// `uuid[]`.
    case uuidArray([UUID])
    /// `bigint[]`.
    case intArray([Int64])
}

extension PostgresValue {
    /// The type's object identifier (`pg_type.dat`); 0 leaves it to the server.
    var typeIdentifier: UInt32 {
        switch self {
        case .null: 0
        case .bool: 16
        case .bytes: 17
        case .int: 20
        case .int32: 23
        case .text: 25
        case .double: 701
        case .intArray: 1016
        case .textArray: 1009
        case .timestamp: 1184
        case .uuid: 2950
        case .uuidArray: 2951
        case .json: 3802
        }
    }

    /// The binary form, `nil` for a null.
    var binary: [UInt8]? {
        switch self {
        case .null: nil
        case .bool(let value): [value ? 1 : 0]
        case .int(let value): bigEndian(value)
        case .int32(let value): bigEndian(value)
        case .double(let value): bigEndian(value.bitPattern)
        case .text(let value): Array(value.utf8)
        case .bytes(let value): value
        case .uuid(let value): withUnsafeBytes(of: value.uuid, Array.init)
        case .timestamp(let value): microseconds(of: value).map { bigEndian($0) } ?? []
        case .json(let value): [1] + value
        case .textArray(let values): Self.array(values.map { Array($0.utf8) }, element: 25)
        case .uuidArray(let values): Self.array(values.map { withUnsafeBytes(of: $0.uuid, Array.init) }, element: 2950)
        case .intArray(let values): Self.array(values.map(bigEndian), element: 20)
        }
    }

    /// One dimension from index 1, without nulls.
    private static func array(_ elements: [[UInt8]], element type: UInt32) -> [UInt8] {
        let dimensions: UInt32 = elements.isEmpty ? 0 : 1
        var bytes = bigEndian(dimensions) + bigEndian(UInt32(0)) + bigEndian(type)
        guard dimensions == 1 else { return bytes }
        bytes += bigEndian(Int32(elements.count)) + bigEndian(Int32(1))
        for value in elements { bytes += bigEndian(Int32(value.count)) + value }
        return bytes
    }
}

/// Seconds from 1970 to 2000, where Postgres counts from.
let postgresEpoch = 946_684_800.0

/// Microseconds since 2000, the extremes standing for ±infinity; `nil` for not-a-number, which the server refuses.
private func microseconds(of moment: Date) -> Int64? {
    let value = ((moment.timeIntervalSince1970 - postgresEpoch) * 1_000_000).rounded()
    if value.isNaN { return nil }
    if value.isInfinite { return value > 0 ? .max : .min }
    // A finite date never becomes an infinite one.
    return Int64(max(-9.2e18, min(9.2e18, value)))
}

func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian, Array.init)
}
