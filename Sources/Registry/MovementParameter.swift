public import Foundation

/// One movement parameter as it counts for an agency, with where its value comes from.
public struct MovementParameter: Hashable, Sendable, Codable {
    /// Name.
    public let name: MovementParameters.Name
    /// Value.
    public let value: Double
    /// Unit of the value.
    public let unit: String
    /// Where the value comes from; says so where it is an assumption.
    public let source: String
    /// The agency that set it for itself; `nil` where it counts for all.
    public let agency: Identifier<Agency>?
    /// Who set it, by name.
    public let setBy: String
    /// Since when it counts.
    public let validSince: Date

    /// A record as storage keeps it.
    public init(
        name: MovementParameters.Name, value: Double, unit: String, source: String, agency: Identifier<Agency>?,
        setBy: String, validSince: Date
    ) {
        self.name = name
        self.value = value
        self.unit = unit
        self.source = source
        self.agency = agency
        self.setBy = setBy
        self.validSince = validSince
    }
}
