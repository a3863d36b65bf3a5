/// Who decided something about animals: a person by name, and the key under which it came, if any.
public struct Reviewer: Hashable, Sendable, Codable {
    /// The name under which the decision is kept, 1 … 500 characters.
    public let name: String
    /// The key; `nil` from the command line.
    public let key: Identifier<APIKey>?

    /// A reviewer.
    public init(name: String, key: Identifier<APIKey>? = nil) {
        self.name = name
        self.key = key
    }

    /// The holder of a key, named by agency and label.
    public init(_ key: APIKey, of agency: Agency) {
        self.init(name: "\(agency.name): \(key.label)", key: key.id)
    }
}
