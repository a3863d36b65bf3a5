public import Foundation
import Hybrids
import Postgres
public import Registry

/// A laboratory's result before the registry keeps it.
public struct SubmittedResult: Hashable, Sendable {
    /// What was looked at.
    public let markers: DNAResult.Markers
    /// The class as the laboratory gave it.
    public let dnaClass: DNAResult.Class
    /// Who found it.
    public let laboratory: String
    /// When the laboratory reported it.
    public let reportedAt: Date
    /// SHA-256 of the report in hexadecimal digits.
    public let documentSHA256: String?
    /// What else is to be known; of a correction, why.
    public let note: String?

    /// A result.
    public init(
        markers: DNAResult.Markers, dnaClass: DNAResult.Class, laboratory: String, reportedAt: Date,
        documentSHA256: String? = nil, note: String? = nil
    ) {
        self.markers = markers
        self.dnaClass = dnaClass
        self.laboratory = laboratory
        self.reportedAt = reportedAt
        self.documentSHA256 = documentSHA256
        self.note = note
    }
}

/// An animal that a classifier may learn from: its nuclear markers tell native from not native.
public struct TestedAnimal: Hashable, Sendable {
    /// The animal; what was merged into it counts as it.
    public let individual: Identifier<Individual>
    /// Its catalogue name.
    public let name: String
    /// The population people count it to.
    public let population: String?
    /// Whether it is *Andrias japonicus*.
    public let isNative: Bool
    /// The latest class that a laboratory gave.
    public let dnaClass: DNAResult.Class
}

extension RegistryStore {
    /// Appends what a laboratory found.
    ///
    /// In the same transaction earlier assessments of the animal are made anew, a contradiction with an earlier result
    /// opens a case, and others are told where the animal proves native or not.
    ///
    /// - Throws: ``DNAError``; ``StorageError/notFound(_:_:)`` for an unknown sample; ``StorageError/ruleBroken(rule:)``.
    @discardableResult
    public func addResult(
        _ result: SubmittedResult, of sample: Identifier<DNASample>, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<DNAResult> {
        try await once(idempotency, .dnaResult, id: \.id) { session, id in
            try await session.lock([session.sample(sample).screening].compactMap(\.self))
            return Added(try await session.enter(result, of: sample, id: id, by: reviewer), .created)
        } find: { session, id in
            try await session.result(id)
        }
    }

    /// Appends a correction that counts instead of a result, which stays; the note says why.
    ///
    /// - Throws: as ``addResult(_:of:by:idempotency:)``; ``DNAError/correctedBefore(_:by:)``,
    ///   ``DNAError/correctionWithoutReason``.
    @discardableResult
    public func correctResult(
        _ corrected: Identifier<DNAResult>, to result: SubmittedResult, by reviewer: Reviewer,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<DNAResult> {
        guard result.note != nil else { throw DNAError.correctionWithoutReason }
        return try await once(idempotency, .dnaResult, id: \.id) { session, id in
            let earlier = try await session.result(corrected)
            try await session.lock([session.sample(earlier.sample).screening].compactMap(\.self))
            let correction = try await session.enter(
                result, of: earlier.sample, replacing: corrected, id: id, by: reviewer)
            return Added(correction, .created)
        } find: { session, id in
            try await session.result(id)
        }
    }

    /// The result with an identifier.
    public func result(_ id: Identifier<DNAResult>) async throws -> DNAResult? {
        try await rows(.dnaResultByID, [.id(id)]).first.map(DNAResult.init)
    }

    /// Results in the order they were entered, corrected ones too.
    ///
    /// - Parameters:
    ///   - after: The last result of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - agency: Of whose samples; `nil` for everybody's.
    ///   - individual: Of which animal, whatever it was merged with; `nil` for all.
    ///   - sample: Of which sample; `nil` for all.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func results(
        after: Identifier<DNAResult>? = nil, limit: Int = 50, agency: Identifier<Agency>? = nil,
        individual: Identifier<Individual>? = nil, sample: Identifier<DNASample>? = nil
    ) async throws -> Page<DNAResult> {
        let limit = Page<DNAResult>.bounded(limit)
        let rows = try await rows(
            .dnaResults, [.after(after), .count(limit + 1), .id(agency), .id(individual), .id(sample)])
        return Page(try rows.map(DNAResult.init), limit: limit, id: \.id)
    }

    /// What an animal's DNA is known to say, whatever it was merged with.
    public func dnaStanding(of individual: Identifier<Individual>) async throws -> DNAStanding {
        DNAStanding(try await rows(.dnaResultsOfIndividual, [.id(individual)]).map(DNAResult.init))
    }

    /// Animals that a classifier may learn from, by identifier; an animal with contradicting results is none.
    public func testedAnimals() async throws -> [TestedAnimal] {
        try await rows(.dnaTestedAnimals).map { row in
            TestedAnimal(
                individual: try row.identifier("individual_id"), name: try row.get("name"),
                population: try row.optional("population"), isNative: try row.get("is_native"),
                dnaClass: try row.named("class"))
        }
    }
}

extension Session {
    func result(_ id: Identifier<DNAResult>) async throws -> DNAResult {
        guard let row = try await rows(.dnaResultByID, [.id(id)]).first else {
            throw StorageError.notFound(.dnaResult, id.description)
        }
        return try DNAResult(row: row)
    }

