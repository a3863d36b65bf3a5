import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Cases in the order they were opened.
    ///
    /// - Parameters:
    ///   - after: The last case of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - agency: Of whose screenings; `nil` for everybody's.
    ///   - state: How far they are; `nil` for any.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func cases(
        after: Identifier<RegistryCase>? = nil, limit: Int = 50, agency: Identifier<Agency>? = nil,
        state: RegistryCase.State? = nil
    ) async throws -> Page<RegistryCase> {
        let limit = Page<RegistryCase>.bounded(limit)
        let rows = try await rows(.cases, [.after(after), .count(limit + 1), .id(agency), .text(state?.rawValue)])
        return Page(try rows.map(RegistryCase.init), limit: limit, id: \.id)
    }

    /// The case with an identifier.
    public func registryCase(_ id: Identifier<RegistryCase>) async throws -> RegistryCase? {
        try await rows(.caseByID, [.id(id)]).first.map(RegistryCase.init)
    }

    /// Appends what a person found out about a case; it moves nothing by itself.
    ///
    /// - Parameters:
    ///   - id: The case.
    ///   - finding: What it was.
    ///   - individual: Which animal it was.
    ///   - note: Why.
    ///   - reviewer: Who says so.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The resolution: new, or the one that the same request led to before.
    /// - Throws: ``StorageError/notFound(_:_:)``; ``StorageError/ruleBroken(rule:)``, also for a finding that no case of
    ///   this kind can have.
    @discardableResult
    public func resolveCase(
        _ id: Identifier<RegistryCase>, _ finding: RegistryCase.Resolution.Finding,
        individual: Identifier<Individual>? = nil, note: String? = nil, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<RegistryCase.Resolution> {
        try await once(idempotency, .caseResolution, id: \.id) { session, resolution in
            guard let resolved = try await session.rows(.caseByID, [.id(id)]).first.map(RegistryCase.init) else {
                throw StorageError.notFound(.registryCase, id.description)
            }
            guard finding.fits(resolved.evidence.kind) else {
                throw StorageError.ruleBroken(rule: "case_resolutions_finding_of_its_kind")
            }
            let parameters: [PostgresValue] = [
                .id(resolution), .id(id), .text(finding.rawValue), .id(individual), .text(note), .text(reviewer.name),
                .id(reviewer.key),
            ]
            guard let row = try await session.rows(.caseResolutionInsert, parameters).first else {
                throw StorageError.notFound(.registryCase, id.description)
            }
            return Added(try RegistryCase.Resolution(row: row), .created)
        } find: { session, id in
            try await session.rows(.caseResolutionByID, [.id(id)]).first.map(RegistryCase.Resolution.init)
        }
    }

    /// What people found out about a case, oldest first.
    public func resolutions(of id: Identifier<RegistryCase>) async throws -> [RegistryCase.Resolution] {
        try await rows(.caseResolutionsOfCase, [.id(id)]).map(RegistryCase.Resolution.init)
    }
}

extension Session {
    /// Opens a case where a verdict contradicts itself.
    func openCase(of screening: Screening, _ verdict: Verdict) async throws -> Identifier<RegistryCase>? {
        guard let conflict = RegistryCase.TagConflict(screening, verdict) else { return nil }
        return try await openCase(
            .tagConflict, agency: screening.agency, screening: screening.id, evidence: .json(encoding: conflict))
    }

    /// Opens a case.
    func openCase(
        _ kind: RegistryCase.Kind, agency: Identifier<Agency>, screening: Identifier<Screening>?,
        individual: Identifier<Individual>? = nil, evidence: PostgresValue
    ) async throws -> Identifier<RegistryCase> {
        let id = Identifier<RegistryCase>()
        _ = try await rows(
            .caseInsert,
            [.id(id), .text(kind.rawValue), .id(agency), .id(screening), .id(individual), evidence])
        return id
    }

    /// Tells others what tags say of a screening; at the end of its transaction.
    func appendTagEvents(
        of screening: Screening, _ verdict: Verdict, opened: Identifier<RegistryCase>?
    ) async throws {
        if let opened, let conflict = verdict.tags?.conflict {
            try await append(
                .tagConflict, screening: screening, ["case": opened.description, "conflict": conflict.rawValue])
            try await append(
                .caseOpened, screening: screening,
                ["case": opened.description, "kind": RegistryCase.Kind.tagConflict.rawValue])
        }
        if verdict.tags?.agreement == .tagLost, let individual = verdict.outcome.individual {
            try await append(.tagLost, screening: screening, individual: individual)
        }
    }
}

extension RegistryCase {
    fileprivate init(row: Row) throws {
        let evidence: Evidence =
            switch try row.named("kind", as: Kind.self) {
            case .tagConflict: .tagConflict(try row.json("evidence"))
            case .hybridReview: .hybridReview(try row.json("evidence"))
            case .dnaDisagreement: .dnaDisagreement(try row.json("evidence"))
            }
        let finding: String? = try row.optional("latest_finding")
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"),
            screening: try row.optionalIdentifier("screening_id"),
            individual: try row.optionalIdentifier("individual_id"), evidence: evidence,
            state: try row.named("state"),
            finding: try finding.map { _ in try row.named("latest_finding") }, openedAt: try row.get("opened_at"))
    }
}

extension RegistryCase.Resolution {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), case: try row.identifier("case_id"), finding: try row.named("finding"),
            individual: try row.optionalIdentifier("individual_id"), note: try row.optional("note"),
            decidedBy: try Reviewer(row: row), decidedAt: try row.get("decided_at"))
    }
}
