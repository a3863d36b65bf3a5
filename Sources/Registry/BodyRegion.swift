/// The part of an animal that a photograph shows; only photographs of the same region are compared.
public enum BodyRegion: String, CaseIterable, Codable, Sendable {
    /// The head seen from above.
    case head
    /// The back and flanks between the limbs.
    case trunk
    /// The underside.
    case belly
    /// The tail from the side.
    case tail
}
