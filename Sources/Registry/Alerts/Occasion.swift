/// On which occasion an animal was photographed.
public enum Occasion: String, CaseIterable, Codable, Sendable {
    /// A survey of its population.
    case survey
    /// Somebody came upon it.
    case find
    /// It was stranded or hurt, and is held until it can go back.
    case rescue
    /// It was confiscated.
    case seizure
}
