public import Registry

/// How many reference photographs each animal has, by body region and extractor version.
struct GalleryCoverage: Sendable {
    private struct Kind: Hashable {
        let region: BodyRegion
        let extractor: String
    }

    private var counts: [Identifier<Individual>: [Kind: Int]] = [:]

    mutating func add(_ entry: GalleryEntry) {
        let kind = Kind(region: entry.region, extractor: entry.template.extractor)
        counts[entry.individual, default: [:]][kind, default: 0] += 1
    }

    mutating func remove(_ entry: GalleryEntry) {
        let kind = Kind(region: entry.region, extractor: entry.template.extractor)
        guard let count = counts[entry.individual]?[kind] else { return }
        counts[entry.individual]?[kind] = count > 1 ? count - 1 : nil
        if counts[entry.individual]?.isEmpty == true { counts[entry.individual] = nil }
    }

    func photographs(of individual: Identifier<Individual>, region: BodyRegion, extractor: String) -> Int {
        counts[individual]?[Kind(region: region, extractor: extractor)] ?? 0
    }

    func animals(without region: BodyRegion, extractor: String) -> Int {
        let kind = Kind(region: region, extractor: extractor)
        return counts.values.count { $0[kind] == nil }
    }
}

extension Gallery {
    /// How many reference photographs of a body region an animal has that one extractor version made templates of.
    public func photographs(of individual: Identifier<Individual>, region: BodyRegion, extractor: String) -> Int {
        coverage.photographs(of: individual, region: region, extractor: extractor)
    }

    /// How many animals have no such photograph: a search of the region says nothing about them.
    public func animals(without region: BodyRegion, extractor: String) -> Int {
        coverage.animals(without: region, extractor: extractor)
    }
}
