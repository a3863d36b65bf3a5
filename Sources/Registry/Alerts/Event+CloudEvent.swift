import Foundation

/// Why an event cannot be told.
public enum EventError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Its payload is no JSON object of texts.
    case payloadUnreadable(Identifier<Event>)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .payloadUnreadable(let event):
            "The payload of event \(event) is no JSON object of texts: it was changed from outside."
        }
    }
}

extension EventType {
    /// The name under which receivers know it: the type and the version of its data, for instance
    /// `animal.relocated.v1`; a change that a receiver could stumble over gets another version.
    public var versionedName: String { rawValue + ".v1" }

    /// The type of a versioned name; `nil` where there is none, or not in that version.
    public init?(versionedName: some StringProtocol) {
        guard let type = Self.allCases.first(where: { $0.versionedName == versionedName }) else { return nil }
        self = type
    }

    /// Where its schema can be read, relative to the registry.
    public var schemaPath: String { "/v1/event-types/\(versionedName)" }
}

extension Event {
    /// What events name as their source: the address of the registry, or a URN where it has none.
    public static func source(of site: String?) -> String { site ?? "urn:andrias:registry" }

    /// The media type of ``cloudEvent(source:)``.
    public static let cloudEventMediaType = "application/cloudevents+json"

    /// The event as others are told: CloudEvents 1.0 in the structured JSON mode, UTF-8, names in order, the same bytes
    /// every time.
    ///
    /// The data is thin: identifiers, the particulars of the type, the generalised place, and links, relative to the
    /// source, at which a receiver reads the rest with its own key. Extension attributes are `urgency`, `sequence` (the
    /// position with leading zeros, so that it sorts as text) and `partitionkey` (the animal, else the screening or
    /// endpoint, whose events belong together).
    ///
    /// - Parameter source: The address of the registry without a slash at the end, or a URN; `dataschema` is written for
    ///   an address alone, for it has to be absolute.
    /// - Returns: The JSON.
    /// - Throws: ``EventError/payloadUnreadable(_:)``.
    public func cloudEvent(source: String) throws -> [UInt8] {
        var attributes: [String: JSONValue] = [
            "specversion": "1.0", "id": .text(id.description), "source": .text(source),
            "type": .text(type.versionedName), "time": .text(createdAt.formatted(Self.moment)),
            "datacontenttype": "application/json", "urgency": .text(urgency.rawValue), "sequence": .text(sequence),
            "data": .object(try data),
        ]
        attributes["subject"] = try subject.map { .text($0) }
        attributes["partitionkey"] = partitionKey.map { .text($0) }
        if Self.isAddress(source) { attributes["dataschema"] = .text(source + type.schemaPath) }
        return try JSONValue.object(attributes).bytes
    }

    /// Position with leading zeros: 19 digits hold every one.
    private var sequence: String {
        let digits = String(position)
        return String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    }

    private var partitionKey: String? {
        individual?.description ?? screening?.description ?? endpoint?.description
    }

    /// What it is about, as a path relative to `/v1/`.
    private var subject: String? {
        get throws {
            for record in [EventRecord.screening, .individual, .endpoint] {
                if let id = identifier(of: record), let collection = record.collection { return "\(collection)/\(id)" }
            }
            let particulars = try particulars
            return type.content.particulars.lazy.compactMap { particular in
                guard case .record(let collection?) = particular.value else { return nil }
                return particulars[particular.key].map { "\(collection)/\($0)" }
            }.first
        }
    }

    private var data: [String: JSONValue] {
        get throws {
            let particulars = try particulars
            var data: [String: JSONValue] = ["eventId": .text(id.description)]
            var links: [String: JSONValue] = ["self": .text("/v1/events/\(id)")]
            for record in EventRecord.allCases {
                guard let id = identifier(of: record) else { continue }
                data[record.field] = .text(id)
                if let collection = record.collection { links[record.rawValue] = .text("/v1/\(collection)/\(id)") }
            }
            for particular in type.content.particulars {
                guard let value = particulars[particular.key] else { continue }
                data[particular.field] = .text(value)
                if case .record(let collection?) = particular.value {
                    links[particular.key] = .text("/v1/\(collection)/\(value)")
                }
            }
            if let place { data.merge(place.fields) { $1 } }
            data["links"] = .object(links)
            return data
        }
    }

    func identifier(of record: EventRecord) -> String? {
        switch record {
        case .agency: agency?.description
        case .screening: screening?.description
        case .individual: individual?.description
        case .endpoint: endpoint?.description
        }
    }

    /// What the payload holds.
    var particulars: [String: String] {
        get throws(EventError) {
            do {
                return try JSONDecoder().decode([String: String].self, from: Data(payload))
            } catch {
                throw .payloadUnreadable(id)
            }
        }
    }

    /// RFC 3339 in UTC with milliseconds.
    private static let moment = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Whether links can stand on it.
    static func isAddress(_ source: String) -> Bool { source.hasPrefix("https://") || source.hasPrefix("http://") }
}

extension GeneralizedPlace {
    /// Radius in metres within which the place lies, of the rounding alone (Chapman 2020); `nil` for a precision that is
    /// none of the classes.
    public var uncertaintyMeters: Double? {
        PositionGeneralization.allCases.first { $0.degrees == precision }?.uncertaintyMeters
    }

    /// The place in the terms of Darwin Core.
    var fields: [String: JSONValue] {
        var fields: [String: JSONValue] = [
            "decimalLatitude": .number(latitude), "decimalLongitude": .number(longitude),
            "coordinatePrecision": .number(precision),
            "dataGeneralizations": .text("Coordinates rounded to \(precision) degrees."),
        ]
        fields["coordinateUncertaintyInMeters"] = uncertaintyMeters.map { .number($0) }
        return fields
    }
}
