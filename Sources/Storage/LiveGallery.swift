public import Identification
public import Postgres
import Registry

/// The gallery as this process holds it, brought up to date each time it is asked for.
public actor LiveGallery {
    private let store: RegistryStore
    private var gallery = Gallery()

    /// A gallery of a registry, empty until first asked for.
    public init(store: RegistryStore) {
        self.store = store
    }

    /// The gallery with everything committed before this call.
    ///
    /// Costs one query where nothing has changed.
    ///
    /// - Throws: `PostgresError`, and `Template.FormatError` for a damaged template.
    public func current() async throws -> Gallery {
        var batch = try await store.galleryChanges(after: gallery.revision)
        while true {
            let changes = batch
            // The next batch is read while this one is decoded.
            async let following = following(changes)
            let entries = try await Self.decoded(changes.entries)
            // Another call may have come further meanwhile; then it has seen all of these changes.
            if changes.revision > gallery.revision {
                gallery.advance(
                    to: changes.revision, changed: entries, removed: changes.removed.map { Identifier($0.uuid) })
            }
            guard let next = try await following else { return gallery }
            batch = next
        }
    }

    private func following(_ changes: GalleryChanges) async throws -> GalleryChanges? {
        changes.more ? try await store.galleryChanges(after: changes.revision) : nil
    }

    /// Decodes off the actor, which answers others meanwhile, and in pieces beside each other: decoding, not reading, is
    /// what a start waits for.
    private nonisolated static func decoded(_ templates: [StoredTemplate]) async throws -> [GalleryEntry] {
        let piece = 64
        return try await withThrowingTaskGroup(of: (Int, [GalleryEntry]).self) { group in
            for start in stride(from: 0, to: templates.count, by: piece) {
                let part = templates[start..<min(start + piece, templates.count)]
                group.addTask { (start, try part.map(GalleryEntry.init)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    /// The gallery as it was last brought up to date, without asking.
    public var held: Gallery { gallery }

    /// Brings the gallery up to date whenever any process changes it, until the task is cancelled.
    ///
    /// It spares a screening the reading of what was enrolled since the one before. What is found never rests on it, for
    /// ``current()`` asks the registry itself; a listener whose connection breaks connects anew and looks again.
    ///
    /// - Parameters:
    ///   - endpoint: The server of the registry.
    ///   - failed: Told why the gallery could not be read; the next change tries again.
    public func follow(_ endpoint: PostgresEndpoint, failed: @Sendable (any Error) -> Void) async {
        for await _ in PostgresListener(endpoint: endpoint).notifications(on: ["gallery"]) {
            do { _ = try await current() } catch { failed(error) }
        }
    }
}

extension GalleryEntry {
    fileprivate init(_ stored: StoredTemplate) throws(Template.FormatError) {
        self.init(
            id: Identifier(stored.id.uuid), photo: stored.photo, sha256: stored.sha256,
            individual: stored.individual, name: stored.name, population: stored.population,
            observedAt: stored.observedAt, region: stored.region,
            template: try Template(decoding: stored.bytes))
    }
}
