import Crypto
import Foundation
import Postgres
public import Registry

/// Who a request comes from.
public struct Authenticated: Hashable, Sendable {
    /// The key it came under.
    public let key: APIKey
    /// The agency that answers for it.
    public let agency: Agency

    /// A key with its agency.
    public init(key: APIKey, agency: Agency) {
        self.key = key
        self.agency = agency
    }
}

extension RegistryStore {
    /// Enters an agency.
    ///
    /// - Throws: ``StorageError/agencyNameTaken(_:)``; ``StorageError/ruleBroken(rule:)`` for a blank name.
    public func createAgency(name: String, contact: String? = nil) async throws -> Agency {
        do {
            return try await row(
                .agencyInsert, [.id(Identifier<Agency>()), .text(name), .text(contact)], read: Agency.init)
        } catch let error as PostgresError where error.isUniqueViolation {
            throw StorageError.agencyNameTaken(name)
        }
    }

    /// All agencies by name.
    public func agencies() async throws -> [Agency] {
        try await rows(.agencies).map(Agency.init)
    }

    /// The agency of exactly this name.
    public func agency(named name: String) async throws -> Agency? {
        try await rows(.agencyByName, [.text(name)]).first.map(Agency.init)
    }

    /// The agency with an identifier.
    public func agency(_ id: Identifier<Agency>) async throws -> Agency? {
        try await rows(.agencyByID, [.id(id)]).first.map(Agency.init)
    }

    /// Makes an API key.
    ///
    /// - Parameters:
    ///   - agency: Who answers for it.
    ///   - role: What it may do.
    ///   - label: What it is used for.
    /// - Returns: The record, and the secret, which cannot be had again: only its SHA-256 is kept.
    /// - Throws: ``StorageError/notFound(_:_:)`` for an unknown agency.
    public func createKey(
        agency: Identifier<Agency>, role: Role, label: String
    ) async throws -> (key: APIKey, secret: String) {
        let secret = Self.newSecret()
        let key = try await row(
            .apiKeyInsert,
            [
                .id(Identifier<APIKey>()), .id(agency), .text(role.rawValue), .text(label),
                .bytes(Self.hash(secret)),
            ], read: APIKey.init)
        return (key, secret)
    }

    /// Takes a key out of use; a key revoked before stays as it is.
    ///
    /// - Returns: The record as it stands.
    /// - Throws: ``StorageError/notFound(_:_:)`` for an unknown key.
    @discardableResult
    public func revokeKey(_ id: Identifier<APIKey>) async throws -> APIKey {
        guard let row = try await rows(.apiKeyRevoke, [.id(id)]).first else {
            throw StorageError.notFound(.apiKey, id.description)
        }
        return try APIKey(row: row)
    }

    /// The keys of one agency, or of all, oldest first, revoked ones included.
    public func keys(of agency: Identifier<Agency>? = nil) async throws -> [APIKey] {
        try await rows(.apiKeys, [.id(agency)]).map(APIKey.init)
    }

    /// Whose secret this is; `nil` where it is unknown or revoked.
    ///
    /// The secret is looked up by its hash, so the time taken tells nothing about secrets that exist.
    public func authenticate(secret: String) async throws -> Authenticated? {
        try await rows(.apiKeyByHash, [.bytes(Self.hash(secret))]).first.map(Authenticated.init)
    }

    /// `andrias_` and 32 random bytes in base64url without padding.
    private static func newSecret() -> String {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: random.next(), Array.init) }
        return "andrias_"
            + Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func hash(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }
}

extension Authenticated {
    /// A key with the agency in whose name it acts.
    init(row: Row) throws {
        self.init(
            key: try APIKey(row: row),
            agency: Agency(
                id: try row.identifier("agency_id"), name: try row.get("agency_name"),
                contact: try row.optional("agency_contact"), createdAt: try row.get("agency_created_at")))
    }
}
