import Registry

/// References that are compared with each other, and an index of them where they are many.
public struct GalleryShelf: Sendable {
    /// The references.
    public private(set) var entries: [GalleryEntry]
    private var places: [Identifier<GalleryEntry>: Int]
    private var index: DescriptorIndex
    /// References that the index does not hold.
    private var recent: [Identifier<GalleryEntry>]
    private let exactLimit: Int
    private let runLength: Int

    /// Up to this many references, every one gets a look; beyond it the index chooses.
    ///
    /// One query of 100,000 heads takes 0.84 s on two cores if every one gets a look, and 0.08 s through the index; the
    /// limit leaves room for slower processors.
    public static let exactLimit = 50_000

    /// A shelf of given references.
    ///
    /// - Parameters:
    ///   - entries: References of one body region by one extractor version, each once.
    ///   - exactLimit: References beyond which the index chooses.
    ///   - runLength: References that are indexed together; up to so many wait and get a look each.
    public init(_ entries: [GalleryEntry] = [], exactLimit: Int = Self.exactLimit, runLength: Int = 8_192) {
        self.entries = []
        places = [:]
        index = DescriptorIndex()
        recent = []
        self.exactLimit = exactLimit
        self.runLength = runLength
        for entry in entries { put(entry) }
        extendIndex()
    }

    /// Places of the references worth a look: all, or those that the index finds and the ones it does not hold.
    func worthALook(for query: Template) -> [Int] {
        guard entries.count > exactLimit else { return Array(entries.indices) }
        return (candidates(for: query, most: Self.indexedLooks) + recent).compactMap { places[$0] }
    }

    /// The references that the index finds, the likeliest first.
    func candidates(for query: Template, most: Int) -> [Identifier<GalleryEntry>] {
        index.candidates(for: query, most: most)
    }

    /// How many references of the index get a look: twice as many as are compared in full.
    private static let indexedLooks = 2_000

    /// Adds a reference, or replaces the one of its identifier, which is returned.
    @discardableResult
    mutating func put(_ entry: GalleryEntry) -> GalleryEntry? {
        guard let place = places[entry.id] else {
            places[entry.id] = entries.count
            entries.append(entry)
            recent.append(entry.id)
            return nil
        }
        let before = entries[place]
        entries[place] = entry
        return before
    }

    /// Removes a reference, which is returned; the last one takes its place.
    @discardableResult
    mutating func remove(_ id: Identifier<GalleryEntry>) -> GalleryEntry? {
        guard let place = places.removeValue(forKey: id) else { return nil }
        let before = entries[place]
        let last = entries.removeLast()
        if place < entries.count {
            entries[place] = last
            places[last.id] = place
        }
        recent.removeAll { $0 == id }
        return before
    }

    /// Indexes full runs of recent references where there are more than are looked at one by one.
    mutating func extendIndex() {
        guard entries.count > exactLimit else { return }
        while recent.count >= runLength {
            let run = recent.prefix(runLength).compactMap { places[$0].map { entries[$0] } }
            index.add(run)
            recent.removeFirst(runLength)
        }
    }
}
