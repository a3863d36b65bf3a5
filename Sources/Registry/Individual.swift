public import Foundation

/// One known animal (Darwin Core `Organism`).
public struct Individual: Hashable, Sendable, Codable {
    /// Identifier; a tag code is never one.
    public let id: Identifier<Individual>
    /// The catalogue name people use, unique in the registry (`organismID` as printed on lists).
    public let name: String
    /// `scientificName`.
    public let species: String
    /// The population people count it to, for instance a river.
    public let population: String?
    /// The animal it was merged into; then it has no encounters of its own.
    public let mergedInto: Identifier<Individual>?
    /// When it was entered.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(
        id: Identifier<Individual>, name: String, species: String, population: String? = nil,
        mergedInto: Identifier<Individual>? = nil, createdAt: Date
    ) {
        self.id = id
        self.name = name
        self.species = species
        self.population = population
        self.mergedInto = mergedInto
        self.createdAt = createdAt
    }
}

/// One meeting with an animal at a place and time (Darwin Core `Occurrence`).
public struct Encounter: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<Encounter>
    /// The agency that recorded it.
    public let agency: Identifier<Agency>
    /// The animal, where people have settled which.
    public let individual: Identifier<Individual>?
    /// `eventDate`: when the animal was met.
    public let observedAt: Date?
    /// Where, as coordinates.
    public let position: Position?
    /// `locality`: where, in words.
    public let locality: String?
    /// `recordedBy`.
    public let observer: String?
    /// When it was entered.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(
        id: Identifier<Encounter>, agency: Identifier<Agency>, individual: Identifier<Individual>?,
        observedAt: Date?, position: Position?, locality: String?, observer: String?, createdAt: Date
    ) {
        self.id = id
        self.agency = agency
        self.individual = individual
        self.observedAt = observedAt
        self.position = position
        self.locality = locality
        self.observer = observer
        self.createdAt = createdAt
    }
}
