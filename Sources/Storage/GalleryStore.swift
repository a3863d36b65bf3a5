import Foundation
import Postgres
import Registry

extension RegistryStore {
    /// What changed in the gallery after a revision.
    ///
    /// Revisions are given out under a row lock that is held to the commit, so they become visible in order and no
    /// late committer is missed. Templates of encounters without an animal are not part of the gallery.
    ///
    /// - Parameters:
    ///   - revision: The last revision applied; 0 asks for the whole gallery.
    ///   - limit: How many changes at most, 1 … 1000, so that no batch outgrows memory.
    /// - Returns: The changes, to be applied together.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func galleryChanges(after revision: Int64, limit: Int = 500) async throws -> GalleryChanges {
        let limit = Page<StoredTemplate>.bounded(limit)
        let rows = try await rows(.galleryChanges, [.int(revision), .count(limit)])
        var entries: [StoredTemplate] = []
        var removed: [Identifier<StoredTemplate>] = []
        for row in rows {
            if let individual = try row.optionalIdentifier("individual_id", of: Individual.self) {
                entries.append(try StoredTemplate(row: row, individual: individual))
            } else {
                removed.append(try row.identifier("template_id"))
            }
        }
        return GalleryChanges(
            revision: try rows.last?.get("revision") ?? revision, entries: entries, removed: removed,
            more: rows.count == limit)
    }
}

extension StoredTemplate {
    fileprivate init(row: Row, individual: Identifier<Individual>) throws {
        id = try row.identifier("template_id")
        self.individual = individual
        name = try row.get("individual_name")
        population = try row.optional("population")
        observedAt = try row.optional("event_date")
        photo = try row.identifier("photo_id")
        sha256 = try row.get("sha256")
        annotation = try row.identifier("annotation_id")
        region = try row.named("body_region")
        extractor = try row.get("extractor")
        bytes = try row.get("bytes")
    }
}
