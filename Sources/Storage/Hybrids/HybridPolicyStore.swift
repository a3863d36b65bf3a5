import Postgres
public import Registry

extension RegistryStore {
    /// What mistakes about hybrids cost an agency; the standard where it has set nothing.
    public func hybridPolicy(of agency: Identifier<Agency>) async throws -> HybridPolicy {
        try await rows(.hybridPolicyOfAgency, [.id(agency)]).first.map(HybridPolicy.init) ?? .standard
    }

    /// Sets what mistakes about hybrids cost an agency, from this moment on.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)`` for an unknown agency.
    public func setHybridPolicy(
        _ policy: HybridPolicy, of agency: Identifier<Agency>, by person: String
    ) async throws {
        _ = try await rows(
            .hybridPolicyInsert,
            [
                .id(agency), .double(policy.costMissedHybrid), .double(policy.costWrongSuspicion),
                .double(policy.costReview), .text(person),
            ])
    }

    /// The hybrid parameters that count, by name.
    public func hybridParameterRows() async throws -> [HybridParameter] {
        try await rows(.hybridParameters).map(HybridParameter.init)
    }

    /// The hybrid parameters that count.
    ///
    /// - Throws: ``StorageError/recordUnreadable(column:reason:)`` where one is missing or out of its range.
    public func hybridParameters() async throws -> HybridParameters {
        let rows = try await hybridParameterRows()
        do {
            return try HybridParameters(Dictionary(rows.map { ($0.name, $0.value) }) { first, _ in first })
        } catch {
            throw StorageError.recordUnreadable(column: "hybrid_parameters", reason: "\(error)")
        }
    }

    /// Sets a hybrid parameter from this moment on.
    ///
    /// - Throws: `HybridParameters.Rejection` for a value out of its range; ``StorageError/ruleBroken(rule:)`` for a
    ///   blank source.
    @discardableResult
    public func setHybridParameter(
        _ name: HybridParameters.Name, to value: Double, source: String, by person: String
    ) async throws -> HybridParameter {
        guard name.range.contains(value) else { throw HybridParameters.Rejection.outOfRange(name, value) }
        return try await row(
            .hybridParameterInsert, [.text(name.rawValue), .double(value), .text(source), .text(person)],
            read: HybridParameter.init)
    }
}

extension HybridPolicy {
    fileprivate init(row: Row) throws {
        do {
            try self.init(
                costMissedHybrid: row.get("cost_missed_hybrid"), costWrongSuspicion: row.get("cost_wrong_suspicion"),
                costReview: row.get("cost_review"))
        } catch let rejection as Rejection {
            throw StorageError.recordUnreadable(column: "hybrid_policies", reason: "\(rejection)")
        }
    }
}

extension HybridParameter {
    fileprivate init(row: Row) throws {
        self.init(
            name: try row.named("name"), value: try row.get("value"), unit: try row.get("unit"),
            source: try row.get("source"), setBy: try row.get("set_by"), validSince: try row.get("valid_since"))
    }
}
