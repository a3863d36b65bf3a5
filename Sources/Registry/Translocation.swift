public import Foundation

/// A recorded, permitted move of an animal by people, for instance before works at a dam.
public struct Translocation: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<Translocation>
    /// The agency that recorded it.
    public let agency: Identifier<Agency>
    /// The animal.
    public let individual: Identifier<Individual>
    /// When it was moved.
    public let movedAt: Date
    /// Where it was taken.
    public let from: End
    /// Where it was set down.
    public let to: End
    /// The permit's number or name.
    public let permit: String
    /// Who permitted it.
    public let authority: String
    /// Who recorded it, by name.
    public let recordedBy: String
    /// When it was entered.
    public let createdAt: Date

    /// One end of a translocation: coordinates, the code of a water system, words, or several of them.
    public struct End: Hashable, Sendable, Codable {
        /// Coordinates.
        public let position: Position?
        /// Code of the water system.
        public let system: String?
        /// In words.
        public let locality: String?

        /// An end of a translocation.
        public init(position: Position? = nil, system: String? = nil, locality: String? = nil) {
            self.position = position
            self.system = system
            self.locality = locality
        }
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<Translocation>, agency: Identifier<Agency>, individual: Identifier<Individual>, movedAt: Date,
        from: End, to: End, permit: String, authority: String, recordedBy: String, createdAt: Date
    ) {
        self.id = id
        self.agency = agency
        self.individual = individual
        self.movedAt = movedAt
        self.from = from
        self.to = to
        self.permit = permit
        self.authority = authority
        self.recordedBy = recordedBy
        self.createdAt = createdAt
    }
}

/// Recorded high water of a water system, or of one of its rivers.
public struct HighWater: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<HighWater>
    /// The agency that recorded it.
    public let agency: Identifier<Agency>
    /// Code of the water system.
    public let system: String
    /// The river; `nil` for all of the system.
    public let river: String?
    /// Its first moment.
    public let from: Date
    /// Its last moment.
    public let to: Date
    /// Who says so: a gauge, a report.
    public let source: String
    /// When it was entered.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(
        id: Identifier<HighWater>, agency: Identifier<Agency>, system: String, river: String?, from: Date, to: Date,
        source: String, createdAt: Date
    ) {
        self.id = id
        self.agency = agency
        self.system = system
        self.river = river
        self.from = from
        self.to = to
        self.source = source
        self.createdAt = createdAt
    }
}
