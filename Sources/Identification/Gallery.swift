public import Registry

/// A reference photograph ready to be compared.
public struct GalleryEntry: Hashable, Sendable {
    /// Identifier of the template, by which it is replaced or removed.
    public let id: Identifier<GalleryEntry>
    /// The photograph.
    public let photo: Identifier<Photo>
    /// Hexadecimal SHA-256 of its file, by which a second submission of the same file is recognised.
    public let sha256: String
    /// The animal it shows.
    public let individual: Identifier<Individual>
    /// The animal's catalogue name.
    public let name: String
    /// The part it shows.
    public let region: BodyRegion
    /// Its features.
    public let template: Template

    /// A reference.
    public init(
        id: Identifier<GalleryEntry>, photo: Identifier<Photo>, sha256: String,
        individual: Identifier<Individual>, name: String, region: BodyRegion, template: Template
    ) {
        self.id = id
        self.photo = photo
        self.sha256 = sha256
        self.individual = individual
        self.name = name
        self.region = region
        self.template = template
    }
}

/// All references of the registry, as of one revision.
///
/// Place, date and agency never filter it: an animal moved by people is the one a regional filter would hide.
public struct Gallery: Sendable {
    /// The registry's revision it reflects.
    public private(set) var revision: Int64
    private var shelves: [ShelfName: GalleryShelf]
    private var names: [Identifier<GalleryEntry>: ShelfName]

    /// An empty gallery before the first revision.
    public init() {
        revision = 0
        shelves = [:]
        names = [:]
    }

    /// Number of reference photographs.
    public var count: Int { names.count }

    /// Body regions that are enrolled, in a fixed order.
    public var regions: [BodyRegion] {
        BodyRegion.allCases.filter { region in shelves.contains { $0.key.region == region && !$0.value.entries.isEmpty }
        }
    }

    /// Brings the gallery to a later revision.
    ///
    /// - Parameters:
    ///   - revision: The revision that holds all of the changes.
    ///   - changed: New and changed references.
    ///   - removed: References that are no longer compared.
    public mutating func advance(
        to revision: Int64, changed: [GalleryEntry], removed: [Identifier<GalleryEntry>]
    ) {
        for id in removed { remove(id) }
        for entry in changed {
            let name = ShelfName(region: entry.region, extractor: entry.template.extractor)
            if names[entry.id] != name { remove(entry.id) }
            names[entry.id] = name
            shelves[name, default: GalleryShelf()].put(entry)
        }
        for name in shelves.keys { shelves[name]?.extendIndex() }
        self.revision = max(self.revision, revision)
    }

    /// References of one body region by one extractor version.
    public func references(region: BodyRegion, extractor: String) -> [GalleryEntry] {
        shelves[ShelfName(region: region, extractor: extractor)]?.entries ?? []
    }

    /// The references of one body region by one extractor version as they are searched: beyond
    /// ``GalleryShelf/exactLimit`` with an index.
    public func shelf(region: BodyRegion, extractor: String) -> GalleryShelf {
        shelves[ShelfName(region: region, extractor: extractor)] ?? GalleryShelf()
    }

    private mutating func remove(_ id: Identifier<GalleryEntry>) {
        guard let name = names.removeValue(forKey: id) else { return }
        shelves[name]?.remove(id)
    }

    private struct ShelfName: Hashable {
        let region: BodyRegion
        let extractor: String
    }
}
