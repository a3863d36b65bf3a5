import Foundation
import Registry

/// Reads the documents of requests.
enum JSONDecoding {
    /// Reads a document of the API.
    ///
    /// - Throws: `Problem`: `malformed-json` with what is wrong and where, in words that tell nothing of the inside.
    static func document<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let problem as Problem {
            throw problem
        } catch let error as DecodingError {
            throw Problem(.malformedJSON, error.whereAndWhat)
        }
    }
}

extension DecodingError {
    fileprivate var whereAndWhat: [String: String] {
        switch self {
        case .typeMismatch(let type, let context):
            ["where": context.codingPath.pointer, "what": "\(Self.jsonName(of: type)) is needed here"]
        case .valueNotFound(let type, let context):
            ["where": context.codingPath.pointer, "what": "\(Self.jsonName(of: type)) is needed here, not null"]
        case .keyNotFound(let key, let context):
            ["where": (context.codingPath + [key]).pointer, "what": "this is needed"]
        case .dataCorrupted(let context):
            [
                "where": context.codingPath.pointer,
                "what": context.codingPath.isEmpty ? "the body is not JSON in UTF-8" : "the value cannot be read",
            ]
        @unknown default: ["where": "/", "what": "the value cannot be read"]
        }
    }

    private static func jsonName(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Double.Type: "a number"
        case is Int.Type: "a whole number"
        case is Bool.Type: "true or false"
        case is [Any].Type: "an array"
        default: "an object or array"
        }
    }
}

extension [any CodingKey] {
    /// RFC 6901.
    var pointer: String {
        isEmpty
            ? "/"
            : map { key in
                "/"
                    + (key.intValue.map(String.init)
                        ?? key.stringValue.replacing("~", with: "~0").replacing("/", with: "~1"))
            }.joined()
    }
}

/// A key of any name, to find the fields that nobody knows.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int?
    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }
    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}

extension KeyedDecodingContainer {
    /// Reads a field that may be left out; `null` is refused, for it says neither that a value is unknown nor that it is.
    func decodeUnlessAbsent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        contains(key) ? try decode(type, forKey: key) : nil
    }
}

extension Decoder {
    /// Refuses an object with a field outside of the known ones: a misspelt coordinate must not vanish.
    ///
    /// - Throws: `Problem`, or `DecodingError` where it is no object.
    func refuseUnknownFields<Key: CodingKey & CaseIterable>(_ keys: Key.Type) throws {
        let known = Key.allCases.map(\.stringValue)
        let container = try container(keyedBy: AnyKey.self)
        if let unknown = container.allKeys.first(where: { !known.contains($0.stringValue) }) {
            throw Problem.invalid(
                (codingPath + [unknown]).pointer, .unknownField, ["known": known.sorted().joined(separator: ", ")])
        }
    }
}
