/// How a source names its fields.
public enum RiverProfile: String, CaseIterable, Sendable, Codable {
    /// This program's own: see ``RiverReading``.
    case plain
    /// National Land Numerical Information W05, streams and nodes.
    case w05
    /// HydroRIVERS.
    case hydrorivers
    /// OpenStreetMap waterways.
    case osm
}
