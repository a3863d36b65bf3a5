import Foundation
import Identification
import Registry
import Screening
import Storage

/// How much an enrolled photograph resembles an animal.
struct AnimalResemblance: Sendable {
    /// The animal, with the reference of the best pair and what the two have in common.
    let scored: ScoredIndividual
    /// Probability that the photograph shows it, 0 … 1.
    let probability: Double
}

extension OpenRegistry {
    /// Version of the templates that are compared.
    var extractor: String { engine.extractor.version }

    /// Versions of what scores pairs: extractor and matcher, a space between.
    var scorer: String { engine.scorer }

    /// Compares an enrolled photograph with others.
    ///
    /// - Returns: One entry an animal, the best first.
    func resemblances(
        of photo: GalleryEntry, among references: [GalleryEntry]
    ) async throws -> [AnimalResemblance] {
        let query = Query(photo: photo.photo, sha256: photo.sha256, template: photo.template)
        let scored = try await search(
            [query], among: references, lanes: ProcessInfo.processInfo.activeProcessorCount)
        let animals = Set(references.map(\.individual)).count
        return zip(scored, engine.decider.judge(scored.map(\.evidence.score), among: animals).probabilities)
            .map(AnimalResemblance.init)
    }

    /// The animal of that catalogue name or identifier.
    func individual(called name: String) async throws -> Individual {
        if let individual = try await store.individual(named: name) { return individual }
        if let id = Identifier<Individual>(name), let individual = try await store.individual(id) { return individual }
        throw CommandError("No animal is called “\(name)”. `andrias individuals` lists them.")
    }
}

/// Reads an identifier that a person typed.
func parseIdentifier<Subject>(_ text: String, of what: String) throws -> Identifier<Subject> {
    guard let id = Identifier<Subject>(text) else { throw CommandError("“\(text)” is not the identifier of \(what).") }
    return id
}

/// Collects all pages of a list.
func allPages<Record>(_ page: (Identifier<Record>?) async throws -> Page<Record>) async throws -> [Record] {
    var records: [Record] = []
    var after: Identifier<Record>?
    repeat {
        let page = try await page(after)
        records += page.items
        after = page.next
    } while after != nil
    return records
}
