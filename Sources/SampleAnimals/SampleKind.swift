/// What a drawn animal stands for; no drawing is data about real animals.
public enum SampleKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Stands for *Andrias japonicus*.
    case native
    /// Stands for *Andrias davidianus*.
    case davidianus
    /// Stands for a cross of both.
    case hybrid

    /// Whether a laboratory would call it native.
    public var isNative: Bool { self == .native }
}
