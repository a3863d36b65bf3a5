import Postgres
public import Registry

extension RegistryStore {
    /// How sure an agency wants an answer to be; the standard where it has set nothing.
    public func policy(of agency: Identifier<Agency>) async throws -> DecisionPolicy {
        try await rows(.policyOfAgency, [.id(agency)]).first.map(DecisionPolicy.init) ?? .standard
    }

    /// Sets how sure an agency wants an answer to be, from this moment on.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)`` for an unknown agency.
    public func setPolicy(_ policy: DecisionPolicy, of agency: Identifier<Agency>, by name: String) async throws {
        _ = try await rows(
            .policyInsert,
            [
                .id(agency), .double(policy.falsePositiveIdentificationRate), .double(policy.costWrongName),
                .double(policy.costMissedAnimal), .double(policy.costReview), .text(name),
            ])
    }
}

extension DecisionPolicy {
    fileprivate init(row: Row) throws {
        do {
            try self.init(
                falsePositiveIdentificationRate: row.get("false_positive_identification_rate"),
                costWrongName: row.get("cost_wrong_name"), costMissedAnimal: row.get("cost_missed_animal"),
                costReview: row.get("cost_review"))
        } catch let rejection as Rejection {
            throw StorageError.recordUnreadable(column: "agency_policies", reason: "\(rejection)")
        }
    }
}