    /// Enters a result with what follows from it; the caller holds the lock of its sample's screening and of who is who.
    func enter(
        _ result: SubmittedResult, of sample: Identifier<DNASample>, replacing corrected: Identifier<DNAResult>? = nil,
        id: Identifier<DNAResult> = Identifier(), by reviewer: Reviewer
    ) async throws -> DNAResult {
        let known = try await self.sample(sample)
        guard let subject = known.subject else { throw DNAError.sampleOfNothing }
        try await lock([subject])
        try Self.check(result, of: known)
        let before = try await standings(of: [subject])
        if let corrected, let by = try await self.result(corrected).replacedBy {
            throw DNAError.correctedBefore(corrected, by: by)
        }
        _ = try await rows(
            .dnaResultInsert,
            [
                .id(id), .id(sample), .text(result.markers.rawValue), .text(result.dnaClass.rawValue),
                .text(result.laboratory), .timestamp(result.reportedAt), .text(result.documentSHA256?.lowercased()),
                .text(result.note), .id(corrected), .text(reviewer.name), .id(reviewer.key),
            ])
        try await follow(before, by: reviewer)
        return try await self.result(id)
    }

    private static func check(_ result: SubmittedResult, of sample: DNASample) throws(DNAError) {
        guard result.markers.classes.contains(result.dnaClass) else {
            throw .classBeyondMarkers(result.dnaClass, result.markers)
        }
        // A report names a day, a sample a moment of it.
        guard result.reportedAt > sample.takenAt - 86_400 else {
            throw .resultBeforeSample(sample: sample.label, taken: sample.takenAt.formatted(.iso8601))
        }
        if let document = result.documentSHA256 {
            guard document.count == 64, document.allSatisfy(\.isHexDigit) else { throw .document(document) }
        }
    }
}

extension DNAResult {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), sample: try row.identifier("sample_id"), label: try row.get("label"),
            agency: try row.identifier("agency_id"), individual: try row.optionalIdentifier("individual_id"),
            individualName: try row.optional("individual_name"), markers: try row.named("markers"),
            dnaClass: try row.named("class"), laboratory: try row.get("laboratory"),
            reportedAt: try row.get("reported_at"), documentSHA256: try row.optional("document_sha256"),
            note: try row.optional("note"), replaces: try row.optionalIdentifier("replaces"),
            replacedBy: try row.optionalIdentifier("replaced_by"),
            recordedBy: Reviewer(name: try row.get("recorded_by"), key: try row.optionalIdentifier("api_key_id")),
            createdAt: try row.get("created_at"))
    }
}
