import Foundation

/// A JSON document made of values, for documents whose fields a table decides.
public indirect enum JSONValue: Hashable, Sendable, Encodable {
    /// A text.
    case text(String)
    /// A number.
    case number(Double)
    /// True or false.
    case flag(Bool)
    /// Values in their order.
    case list([JSONValue])
    /// Values by name.
    case object([String: JSONValue])

    /// Writes the value as it is.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    /// UTF-8 with the names in order, so that equal values are equal bytes.
    public var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByBooleanLiteral
{
    /// A text.
    public init(stringLiteral text: String) { self = .text(text) }
    /// Values in their order.
    public init(arrayLiteral values: JSONValue...) { self = .list(values) }
    /// Values by name; of a name given twice the last counts.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members) { $1 })
    }
    /// True or false.
    public init(booleanLiteral flag: Bool) { self = .flag(flag) }
}
