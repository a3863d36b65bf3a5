/// How coarse a position is shown to those who may not see where an animal lives.
///
/// The classes of Chapman 2020, "Current Best Practices for Generalizing Sensitive Species Occurrence Data".
public enum PositionGeneralization: String, CaseIterable, Codable, Sendable {
    /// Not at all.
    case withheld
    /// Rounded to 0.1°.
    case tenth = "0.1"
    /// Rounded to 0.01°.
    case hundredth = "0.01"
    /// Rounded to 0.001°.
    case thousandth = "0.001"

    /// What counts for an agency that has set nothing.
    public static let standard = PositionGeneralization.tenth

    /// Degrees to which coordinates are rounded (`coordinatePrecision`); `nil` where they are withheld.
    public var degrees: Double? {
        switch self {
        case .withheld: nil
        case .tenth: 0.1
        case .hundredth: 0.01
        case .thousandth: 0.001
        }
    }

    /// Metres that rounding adds to the uncertainty of a position; `nil` where it is withheld.
    public var uncertaintyMeters: Double? { cells?.meters }

    /// Cells in a degree, and metres of half of a cell's diagonal at the equator, as Chapman gives them.
    fileprivate var cells: (inDegree: Double, meters: Double)? {
        switch self {
        case .withheld: nil
        case .tenth: (10, 15_691)
        case .hundredth: (100, 1_570)
        case .thousandth: (1_000, 157)
        }
    }
}

extension Position {
    /// The position rounded to a class, its uncertainty grown by that of the class; `nil` where it is withheld.
    public func generalized(to generalization: PositionGeneralization) -> Position? {
        guard let cells = generalization.cells else { return nil }
        let round = { (degrees: Double) in (degrees * cells.inDegree).rounded() / cells.inDegree }
        // Rounded to 0° N 0° E it would be no place any more.
        return try? Position(
            latitude: round(latitude), longitude: round(longitude),
            uncertaintyMeters: (uncertaintyMeters ?? 0) + cells.meters)
    }
}
