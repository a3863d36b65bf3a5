public import Foundation

/// One row of a result: columns by name, in binary form.
public struct Row: Sendable {
    let columns: Columns
    let values: [[UInt8]?]

    /// What every row of a result shares.
    final class Columns: Sendable {
        let indices: [String: Int]
        let types: [UInt32]

        init(names: [String], types: [UInt32]) {
            indices = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            self.types = types
        }
    }

    /// A column's value.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding` where the column is missing, null or of another type.
    public func get<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws(PostgresError) -> T {
        guard let value = try getOptional(column, as: type) else {
            throw PostgresError(.decoding, "Column “\(column)” is null where a value is needed.")
        }
        return value
    }

    /// A column's value, `nil` for a null.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding` where the column is missing or of another type.
    public func getOptional<T: PostgresDecodable>(
        _ column: String, as type: T.Type = T.self
    ) throws(PostgresError) -> T? {
        guard let index = columns.indices[column] else {
            throw PostgresError(.decoding, "The result has no column “\(column)”.")
        }
        guard let bytes = values[index] else { return nil }
        guard let value = T(postgresBinary: bytes, type: columns.types[index]) else {
            throw PostgresError(
                .decoding, "Column “\(column)” (type \(columns.types[index])) cannot be read as \(T.self).")
        }
        return value
    }

    /// As ``getJSON(_:)``, `nil` for a null.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding`.
    public func getOptionalJSON(_ column: String) throws(PostgresError) -> [UInt8]? {
        guard let index = columns.indices[column], values[index] == nil else { return try getJSON(column) }
        return nil
    }

    /// A `jsonb` or `json` column's text as UTF-8.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding`.
    public func getJSON(_ column: String) throws(PostgresError) -> [UInt8] {
        guard let index = columns.indices[column], let bytes = values[index] else {
            throw PostgresError(.decoding, "Column “\(column)” is missing or null where a value is needed.")
        }
        switch columns.types[index] {
        case 3802 where bytes.first == 1: return Array(bytes.dropFirst())
        case 114: return bytes
        default: throw PostgresError(.decoding, "Column “\(column)” is not JSON.")
        }
    }
}

/// A type that can be read from a column's binary form.
public protocol PostgresDecodable {
    /// Reads a value, or returns `nil` where the column's type is another.
    init?(postgresBinary bytes: [UInt8], type: UInt32)
}

private func integer<T: FixedWidthInteger>(_ bytes: some Collection<UInt8>, _ type: T.Type = T.self) -> T? {
    guard bytes.count == MemoryLayout<T>.size else { return nil }
    return bytes.reduce(T.zero) { $0 << 8 | T(truncatingIfNeeded: $1) }
}

extension Bool: PostgresDecodable {
    /// Reads `boolean`.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        guard type == 16, bytes.count == 1 else { return nil }
        self = bytes[0] != 0
    }
}

extension Int64: PostgresDecodable {
    /// Reads `smallint`, `integer` and `bigint`.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        let value: Int64? =
            switch type {
            case 20: integer(bytes, Int64.self)
            case 21: integer(bytes, Int16.self).map(Int64.init)
            case 23: integer(bytes, Int32.self).map(Int64.init)
            default: nil
            }
        guard let value else { return nil }
        self = value
    }
}

extension Int32: PostgresDecodable {
    /// Reads `smallint` and `integer`.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        guard type != 20, let value = Int64(postgresBinary: bytes, type: type) else { return nil }
        self = Int32(value)
    }
}

extension Int: PostgresDecodable {
    /// Reads `smallint`, `integer` and `bigint`.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        guard let value = Int64(postgresBinary: bytes, type: type) else { return nil }
        self = Int(value)
    }
}

extension Double: PostgresDecodable {
    /// Reads `real` and `double precision`.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        switch type {
        case 701: self = Double(bitPattern: integer(bytes) ?? 0)
        case 700: self = Double(Float(bitPattern: integer(bytes) ?? 0))
        default: return nil
        }
    }
}

extension String: PostgresDecodable {
    /// Reads `text`, `varchar`, `char`, `name` and enumerations.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        // Types made by the schema, enumerations among them, have identifiers from 16384 on.
        guard [25, 1043, 1042, 18, 19].contains(type) || type >= 16_384 else { return nil }
        self = String(decoding: bytes, as: UTF8.self)
    }
}

extension UUID: PostgresDecodable {
    /// Reads `uuid`.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        guard type == 2950, bytes.count == 16 else { return nil }
        self = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

extension Date: PostgresDecodable {
    /// Reads `timestamptz` and `timestamp`.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        guard type == 1184 || type == 1114, let microseconds = integer(bytes, Int64.self) else { return nil }
        let seconds: Double =
            switch microseconds {
            case .max: .infinity
            case .min: -.infinity
            default: Double(microseconds) / 1_000_000 + postgresEpoch
            }
        self = Date(timeIntervalSince1970: seconds)
    }
}

/// Elements of a one-dimensional array without nulls.
private func elements(_ bytes: [UInt8], of type: UInt32) -> [[UInt8]]? {
    guard bytes.count >= 12, integer(bytes[8..<12], UInt32.self) == type else { return nil }
    guard integer(bytes[0..<4], UInt32.self) == 1 else { return bytes.count == 12 ? [] : nil }
    guard bytes.count >= 20, let count = integer(bytes[12..<16], Int32.self), count >= 0 else {
        return nil
    }
    var offset = 20
    var elements: [[UInt8]] = []
    for _ in 0..<count {
        guard offset + 4 <= bytes.count, let length = integer(bytes[offset..<offset + 4], Int32.self), length >= 0,
            offset + 4 + Int(length) <= bytes.count
        else { return nil }
        elements.append(Array(bytes[offset + 4..<offset + 4 + Int(length)]))
        offset += 4 + Int(length)
    }
    return elements
}

/// A type whose arrays can be read from a column.
public protocol PostgresArrayElement {
    /// Reads an array of the type, or returns `nil` where the column's type is another.
    static func postgresArray(_ bytes: [UInt8], type: UInt32) -> [Self]?
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    /// Reads `text[]`, `uuid[]`, `bigint[]`, and `bytea` as bytes.
    public init?(postgresBinary bytes: [UInt8], type: UInt32) {
        guard let values = Element.postgresArray(bytes, type: type) else { return nil }
        self = values
    }
}

extension UInt8: PostgresArrayElement {
    /// Reads `bytea`.
    public static func postgresArray(_ bytes: [UInt8], type: UInt32) -> [UInt8]? {
        type == 17 ? bytes : nil
    }
}

extension String: PostgresArrayElement {
    /// Reads `text[]`.
    public static func postgresArray(_ bytes: [UInt8], type: UInt32) -> [String]? {
        guard type == 1009 else { return nil }
        return elements(bytes, of: 25)?.map { String(decoding: $0, as: UTF8.self) }
    }
}

extension UUID: PostgresArrayElement {
    /// Reads `uuid[]`.
    public static func postgresArray(_ bytes: [UInt8], type: UInt32) -> [UUID]? {
        guard type == 2951 else { return nil }
        return elements(bytes, of: 2950)?.compactMap { UUID(postgresBinary: $0, type: 2950) }
    }
}

extension Int64: PostgresArrayElement {
    /// Reads `bigint[]`.
    public static func postgresArray(_ bytes: [UInt8], type: UInt32) -> [Int64]? {
        guard type == 1016 else { return nil }
        return elements(bytes, of: 20)?.compactMap { integer($0) }
    }
}
