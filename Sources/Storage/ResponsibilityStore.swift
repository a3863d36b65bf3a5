import Postgres
public import Registry

extension RegistryStore {
    /// Says which agency decides on animals of a water system.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)`` for an unknown agency; ``StorageError/ruleBroken(rule:)`` for a blank
    ///   code.
    public func setResponsible(
        _ agency: Identifier<Agency>, forSystem system: String, by person: String
    ) async throws {
        _ = try await rows(.responsibleContactSet, [.text(system), .id(agency), .text(person)])
    }

    /// The agency that decides on animals of a water system; `nil` where none is configured.
    public func responsible(forSystem system: String) async throws -> Agency? {
        try await rows(.responsibleContacts, [.text(system)]).first.map(Agency.init)
    }

    /// The agencies that decide, by the code of the water system.
    public func responsibleAgencies() async throws -> [(system: String, agency: Agency)] {
        try await rows(.responsibleContacts, [.null]).map { (try $0.get("system"), try Agency(row: $0)) }
    }

    /// Sets how coarse an agency's positions are shown to those who may not see exact ones, from this moment on.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)`` for an unknown agency.
    public func setPositionGeneralization(
        _ generalization: PositionGeneralization, of agency: Identifier<Agency>, by person: String
    ) async throws {
        _ = try await rows(.positionPolicyInsert, [.id(agency), .text(generalization.rawValue), .text(person)])
    }

    /// How coarse the positions of agencies that have chosen are shown; `PositionGeneralization.standard` for others.
    public func positionGeneralizations() async throws -> [Identifier<Agency>: PositionGeneralization] {
        let rows = try await rows(.positionPolicies)
        return Dictionary(
            try rows.map { (try $0.identifier("agency_id"), try $0.named("generalization")) }
        ) { first, _ in first }
    }
}
