extension EventType {
    /// The JSON Schema (2020-12) of the data of its events.
    ///
    /// - Parameter source: The address of the registry without a slash at the end; without one `$id` is relative.
    /// - Returns: The schema.
    public func schema(source: String? = nil) -> JSONValue {
        let content = content
        var properties: [String: JSONValue] = ["eventId": .identifier("The event, the same in every delivery.")]
        var required = ["eventId", "links"]
        var links: [String: JSONValue] = ["self": .link]
        for (record, isAlways) in content.records {
            properties[record.field] = .identifier(nil)
            if isAlways { required.append(record.field) }
            if record.collection != nil { links[record.rawValue] = .link }
        }
        for particular in content.particulars {
            properties[particular.field] = particular.value.schema
            if particular.isAlways { required.append(particular.field) }
            if case .record(.some) = particular.value { links[particular.key] = .link }
        }
        if content.mayHavePlace { properties.merge(Self.place) { $1 } }
        properties["links"] = [
            "type": "object", "required": ["self"], "additionalProperties": false, "properties": .object(links),
            "description": "Where the rest can be read with one's own key, relative to the source.",
        ]
        var schema: [String: JSONValue] = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .text((source ?? "") + schemaPath),
            "title": .text(versionedName), "description": .text(happened(in: .en)), "type": "object",
            "required": .list(required.sorted().map { .text($0) }), "properties": .object(properties),
            "additionalProperties": false,
        ]
        // A latitude alone is no place.
        if content.mayHavePlace {
            let whole: JSONValue = .list(Self.place.keys.sorted().map { .text($0) })
            schema["dependentRequired"] = .object(Self.place.mapValues { _ in whole })
        }
        return .object(schema)
    }

    private static let place: [String: JSONValue] = [
        "decimalLatitude": [
            "type": "number", "minimum": .number(-90), "maximum": .number(90),
            "description": "Middle of the cell in which it happened, WGS 84.",
        ],
        "decimalLongitude": ["type": "number", "minimum": .number(-180), "maximum": .number(180)],
        "coordinatePrecision": [
            "enum": .list(PositionGeneralization.allCases.compactMap(\.degrees).map { .number($0) }),
            "description": "Width and height of the cell in degrees.",
        ],
        "coordinateUncertaintyInMeters": [
            "type": "number", "exclusiveMinimum": .number(0), "description": "Of the rounding alone.",
        ],
        "dataGeneralizations": ["type": "string"],
    ]
}

extension EventParticular.Value {
    fileprivate var schema: JSONValue {
        switch self {
        case .record: .identifier(nil)
        case .oneOf(let words): ["type": "string", "enum": .list(words.map { .text($0) })]
        case .words: ["type": "string", "minLength": .number(1), "maxLength": .number(200)]
        }
    }
}

extension JSONValue {
    fileprivate static let link: JSONValue = ["type": "string", "format": "uri-reference"]

    fileprivate static func identifier(_ description: String?) -> JSONValue {
        var schema: [String: JSONValue] = ["type": "string", "format": "uuid"]
        schema["description"] = description.map { .text($0) }
        return .object(schema)
    }
}
