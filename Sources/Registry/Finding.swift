/// One sentence of evidence: a code that stays, and the values that fill its text in any language.
///
/// Texts stand in ``Texts``; a finding is stored and sent as code and values, and worded where it is read.
public struct Finding: Hashable, Sendable, Codable {
    /// The stable name of the sentence, for instance `quality.glare`.
    public let code: Texts.Code
    /// Values by placeholder name, already rounded for reading.
    public let values: [String: String]

    /// A sentence with its values.
    public init(_ code: Texts.Code, _ values: [String: String] = [:]) {
        self.code = code
        self.values = values
    }

    /// The sentence in a language.
    public func text(in language: Language) -> String {
        Texts.text(code, in: language, values)
    }
}
