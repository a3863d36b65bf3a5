public import Foundation
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
    /// The population people count the animal to.
    public let population: String?
    /// When the animal was met; `nil` where nobody knows.
    public let observedAt: Date?
    /// The part it shows.
    public let region: BodyRegion
    /// Its features.
    public let template: Template

    /// A reference.
    public init(
        id: Identifier<GalleryEntry>, photo: Identifier<Photo>, sha256: String,
        individual: Identifier<Individual>, name: String, population: String? = nil, observedAt: Date? = nil,
        region: BodyRegion, template: Template
    ) {
        self.id = id
        self.photo = photo
        self.sha256 = sha256
        self.individual = individual
        self.name = name
        self.population = population
        self.observedAt = observedAt
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
    private var entries: [Identifier<GalleryEntry>: GalleryEntry]
    private(set) var coverage = GalleryCoverage()

    /// An empty gallery before the first revision.
    public init() {
        revision = 0
        entries = [:]
    }

    /// Number of reference photographs.
    public var count: Int { entries.count }

    /// Body regions that are enrolled, in a fixed order.
    public var regions: [BodyRegion] {
        let known = Set(entries.values.map(\.region))
        return BodyRegion.allCases.filter(known.contains)
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
        for id in removed {
            if let before = entries.removeValue(forKey: id) { coverage.remove(before) }
        }
        for entry in changed {
            if let before = entries.updateValue(entry, forKey: entry.id) { coverage.remove(before) }
            coverage.add(entry)
        }
        self.revision = max(self.revision, revision)
    }

    /// References of one body region by one extractor version, in a fixed order.
    public func references(region: BodyRegion, extractor: String) -> [GalleryEntry] {
        entries.values
            .filter { $0.region == region && $0.template.extractor == extractor }
            .sorted { $0.id.description < $1.id.description }
    }
}
