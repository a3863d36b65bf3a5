public import Foundation
import Postgres
public import Registry

/// A template of a photograph whose animal people have settled.
public struct HistoryEntry: Hashable, Sendable {
    /// The template.
    public let template: Identifier<StoredTemplate>
    /// What the photograph was said to show.
    public let annotation: Identifier<Annotation>
    /// The photograph.
    public let photo: Identifier<Photo>
    /// Hexadecimal SHA-256 of its file.
    public let sha256: String
    /// Where the animal is on the upright photograph, where somebody drew it.
    public let mark: RegionMark?
    /// The encounter.
    public let encounter: Identifier<Encounter>
    /// When the animal was met; `nil` where nobody knows.
    public let eventDate: Date?
    /// The animal, merges and splits considered.
    public let individual: Identifier<Individual>
    /// Its catalogue name.
    public let name: String
    /// The population people count it to.
    public let population: String?
    /// Its scientific name.
    public let species: String
    /// The template, as the extractor wrote it.
    public let bytes: [UInt8]
}

/// Two photographs of which people said whether they show one animal, with the score they had.
public struct ReviewedPair: Hashable, Sendable {
    /// What people decided on.
    public let source: Source
    /// The photograph in question.
    public let photo: Identifier<Photo>
    /// The registry's photograph it was compared with.
    public let reference: Identifier<Photo>
    /// Whether both show one animal.
    public let isSame: Bool
    /// The animal of the reference, merges considered.
    public let individual: Identifier<Individual>
    /// Its catalogue name.
    public let name: String
    /// The population people count it to.
    public let population: String?
    /// The matcher's score of the pair.
    public let score: Double

    /// The kinds of decisions that tell of pairs.
    public enum Source: String, CaseIterable, Codable, Sendable {
        /// A decision on a screening.
        case decision
        /// A review of a proposed duplicate.
        case duplicateReview = "duplicate_review"
    }
}

extension RegistryStore {
    /// Every template of a settled encounter, as of one moment, in the order the templates were made.
    ///
    /// - Parameters:
    ///   - region: The part of the animal.
    ///   - extractor: Name and version of the extractor.
    /// - Returns: All of them; their bytes are most of the memory they take.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func reviewedHistory(region: BodyRegion, extractor: String) async throws -> [HistoryEntry] {
        try await transaction { session in
            try await session.holdSnapshot()
            var entries: [HistoryEntry] = []
            var page: [HistoryEntry]
            repeat {
                page = try await session.historyPage(
                    after: entries.last?.template, limit: 500, region: region, extractor: extractor)
                entries += page
            } while !page.isEmpty
            return entries
        }
    }

    /// Hands the reviewed history over page by page, as of one moment, so that a page at a time is in memory.
    ///
    /// A connection and the moment are held until the last page was taken.
    ///
    /// - Parameters:
    ///   - region: The part of the animal.
    ///   - extractor: Name and version of the extractor.
    ///   - limit: Entries of a page, 1 … 1000.
    ///   - take: Takes a page; pages come in the order the templates were made.
    /// - Throws: As ``reviewedHistory(region:extractor:)``, and what `take` throws.
    public func eachReviewedPage(
        region: BodyRegion, extractor: String, limit: Int = 500,
        _ take: @Sendable @escaping ([HistoryEntry]) async throws -> Void
    ) async throws {
        let limit = Page<HistoryEntry>.bounded(limit)
        try await transaction { session in
            try await session.holdSnapshot()
            var last: Identifier<StoredTemplate>?
            while true {
                let page = try await session.historyPage(
                    after: last, limit: limit, region: region, extractor: extractor)
                if page.isEmpty { return }
                last = page.last?.template
                try await take(page)
            }
        }
    }

    /// Pairs of photographs that people decided on, oldest decision first.
    ///
    /// - Parameters:
    ///   - region: The part of the animal.
    ///   - scorer: Versions of extractor and matcher, a space between; scores of others mean something else.
    /// - Returns: The pairs.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func reviewedPairs(region: BodyRegion, scorer: String) async throws -> [ReviewedPair] {
        try await rows(.reviewedPairs, [.text(region.rawValue), .text(scorer)]).map(ReviewedPair.init)
    }
}

extension Session {
    /// Lets all later statements of the transaction see one moment; before its first query.
    fileprivate func holdSnapshot() async throws {
        do {
            try await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        } catch {
            throw StorageError.translated(error)
        }
    }

    fileprivate func historyPage(
        after: Identifier<StoredTemplate>?, limit: Int, region: BodyRegion, extractor: String
    ) async throws -> [HistoryEntry] {
        try await rows(
            .reviewedHistory, [.after(after), .count(limit), .text(region.rawValue), .text(extractor)]
        ).map(HistoryEntry.init)
    }
}

extension HistoryEntry {
    fileprivate init(row: Row) throws {
        template = try row.identifier("template_id")
        annotation = try row.identifier("annotation_id")
        photo = try row.identifier("photo_id")
        sha256 = try row.get("sha256")
        mark = try row.mark()
        encounter = try row.identifier("encounter_id")
        eventDate = try row.optional("event_date")
        individual = try row.identifier("individual_id")
        name = try row.get("individual_name")
        population = try row.optional("population")
        species = try row.get("scientific_name")
        bytes = try row.get("bytes")
    }
}

extension ReviewedPair {
    fileprivate init(row: Row) throws {
        source = try row.named("source")
        photo = try row.identifier("photo_id")
        reference = try row.identifier("reference_photo_id")
        isSame = try row.get("is_same")
        individual = try row.identifier("individual_id")
        name = try row.get("individual_name")
        population = try row.optional("population")
        score = try row.get("score")
    }
}
