public import Foundation

/// An organisation that submits photographs and answers for what its keys do.
public struct Agency: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<Agency>
    /// Name, unique in the registry.
    public let name: String
    /// Where people of the agency are reached, as free text.
    public let contact: String?
    /// When it was entered.
    public let createdAt: Date

    /// A record as storage keeps it.
    public init(id: Identifier<Agency>, name: String, contact: String?, createdAt: Date) {
        self.id = id
        self.name = name
        self.contact = contact
        self.createdAt = createdAt
    }
}

/// What the holder of an API key is trusted with; each role is a set of permissions.
public enum Role: String, CaseIterable, Codable, Sendable {
    /// Submits photographs and sees the own agency's screenings.
    case observer
    /// Also reads the whole registry, positions generalised.
    case screener
    /// Also decides on screenings, sees exact positions, and manages the agency's endpoints.
    case reviewer
    /// Reads the whole registry with exact positions, and submits.
    case ranger
    /// Reads the whole registry, positions generalised; enters laboratory results.
    case laboratory
    /// Everything, agencies and keys included.
    case administrator

    /// One thing a request may need.
    public enum Permission: Sendable {
        /// Upload photographs and open screenings.
        case submit
        /// Read records of other agencies.
        case readRegistry
        /// Read exact positions of other agencies' records.
        case exactPositions
        /// Record decisions.
        case decide
        /// Say where the own agency hears of events, and look at how that goes.
        case manageEndpoints
        /// Enter what laboratories found.
        case enterResults
        /// Manage agencies and keys.
        case administer
    }

    /// Whether the role includes a permission.
    public func allows(_ permission: Permission) -> Bool {
        switch self {
        case .observer: permission == .submit
        case .screener: permission == .submit || permission == .readRegistry
        case .laboratory: permission == .readRegistry || permission == .enterResults
        case .ranger: ![.decide, .enterResults, .manageEndpoints, .administer].contains(permission)
        case .reviewer: permission != .administer
        case .administrator: true
        }
    }
}

/// What the registry remembers of an API key: whose it is and what it may do, never the secret.
public struct APIKey: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<APIKey>
    /// The agency that answers for it.
    public let agency: Identifier<Agency>
    /// What it may do.
    public let role: Role
    /// What it is used for, in the agency's words.
    public let label: String
    /// When it was made.
    public let createdAt: Date
    /// Since when it opens nothing any more.
    public let revokedAt: Date?

    /// A record as storage keeps it.
    public init(
        id: Identifier<APIKey>, agency: Identifier<Agency>, role: Role, label: String, createdAt: Date,
        revokedAt: Date?
    ) {
        self.id = id
        self.agency = agency
        self.role = role
        self.label = label
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}
