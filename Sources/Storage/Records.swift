import Foundation
import Postgres
import Registry

extension Row {
    func get<T: PostgresDecodable>(_ column: String) throws -> T { try get(column, as: T.self) }

    func optional<T: PostgresDecodable>(_ column: String) throws -> T? { try getOptional(column, as: T.self) }

    func identifier<S>(_ column: String, of subject: S.Type = S.self) throws -> Identifier<S> {
        Identifier(try get(column, as: UUID.self))
    }

    func optionalIdentifier<S>(_ column: String, of subject: S.Type = S.self) throws -> Identifier<S>? {
        try getOptional(column, as: UUID.self).map(Identifier.init)
    }

    func named<T: RawRepresentable<String>>(_ column: String, as type: T.Type = T.self) throws -> T {
        let name = try get(column, as: String.self)
        guard let value = T(rawValue: name) else {
            throw StorageError.recordUnreadable(column: column, reason: "“\(name)” is unknown")
        }
        return value
    }

    func optionalNamed<T: RawRepresentable<String>>(_ column: String, as type: T.Type = T.self) throws -> T? {
        try getOptional(column, as: String.self) == nil ? nil : named(column)
    }

    func json<T: Decodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(getJSON(column)))
        } catch let error as DecodingError {
            throw StorageError.recordUnreadable(column: column, reason: "\(error)")
        }
    }

    func optionalJSON<T: Decodable>(_ column: String, as type: T.Type = T.self) throws -> T? {
        try getOptionalJSON(column) == nil ? nil : json(column)
    }

    /// The columns that hold a place.
    func position(
        latitude latitudeColumn: String = "decimal_latitude", longitude longitudeColumn: String = "decimal_longitude",
        uncertainty uncertaintyColumn: String = "coordinate_uncertainty_in_meters"
    ) throws -> Position? {
        guard let latitude: Double = try optional(latitudeColumn),
            let longitude: Double = try optional(longitudeColumn)
        else { return nil }
        do {
            return try Position(
                latitude: latitude, longitude: longitude, uncertaintyMeters: optional(uncertaintyColumn))
        } catch let rejection as Position.Rejection {
            throw StorageError.recordUnreadable(column: latitudeColumn, reason: "\(rejection)")
        }
    }

    /// The column that holds what was drawn on a photograph.
    func mark() throws -> RegionMark? { try optionalJSON("mark", as: StoredMark.self)?.mark }
}

extension Agency {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), name: try row.get("name"), contact: try row.optional("contact"),
            createdAt: try row.get("created_at"))
    }
}

extension APIKey {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"), role: try row.named("role"),
            label: try row.get("label"), createdAt: try row.get("created_at"),
            revokedAt: try row.optional("revoked_at"))
    }
}

extension Individual {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), name: try row.get("name"), species: try row.get("scientific_name"),
            population: try row.optional("population"), mergedInto: try row.optionalIdentifier("merged_into_id"),
            createdAt: try row.get("created_at"))
    }
}

extension Encounter {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"),
            individual: try row.optionalIdentifier("individual_id"), observedAt: try row.optional("event_date"),
            position: try row.position(), locality: try row.optional("locality"),
            observer: try row.optional("recorded_by"), createdAt: try row.get("created_at"))
    }
}

extension Photo {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"), sha256: try row.get("sha256"),
            mediaType: try row.get("media_type"), byteCount: try row.get("byte_count"), width: try row.get("width"),
            height: try row.get("height"), capturedAt: try row.optional("captured_at"), position: try row.position(),
            camera: try row.optional("camera"), createdAt: try row.get("created_at"))
    }
}

extension Annotation {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), photo: try row.identifier("photo_id"), region: try row.named("body_region"),
            mark: try row.mark())
    }
}

extension Decision {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), screening: try row.identifier("screening_id"), kind: try row.named("kind"),
            individual: try row.optionalIdentifier("individual_id"), decidedBy: try row.identifier("api_key_id"),
            note: try row.optional("note"), createdAt: try row.get("created_at"))
    }
}

extension PostgresValue {
    static func id<S>(_ identifier: Identifier<S>) -> PostgresValue { .uuid(identifier.uuid) }

    static func id<S>(_ identifier: Identifier<S>?) -> PostgresValue { identifier.map { .uuid($0.uuid) } ?? .null }

    /// What a page begins after: the identifier, or the least of all.
    static func after<S>(_ identifier: Identifier<S>?) -> PostgresValue {
        .uuid(identifier?.uuid ?? UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
    }

    static func ids<S>(_ identifiers: some Sequence<Identifier<S>>) -> PostgresValue {
        .uuidArray(identifiers.map(\.uuid))
    }

    static func text(_ text: String?) -> PostgresValue { text.map { .text($0) } ?? .null }

    static func date(_ date: Date?) -> PostgresValue { date.map { .timestamp($0) } ?? .null }

    static func number(_ number: Double?) -> PostgresValue { number.map { .double($0) } ?? .null }

    static func count(_ count: Int) -> PostgresValue { .int(Int64(count)) }

    static func json(encoding value: some Encodable) throws -> PostgresValue {
        .json(Array(try JSONEncoder().encode(value)))
    }

    /// Latitude, longitude and uncertainty.
    static func position(_ position: Position?) -> [PostgresValue] {
        [.number(position?.latitude), .number(position?.longitude), .number(position?.uncertaintyMeters)]
    }

    /// What was drawn on a photograph.
    static func mark(_ mark: RegionMark?) throws -> PostgresValue {
        try mark.map { try .json(encoding: StoredMark($0)) } ?? .null
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
