import Foundation

/// What of a JSON document does not fit a JSON Schema, of the words that the registry's schemas use.
struct SchemaCheck {
    private let schema: [String: Any]
    private static let known: Set<String> = [
        "$schema", "$id", "title", "description", "type", "required", "properties", "additionalProperties", "format",
        "enum", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "dependentRequired",
    ]

    init(_ schema: [String: Any]) { self.schema = schema }

    func violations(in value: Any, at path: String = "") -> [String] {
        var found = Set(schema.keys).subtracting(Self.known).map { "\(path): the check does not know “\($0)”" }
        if let accepted = schema["enum"] as? [NSObject], !accepted.contains(where: { $0 == value as? NSObject }) {
            found.append("\(path): \(value) is none of \(accepted)")
        }
        switch schema["type"] as? String {
        case "object": found += members(of: value, at: path)
        case "string":
            guard let text = value as? String else { return found + ["\(path): no string"] }
            if schema["format"] as? String == "uuid", UUID(uuidString: text) == nil { found.append("\(path): \(text)") }
            if let shortest = schema["minLength"] as? Int, text.count < shortest { found.append("\(path): too short") }
            if let longest = schema["maxLength"] as? Int, text.count > longest { found.append("\(path): too long") }
        case "number":
            guard let number = value as? Double else { return found + ["\(path): no number"] }
            if let least = schema["minimum"] as? Double, number < least { found.append("\(path): \(number)") }
            if let most = schema["maximum"] as? Double, number > most { found.append("\(path): \(number)") }
            if let above = schema["exclusiveMinimum"] as? Double, number <= above { found.append("\(path): \(number)") }
        case nil: break
        case let type?: found.append("\(path): the check does not know the type “\(type)”")
        }
        return found
    }

    private func members(of value: Any, at path: String) -> [String] {
        guard let members = value as? [String: Any] else { return ["\(path): no object"] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        var found = (schema["required"] as? [String] ?? []).filter { members[$0] == nil }.map {
            "\(path)/\($0) is missing"
        }
        for (name, needed) in schema["dependentRequired"] as? [String: [String]] ?? [:] where members[name] != nil {
            found += needed.filter { members[$0] == nil }.map { "\(path)/\($0) is missing beside \(name)" }
        }
        for (name, member) in members {
            guard let property = properties[name] else {
                if schema["additionalProperties"] as? Bool == false { found.append("\(path)/\(name) is not foreseen") }
                continue
            }
            found += SchemaCheck(property).violations(in: member, at: "\(path)/\(name)")
        }
        return found
    }
}
